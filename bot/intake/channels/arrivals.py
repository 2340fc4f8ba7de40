"""What arrived from providers, kept before it is worked on. Each function is one step of a transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.intake.channels.tables import ArrivalRow
from bot.intake.sealing import Seal

REMEMBERED: Final = timedelta(days=8)
"""How long a message is known by its id: the longest that any provider delivers one again is a week."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something a person did. ``edits``: id of an earlier message that it replaces while that one waits."""

    address: str
    id: str
    order: float
    content: dict[str, Any]
    edits: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An arrival to be worked on. ``client_id``: the id under which the conversation keeps it."""

    row: int
    client_id: str
    content: dict[str, Any]
    arrived_at: datetime


def accept(session: Session, seal: Seal, channel: str, arrived: Sequence[Arrived]) -> set[str]:
    """Keep what was not delivered before; returns the persons who have something waiting."""
    now, persons = datetime.now(UTC), set()
    for one in arrived:
        person = seal.index(one.address)
        if one.edits and _replaced(session, seal, channel, one):
            continue
        values = {
            "channel": channel,
            "person": person,
            "message": _hashed(one.id),
            "sent_order": one.order,
            "content_sealed": seal.close_json(one.content),
            "arrived_at": now,
        }
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        kept = session.execute(
            dialect.insert(ArrivalRow).values(values).on_conflict_do_nothing().returning(ArrivalRow.id)
        )
        if kept.first() is not None:
            persons.add(person)
    return persons


def waiting(session: Session, seal: Seal, channel: str, person: str) -> list[Waiting]:
    """What a person did and was not worked on, in the order in which they did it."""
    rows = session.scalars(
        select(ArrivalRow)
        .where(ArrivalRow.channel == channel, ArrivalRow.person == person, ArrivalRow.handled_at.is_(None))
        .order_by(ArrivalRow.sent_order, ArrivalRow.id)
    )
    return [
        Waiting(row.id, f"{row.channel}-{row.message[:40]}", seal.open_json(row.content_sealed), row.arrived_at)
        for row in rows
        if row.content_sealed
    ]


def handled(session: Session, _seal: Seal, rows: Sequence[int]) -> None:
    """They were worked on: the words stay in the conversation alone."""
    session.execute(
        update(ArrivalRow).where(ArrivalRow.id.in_(rows)).values(handled_at=datetime.now(UTC), content_sealed=None)
    )


def unfinished(session: Session, _seal: Seal) -> list[tuple[str, str]]:
    """Channel and person of whoever has something waiting."""
    found = session.execute(
        select(ArrivalRow.channel, ArrivalRow.person).where(ArrivalRow.handled_at.is_(None)).distinct()
    )
    return [(channel, person) for channel, person in found]


def forget(session: Session, _seal: Seal, before: datetime | None = None) -> int:
    """Remove what was handled long ago; returns how many."""
    limit = before or datetime.now(UTC) - REMEMBERED
    gone = session.execute(
        delete(ArrivalRow)
        .where(ArrivalRow.handled_at.is_not(None), ArrivalRow.arrived_at < limit)
        .returning(ArrivalRow.id)
    )
    return len(gone.all())


def _replaced(session: Session, seal: Seal, channel: str, edit: Arrived) -> bool:
    """Whether the edited message still waits; then it now says what the edit says."""
    row = session.scalar(
        select(ArrivalRow).where(
            ArrivalRow.channel == channel, ArrivalRow.message == _hashed(edit.edits), ArrivalRow.handled_at.is_(None)
        )
    )
    if row is None:
        return False
    row.content_sealed = seal.close_json(edit.content)
    return True


def _hashed(message_id: str) -> str:
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()
