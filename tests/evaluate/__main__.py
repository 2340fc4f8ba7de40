"""``python -m tests.evaluate``: intents and topics of unseen sentences, then facts in unseen messages.

Sentences of the unseen files are not shown: whoever tunes on them can no longer measure with them. To see
what goes wrong, use ``--cross --sentences``, which judges the training examples by models that did not see them.
"""

from __future__ import annotations

import argparse
from datetime import date

from bot.understanding import evaluation as facts
from tests.evaluate import report, wording
from tests.evaluate.examples import ROOT, training, unseen

FACT_SETS = ROOT / "tests" / "understanding" / "evaluation"
HISTORY = ROOT / "docs" / "evaluation.md"


def main() -> None:
    options = _options()
    examples = training()
    labels = {example.label for example in examples}
    print(f"{len(examples)} training examples of {len(labels)} intents and topics")
    if options.cross:
        outcomes = wording.cross_validation(examples)
    else:
        model = wording.train(examples)
        outcomes = {name: wording.measure(model, sentences) for name, sentences in unseen().items()}
    print(report.table(outcomes))
    if options.confusions:
        print(report.confusions(outcomes, options.confusions, sentences=options.cross and options.sentences))
    if options.cross:
        return
    understood = facts.evaluate(facts.load(sorted(FACT_SETS.glob("*.jsonl"))))
    print(f"\n{facts.table(understood)}")
    if options.record:
        all_facts = f"{understood.overall.precision:.1%} / {understood.overall.recall:.1%}"
        report.record(HISTORY, outcomes, all_facts, labels=len(labels), examples=len(examples), on=date.today())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluate", description=__doc__)
    parser.add_argument("--cross", action="store_true", help="judge the training examples instead, in four parts")
    parser.add_argument("--confusions", type=int, default=12, metavar="N", help="list so many mix-ups (0: none)")
    parser.add_argument("--sentences", action="store_true", help="with --cross: list the sentences mixed up")
    parser.add_argument("--record", action="store_true", help="append a dated line to docs/evaluation.md")
    options = parser.parse_args()
    if options.record and options.cross:
        parser.error("--record is for the unseen sentences; leave --cross out")
    return options


main()
