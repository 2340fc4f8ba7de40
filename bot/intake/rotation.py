"""Changing the key: everything that is sealed is sealed again with the first key, step by step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import Column, Table, select, update
from sqlalchemy.orm import Session

from bot.intake import search
from bot.intake.base import Base
from bot.intake.channels.tables import PersonRow, StopRow
from bot.intake.database import Database
from bot.intake.erasure import RASA_EVENTS
from bot.intake.lead_tables import LeadRow
from bot.intake.sealing import Seal
from bot.intake.tables import TABLES

STEP: Final = 500
"""Rows in one transaction; the assistant may run meanwhile, as long as it knows both keys."""
SEALED: Final = "_sealed"


def rotate(database: Database, tell: Callable[[str, int], object] = lambda _table, _rows: None) -> int:
    """Seal everything with the first key. Returns how many stops of people who are gone need the old key still.

    ``tell``: called with each table and how many of its rows were sealed anew. It can be stopped and begun
    again. Raises ``SealError`` when something was sealed with a key that is not there.
    """
    for table, columns in _sealed_tables(database):
        tell(table.name, _table(database, table, columns))
    tell("lead_tokens", _all(database, LeadRow.id, search.index))
    tell("channel_people", _all(database, PersonRow.id, _know_again))
    with database.session(reading=True) as session:
        return session.scalar(select(sa.func.count()).select_from(StopRow).where(~_of_known_people())) or 0


def _sealed_tables(database: Database) -> Iterator[tuple[Table, list[Column[Any]]]]:
    for name in sorted(TABLES):
        table = Base.metadata.tables[name]
        columns = [column for column in table.columns if column.name.endswith(SEALED)]
        if columns:
            yield table, columns
    if sa.inspect(database.engine).has_table(RASA_EVENTS):
        events = Table(RASA_EVENTS, sa.MetaData(), Column("id", sa.Integer, primary_key=True), Column("data", sa.Text))
        yield events, [events.c.data]


def _table(database: Database, table: Table, columns: list[Column[Any]]) -> int:
    (key,) = table.primary_key.columns
    count, after = 0, None
    while True:
        with database.session() as session:
            query = select(key, *columns).order_by(key).limit(STEP)
            rows = session.execute(query if after is None else query.where(key > after)).all()
            for identity, *values in rows:
                stale = {
                    column.name: database.seal.renew(value)
                    for column, value in zip(columns, values, strict=True)
                    if value is not None and not database.seal.is_fresh(value)
                }
                if stale:
                    session.execute(update(table).where(key == identity).values(**stale))
                    count += 1
        if len(rows) < STEP:
            return count
        after = rows[-1][0]


def _all(database: Database, key: Any, work: Callable[[Session, Seal, int], None]) -> int:
    count, after = 0, 0
    while True:
        with database.session() as session:
            ids = list(session.scalars(select(key).where(key > after).order_by(key).limit(STEP)))
            for identity in ids:
                work(session, database.seal, identity)
        count += len(ids)
        if len(ids) < STEP:
            return count
        after = ids[-1]


def _know_again(session: Session, seal: Seal, person_id: int) -> None:
    """The keyed hash of a person on a channel, and their stop if there is one."""
    row = session.get_one(PersonRow, person_id)
    now, *before = seal.indexes(seal.open(row.address_sealed))
    if row.person == now:
        return
    session.execute(
        update(StopRow).where(StopRow.channel == row.channel, StopRow.person.in_(before)).values(person=now)
    )
    row.person = now


def _of_known_people() -> Any:
    return select(PersonRow.id).where(PersonRow.channel == StopRow.channel, PersonRow.person == StopRow.person).exists()
