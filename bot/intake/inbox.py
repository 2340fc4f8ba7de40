"""The inbox: leads that fit some filters, in an order, page by page."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, func, literal, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.assessment.model import ProgramId
from bot.intake import search
from bot.intake.lead_tables import LeadLabelRow, LeadRow
from bot.intake.leads import Lead, labels_of, lead_in
from bot.intake.sealing import Seal

PAGE: Final = 50
MOST_COUNTED: Final = 1000
Sort = Literal["work", "newest", "oldest", "score", "deadline", "activity"]
ProgramAnswer = Literal["yes", "no", "cannot_tell"]


READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "due_on": date.fromisoformat,
    "created_at": datetime.fromisoformat,
    "last_activity_at": datetime.fromisoformat,
}
"""How the values of a cursor are read back; the others are whole numbers."""


class CursorError(ValueError):
    """The cursor is not one that this inbox gave out for this order."""


class Filters(BaseModel):
    """What is asked of a lead; all that is given has to hold. Its JSON is what a saved view keeps.

    ``open``: None for closed ones too. ``unassigned`` goes before ``assignee``. ``due_by``: the nearest day
    is this one or earlier. ``waiting_minutes``: the visitor has waited this long for a person.
    ``other_rules``: assessed under another rule set than this. ``labels``: has every one of them.
    ``search``: see ``search``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    open: bool | None = True
    status: tuple[str, ...] = ()
    assignee: tuple[int, ...] = ()
    unassigned: bool = False
    priority: tuple[int, ...] = ()
    stage: tuple[str, ...] = ()
    programs: Mapping[ProgramId, ProgramAnswer] = {}
    score_from: int | None = None
    score_to: int | None = None
    due_by: date | None = None
    urgent: bool | None = None
    contradictions: bool | None = None
    high_risks: bool | None = None
    may_write: bool | None = None
    waiting_minutes: int | None = Field(default=None, ge=0)
    language: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    received_from: datetime | None = None
    received_before: datetime | None = None
    other_rules: str | None = None
    family: int | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of the inbox; ``after`` and ``before``: cursors to the neighbouring pages, where there are any."""

    leads: tuple[Lead, ...]
    after: str | None
    before: str | None


@dataclass(frozen=True, slots=True)
class _Order:
    columns: tuple[InstrumentedAttribute[Any], ...]
    descending: bool = False


ORDERS: Final[Mapping[Sort, _Order]] = {
    "work": _Order((LeadRow.priority, LeadRow.due_on, LeadRow.id)),
    "newest": _Order((LeadRow.created_at, LeadRow.id), descending=True),
    "oldest": _Order((LeadRow.created_at, LeadRow.id)),
    "score": _Order((LeadRow.score, LeadRow.id), descending=True),
    "deadline": _Order((LeadRow.due_on, LeadRow.id)),
    "activity": _Order((LeadRow.last_activity_at, LeadRow.id), descending=True),
}
"""Every order ends with the number of the lead, so that no lead is shown twice or left out."""


def page(
    session: Session,
    seal: Seal,
    filters: Filters,
    *,
    sort: Sort = "work",
    after: str | None = None,
    before: str | None = None,
    size: int = PAGE,
) -> Page:
    """One page, from the beginning or next to a cursor. Raises ``CursorError``."""
    order = ORDERS[sort]
    backwards = before is not None
    cursor = before if backwards else after
    descending = order.descending != backwards
    query = filtered(select(LeadRow), seal, filters)
    if cursor is not None:
        place = tuple_(*(literal(value, column.type) for value, column in _decode(cursor, sort)))
        here = tuple_(*order.columns)
        query = query.where(here < place if descending else here > place)
    columns = [column.desc() if descending else column.asc() for column in order.columns]
    rows = list(session.scalars(query.order_by(*columns).limit(size + 1)))
    more = len(rows) > size
    rows = rows[:size]
    if backwards:
        rows.reverse()
    labels = labels_of(session, [row.id for row in rows])
    later, earlier = (True, more) if backwards else (more, cursor is not None)
    return Page(
        leads=tuple(lead_in(row, seal, labels=labels.get(row.id, ())) for row in rows),
        after=_encode(rows[-1], sort) if rows and later else None,
        before=_encode(rows[0], sort) if rows and earlier else None,
    )


def count(session: Session, seal: Seal, filters: Filters, *, most: int = MOST_COUNTED) -> int:
    """How many leads fit, counted up to ``most`` + 1, which stands for "more"."""
    found = filtered(select(LeadRow.id), seal, filters).limit(most + 1).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def filtered(query: Select[Any], seal: Seal, filters: Filters) -> Select[Any]:
    """A query over leads, narrowed to those that fit."""
    return query.where(*_conditions(filters), *(LeadRow.id.in_(found) for found in _searches(seal, filters)))


def _searches(seal: Seal, filters: Filters) -> list[Select[int]]:
    labelled = [select(LeadLabelRow.lead_id).where(LeadLabelRow.label == label) for label in filters.labels]
    return [*labelled, *(search.matching(seal, filters.search) if filters.search.strip() else ())]


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    now = datetime.now(UTC)
    found: list[ColumnElement[bool]] = []
    if filters.open is not None:
        found.append(LeadRow.is_open == (true() if filters.open else ~true()))
    among = {
        LeadRow.status: filters.status,
        LeadRow.priority: filters.priority,
        LeadRow.stage: filters.stage,
        LeadRow.language: filters.language,
        LeadRow.channel: filters.channel,
    }
    found += [column.in_(values) for column, values in among.items() if values]
    if filters.unassigned:
        found.append(LeadRow.assignee_id.is_(None))
    elif filters.assignee:
        found.append(LeadRow.assignee_id.in_(filters.assignee))
    found += [getattr(LeadRow, program) == answer for program, answer in filters.programs.items()]
    if filters.score_from is not None:
        found.append(LeadRow.score_high >= filters.score_from)
    if filters.score_to is not None:
        found.append(LeadRow.score_low <= filters.score_to)
    if filters.due_by is not None:
        found.append(LeadRow.due_on <= filters.due_by)
    yes_or_no = {LeadRow.urgent: filters.urgent, LeadRow.may_write: filters.may_write}
    found += [column == wanted for column, wanted in yes_or_no.items() if wanted is not None]
    numbers = {LeadRow.contradictions: filters.contradictions, LeadRow.high_risks: filters.high_risks}
    found += [column > 0 if wanted else column == 0 for column, wanted in numbers.items() if wanted is not None]
    if filters.waiting_minutes is not None:
        found.append(LeadRow.waiting_since <= now - timedelta(minutes=filters.waiting_minutes))
    if filters.received_from is not None:
        found.append(LeadRow.created_at >= filters.received_from)
    if filters.received_before is not None:
        found.append(LeadRow.created_at < filters.received_before)
    if filters.other_rules is not None:
        found.append(LeadRow.rule_set != filters.other_rules)
    if filters.family is not None:
        found.append(LeadRow.family_id == filters.family)
    return found


def _encode(row: LeadRow, sort: Sort) -> str:
    values = [getattr(row, column.key) for column in ORDERS[sort].columns]
    plain = [value.isoformat() if isinstance(value, date) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps([sort, *plain]).encode()).decode()


def _decode(cursor: str, sort: Sort) -> list[tuple[Any, InstrumentedAttribute[Any]]]:
    try:
        name, *plain = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        columns = ORDERS[sort].columns
        if name != sort or len(plain) != len(columns):
            raise CursorError(cursor)
        return [(READ.get(column.key, int)(value), column) for value, column in zip(plain, columns, strict=True)]
    except (binascii.Error, UnicodeError, ValueError, TypeError):
        raise CursorError(cursor) from None
