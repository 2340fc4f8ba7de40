"""The audit log: append-only in the database itself, and a chain that shows what was done to it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from bot.intake.database import Database
from bot.intake.staff import audit
from tests.intake.staff.conftest import Do

FORGERIES = {
    "changed": "UPDATE audit SET actor = 'somebody else' WHERE id = 3",
    "details changed": "UPDATE audit SET details = '{\"lead\": 9}' WHERE id = 3",
    "taken out": "DELETE FROM audit WHERE id = 3",
    "the first taken out": "DELETE FROM audit WHERE id = 1",
    "moved": "UPDATE audit SET id = 9 WHERE id = 5",
}


@pytest.fixture
def five(do: Do) -> Do:
    for number in range(1, 6):
        do(audit.record, actor="ann@firm.example", action="lead.viewed", subject=f"lead:{number}", tab="brief")
    return do


def test_a_chain_that_nobody_touched_holds_together(five: Do) -> None:
    found = five(audit.verify)
    assert (found.entries, found.broken) == (5, None)
    assert five(audit.holds, found.newest)


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_or_delete_entries(five: Do, database: Database, statement: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), database.engine.begin() as connection:
        connection.execute(sa.text(statement))
    assert five(audit.verify).entries == 5


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_whoever_takes_the_triggers_away_is_found_out(five: Do, database: Database, forgery: str) -> None:
    with database.engine.begin() as connection:
        without_triggers(connection)
        connection.execute(sa.text(forgery))
    assert five(audit.verify).broken is not None


def test_entries_taken_from_the_end_show_against_a_hash_that_was_kept(five: Do, database: Database) -> None:
    newest = five(audit.verify).newest
    with database.engine.begin() as connection:
        without_triggers(connection)
        connection.execute(sa.text("DELETE FROM audit WHERE id = 5"))
    assert five(audit.verify).broken is None
    assert not five(audit.holds, newest)


def test_an_entry_stands_or_falls_with_what_it_tells(five: Do) -> None:
    def export(session: object, seal: object) -> None:
        audit.record(session, seal, actor="ann@firm.example", action="lead.exported")  # type: ignore[arg-type]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        five(export)
    assert five(audit.verify).entries == 5


def test_entries_are_found_by_who_what_and_which_and_paged_backwards(five: Do) -> None:
    five(audit.record, actor="bea@firm.example", action="login")
    assert [one.id for one in five(audit.entries, limit=2)] == [6, 5]
    assert [one.id for one in five(audit.entries, before=5, limit=2)] == [4, 3]
    assert [one.id for one in five(audit.entries, actor="bea@firm.example")] == [6]
    assert [one.id for one in five(audit.entries, action="lead")] == [5, 4, 3, 2, 1]
    assert [one.id for one in five(audit.entries, subject="lead:2")] == [2]


def without_triggers(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("ALTER TABLE audit DISABLE TRIGGER ALL"))
    else:
        connection.execute(sa.text("DROP TRIGGER audit_no_update"))
        connection.execute(sa.text("DROP TRIGGER audit_no_delete"))
