"""What is planned for leads, by whom and by when. Each function is one step of a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake import search
from bot.intake.history import log
from bot.intake.leads import lead_row
from bot.intake.sealing import Seal
from bot.intake.work_tables import TaskRow


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


class UnknownTaskError(LookupError):
    """There is no such task."""


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
