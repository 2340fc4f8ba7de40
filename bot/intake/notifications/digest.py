"""The digest: how many leads wait for what, once a day, to those who want it. Counts only, nobody's name."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from bot.intake.lead_tables import LeadRow
from bot.intake.notifications.events import queue
from bot.intake.notifications.tables import NotificationRow, SubscriberRow
from bot.intake.order import order_of_work
from bot.intake.sealing import Seal

DIGEST: Final = "digest"
NAMESPACE: Final = uuid.UUID("6f0a3c5e-8d0b-4c55-9a3e-52f7a7a1c0de")
"""Of the ids of digests: that of a day is always the same, so that a day has one, whichever process makes it."""


def tell(session: Session, seal: Seal, today: date) -> int:
    """Queue the digest of a day for those who want it and have not got it; returns for how many.

    On a day without an open lead there is none.
    """
    event_id = str(uuid.uuid5(NAMESPACE, today.isoformat()))
    got = select(NotificationRow.subscriber_id).where(NotificationRow.event_id == event_id)
    rows = session.scalars(select(SubscriberRow).where(SubscriberRow.active, SubscriberRow.id.not_in(got)))
    wanted = [row for row in rows if DIGEST in row.types]
    found = counts(session, today) if wanted else {}
    if not found.get("open"):
        return 0
    data = {"day": today.isoformat(), "soon_days": order_of_work().soon_days, **found}
    queue(session, seal, DIGEST, wanted, conversation_id=None, data=data, event_id=event_id)
    return len(wanted)


def counts(session: Session, today: date) -> dict[str, int]:
    """How many leads are open; of these: received since yesterday, urgent, waiting, assigned to nobody, due soon."""
    parts: dict[str, ColumnElement[bool]] = {
        "new": LeadRow.created_at >= datetime.now(UTC) - timedelta(days=1),
        "urgent": LeadRow.urgent.is_(True),
        "waiting": LeadRow.waiting_since.is_not(None),
        "unassigned": LeadRow.assignee_id.is_(None),
        "soon": LeadRow.due_on <= today + timedelta(days=order_of_work().soon_days),
    }
    sums = [func.coalesce(func.sum(case((part, 1), else_=0)), 0).label(name) for name, part in parts.items()]
    row = session.execute(select(func.count().label("open"), *sums).where(LeadRow.is_open)).one()
    return {name: int(value) for name, value in row._mapping.items()}
