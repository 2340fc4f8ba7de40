"""Checks of everything the assistant says: phrases, sentence length, bare figures, training questions."""

from __future__ import annotations

import json
import re
import string
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot import files
from bot.knowledge.catalogue import LANGUAGES, Catalogue, Language, catalogue
from bot.knowledge.topic import Topic
from bot.knowledge.topics import topics
from bot.rules import UnknownRuleError, rulebook

PHRASES = Path(__file__).with_name("phrases.yml")
ROOT = Path(__file__).parents[2]
TRAINING = ROOT / "data" / "nlu"
QUESTIONS = ROOT / "tests" / "knowledge" / "questions"

LONGEST_SENTENCE = 20
MOST_LINES = 5
FEWEST_TRAINED: Mapping[Language, int] = {"en": 25, "fr": 15}
FEWEST_UNSEEN = 5

NAMES_WITH_DIGITS = re.compile(
    r"\b(?:TEER|FEER) \d(?:(?:, | or | ou | and | et )\d)*|\b(?:NOC|CNP) 2021\b"
    r"|\bIMM ?\d{4}[A-Z]?\b|\bT4\b|\b9-8-8\b|\b9-1-1\b"
    r"|\b(?:spring|fall|November|printemps|automne|novembre) \d{4}\b"
)
"""Digits that belong to a name: a form, a classification, the change that people call by its month."""

_UNITS = {
    "en": "years?|months?|weeks?|days?|hours?|points?",
    "fr": "ans?|années?|mois|semaines?|jours?|heures?|points?",
}
_NUMBERS = {
    "en": "two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|fifty|sixty|ninety|hundred",
    "fr": "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|cinquante|soixante|cent",
}
SPELLED_FIGURE: Mapping[Language, re.Pattern[str]] = {
    language: re.compile(rf"\b(?:{_NUMBERS[language]})[ -](?:{_UNITS[language]})\b", re.IGNORECASE)
    for language in LANGUAGES
}
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[:;])\s+(?=[A-ZÀ-Ý])|\n+")
WORD = re.compile(r"\w[\w’'/@.%$-]*", re.UNICODE)
PLACE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to mend: where it stands and what is wrong."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Said:
    """A text with the place it stands at, as ``texts/dialogue.yml`` ids or ``topics/x.yml: answer.0``."""

    where: str
    language: Language
    text: str


def lint() -> list[Fault]:
    """Every fault of the project's texts, topics and training questions."""
    said = [*texts(catalogue()), *spoken(topics().values())]
    return [
        *forbidden(said),
        *long_sentences(said),
        *long_lines(spoken(topics().values())),
        *bare_figures(spoken(topics().values())),
        *unknown_rules(topics().values()),
        *too_many_lines(topics().values()),
        *questions(topics(), training(TRAINING), unseen(QUESTIONS)),
    ]


def texts(found: Catalogue) -> Iterator[Said]:
    """Every text of the catalogue."""
    for key in found:
        for language in LANGUAGES:
            yield Said(key, language, found[key][language])


def spoken(found: Any) -> Iterator[Said]:
    """Every text of the topics."""
    for topic in found:
        for part in ("title", "question"):
            for language in LANGUAGES:
                yield Said(f"{topic.id}.yml: {part}", language, getattr(topic, part)[language])
        for part in ("answer", "more"):
            for number, line in enumerate(getattr(topic, part), start=1):
                for language in LANGUAGES:
                    yield Said(f"{topic.id}.yml: {part} line {number}", language, line[language])


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Any]:
    """The forbidden phrases, compiled, by language, and the places where one is allowed."""
    data = files.read(PHRASES)
    return {
        "forbidden": {
            language: [
                (re.compile(rf"\b(?:{entry['phrase']})(?!\w)", re.IGNORECASE), entry["instead"]) for entry in entries
            ]
            for language, entries in data["forbidden"].items()
        },
        "allowed": {(entry["where"], entry["phrase"]) for entry in data["allowed"] if entry["why"]},
    }


def forbidden(said: list[Said]) -> Iterator[Fault]:
    """Phrases that promise, advise or claim a standing that nobody here has."""
    found = phrases()
    for item in said:
        for pattern, instead in found["forbidden"][item.language]:
            for match in pattern.finditer(item.text):
                if (item.where, match.group(0).lower()) not in found["allowed"]:
                    yield Fault(f"{item.where} ({item.language})", f"“{match.group(0)}”; write {instead}")


def long_sentences(said: list[Said]) -> Iterator[Fault]:
    """Sentences of more than twenty words; a place counts as one word."""
    for item in said:
        for sentence in SENTENCE_END.split(PLACE.sub("X", item.text)):
            if (words := _words(sentence)) > LONGEST_SENTENCE:
                yield Fault(f"{item.where} ({item.language})", f"a sentence of {words} words: {sentence[:60]}…")


def long_lines(said: Iterator[Said]) -> Iterator[Fault]:
    """Lines of a topic of more than twenty words, however many sentences they hold."""
    for item in said:
        if (words := _words(PLACE.sub("X", item.text))) > LONGEST_SENTENCE:
            yield Fault(f"{item.where} ({item.language})", f"a line of {words} words; make it two")


def _words(text: str) -> int:
    return len(WORD.findall(text))


def bare_figures(said: Iterator[Said]) -> Iterator[Fault]:
    """Figures that do not come from the rules."""
    for item in said:
        plain = NAMES_WITH_DIGITS.sub("", PLACE.sub("", item.text))
        spelled = SPELLED_FIGURE[item.language].search(plain)
        if any(character.isdigit() for character in plain):
            yield Fault(f"{item.where} ({item.language})", "a bare figure; take it from the rules with {rule:…}")
        elif spelled:
            yield Fault(f"{item.where} ({item.language})", f"“{spelled.group(0)}” is a figure; take it from the rules")


def unknown_rules(found: Any) -> Iterator[Fault]:
    """Rules that a topic names and the rule book does not hold."""
    book = rulebook()
    newest = book.at(max(version.effective_from for rule in book.values() for version in rule.versions))
    for topic in found:
        for rule_id in topic.depends_on:
            try:
                newest.reference(rule_id)
            except UnknownRuleError:
                yield Fault(f"{topic.id}.yml", f"there is no rule {rule_id}; see `assistant rules --references`")


def too_many_lines(found: Any) -> Iterator[Fault]:
    """Answers of which more than five lines can be said together.

    Lines with the same conditions on the same things are alternatives, or belong to one case, and count once.
    """
    for topic in found:
        for part in ("answer", "more"):
            lines = getattr(topic, part)
            free = sum(not line.when for line in lines)
            alternatives = len({tuple(sorted(line.when)) for line in lines if line.when})
            if free + alternatives > MOST_LINES:
                yield Fault(f"{topic.id}.yml: {part}", f"up to {free + alternatives} lines; move some to `more`")


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
