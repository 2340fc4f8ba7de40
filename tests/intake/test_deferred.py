"""Work that waits for the next transaction of its conversation: written with it, or neither is."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.intake.database import Database
from bot.intake.sealing import Seal

ANN, BEN = "ann", "ben"


@pytest.fixture
def numbers(empty_database: Database) -> Database:
    with empty_database.session() as session:
        session.execute(sa.text("CREATE TABLE numbers (number INTEGER UNIQUE)"))
    return empty_database


def add(session: Session, _seal: Seal, number: int) -> int:
    session.execute(sa.text("INSERT INTO numbers VALUES (:number)"), {"number": number})
    return number


def fail(_session: Session, _seal: Seal) -> None:
    raise LookupError


def stored(database: Database) -> set[int]:
    with database.session(reading=True) as session:
        return set(session.scalars(sa.text("SELECT number FROM numbers")))


async def test_it_is_written_with_the_next_of_its_key_only(numbers: Database) -> None:
    first, second = numbers.defer(ANN, add, 1), numbers.defer(ANN, add, 2)
    await numbers.write(add, 3)
    await numbers.write_with(BEN, add, 4)
    assert (stored(numbers), first.done()) == ({3, 4}, False)
    assert await numbers.write_with(ANN, add, 5) == 5
    assert stored(numbers) == {1, 2, 3, 4, 5}
    assert (first.result(0), second.result(0)) == (1, 2)
    await numbers.write_with(ANN, add, 6)
    assert stored(numbers) == {1, 2, 3, 4, 5, 6}


async def test_neither_is_written_when_one_fails_and_it_waits_on_in_its_order(numbers: Database) -> None:
    order: list[int] = []

    def noted(session: Session, seal: Seal, number: int) -> int:
        order.append(number)
        return add(session, seal, number)

    waiting = numbers.defer(ANN, noted, 1)
    with pytest.raises(LookupError):
        await numbers.write_with(ANN, fail)
    assert (stored(numbers), waiting.done()) == (set(), False)
    numbers.defer(ANN, noted, 2)
    order.clear()
    await numbers.write_with(ANN, noted, 3)
    assert (order, stored(numbers), waiting.result(0)) == ([1, 2, 3], {1, 2, 3}, 1)


async def test_it_can_be_written_by_itself_and_then_not_again(numbers: Database) -> None:
    waiting = numbers.defer(ANN, add, 1)
    await numbers.write_deferred(ANN)
    await numbers.write_deferred(ANN)
    await numbers.write_with(ANN, add, 2)
    assert (waiting.result(0), stored(numbers)) == (1, {1, 2})


async def test_what_is_forgotten_is_never_written(numbers: Database) -> None:
    waiting = numbers.defer(ANN, add, 1)
    numbers.forget(ANN)
    await numbers.write_with(ANN, add, 2)
    assert (waiting.cancelled(), stored(numbers)) == (True, {2})


async def test_it_is_written_once_when_nobody_waits_for_the_transaction_any_more(numbers: Database) -> None:
    waiting: Future[int] = numbers.defer(ANN, add, 1)
    begun, let_go = asyncio.Event(), Future[None]()
    loop = asyncio.get_running_loop()

    def slow(_session: Session, _seal: Seal) -> None:
        loop.call_soon_threadsafe(begun.set)
        let_go.result(20)

    task = asyncio.create_task(numbers.write_with(ANN, slow))
    await begun.wait()
    task.cancel()
    let_go.set_result(None)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(waiting.result, 20) == 1
    await numbers.write_with(ANN, add, 2)
    assert stored(numbers) == {1, 2}
