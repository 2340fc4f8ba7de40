"""What the assistant says, as data; each channel has one renderer that turns it into what it can show."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from bot.knowledge.catalogue import Language

Kind = Literal["text", "question", "answer", "summary", "result", "notice", "error"]


@dataclass(frozen=True, slots=True)
class Button:
    """A choice. ``payload`` is what Rasa receives; it never leaves the server. ``href``: a link instead."""

    title: str
    payload: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from. ``dated``: the day it was last verified, written out."""

    title: str
    url: str
    dated: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One message of the assistant.

    ``lines``: paragraphs; ``notices``: disclaimers that every renderer must keep;
    ``asks``: the fact this message asks for; ``card``: the result as data for channels that draw it;
    ``author``: the person who writes it and in which capacity (R-15); None: the machine.
    """

    language: Language
    lines: tuple[str, ...] = ()
    kind: Kind = "text"
    buttons: tuple[Button, ...] = ()
    table: Table | None = None
    sources: tuple[Source, ...] = ()
    notices: tuple[str, ...] = ()
    asks: str | None = None
    topic: str | None = None
    card: dict[str, Any] | None = field(default=None, hash=False)
    author: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form; ``from_dict`` reads it back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Answer:
        return cls(
            language=data["language"],
            lines=tuple(data.get("lines", ())),
            kind=data.get("kind", "text"),
            buttons=tuple(Button(**button) for button in data.get("buttons", ())),
            table=_table(data.get("table")),
            sources=tuple(Source(**source) for source in data.get("sources", ())),
            notices=tuple(data.get("notices", ())),
            asks=data.get("asks"),
            topic=data.get("topic"),
            card=data.get("card"),
            author=data.get("author"),
        )


def _table(data: dict[str, Any] | None) -> Table | None:
    if data is None:
        return None
    return Table(data["caption"], tuple(data["head"]), tuple(tuple(row) for row in data["rows"]))
