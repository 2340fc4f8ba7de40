"""Tables and migrations say the same, forwards and backwards, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.intake import daily, schema
from bot.intake.base import Base
from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.intake.inbox import page
from bot.intake.leads import get_lead
from bot.intake.tables import TABLES


def tables(database: Database) -> set[str]:
    return set(sa.inspect(database.engine).get_table_names())


def differences(database: Database) -> list[object]:
    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return kind != "table" or name in TABLES

    with database.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_object": ours}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata))


def test_the_migrations_make_the_tables_that_the_code_expects(database: Database) -> None:
    assert tables(database) == TABLES | {"alembic_version"}
    assert differences(database) == []


def test_a_column_that_no_migration_makes_is_found(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE leads ADD COLUMN surprise INTEGER"))
    assert differences(database)


def test_migrations_can_be_taken_back_and_applied_again(database: Database) -> None:
    with database.engine.connect() as connection:
        revisions = list(ScriptDirectory.from_config(schema._config(connection)).walk_revisions())
    for revision in revisions:
        schema.downgrade(database, revision.down_revision or "base")
    assert tables(database) == {"alembic_version"}
    schema.upgrade(database)
    assert differences(database) == []


def test_applying_the_migrations_twice_changes_nothing(database: Database) -> None:
    schema.upgrade(database)
    assert tables(database) == TABLES | {"alembic_version"}


def test_tables_of_rasa_in_the_same_database_are_left_alone(empty_database: Database) -> None:
    with empty_database.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE events (id INTEGER PRIMARY KEY, data TEXT)"))
        connection.execute(sa.text("INSERT INTO events VALUES (1, 'kept')"))
    schema.upgrade(empty_database)
    schema.downgrade(empty_database, "base")
    schema.upgrade(empty_database)
    with empty_database.engine.connect() as connection:
        assert connection.execute(sa.text("SELECT data FROM events")).scalars().all() == ["kept"]
    assert differences(empty_database) == []


def test_a_database_of_a_newer_version_is_not_touched(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.SchemaError, match=r"9999.*newer"):
        schema.upgrade(database)


def test_leads_of_the_first_version_come_along_with_all_they_had(empty_database: Database) -> None:
    schema.upgrade(empty_database, "0001")
    seal, then = empty_database.seal, datetime(2026, 11, 20, 15, tzinfo=UTC)
    with empty_database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO conversations (id, channel, language, state, last_seq, created_at, last_activity_at)"
                " VALUES ('c', 'web', 'en', 'open', 0, :then, :then)"
            ),
            {"then": then},
        )
        connection.execute(
            sa.text(
                "INSERT INTO leads (conversation_id, name_sealed, contact_sealed, language, channel, facts, assessment,"
                " status, created_at, updated_at) VALUES ('c', :name, :contact, 'en', 'web', :facts, NULL, 'new',"
                " :then, :then)"
            ),
            {
                "name": seal.close("Anna"),
                "contact": seal.close("anna@home.example"),
                "facts": '{"stage": "trouble"}',
                "then": then,
            },
        )
    schema.upgrade(empty_database)
    with empty_database.session() as session:
        daily.make_findable(session, seal)
        daily.reorder(session, seal, date(2026, 11, 25))
        (lead,) = page(session, seal, Filters(search="anna")).leads
        assert (lead.place.reason, lead.status, lead.created_at, lead.waiting_since) == ("trouble", "new", then, then)
        assert get_lead(session, seal, lead.id).facts == {"stage": "trouble"}
    schema.downgrade(empty_database, "0001")
    with empty_database.engine.connect() as connection:
        kept = connection.execute(sa.text("SELECT facts, name_sealed FROM leads")).one()
    assert "trouble" in str(kept.facts)
    assert seal.open(kept.name_sealed) == "Anna"
