"""Bringing the tables of a database to the shape that the code expects."""

from __future__ import annotations

from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot.intake.database import Database

_SCRIPTS: Final = "bot.intake:migrations"
_ONE_AT_A_TIME: Final = 0x65656131
"""Key of the PostgreSQL lock under which several processes that start together migrate one by one."""


class SchemaError(Exception):
    """The database belongs to another version of the product. One line that says what to do."""


def upgrade(database: Database, revision: str = "head") -> None:
    """Apply the migrations that are missing. Raises ``SchemaError`` for a database of a newer version."""
    with database.engine.begin() as connection:
        _alone(connection)
        known = {script.revision for script in ScriptDirectory.from_config(_config(connection)).walk_revisions()}
        found = current(connection)
        if found is not None and found not in known:
            raise SchemaError(f"The database is at revision {found}, which is newer than this version. Update it.")
        command.upgrade(_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take migrations back, down to ``revision`` (``base``: all of them)."""
    with database.engine.begin() as connection:
        _alone(connection)
        command.downgrade(_config(connection), revision)


def current(connection: Connection) -> str | None:
    """The revision that a database is at; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", _SCRIPTS)
    config.attributes["connection"] = connection
    return config


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
