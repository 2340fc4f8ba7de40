"""Where each fact of a conversation came from, read from what Rasa recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from bot.facts import vocabulary

FactSource = Literal["message", "derived", "staff", "file"]


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of one fact: its JSON value, where it came from and when.

    ``seq``: number of the message it was said in; None where no message of ours told it.
    """

    fact: str
    value: Any
    source: FactSource
    at: datetime
    seq: int | None = None
    staff_id: int | None = None


def told_in(events: Iterable[Mapping[str, Any]]) -> tuple[Told, ...]:
    """Every change of a fact in a tracker's events (as dictionaries), oldest first.

    A fact that the latest message named, or that was asked for when it came, was said in that message;
    one that changed otherwise was derived. A fact that was taken back is told with the value None.
    """
    found: list[Told] = []
    seq: int | None = None
    said: frozenset[str] = frozenset()
    asked: str | None = None
    values: dict[str, Any] = {}
    for event in events:
        kind = event.get("event")
        if kind == "user":
            seq = _seq(event)
            entities = (event.get("parse_data") or {}).get("entities") or ()
            said = frozenset(str(entity.get("entity")) for entity in entities)
            said |= {asked} if asked else frozenset()
        elif kind == "restart":
            values.clear()
            found.clear()
        elif kind == "slot":
            name, value = str(event.get("name")), event.get("value")
            if name == "requested_slot":
                asked = value
            elif name in vocabulary() and values.get(name) != value:
                values[name] = value
                source: FactSource = "message" if name in said else "derived"
                found.append(Told(name, value, source, _moment(event), seq if source == "message" else None))
    return tuple(found)


def _seq(event: Mapping[str, Any]) -> int | None:
    """The number in the id of our own messages (``Message.id``)."""
    digits = str(event.get("message_id") or "").rpartition("-")[2]
    return int(digits) if digits.isdigit() and len(digits) < 10 else None


def _moment(event: Mapping[str, Any]) -> datetime:
    return datetime.fromtimestamp(float(event.get("timestamp") or 0), UTC)
