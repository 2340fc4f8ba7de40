"""Internal notes on leads, and whom they name. Each function is one step of a transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.intake import search
from bot.intake.history import log
from bot.intake.leads import lead_row
from bot.intake.sealing import Seal
from bot.intake.work_tables import MentionRow, NoteRow


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note. ``mentions``: accounts named in it."""

    id: int
    lead_id: int
    staff_id: int | None
    text: str
    mentions: tuple[int, ...]
    created_at: datetime


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


def _note(session: Session, seal: Seal, row: NoteRow) -> Note:
    named = session.scalars(
        select(MentionRow.staff_id).where(MentionRow.note_id == row.id).order_by(MentionRow.staff_id)
    )
    return Note(row.id, row.lead_id, row.staff_id, seal.open(row.text_sealed), tuple(named), row.created_at)
