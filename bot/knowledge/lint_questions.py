"""Checks of the questions by topic: enough of them in each language, none twice, none both trained on and tested."""

from __future__ import annotations

import json
import string
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot import files
from bot.knowledge.catalogue import LANGUAGES, Language
from bot.knowledge.fault import Fault
from bot.knowledge.topic import Topic

ROOT = Path(__file__).parents[2]
TRAINING = ROOT / "data" / "nlu"
QUESTIONS = ROOT / "tests" / "knowledge" / "questions"
FEWEST_TRAINED: Mapping[Language, int] = {"en": 25, "fr": 15}
FEWEST_UNSEEN = 5


def training(directory: Path) -> dict[tuple[str, Language], list[str]]:
    """The training questions of each topic in each language (``nlu/en/faq/*.yml``)."""
    found: dict[tuple[str, Language], list[str]] = {}
    for language in LANGUAGES:
        for path in sorted((directory / language / "faq").glob("*.yml")):
            for entry in files.read(path)["nlu"]:
                topic = entry["metadata"]["topic"]
                examples = (line.removeprefix("- ").strip() for line in entry["examples"].splitlines())
                found.setdefault((topic, language), []).extend(example for example in examples if example)
    return found


def unseen(directory: Path) -> dict[tuple[str, Language], list[str]]:
    """The test questions of each topic, which no classifier may be trained on."""
    found: dict[tuple[str, Language], list[str]] = {}
    for language in LANGUAGES:
        for line in (directory / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            found.setdefault((entry["topic"], language), []).append(entry["text"])
    return found


def questions(
    found: Mapping[str, Topic],
    trained: Mapping[tuple[str, Language], list[str]],
    tested: Mapping[tuple[str, Language], list[str]],
) -> Iterator[Fault]:
    """Topics with too few questions, questions without a topic, and questions that stand twice."""
    for topic in found:
        for language in LANGUAGES:
            enough = FEWEST_TRAINED[language]
            if (there := len(trained.get((topic, language), ()))) < enough:
                yield Fault(f"data/nlu/{language}/faq", f"{topic} has {there} training questions of at least {enough}")
            if (there := len(tested.get((topic, language), ()))) < FEWEST_UNSEEN:
                yield Fault(
                    f"tests/knowledge/questions/{language}.jsonl",
                    f"{topic} has {there} test questions of {FEWEST_UNSEEN}",
                )
    for where, group in (("data/nlu", trained), ("tests/knowledge/questions", tested)):
        for topic, language in group:
            if topic not in found:
                yield Fault(f"{where} ({language})", f"there is no topic {topic}")
    counts = Counter(_folded(text) for group in (trained, tested) for asked in group.values() for text in asked)
    for text, times in counts.items():
        if times > 1:
            yield Fault("questions", f"“{text}” stands {times} times")


def _folded(text: str) -> str:
    return " ".join(text.lower().translate(str.maketrans("", "", string.punctuation)).split())
