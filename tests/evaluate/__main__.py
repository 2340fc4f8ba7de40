"""``python -m tests.evaluate``: intents and topics of unseen sentences, then facts in unseen messages.

Sentences of the unseen files are not shown: whoever tunes on them can no longer measure with them. To see
what goes wrong, use ``--cross --sentences``, which judges the training examples by models that did not see them.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from bot.understanding import evaluation as facts
from tests.evaluate import report, wording
from tests.evaluate.examples import ROOT, SETS, Example, training, unseen, unseen_facts

HISTORY = ROOT / "docs" / "evaluation.md"


def main() -> None:
    options = _options()
    examples = training()
    labels = {example.label for example in examples}
    print(f"{len(examples)} training examples of {len(labels)} intents and topics")
    if options.cross:
        outcomes = wording.cross_validation(examples)
        print(report.table(outcomes))
        if options.confusions:
            print(report.confusions(outcomes, options.confusions, sentences=options.sentences))
        return
    rows = _unseen(examples, confusions=options.confusions)
    if options.record:
        report.record(HISTORY, rows, labels=len(labels), examples=len(examples), on=date.today())


def _unseen(examples: Sequence[Example], *, confusions: int) -> list[report.Row]:
    """Measure and print every set, as it is and with a slip in each sentence."""
    model = wording.train(examples)
    rows: list[report.Row] = []
    for name, prefix in SETS.items():
        files = unseen(prefix)
        outcomes = {file: wording.measure(model, sentences) for file, sentences in files.items()}
        slips = {file: wording.measure(model, wording.with_slips(sentences)) for file, sentences in files.items()}
        understood = facts.evaluate(facts.load(unseen_facts(prefix)))
        print(f"\n{report.table(outcomes, title=name)}")
        print(f"\n{report.table(slips, title=f'{name}, a slip in each')}")
        if confusions:
            print(report.confusions(outcomes, confusions, sentences=False))
        print(f"\n{name}: facts\n{facts.table(understood)}")
        rows.append(report.Row(name, outcomes, report.precision_and_recall(understood.overall)))
        rows.append(report.Row(f"{name}, a slip in each", slips))
    return rows


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
