"""Saved views of the inbox: the ones that everybody has, and those that somebody kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, cast, get_args

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from bot.assessment import assess
from bot.facts import Profile
from bot.intake.filters import Filters
from bot.intake.inbox import Sort
from bot.intake.order import order_of_work
from bot.intake.sealing import Seal
from bot.intake.work_tables import SavedViewRow

SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
LONGEST_NAME: Final = 60


@dataclass(frozen=True, slots=True)
class View:
    """Filters and order under a name. ``staff_id`` None: everybody's. ``mine``: the reader may remove it."""

    id: int
    name: str
    filters: Filters
    sort: Sort
    staff_id: int | None


def standing(staff_id: int, today: date, waiting_minutes: int) -> Mapping[str, Filters]:
    """The views that everybody has, by the id of their text ``view.<id>``."""
    return {
        "open": Filters(),
        "mine": Filters(assignee=(staff_id,)),
        "unassigned": Filters(unassigned=True),
        "urgent": Filters(urgent=True),
        "deadline": Filters(due_by=today + timedelta(days=order_of_work().soon_days)),
        "waiting": Filters(waiting_minutes=waiting_minutes),
        "rules_changed": Filters(other_rules=rule_set(today)),
        "closed": Filters(open=False),
    }


def rule_set(today: date) -> str:
    """The rule set that an assessment made today would carry."""
    return assess(Profile(), today).rule_set


def views(session: Session, _seal: Seal, staff_id: int) -> list[View]:
    """The views that somebody kept, and those kept for everybody, by name."""
    rows = session.scalars(
        select(SavedViewRow)
        .where(or_(SavedViewRow.staff_id == staff_id, SavedViewRow.staff_id.is_(None)))
        .order_by(SavedViewRow.name, SavedViewRow.id)
    )
    return [_view(row) for row in rows]


def keep(session: Session, _seal: Seal, name: str, filters: Filters, sort: Sort, *, staff_id: int | None) -> View:
    """Keep filters and order under a name. Raises ``ValueError`` for a name that is empty or too long."""
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters")
    query = {"filters": filters.model_dump(mode="json", exclude_defaults=True), "sort": sort}
    row = SavedViewRow(staff_id=staff_id, name=name.strip(), query=query, created_at=datetime.now(UTC))
    session.add(row)
    session.flush()
    return _view(row)


def remove(session: Session, _seal: Seal, view_id: int, *, staff_id: int) -> bool:
    """Remove a view of one's own or of everybody; returns whether there was one."""
    own = or_(SavedViewRow.staff_id == staff_id, SavedViewRow.staff_id.is_(None))
    result = session.execute(delete(SavedViewRow).where(SavedViewRow.id == view_id, own))
    return bool(getattr(result, "rowcount", 0))


def _view(row: SavedViewRow) -> View:
    filters = Filters.model_validate(row.query.get("filters", {}))
    sort = row.query.get("sort", "work")
    return View(row.id, row.name, filters, cast(Sort, sort) if sort in SORTS else "work", row.staff_id)
