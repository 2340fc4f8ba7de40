"""No work, in Canada or abroad, as people say it: "no Canadian experience", "never worked abroad"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.places import ABROAD
from bot.understanding.words import words

_W = words("work")

_NO_CANADIAN: Final = tuple(_W[name] for name in _W.named("no_canadian"))
_NO_FOREIGN: Final = tuple(_W[name] for name in _W.named("no_foreign"))


def read(message: Message) -> Iterator[Candidate]:
    """Zero years, here or there; what was read is taken."""
    for fact, patterns in (("canadian_work_years", _NO_CANADIAN), ("foreign_work_years", _NO_FOREIGN)):
        for pattern in patterns:
            for match in pattern.finditer(message.text):
                if message.free(*match.span()):
                    message.take(*match.span())
                    yield Candidate(fact, 0, *match.span())
    for match in message.finditer(_W["no_canadian_of_self"]):
        yield Candidate("canadian_work_years", 0, *match.span("none"), "self")
    for match in message.finditer(_W["no_experience_in"]):
        if ABROAD.match(message.text, match.end()):
            yield Candidate("foreign_work_years", 0, *match.span(), likely=True, rank=-1)
    for match in message.finditer(_W["never_worked"]):
        yield Candidate("canadian_work_years", 0, *match.span(), likely=True)
        yield Candidate("foreign_work_years", 0, *match.span(), likely=True)


def in_canada(text: str) -> bool:
    """Whether the text tells of no work in Canada."""
    return any(pattern.search(text) for pattern in _NO_CANADIAN)


def abroad(text: str) -> bool:
    """Whether the text tells of no work abroad."""
    return any(pattern.search(text) for pattern in _NO_FOREIGN)
