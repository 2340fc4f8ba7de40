"""Checks of everything the assistant says: phrases, sentence length, bare figures, training questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot import files
from bot.knowledge.catalogue import LANGUAGES, Catalogue, Language, catalogue
from bot.knowledge.fault import Fault
from bot.knowledge.lint_questions import QUESTIONS, TRAINING, questions, training, unseen
from bot.knowledge.reading import Reading, reading
from bot.knowledge.tables import ROUNDS
from bot.knowledge.topic import Line, Topic
from bot.knowledge.topics import topics
from bot.rules import UnknownRuleError, rulebook

PHRASES = Path(__file__).with_name("phrases.yml")

LONGEST_SENTENCE = 20
FIXED = frozenset({"reply", "reply_more", "reply_information_only", "reply_more_information_only", "notice"})
"""Texts of the catalogue that take their figures from the rules too; others hold examples of answers."""
HIGHEST_GRADE = 8.0
"""Flesch-Kincaid grade of an English answer."""
LOWEST_EASE = 60.0
"""Kandel-Moles ease of a French answer; 60 and more is standard or easier."""
MOST_LINES = 5

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
        *bare_figures([*spoken(topics().values()), *replies(catalogue())]),
        *unknown_rules(topics().values()),
        *hard_to_read(topics().values()),
        *too_many_lines(topics().values()),
        *questions(topics(), training(TRAINING), unseen(QUESTIONS)),
    ]


def texts(found: Catalogue) -> Iterator[Said]:
    """Every text of the catalogue."""
    for key in found:
        for language in LANGUAGES:
            yield Said(key, language, found[key][language])


def replies(found: Catalogue) -> Iterator[Said]:
    """The fixed replies and notices of the catalogue."""
    return (said for said in texts(found) if said.where.partition(".")[0] in FIXED)


def spoken(found: Any) -> Iterator[Said]:
    """Every text of the topics."""
    for topic in found:
        for part in ("title", "question"):
            for language in LANGUAGES:
                yield Said(f"{topic.id}.yml: {part}", language, getattr(topic, part)[language])
        for part, lines in parts(topic):
            for number, line in enumerate(lines, start=1):
                for language in LANGUAGES:
                    yield Said(f"{topic.id}.yml: {part} line {number}", language, line[language])


def parts(topic: Topic) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The lines of a topic by the part in which they are said together."""
    yield "answer", topic.answer
    yield "more", topic.more
    yield from ((f"about.{aspect}", lines) for aspect, lines in topic.said_about.items())


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, Any]:
    """The forbidden phrases by language, the places where one is allowed, and the names of the field."""
    data = files.read(PHRASES)
    return {
        "forbidden": {
            language: [
                (re.compile(rf"\b(?:{entry['phrase']})(?!\w)", re.IGNORECASE), entry["instead"]) for entry in entries
            ]
            for language, entries in data["forbidden"].items()
        },
        "terms": {
            language: re.compile("|".join(entries), re.IGNORECASE) for language, entries in data["terms"].items()
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


def hard_to_read(found: Any) -> Iterator[Fault]:
    """Answers that ask for too much schooling."""
    for topic in found:
        for language in LANGUAGES:
            measured = read_ease([line[language] for line in topic.answer], language)
            if language == "en" and measured.grade() > HIGHEST_GRADE:
                yield Fault(f"{topic.id}.yml (en)", f"grade {measured.grade():.1f} of at most {HIGHEST_GRADE:.0f}")
            if language == "fr" and measured.ease() < LOWEST_EASE:
                yield Fault(f"{topic.id}.yml (fr)", f"ease {measured.ease():.0f} of at least {LOWEST_EASE:.0f}")


def read_ease(lines: list[str], language: Language) -> Reading:
    """How hard lines are to read; a place and a name of the field count as one short word."""
    plain = [phrases()["terms"][language].sub("name", PLACE.sub("X", line)) for line in lines]
    return reading([sentence for line in plain for sentence in SENTENCE_END.split(line)], language)


def _words(text: str) -> int:
    return len(WORD.findall(text))


def bare_figures(said: Iterable[Said]) -> Iterator[Fault]:
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
    Beside a table of rounds one line says how old the data is; an urgent topic has one that says whom to speak with.
    """
    for topic in found:
        for part, lines in parts(topic):
            free = sum(not line.when for line in lines)
            free += part == "answer" and (topic.table in ROUNDS or topic.notice == "urgent")
            alternatives = len({tuple(sorted(line.when)) for line in lines if line.when})
            if free + alternatives > MOST_LINES:
                yield Fault(f"{topic.id}.yml: {part}", f"up to {free + alternatives} lines; move some to `more`")
