"""Writes to SQLite that share a transaction: each succeeds or fails by itself, and success is on the disk."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from bot.intake.database import Database
from bot.intake.sealing import Seal

PATIENCE = 20


@pytest.fixture
def numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with one table of different numbers."""
    monkeypatch.setattr("bot.intake.database.SQLITE_WAIT_MS", 50)
    database = Database(f"sqlite:///{tmp_path / 'numbers.db'}", Seal([Fernet.generate_key().decode()]))
    with database.session() as session:
        session.execute(sa.text("CREATE TABLE numbers (number INTEGER UNIQUE)"))
    return database


def add(session: Session, _seal: Seal, number: int, then: Callable[[], Any] = int) -> int:
    session.execute(sa.text("INSERT INTO numbers VALUES (:number)"), {"number": number})
    then()
    return number


class Base(DeclarativeBase):
    pass


class Number(Base):
    """A row as an object: stored when the session ends, not when it is added."""

    __tablename__ = "numbers"
    number: Mapped[int] = mapped_column(primary_key=True)


def add_object(session: Session, _seal: Seal, number: int) -> int:
    session.add(Number(number=number))
    return number


def stored(database: Database) -> list[int]:
    """As another process sees it."""
    with sqlite3.connect(str(database.url.database)) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM numbers ORDER BY rowid")]


def fail() -> None:
    raise LookupError("not this one")


async def held_up(database: Database) -> tuple[threading.Event, asyncio.Task[int]]:
    """A write that waits to be let go; what is written meanwhile waits together."""
    begun, let_go = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        assert let_go.wait(PATIENCE)

    task = asyncio.create_task(database.write(add, 0, wait))
    assert await asyncio.to_thread(begun.wait, PATIENCE)
    return let_go, task


async def test_one_that_fails_is_taken_back_alone(numbers: Database) -> None:
    let_go, first = await held_up(numbers)
    writes = [
        asyncio.create_task(numbers.write(add, 1)),
        asyncio.create_task(numbers.write(add, 2, fail)),
        asyncio.create_task(numbers.write(add, 1)),
        asyncio.create_task(numbers.write(add, 3)),
    ]
    await asyncio.sleep(0)
    let_go.set()
    found = await asyncio.gather(first, *writes, return_exceptions=True)
    assert [one if isinstance(one, int) else type(one).__name__ for one in found] == [
        0,
        1,
        "LookupError",
        "IntegrityError",
        3,
    ]
    assert stored(numbers) == [0, 1, 3]


async def test_an_error_of_the_database_itself_costs_the_others_nothing(numbers: Database) -> None:
    def broken(session: Session, _seal: Seal) -> None:
        session.execute(sa.text("SELECT * FROM nothing"))

    let_go, first = await held_up(numbers)
    writes = [asyncio.create_task(one) for one in (numbers.write(add, 1), numbers.write(broken), numbers.write(add, 2))]
    await asyncio.sleep(0)
    let_go.set()
    found = await asyncio.gather(first, *writes, return_exceptions=True)
    assert [isinstance(one, sa.exc.OperationalError) for one in found] == [False, False, True, False]
    assert stored(numbers) == [0, 1, 2]


async def test_an_object_that_cannot_be_stored_costs_the_others_nothing(numbers: Database) -> None:
    let_go, first = await held_up(numbers)
    writes = [
        asyncio.create_task(one)
        for one in (numbers.write(add, 1), numbers.write(add_object, 1), numbers.write(add_object, 2))
    ]
    await asyncio.sleep(0)
    let_go.set()
    found = await asyncio.gather(first, *writes, return_exceptions=True)
    assert [isinstance(one, sa.exc.IntegrityError) for one in found] == [False, False, True, False]
    assert stored(numbers) == [0, 1, 2]


async def test_success_is_told_when_the_disk_has_it(numbers: Database) -> None:
    for number in range(5):
        assert await numbers.write(add, number) == number
        assert stored(numbers)[-1] == number


async def test_an_acknowledgement_goes_first_and_a_cancelled_write_does_not_happen(numbers: Database) -> None:
    let_go, first = await held_up(numbers)
    later = asyncio.create_task(numbers.write(add, 1))
    unwanted = asyncio.create_task(numbers.write(add, 2))
    await asyncio.sleep(0)
    acknowledged = asyncio.create_task(numbers.write_first(add, 3))
    await asyncio.sleep(0)
    unwanted.cancel()
    await asyncio.sleep(0)
    let_go.set()
    await asyncio.gather(first, later, acknowledged)
    assert stored(numbers) == [0, 3, 1]


async def test_a_locked_file_is_told_to_all_who_wait(numbers: Database) -> None:
    other = sqlite3.connect(str(numbers.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    found = await asyncio.gather(*(numbers.write(add, number) for number in range(3)), return_exceptions=True)
    other.execute("ROLLBACK")
    other.close()
    assert all(isinstance(one, sa.exc.OperationalError) for one in found)
    assert await numbers.write(add, 9) == 9
    assert stored(numbers) == [9]


async def test_what_waits_is_written_before_the_database_is_closed(numbers: Database) -> None:
    let_go, first = await held_up(numbers)
    second = asyncio.create_task(numbers.write(add, 1))
    await asyncio.sleep(0)
    closing = asyncio.create_task(asyncio.to_thread(numbers.close))
    let_go.set()
    await asyncio.gather(first, second, closing)
    assert stored(numbers) == [0, 1]
