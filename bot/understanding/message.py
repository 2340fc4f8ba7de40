"""A message made ready for the readers, and the candidates they find in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from bot.understanding.clauses import Clauses, Sentence, sentences
from bot.understanding.dates import DateFound, find_dates
from bot.understanding.durations import Duration, find_durations
from bot.understanding.language import Language, detect_language
from bot.understanding.modality import Modalities
from bot.understanding.normalise import Plain, normalise
from bot.understanding.people import Holder, People
from bot.understanding.reading import Reason

SPOUSE: Final = "spouse_"


@dataclass(slots=True)
class Candidate:
    """Something that may be a fact, with its place in the plain text.

    ``fact``: the applicant's fact id; the partner's is made of it. ``holder``: overrides whose stretch
    of text it stands in. ``said_plainly``: how it is said was already looked at. ``reason``: why it is
    not taken. ``rank``: of several values of the fact the one with the highest stands. ``apart``: what sets
    it apart from an equal value, such as the period of a stint; equal values that are apart are added.
    """

    fact: str | None
    value: Any
    start: int
    end: int
    holder: Holder | None = None
    estimated: bool = False
    likely: bool = False
    said_plainly: bool = False
    reason: Reason | None = None
    options: tuple[Any, ...] = ()
    rank: int = 0
    unsure_whose: bool = False
    apart: str = ""


@dataclass
class Message:
    """The plain text with its sentences, people and modalities. ``taken``: spans already read.

    ``together``: every fact that was asked for, where the question asked for several at once; ``partnered``: a partner
    is known from before.
    """

    plain: Plain
    asked: str | None
    language: Language | None
    as_of: date
    sentences: tuple[Sentence, ...]
    clauses: Clauses
    people: People
    modalities: Modalities
    taken: list[tuple[int, int]] = field(default_factory=list)
    together: tuple[str, ...] = ()
    partnered: bool = False

    def asks_for(self, fact: str) -> bool:
        """Whether the assistant had asked for the fact."""
        return fact == self.asked or fact in self.together

    @property
    def text(self) -> str:
        return self.plain.text

    @property
    def asked_base(self) -> str | None:
        """The fact asked for, as if asked of the applicant's first test: listening for spouse_listening."""
        return base_of(self.asked) if self.asked else None

    @cached_property
    def dates(self) -> tuple[DateFound, ...]:
        """The days, months and years named, in order."""
        return find_dates(self.text, self.as_of)

    @cached_property
    def durations(self) -> tuple[Duration, ...]:
        """The lengths of time told, in order."""
        return find_durations(self.text, self.as_of, self.dates)

    def free(self, start: int, end: int) -> bool:
        """Whether no earlier reader took any of the span."""
        return all(end <= a or b <= start for a, b in self.taken)

    def take(self, start: int, end: int) -> None:
        self.taken.append((start, end))

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that holds ``place``."""
        for sentence in self.sentences:
            if place < sentence.end or sentence is self.sentences[-1]:
                return sentence
        return Sentence(0, len(self.text), asks=False)

    def without_dates(self, start: int, end: int) -> str:
        """The text of a span with the days in it left out."""
        said = self.text[start:end]
        for day in reversed(self.dates):
            if start <= day.start and day.end <= end:
                said = said[: day.start - start] + said[day.end - start :]
        return said

    def around(self, start: int, end: int, before: int = 40, after: int = 40) -> tuple[str, str]:
        """The text before and after a span, within its sentence."""
        sentence = self.sentence_at(start)
        return (
            self.text[max(sentence.start, start - before) : start],
            self.text[end : min(max(sentence.end, end), end + after)],
        )

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches that no earlier reader took."""
        for match in pattern.finditer(self.text):
            if self.free(*match.span()):
                yield match


def prepare(
    text: str,
    asked: str | None,
    language: Language | None,
    as_of: date,
    together: Sequence[str] = (),
    *,
    partnered: bool = False,
    supposing: bool = False,
) -> Message:
    """Normalise and segment ``text``."""
    plain = normalise(text)
    parts = sentences(plain.text)
    default: Holder = "partner" if asked and asked.startswith(SPOUSE) and asked not in ABOUT_COUPLE else "self"
    return Message(
        plain,
        asked,
        language or detect_language(text),
        as_of,
        parts,
        Clauses(plain.text, parts),
        People(plain.text, parts, default, partnered=partnered),
        Modalities(plain.text, () if supposing else parts),
        together=tuple(together),
        partnered=partnered,
    )


ABOUT_COUPLE: Final = frozenset({"spouse_accompanying", "spouse_citizen_or_pr"})


def base_of(fact: str) -> str:
    """``listening`` for ``second_listening`` and ``spouse_listening``."""
    for prefix in (SPOUSE, "second_"):
        if fact.startswith(prefix) and fact not in ABOUT_COUPLE:
            return fact.removeprefix(prefix)
    return fact


def whole(message: Message, fact: str, value: Any, *, likely: bool = False, estimated: bool = False) -> Candidate:
    """The whole message as the answer to the question that was asked."""
    start = len(message.text) - len(message.text.lstrip())
    end = len(message.text.rstrip())
    return Candidate(fact, value, start, end, "self", likely=likely, estimated=estimated, said_plainly=True)
