"""What people do with a lead: move it, take it, label it, note, plan, record an agreement.

Each function is one step of a transaction. ``staff_id``: who does it. ``expected``: the version that
they saw; ``StaleLeadError`` tells that somebody else was quicker. All raise ``UnknownLeadError``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, cast

from sqlalchemy import Table, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from bot.intake import search
from bot.intake.history import log
from bot.intake.lead_tables import LeadLabelRow, LeadRow
from bot.intake.leads import Lead, labels_of, lead_in, lead_row
from bot.intake.notifications import events
from bot.intake.pipeline import pipeline
from bot.intake.sealing import Seal
from bot.intake.work_tables import AgreementRow, MentionRow, NoteRow, TaskRow

LONGEST_LABEL: Final = 40

_LEADS: Final = cast(Table, LeadRow.__table__)
_HEARD: Final = (  # every message runs it: it is put together once
    update(_LEADS).where(_LEADS.c.conversation_id == bindparam("of")).values(last_activity_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note. ``mentions``: accounts named in it."""

    id: int
    lead_id: int
    staff_id: int | None
    text: str
    mentions: tuple[int, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do for a lead by a day."""

    id: int
    lead_id: int
    title: str
    due_on: date | None
    assignee_id: int | None
    created_by: int | None
    created_at: datetime
    done_at: datetime | None
    done_by: int | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A written consultation agreement (R-16). ``kept_at``: where the signed copy is kept."""

    id: int
    lead_id: int
    text_version: str
    signed_at: datetime
    kept_at: str
    recorded_by: int | None
    recorded_at: datetime


class UnknownTaskError(LookupError):
    """There is no such task."""


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


def add_note(
    session: Session,
    seal: Seal,
    lead_id: int,
    text: str,
    *,
    staff_id: int | None,
    mentions: Collection[int] = (),
) -> Note:
    """Write an internal note. ``mentions``: accounts that find it among what they have not seen."""
    lead_row(session, lead_id)
    row = NoteRow(lead_id=lead_id, staff_id=staff_id, text_sealed=seal.close(text), created_at=datetime.now(UTC))
    session.add(row)
    session.flush()
    named = sorted(set(mentions))
    session.add_all(MentionRow(note_id=row.id, staff_id=account) for account in named)
    log(session, seal, lead_id, "note", staff_id=staff_id, note=row.id)
    session.flush()
    search.index(session, seal, lead_id)
    return Note(row.id, lead_id, staff_id, text, tuple(named), row.created_at)


def notes(session: Session, seal: Seal, lead_id: int) -> list[Note]:
    """The notes of a lead, oldest first."""
    rows = session.scalars(select(NoteRow).where(NoteRow.lead_id == lead_id).order_by(NoteRow.id))
    return [_note(session, seal, row) for row in rows]


def unseen_mentions(session: Session, seal: Seal, staff_id: int) -> list[Note]:
    """Notes that name an account and that it has not seen, oldest first."""
    rows = session.scalars(
        select(NoteRow)
        .join(MentionRow, MentionRow.note_id == NoteRow.id)
        .where(MentionRow.staff_id == staff_id, MentionRow.seen_at.is_(None))
        .order_by(NoteRow.id)
    )
    return [_note(session, seal, row) for row in rows]


def see_mentions(session: Session, _seal: Seal, lead_id: int, *, staff_id: int) -> None:
    """An account has seen what names it at this lead."""
    session.execute(
        update(MentionRow)
        .where(
            MentionRow.staff_id == staff_id,
            MentionRow.seen_at.is_(None),
            MentionRow.note_id.in_(select(NoteRow.id).where(NoteRow.lead_id == lead_id)),
        )
        .values(seen_at=datetime.now(UTC))
    )


def add_task(
    session: Session,
    seal: Seal,
    lead_id: int,
    title: str,
    *,
    staff_id: int | None,
    due_on: date | None = None,
    assignee_id: int | None = None,
) -> Task:
    """Plan something for a lead."""
    lead_row(session, lead_id)
    row = TaskRow(
        lead_id=lead_id,
        title_sealed=seal.close(title),
        due_on=due_on,
        assignee_id=assignee_id,
        created_by=staff_id,
        created_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    search.index(session, seal, lead_id)
    log(session, seal, lead_id, "task", staff_id=staff_id, task=row.id)
    return _task(seal, row)


def finish_task(session: Session, seal: Seal, task_id: int, *, staff_id: int | None, done: bool = True) -> Task:
    """Mark a task done, or to be done again. Raises ``UnknownTaskError``."""
    row = session.get(TaskRow, task_id)
    if row is None:
        raise UnknownTaskError(task_id)
    row.done_at, row.done_by = (datetime.now(UTC), staff_id) if done else (None, None)
    log(session, seal, row.lead_id, "task_done" if done else "task_open", staff_id=staff_id, task=task_id)
    return _task(seal, row)


def tasks(
    session: Session,
    seal: Seal,
    *,
    lead_id: int | None = None,
    assignee_id: int | None = None,
    open_only: bool = False,
) -> list[Task]:
    """Tasks of a lead, of an account or of both; the nearest day first, those without a day last."""
    query = select(TaskRow)
    if lead_id is not None:
        query = query.where(TaskRow.lead_id == lead_id)
    if assignee_id is not None:
        query = query.where(TaskRow.assignee_id == assignee_id)
    if open_only:
        query = query.where(TaskRow.done_at.is_(None))
    rows = session.scalars(query.order_by(TaskRow.due_on.is_(None), TaskRow.due_on, TaskRow.id))
    return [_task(seal, row) for row in rows]


def record_agreement(
    session: Session,
    seal: Seal,
    lead_id: int,
    *,
    text_version: str,
    signed_at: datetime,
    kept_at: str,
    staff_id: int | None,
) -> Agreement:
    """Record that the written consultation agreement was made (R-16). Raises ``ValueError`` for an empty part."""
    if not text_version.strip() or not kept_at.strip():
        raise ValueError("an agreement needs the version of its text and the place of its copy")
    lead_row(session, lead_id)
    row = AgreementRow(
        lead_id=lead_id,
        text_version=text_version.strip(),
        signed_at=signed_at,
        kept_at_sealed=seal.close(kept_at.strip()),
        recorded_by=staff_id,
        recorded_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    log(session, seal, lead_id, "agreement", staff_id=staff_id, text_version=row.text_version)
    return _agreement(seal, row)


def agreements(session: Session, seal: Seal, lead_id: int) -> list[Agreement]:
    """The agreements of a lead, oldest first."""
    rows = session.scalars(select(AgreementRow).where(AgreementRow.lead_id == lead_id).order_by(AgreementRow.id))
    return [_agreement(seal, row) for row in rows]


def _lead(session: Session, seal: Seal, row: LeadRow) -> Lead:
    session.flush()
    return lead_in(row, seal, labels=labels_of(session, [row.id]).get(row.id, ()))


def _note(session: Session, seal: Seal, row: NoteRow) -> Note:
    named = session.scalars(
        select(MentionRow.staff_id).where(MentionRow.note_id == row.id).order_by(MentionRow.staff_id)
    )
    return Note(row.id, row.lead_id, row.staff_id, seal.open(row.text_sealed), tuple(named), row.created_at)


def _task(seal: Seal, row: TaskRow) -> Task:
    return Task(
        id=row.id,
        lead_id=row.lead_id,
        title=seal.open(row.title_sealed),
        due_on=row.due_on,
        assignee_id=row.assignee_id,
        created_by=row.created_by,
        created_at=row.created_at,
        done_at=row.done_at,
        done_by=row.done_by,
    )


def _agreement(seal: Seal, row: AgreementRow) -> Agreement:
    return Agreement(
        id=row.id,
        lead_id=row.lead_id,
        text_version=row.text_version,
        signed_at=row.signed_at,
        kept_at=seal.open(row.kept_at_sealed),
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
    )
