"""What the inbox can be asked for: filters that combine, as conditions of a query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, false, select, true
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

from bot.assessment.model import ProgramId
from bot.intake import search
from bot.intake.lead_tables import LeadLabelRow, LeadRow
from bot.intake.sealing import Seal

ProgramAnswer = Literal["yes", "no", "cannot_tell"]
FEW: Final = 1000
"""Leads that can be named one by one in a query."""


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


def filtered(session: Session, seal: Seal, filters: Filters, query: Select[Any]) -> list[Select[Any]]:
    """A query over leads, narrowed to those that fit: over the open ones, the closed ones, or one for each."""
    states = (True, False) if filters.open is None else (filters.open,)
    conditions = [*_conditions(filters), *_found(session, seal, filters)]
    return [query.where(LeadRow.is_open == (true() if state else false()), *conditions) for state in states]


def _found(session: Session, seal: Seal, filters: Filters) -> list[ColumnElement[bool]]:
    """What labels and words find, as conditions. Few leads are named one by one, and then nothing else is read."""
    labelled = [select(LeadLabelRow.lead_id).where(LeadLabelRow.label == label) for label in filters.labels]
    searched = search.matching(seal, filters.search) if filters.search.strip() else []
    few: set[int] | None = None
    conditions: list[ColumnElement[bool]] = []
    for query in (*labelled, *searched):
        ids = set(session.scalars(query.limit(FEW + 1)))
        if len(ids) <= FEW:
            few = ids if few is None else few & ids
        else:
            conditions.append(_Read(LeadRow.id).in_(query))
    return conditions if few is None else [LeadRow.id.in_(few), *conditions]


class _Read(ColumnElement[Any]):
    """A column that is compared and by which no index is chosen: the one of the order has every column already.

    SQLite takes the unary plus for this; its planner would else leave the order's index for one that fits a
    filter, and read the table row by row. PostgreSQL has statistics, and its planner weighs both.
    """

    inherit_cache = True
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]  # noqa: RUF012  (SQLAlchemy's own form)

    def __init__(self, column: InstrumentedAttribute[Any]) -> None:
        self.column = column.__clause_element__()
        self.type = column.type


@compiles(_Read)
def _plain(element: _Read, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.column, **kw)


@compiles(_Read, "sqlite")
def _plus(element: _Read, compiler: SQLCompiler, **kw: Any) -> str:
    return f"+{compiler.process(element.column, **kw)}"


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    now = datetime.now(UTC)
    among = {
        LeadRow.status: filters.status,
        LeadRow.priority: filters.priority,
        LeadRow.stage: filters.stage,
        LeadRow.language: filters.language,
        LeadRow.channel: filters.channel,
        LeadRow.assignee_id: () if filters.unassigned else filters.assignee,
    }
    found: list[ColumnElement[bool]] = [_Read(column).in_(values) for column, values in among.items() if values]
    if filters.unassigned:
        found.append(_Read(LeadRow.assignee_id).is_(None))
    found += [_Read(getattr(LeadRow, program)) == answer for program, answer in filters.programs.items()]
    if filters.score_from is not None:
        found.append(_Read(LeadRow.score_high) >= filters.score_from)
    if filters.score_to is not None:
        found.append(_Read(LeadRow.score_low) <= filters.score_to)
    if filters.due_by is not None:
        found.append(_Read(LeadRow.due_on) <= filters.due_by)
    yes_or_no = {LeadRow.urgent: filters.urgent, LeadRow.may_write: filters.may_write}
    found += [_Read(column) == wanted for column, wanted in yes_or_no.items() if wanted is not None]
    numbers = {LeadRow.contradictions: filters.contradictions, LeadRow.high_risks: filters.high_risks}
    found += [_Read(one) > 0 if wanted else _Read(one) == 0 for one, wanted in numbers.items() if wanted is not None]
    if filters.waiting_minutes is not None:
        found.append(_Read(LeadRow.waiting_since) <= now - timedelta(minutes=filters.waiting_minutes))
    if filters.received_from is not None:
        found.append(_Read(LeadRow.created_at) >= filters.received_from)
    if filters.received_before is not None:
        found.append(_Read(LeadRow.created_at) < filters.received_before)
    if filters.other_rules is not None:
        found.append(_Read(LeadRow.rule_set) != filters.other_rules)
    if filters.family is not None:
        found.append(_Read(LeadRow.family_id) == filters.family)
    return found
