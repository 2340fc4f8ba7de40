"""What changes by itself as days go by: the order of work, and who waits too long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.facts.encoding import profile_from
from bot.intake import search
from bot.intake.brief import brief
from bot.intake.history import log
from bot.intake.lead_tables import NEVER, LeadFileRow, LeadRow, LeadTokenRow
from bot.intake.lead_values import lead_in
from bot.intake.leads import signs_of
from bot.intake.notifications import events
from bot.intake.sealing import Seal

BATCH: Final = 200
"""Leads looked at in one transaction."""


def reorder(session: Session, seal: Seal, as_of: date, after: int = 0) -> int | None:
    """Put the next leads with a greater number than ``after`` where they stand on this day.

    The assessment stays as it was shown, with its day and rules; only the place changes. Returns the number
    to go on after; None: all were looked at.
    """
    rows = session.execute(
        select(LeadRow, LeadFileRow)
        .join(LeadFileRow, LeadFileRow.lead_id == LeadRow.id)
        .where(LeadRow.id > after, LeadRow.is_open)
        .order_by(LeadRow.id)
        .limit(BATCH)
    ).all()
    for row, file in rows:
        found = brief(profile_from(file.facts), as_of, signs_of(file))
        place, due_on = found.place, found.place.due_on or NEVER
        if (row.priority, row.priority_reason, row.due_on, row.due_event) == (
            place.priority,
            place.reason,
            due_on,
            place.due_event,
        ):
            continue
        if place.priority != row.priority:
            log(session, seal, row.id, "order", before=row.priority, after=place.priority)
        row.priority, row.priority_reason = place.priority, place.reason
        row.due_on, row.due_event = due_on, place.due_event
        if found.urgent and not row.urgent:
            row.urgent = True
            events.emit(session, seal, "lead.urgent", lead_in(row, seal))
    return rows[-1][0].id if len(rows) == BATCH else None


def make_findable(session: Session, seal: Seal, after: int = 0) -> int | None:
    """Index the next leads that came before there was a search; returns as ``reorder`` does."""
    findable = select(LeadTokenRow.token).where(LeadTokenRow.lead_id == LeadRow.id).exists()
    query = select(LeadRow.id).where(~findable, LeadRow.id > after).order_by(LeadRow.id).limit(BATCH)
    ids = session.scalars(query).all()
    for lead_id in ids:
        search.index(session, seal, lead_id)
    return ids[-1] if len(ids) == BATCH else None


def tell_of_waiting(
    session: Session,
    seal: Seal,
    waited: Callable[[datetime, datetime], float],
    minutes: int,
    now: datetime | None = None,
) -> int:
    """Tell the firm of visitors who have waited this long, each once; returns how many.

    ``waited(since, now)``: minutes that count, those in which the office is open.
    """
    now = now or datetime.now(UTC)
    rows = session.scalars(
        select(LeadRow).where(LeadRow.waiting_since.is_not(None), LeadRow.waiting_told_at.is_(None), LeadRow.is_open)
    )
    late = [row for row in rows if row.waiting_since is not None and waited(row.waiting_since, now) >= minutes]
    for row in late:
        events.emit(session, seal, "lead.waiting", lead_in(row, seal), waiting_since=_iso(row.waiting_since))
    if late:
        session.execute(update(LeadRow).where(LeadRow.id.in_([row.id for row in late])).values(waiting_told_at=now))
    return len(late)


def _iso(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
