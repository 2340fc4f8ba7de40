"""The inbox: leads that fit some filters, in an order, page by page."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal

from sqlalchemy import func, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.intake.filters import Filters, filtered
from bot.intake.lead_tables import LeadRow
from bot.intake.lead_values import Lead, lead_in
from bot.intake.leads import labels_of
from bot.intake.sealing import Seal

PAGE: Final = 50
MOST_COUNTED: Final = 1000
Sort = Literal["work", "newest", "oldest", "score", "deadline", "activity"]

READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "due_on": date.fromisoformat,
    "created_at": datetime.fromisoformat,
    "last_activity_at": datetime.fromisoformat,
}
"""How the values of a cursor are read back; the others are whole numbers."""


class CursorError(ValueError):
    """The cursor is not one that this inbox gave out for this order."""


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
    query = select(*order.columns)
    if cursor is not None:
        place = tuple_(*(literal(value, column.type) for value, column in _decode(cursor, sort)))
        here = tuple_(*order.columns)
        query = query.where(here < place if descending else here > place)
    columns = [column.desc() if descending else column.asc() for column in order.columns]
    query = query.order_by(*columns).limit(size + 1)
    # Of open and closed leads each the first, for an index holds the order for one of them at a time.
    found = [place for part in filtered(session, seal, filters, query) for place in session.execute(part)]
    found.sort(reverse=descending)
    more = len(found) > size
    rows = _rows(session, [place.id for place in found[:size]])
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
    parts = (part.limit(most + 1).subquery() for part in filtered(session, seal, filters, select(LeadRow.id)))
    return min(most + 1, sum(session.scalar(select(func.count()).select_from(part)) or 0 for part in parts))


def _rows(session: Session, ids: Sequence[int]) -> list[LeadRow]:
    """The leads with these numbers, in this order."""
    rows = {row.id: row for row in session.scalars(select(LeadRow).where(LeadRow.id.in_(ids)))}
    return [rows[number] for number in ids if number in rows]


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
