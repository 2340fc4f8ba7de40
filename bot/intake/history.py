"""What became of a lead: who did what, when and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake.lead_tables import LeadHistoryRow
from bot.intake.sealing import Seal


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry. ``kind``: text ``history.<kind>``; ``staff_id`` None: the assistant did it."""

    kind: str
    staff_id: int | None
    data: Mapping[str, Any]
    why: str | None
    at: datetime


def log(
    session: Session, seal: Seal, lead_id: int, kind: str, /, *, staff_id: int | None = None, why: str = "", **data: Any
) -> None:
    """Add an entry; ``data``: ids and numbers, nothing that names a visitor."""
    session.add(
        LeadHistoryRow(
            lead_id=lead_id,
            kind=kind,
            staff_id=staff_id,
            data=data,
            why_sealed=seal.close(why) if why else None,
            at=datetime.now(UTC),
        )
    )


def histories(session: Session, seal: Seal, lead_id: int) -> Iterator[HistoryEntry]:
    """The history of one lead, oldest first."""
    rows = session.scalars(select(LeadHistoryRow).where(LeadHistoryRow.lead_id == lead_id).order_by(LeadHistoryRow.id))
    for row in rows:
        why = None if row.why_sealed is None else seal.open(row.why_sealed)
        yield HistoryEntry(row.kind, row.staff_id, row.data, why, row.at)
