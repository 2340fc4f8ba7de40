"""The sets of unseen messages: what they expect exists, and nobody trained on the blind ones."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from bot.facts.vocabulary import vocabulary
from bot.understanding import evaluation as facts
from tests.evaluate import report, wording
from tests.evaluate.examples import ROOT, SETS, Example, training, unseen, unseen_facts

TELLING = 6
"""So many words, and a sentence in both places is no coincidence."""


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def blind_texts() -> Iterator[str]:
    for sentences in unseen(SETS["blind"]).values():
        yield from (example.text for example in sentences)
    yield from (line["text"] for line in facts.load(unseen_facts(SETS["blind"])))


def test_every_label_of_the_blind_sets_is_an_intent_or_a_topic() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    intents = {name for entry in domain["intents"] for name in (entry if isinstance(entry, dict) else [entry])}
    topics = {f"faq/{path.stem}" for path in (ROOT / "bot" / "knowledge" / "topics").glob("*.yml")}
    labels = {example.label for sentences in unseen(SETS["blind"]).values() for example in sentences}
    assert labels <= intents | topics


def test_no_blind_sentence_stands_among_the_training_examples() -> None:
    trained = {plain(example.text) for example in training()}
    copied = sum(len(plain(text).split()) >= TELLING and plain(text) in trained for text in blind_texts())
    assert copied == 0, "write other training examples; these are for measuring"


def test_no_blind_message_counts_twice() -> None:
    for sentences in unseen(SETS["blind"]).values():
        assert Counter(example.text for example in sentences).most_common(1)[0][1] == 1


@pytest.mark.parametrize("prefix", SETS.values())
def test_every_expected_fact_is_one_that_the_vocabulary_allows(prefix: str) -> None:
    known = vocabulary()
    for line in facts.load(unseen_facts(prefix)):
        for fact, value in line["facts"].items():
            kind = known[fact]
            assert kind.accepts(date.fromisoformat(value) if kind.type == "date" else value), (line["id"], fact)
        assert set(line["may"]) <= set(known), line["id"]
        assert line["asked"] is None or line["asked"] in known, line["id"]


def test_a_set_has_its_own_files_of_facts(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "understanding" / "evaluation"
    folder.mkdir(parents=True)
    for name in ("en", "en_b", "fr", "blind_en", "blind_fr"):
        (folder / f"{name}.jsonl").touch()
    assert [path.stem for path in unseen_facts(SETS["own"], tmp_path)] == ["en", "en_b", "fr"]
    assert [path.stem for path in unseen_facts(SETS["blind"], tmp_path)] == ["blind_en", "blind_fr"]


def test_a_slip_changes_one_longer_word_and_is_the_same_every_time() -> None:
    examples = [Example("how much does landing cost", "faq/fees", "en"), Example("no way", "deny", "en")]
    slipped = wording.with_slips(examples)
    assert slipped == wording.with_slips(examples)
    assert slipped[1] == examples[1]
    changed = [(a, b) for a, b in zip(examples[0].text.split(), slipped[0].text.split(), strict=True) if a != b]
    assert [before for before, _ in changed] == ["landing"]
    assert slipped[0].label == "faq/fees"


@pytest.mark.parametrize("seed", range(20))
def test_a_slip_keeps_the_first_and_the_number_of_words(seed: int) -> None:
    example = Example("quelle est la durée du traitement", "faq/how_long", "fr")
    words = wording.with_a_slip(example, Random(seed)).text.split(" ")
    assert len(words) == 6
    assert [word[0] for word in words] == [word[0] for word in example.text.split(" ")]


def outcome(**counts: Any) -> wording.Outcome:
    return wording.Outcome(seconds=[0.001, 0.003], **counts)


def test_the_history_gets_a_line_for_each_set(tmp_path: Path) -> None:
    history = tmp_path / "evaluation.md"
    history.write_text(f"# Evaluation\n\n{report.HISTORY}\n\n| day |\n|---|\n", encoding="utf-8")
    files = {"sentences/en": outcome(messages=10, first=8, three=9)}
    lines = report.record(
        history,
        [
            report.Row("blind", files, report.precision_and_recall(facts.Scores(right=9, wrong=1, missed=3))),
            report.Row("blind, a slip in each", files),
        ],
        labels=180,
        examples=900,
        on=date(2026, 11, 25),
    )
    assert lines[0] == "| 2026-11-25 | 180 | 900 | blind | 80.0 % / 90.0 % | 2.00 / 2.90 | 90.0 % / 75.0 % |"
    assert lines[1].endswith("| blind, a slip in each | 80.0 % / 90.0 % | 2.00 / 2.90 | - |")
    assert history.read_text(encoding="utf-8").splitlines()[-3:] == ["|---|", *lines]


def test_mix_ups_are_listed_without_their_sentences() -> None:
    mixed = outcome(messages=1, wrong=[(Example("what I wrote", "skip", "en"), "deny")])
    listed = report.confusions({"sentences/en": mixed}, 5, sentences=False)
    assert "skip -> deny" in listed
    assert "what I wrote" not in listed


def test_no_set_is_empty() -> None:
    for prefix in SETS.values():
        assert all(unseen(prefix).values())
        assert all(json.loads(line) for path in unseen_facts(prefix) for line in path.read_text("utf-8").splitlines())
