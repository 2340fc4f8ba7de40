"""The database is locked or gone: what was typed is kept, the visitor is told, the answer comes when it is back."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.channels import conversation as engine_module
from bot.channels.conversation import Conversations
from bot.channels.hub import Event, MessageEvent, TroubleEvent
from bot.channels.incoming import Chosen, RefusedError, Said
from bot.channels.outage import is_outage
from bot.channels.trouble import apology
from bot.firm import load_firm
from bot.intake.database import Database
from tests.databases import POSTGRESQL
from tests.parrot import Parrot

Away = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def away(database: Database, monkeypatch: pytest.MonkeyPatch) -> Away:
    """A database that is away while one is inside: a locked file, or a server that lets nobody in."""
    monkeypatch.setattr("bot.channels.outage.LONGEST_WAIT", 0.5)

    @contextmanager
    def locked() -> Iterator[None]:
        other = sqlite3.connect(str(database.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()

    @contextmanager
    def shut() -> Iterator[None]:
        server = sa.create_engine(POSTGRESQL, isolation_level="AUTOCOMMIT")
        name = database.url.database
        with server.connect() as connection:
            connection.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
            connection.execute(
                sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
            )
            try:
                yield
            finally:
                connection.execute(sa.text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
        server.dispose()

    return locked if database.url.get_backend_name() == "sqlite" else shut


async def told(engine: Conversations, conversation: str) -> list[str]:
    _, messages = await engine.transcript(conversation)
    return [f"> {one.text}" if one.answer is None else " ".join(one.answer.lines) for one in messages]


async def until(engine: Conversations, conversation: str, count: int) -> list[str]:
    """The transcript once it has ``count`` messages."""
    async with asyncio.timeout(20):
        while True:
            try:
                lines = await told(engine, conversation)
            except RefusedError:
                lines = []
            if len(lines) >= count:
                return lines
            await asyncio.sleep(0.05)


async def refused(engine: Conversations, conversation: str, incoming: Said | Chosen) -> str:
    with pytest.raises(RefusedError) as error:
        await engine.receive(conversation, incoming)
    return error.value.refusal


async def test_what_was_typed_is_kept_and_answered_in_order_when_it_is_back(
    engine: Conversations, away: Away, parrot: Parrot
) -> None:
    conversation = (await engine.open("en", "web")).id
    _, (greeting,) = await engine.transcript(conversation)
    with engine.hub.subscription(conversation) as subscription:
        with away():
            assert await refused(engine, conversation, Said("a", "one")) == "storage"
            assert await refused(engine, conversation, Said("a", "one")) == "storage"
            assert await refused(engine, conversation, Chosen("b", greeting.seq, 0)) == "storage"
            assert await refused(engine, conversation, Said("c", "three")) == "storage"
            with pytest.raises(RefusedError):
                await engine.open("en", "web")
            assert not await engine.ready()
            assert parrot.heard == []
        lines = await until(engine, conversation, 7)
        assert [line for line in lines if line.startswith(">")] == ["> one", "> Yes", "> three"]
        assert sorted(lines[1:]) == sorted(
            ["> one", "text: one", "> Yes", "payload: /affirm", "> three", "text: three"]
        )
        heard: list[Event] = []
        while len([event for event in heard if isinstance(event, MessageEvent)]) < 6:
            heard.append(await subscription.next())
    assert (await engine.receive(conversation, Said("a", "one")))[1] is False
    assert await engine.ready()
    assert len(await told(engine, conversation)) == 7


async def test_a_button_that_never_was_is_told_when_the_database_is_back(engine: Conversations, away: Away) -> None:
    conversation = (await engine.open("en", "web")).id
    with engine.hub.subscription(conversation) as subscription:
        with away():
            assert await refused(engine, conversation, Chosen("b", 99, 0)) == "storage"
        async with asyncio.timeout(20):
            event = await subscription.next()
    assert event == TroubleEvent("unknown_button", "en", "b")


async def test_a_database_that_goes_in_the_middle_of_a_turn(engine: Conversations, away: Away, parrot: Parrot) -> None:
    conversation = (await engine.open("en", "web")).id
    with engine.hub.subscription(conversation) as subscription:
        await engine.receive(conversation, Said("a", "slow"))
        with away():
            async with asyncio.timeout(20):
                while not isinstance(await subscription.next(), TroubleEvent):
                    pass
        assert await until(engine, conversation, 3) == ["Hello", "> slow", "text: slow"]
    assert len(parrot.heard) == 1


async def test_a_dialogue_whose_database_is_away_is_asked_again(engine: Conversations, parrot: Parrot) -> None:
    conversation = (await engine.open("en", "web")).id
    away = RuntimeError("the tracker could not be saved")
    away.__cause__ = sa.exc.OperationalError("INSERT", {}, Exception("database is locked"))
    parrot.broken = away
    await engine.receive(conversation, Said("a", "one"))
    await asyncio.sleep(0.1)
    parrot.broken = None
    assert await until(engine, conversation, 3) == ["Hello", "> one", "text: one"]


async def test_a_dialogue_that_stays_broken_is_not_asked_for_ever(engine: Conversations, parrot: Parrot) -> None:
    conversation = (await engine.open("fr", "web")).id
    parrot.broken = sa.exc.ProgrammingError("SELECT", {}, Exception("no such column"))
    await engine.receive(conversation, Said("a", "un"))
    assert "Un instant" in (await until(engine, conversation, 3))[-1]


async def test_memory_for_what_was_typed_has_an_end(
    engine: Conversations, away: Away, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "KEPT_IN_ALL", engine_module.KEPT_PER_CONVERSATION + 1)
    first, second = (await engine.open("en", "web")).id, (await engine.open("en", "web")).id
    with away():
        answers = [
            await refused(engine, first, Said(f"c{place}", str(place)))
            for place in range(engine_module.KEPT_PER_CONVERSATION + 1)
        ]
        assert answers == ["storage"] * engine_module.KEPT_PER_CONVERSATION + ["busy"]
        assert await refused(engine, first, Said("c0", "0")) == "storage"  # it is kept already
        assert [await refused(engine, second, Said(f"d{place}", "x")) for place in range(2)] == ["storage", "busy"]
    assert len(await until(engine, first, 1 + 2 * engine_module.KEPT_PER_CONVERSATION)) == 41


@pytest_asyncio.fixture
async def started_without(database: Database, away: Away, parrot: Parrot) -> AsyncIterator[tuple[Conversations, str]]:
    """An engine that was started while the database was away, with one message still to be answered."""
    firm = apology(load_firm(Path("firm.yml")))
    before = Conversations(database, parrot, firm, turn_timeout=5)
    await before.start()
    conversation = (await before.open("en", "web")).id
    parrot.pause = 30
    await before.receive(conversation, Said("a", "slow"))
    await before.stop(grace=0)
    parrot.pause = 0
    after = Conversations(database, parrot, firm, turn_timeout=5)
    with away():
        await after.start()
    yield after, conversation
    await after.stop(grace=5)


async def test_a_process_that_starts_without_its_database_catches_up(
    started_without: tuple[Conversations, str],
) -> None:
    engine, conversation = started_without
    assert await until(engine, conversation, 3) == ["Hello", "> slow", "text: slow"]


def test_what_counts_as_an_outage() -> None:
    locked = sa.exc.OperationalError("INSERT", {}, Exception("database is locked"))
    wrapped = ValueError("turn failed")
    wrapped.__context__ = locked
    assert is_outage(locked)
    assert is_outage(wrapped)
    assert not is_outage(ValueError("31"))
    assert not is_outage(sa.exc.IntegrityError("INSERT", {}, Exception("duplicate")))
