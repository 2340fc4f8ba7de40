"""Databases for tests: an empty one for each test, on SQLite and, where one answers, on PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.intake import schema
from bot.intake.database import Database
from bot.intake.sealing import Seal

POSTGRESQL = os.environ.get("TEST_POSTGRESQL_URL", "postgresql+psycopg2://postgres@127.0.0.1:5432/postgres")
KEY = Fernet.generate_key().decode()


def _answers() -> bool:
    engine = sa.create_engine(POSTGRESQL, connect_args={"connect_timeout": 2})
    try:
        engine.connect().close()
    except sa.exc.OperationalError:
        return False
    finally:
        engine.dispose()
    return True


POSTGRESQL_ANSWERS = _answers()
KINDS = ("sqlite", "postgresql") if POSTGRESQL_ANSWERS else ("sqlite",)


def no_postgresql() -> str:
    """What a run of the tests has to say when its PostgreSQL half did not take place; else nothing."""
    return "" if POSTGRESQL_ANSWERS else f"No PostgreSQL answers at {POSTGRESQL}: storage was tested on SQLite alone."


def files_with(words: str, directory: Path) -> list[str]:
    """Names of the files in a directory in which the words can be read."""
    return [path.name for path in directory.iterdir() if words.encode() in path.read_bytes()]


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL database of this run of the tests; making one takes seconds, so there is one for all."""
    name = f"eea_test_{uuid.uuid4().hex[:12]}"
    server = sa.create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield sa.make_url(POSTGRESQL).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def without_tables(url: str) -> str:
    """The same database without anything in it and without anybody on it."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    others = "pid <> pg_backend_pid() AND datname = current_database()"
    with engine.connect() as connection:
        connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database that nobody else uses."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'assistant.db'}"
    return without_tables(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """For tests of which no part depends on the kind of database; imported as ``database_url``."""
    return f"sqlite:///{tmp_path / 'assistant.db'}"


@pytest.fixture
def empty_database(database_url: str) -> Iterator[Database]:
    """Without tables."""
    made = Database(database_url, Seal([KEY]))
    yield made
    made.close()


@pytest.fixture
def database(empty_database: Database) -> Database:
    """With the tables of the newest migration."""
    schema.upgrade(empty_database)
    return empty_database
