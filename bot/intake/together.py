"""Leads that belong together: duplicates, families, and copies of an assessment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from bot.assessment import assess
from bot.facts.encoding import profile_from
from bot.intake import search
from bot.intake.history import log
from bot.intake.lead_tables import LeadCopyRow, LeadFileRow, LeadLabelRow, LeadRow
from bot.intake.lead_values import Lead, lead_in
from bot.intake.leads import labels_of, lead_row
from bot.intake.pipeline import DUPLICATE
from bot.intake.sealing import Seal
from bot.intake.work_tables import AgreementRow, NoteRow, TaskRow


class MergeError(ValueError):
    """These two cannot be made one: a lead with itself, or one that was merged already."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An assessment run again: on the day ``as_of``, with ``edits`` (JSON values by fact id) to the facts."""

    id: int
    lead_id: int
    as_of: date
    edits: Mapping[str, Any]
    assessment: Mapping[str, Any]
    staff_id: int | None
    created_at: datetime


def possible_duplicates(session: Session, seal: Seal, lead_id: int) -> list[Lead]:
    """Other leads that can be reached the same way and were not merged, oldest first."""
    row = lead_row(session, lead_id)
    same = search.same_contact(seal, seal.open(row.contact_sealed))
    if same is None:
        return []
    rows = session.scalars(
        select(LeadRow)
        .where(LeadRow.id.in_(same), LeadRow.id != lead_id, LeadRow.merged_into_id.is_(None))
        .order_by(LeadRow.id)
    )
    return [lead_in(found, seal) for found in rows]


def merge(session: Session, seal: Seal, duplicate_id: int, into_id: int, *, staff_id: int | None) -> Lead:
    """Make a lead the duplicate of another one. Raises ``MergeError``.

    Notes, tasks, labels and agreements go to the other one; facts, transcript, consents and history of
    the duplicate stay with it and are reached from there (``merged``).
    """
    if duplicate_id == into_id:
        raise MergeError(duplicate_id)
    first, second = sorted((duplicate_id, into_id))  # always locked in this order
    rows = {lead_id: lead_row(session, lead_id, change=True) for lead_id in (first, second)}
    duplicate, kept = rows[duplicate_id], rows[into_id]
    if duplicate.merged_into_id is not None or kept.merged_into_id is not None:
        raise MergeError(duplicate_id)
    for table in (NoteRow, TaskRow, AgreementRow):
        session.execute(update(table).where(table.lead_id == duplicate_id).values(lead_id=into_id))
    labels = labels_of(session, [duplicate_id, into_id])
    missing = set(labels.get(duplicate_id, ())) - set(labels.get(into_id, ()))
    session.execute(delete(LeadLabelRow).where(LeadLabelRow.lead_id == duplicate_id))
    if missing:
        session.execute(insert(LeadLabelRow), [{"label": label, "lead_id": into_id} for label in sorted(missing)])
    session.execute(update(LeadRow).where(LeadRow.merged_into_id == duplicate_id).values(merged_into_id=into_id))
    log(session, seal, duplicate_id, "merged", staff_id=staff_id, into=into_id, before=duplicate.status)
    log(session, seal, into_id, "merged_here", staff_id=staff_id, duplicate=duplicate_id)
    _take_over(duplicate, kept)
    duplicate.merged_into_id, duplicate.status, duplicate.is_open = into_id, DUPLICATE, False
    duplicate.waiting_since = None
    session.flush()
    for lead_id in (duplicate_id, into_id):
        search.index(session, seal, lead_id)
    return lead_in(kept, seal, labels=labels_of(session, [into_id]).get(into_id, ()))


