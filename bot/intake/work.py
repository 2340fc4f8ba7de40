"""What people do with a lead: move it, take it, label it, answer it.

Each function is one step of a transaction. ``staff_id``: who does it. ``expected``: the version that
they saw; ``StaleLeadError`` tells that somebody else was quicker. All raise ``UnknownLeadError``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final, cast

from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from bot.intake import search
from bot.intake.history import log
from bot.intake.lead_tables import LeadLabelRow, LeadRow
from bot.intake.lead_values import Lead, lead_in
from bot.intake.leads import labels_of, lead_row
from bot.intake.notifications import events
from bot.intake.pipeline import pipeline
from bot.intake.sealing import Seal
from bot.intake.work_tables import AgreementRow

LONGEST_LABEL: Final = 40

_LEADS: Final = cast(Table, LeadRow.__table__)
_HEARD: Final = (  # every message runs it: it is put together once
    update(_LEADS).where(_LEADS.c.conversation_id == bindparam("of")).values(last_activity_at=bindparam("now"))
)


def move(
    session: Session,
    seal: Seal,
    lead_id: int,
    status: str,
    *,
    staff_id: int | None,
    why: str = "",
    expected: int | None = None,
) -> Lead:
    """Move a lead along the pipeline. Raises ``MoveError``."""
    row = lead_row(session, lead_id, expected=expected, change=True)
    signed = session.scalar(select(AgreementRow.id).where(AgreementRow.lead_id == lead_id).limit(1))
    target = pipeline().check(row.status, status, agreement=signed is not None)
    log(session, seal, lead_id, "status", staff_id=staff_id, why=why, before=row.status, after=status)
    row.status, row.is_open = status, not target.closed
    if target.closed:
        row.waiting_since = None
    lead = _lead(session, seal, row)
    events.emit(session, seal, "lead.status_changed", lead)
    return lead


def assign(
    session: Session,
    seal: Seal,
    lead_id: int,
    assignee_id: int | None,
    *,
    staff_id: int | None,
    expected: int | None = None,
) -> Lead:
    """Give a lead to somebody, or to nobody."""
    row = lead_row(session, lead_id, expected=expected, change=True)
    log(session, seal, lead_id, "assigned", staff_id=staff_id, before=row.assignee_id, after=assignee_id)
    row.assignee_id = assignee_id
    lead = _lead(session, seal, row)
    events.emit(session, seal, "lead.updated", lead)
    return lead


def replied(session: Session, seal: Seal, conversation_id: str, *, staff_id: int | None) -> None:
    """A person has answered in this conversation: nobody waits there any more."""
    row = session.scalar(select(LeadRow).where(LeadRow.conversation_id == conversation_id).with_for_update())
    if row is None:
        return
    now = datetime.now(UTC)
    if row.first_reply_at is None:
        row.first_reply_at = now
        log(session, seal, row.id, "first_reply", staff_id=staff_id)
    row.waiting_since, row.waiting_told_at, row.last_activity_at = None, None, now


def visitor_wrote(session: Session, _seal: Seal, conversation_id: str, *, waits: bool) -> None:
    """The visitor has written; ``waits``: a person holds the conversation, so somebody has to answer."""
    now = datetime.now(UTC)
    session.execute(_HEARD, {"of": conversation_id, "now": now})
    if waits:
        session.execute(
            update(LeadRow)
            .where(LeadRow.conversation_id == conversation_id, LeadRow.waiting_since.is_(None))
            .values(waiting_since=now)
        )


def set_labels(session: Session, seal: Seal, lead_id: int, labels: Collection[str], *, staff_id: int | None) -> Lead:
    """Give a lead these labels and no others. Raises ``ValueError`` for one that is empty or too long."""
    wanted = sorted({label.strip() for label in labels})
    if any(not 0 < len(label) <= LONGEST_LABEL for label in wanted):
        raise ValueError(f"a label has 1 to {LONGEST_LABEL} characters")
    row = lead_row(session, lead_id, change=True)
    had = labels_of(session, [lead_id]).get(lead_id, ())
    session.execute(delete(LeadLabelRow).where(LeadLabelRow.lead_id == lead_id))
    if wanted:
        session.execute(insert(LeadLabelRow), [{"label": label, "lead_id": lead_id} for label in wanted])
    search.index(session, seal, lead_id)
    if tuple(wanted) != had:
        log(session, seal, lead_id, "labels", staff_id=staff_id, before=list(had), after=wanted)
    return _lead(session, seal, row)


def known_labels(session: Session, _seal: Seal) -> list[tuple[str, int]]:
    """Every label in use with the number of leads that have it."""
    rows = session.execute(
        select(LeadLabelRow.label, func.count()).group_by(LeadLabelRow.label).order_by(LeadLabelRow.label)
    )
    return [(label, number) for label, number in rows]


def _lead(session: Session, seal: Seal, row: LeadRow) -> Lead:
    session.flush()
    return lead_in(row, seal, labels=labels_of(session, [row.id]).get(row.id, ()))
