"""What a part of a result is made of, whatever it is about: every channel draws all of them alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.assessment.encoding import plain
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import label


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its name, what is said of it, and smaller print. ``url``: the official page about it."""

    label: str
    text: str = ""
    notes: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table of points: more points than now, and the score that gives."""

    label: str
    points: int
    total: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of points under its caption."""

    caption: str
    head: tuple[str, str, str]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a result. ``hint``: what it holds, for when it is folded; ``lead`` before, ``notes`` after the rest."""

    id: str
    title: str
    hint: str = ""
    lead: tuple[str, ...] = ()
    tables: tuple[Rows, ...] = ()
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form."""
        data: dict[str, Any] = plain(self)
        return data


def title(part: str, language: Language) -> str:
    """The heading of a part."""
    return text(f"part.{part}.title", language)


def hint(part: str, n: int, language: Language) -> str:
    """How many of its things a part holds; nothing for none."""
    if not n:
        return ""
    return text(f"part.{part}.hint.{'one' if n == 1 else 'other'}", language, n=n)


def facts_text(facts: Iterable[str], language: Language) -> str:
    """Facts by their names, each once."""
    return ", ".join(dict.fromkeys(label(fact, language) for fact in facts))