def _take_over(duplicate: LeadRow, kept: LeadRow) -> None:
    """What makes a lead more urgent is not lost with the line that had it."""
    if (duplicate.priority, duplicate.due_on) < (kept.priority, kept.due_on):
        kept.priority, kept.priority_reason = duplicate.priority, duplicate.priority_reason
        kept.due_on, kept.due_event = duplicate.due_on, duplicate.due_event
    kept.urgent = kept.urgent or duplicate.urgent
    waiting = [since for since in (duplicate.waiting_since, kept.waiting_since) if since is not None]
    kept.waiting_since = min(waiting, default=None)
    kept.assignee_id = kept.assignee_id if kept.assignee_id is not None else duplicate.assignee_id
    kept.family_id = kept.family_id if kept.family_id is not None else duplicate.family_id
    kept.last_activity_at = max(kept.last_activity_at, duplicate.last_activity_at)


def merged(session: Session, seal: Seal, lead_id: int) -> list[Lead]:
    """The duplicates of a lead, oldest first."""
    rows = session.scalars(select(LeadRow).where(LeadRow.merged_into_id == lead_id).order_by(LeadRow.id))
    return [lead_in(row, seal) for row in rows]


def link_family(session: Session, seal: Seal, lead_id: int, other_id: int, *, staff_id: int | None) -> None:
    """Two leads, and whoever is linked with either, are of one family."""
    if lead_id == other_id:
        raise MergeError(lead_id)
    first, second = sorted((lead_id, other_id))
    one, other = (lead_row(session, found, change=True) for found in (first, second))
    family = one.family_id or other.family_id or first
    joined = [known for known in (one.family_id, other.family_id) if known is not None and known != family]
    session.execute(
        update(LeadRow)
        .where(or_(LeadRow.id.in_((first, second)), LeadRow.family_id.in_(joined)))
        .values(family_id=family)
    )
    log(session, seal, lead_id, "family", staff_id=staff_id, other=other_id)
    log(session, seal, other_id, "family", staff_id=staff_id, other=lead_id)
    session.flush()


def unlink_family(session: Session, seal: Seal, lead_id: int, *, staff_id: int | None) -> None:
    """The lead is of no family that is known here."""
    row = lead_row(session, lead_id, change=True)
    log(session, seal, lead_id, "family_left", staff_id=staff_id, family=row.family_id)
    row.family_id = None
    session.flush()


def family(session: Session, seal: Seal, lead_id: int) -> list[Lead]:
    """The other members of a lead's family, oldest first."""
    row = lead_row(session, lead_id)
    if row.family_id is None:
        return []
    rows = session.scalars(
        select(LeadRow).where(LeadRow.family_id == row.family_id, LeadRow.id != lead_id).order_by(LeadRow.id)
    )
    return [lead_in(found, seal) for found in rows]


def run_again(
    session: Session,
    seal: Seal,
    lead_id: int,
    *,
    as_of: date,
    edits: Mapping[str, Any] | None = None,
    staff_id: int | None,
) -> Copy:
    """Assess a lead on another day or with edited facts, as a copy; the lead stays as it is.

    ``edits``: JSON values by fact id; None takes a fact away. Raises ``ValueError`` for a value that a fact
    cannot have, ``RuleDateError`` for a day before the first rules.
    """
    lead_row(session, lead_id)
    file = session.get_one(LeadFileRow, lead_id)
    changed = dict(edits or {})
    profile = profile_from({**file.facts, **changed})
    row = LeadCopyRow(
        lead_id=lead_id,
        as_of=as_of,
        edits=changed,
        assessment=assess(profile, as_of).to_dict(),
        staff_id=staff_id,
        created_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    log(session, seal, lead_id, "copy", staff_id=staff_id, copy=row.id)
    return _copy(row)


def copies(session: Session, _seal: Seal, lead_id: int) -> list[Copy]:
    """The copies of a lead's assessment, oldest first."""
    rows = session.scalars(select(LeadCopyRow).where(LeadCopyRow.lead_id == lead_id).order_by(LeadCopyRow.id))
    return [_copy(row) for row in rows]


def _copy(row: LeadCopyRow) -> Copy:
    return Copy(row.id, row.lead_id, row.as_of, row.edits, row.assessment, row.staff_id, row.created_at)
