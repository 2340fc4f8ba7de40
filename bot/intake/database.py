"""One database, SQLite or PostgreSQL, reached from the event loop through a few threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import DisconnectionError, InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from bot.intake.deferred import Deferred, Piece
from bot.intake.sealing import Seal
from bot.intake.writer import Writer
from bot.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")

UNREACHABLE: Final = (OperationalError, InterfaceError, ProgrammingError, DisconnectionError, PoolTimeoutError)
"""Errors that say the database is locked, gone or not itself, not that a statement was wrong."""

SQLITE_WAIT_MS: Final = 2000
THREADS: Final = 4


class Database:
    """An engine, a seal, and the threads in which sessions run. On SQLite what is written at the same time shares a
    transaction (``Writer``).

    ``run`` is for the event loop; ``session`` for threads and commands. Every session is one
    transaction that is written as a whole or not at all.
    """

    def __init__(self, url: str, seal: Seal) -> None:
        self.url = make_url(url)
        self.seal = seal
        self.engine = _engine(self.url)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="database")
        self._deferred = Deferred()
        self._writer = Writer(self.engine) if self.url.get_backend_name() == "sqlite" else None

    @classmethod
    def of(cls, settings: Settings) -> Database:
        return cls(settings.database_url, Seal(settings.contact_keys))

    @contextmanager
    def session(self, *, reading: bool = False) -> Iterator[Session]:
        """A transaction; with ``reading`` one that never waits for a writer."""
        engine = self.engine.execution_options(reading=True) if reading else self.engine
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    async def write(self, work: Callable[Concatenate[Session, Seal, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """``work(session, seal, …)`` in one transaction, away from the event loop."""
        return await self._write(lambda session: work(session, self.seal, *args, **kwargs), first=False)

    async def write_first(
        self, work: Callable[Concatenate[Session, Seal, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Like ``write``, before what waits already: somebody's acknowledgement hangs on it."""
        return await self._write(lambda session: work(session, self.seal, *args, **kwargs), first=True)

    def defer(
        self, key: str, work: Callable[Concatenate[Session, Seal, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """``work`` goes into the next ``write_with`` this key; if none comes, it is as if it had never been."""
        return self._deferred.add(key, lambda session: work(session, self.seal, *args, **kwargs))

    async def write_with(
        self, key: str, work: Callable[Concatenate[Session, Seal, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Like ``write``, after what was deferred under this key and with it: all of it or nothing.

        What was not written waits for the next call.
        """
        pieces = self._deferred.take(key)

        def together(session: Session) -> tuple[T, list[Any]]:
            results = [piece(session) for piece, _ in pieces]
            return work(session, self.seal, *args, **kwargs), results

        def written(outcome: Future[tuple[T, list[Any]]]) -> None:
            if outcome.cancelled() or outcome.exception() is not None:
                self._deferred.give_back(key, pieces)
            else:
                _settle(pieces, outcome.result()[1])

        return (await self._write(together, first=False, then=written))[0]

    async def write_deferred(self, key: str) -> None:
        """What was deferred under this key, now."""
        if self._deferred.waits(key):
            await self.write_with(key, _nothing)

    def forget(self, key: str) -> None:
        """What was deferred under this key is not wanted any more."""
        self._deferred.forget(key)

    async def _write(
        self, work: Callable[[Session], T], *, first: bool, then: Callable[[Future[T]], None] | None = None
    ) -> T:
        """``then``: told of the outcome even if nobody waits for it any more."""

        def transaction() -> T:
            with self.session() as session:
                return work(session)

        if self._writer is not None:
            written = self._writer.submit(work, first=first)
        else:
            written = self._threads.submit(transaction)
        if then is not None:
            written.add_done_callback(then)
        return cast(T, await asyncio.wrap_future(written))

    async def read(self, work: Callable[Concatenate[Session, Seal, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Like ``write`` for work that changes nothing."""

        def transaction() -> T:
            with self.session(reading=True) as session:
                return work(session, self.seal, *args, **kwargs)

        return await self._in_thread(transaction)

    async def reachable(self) -> bool:
        """Whether something could be written now."""
        return await self._in_thread(self._probe)

    def _probe(self) -> bool:
        try:
            with self.session() as session:
                session.execute(text("SELECT 1 FROM conversations LIMIT 1"))
        except UNREACHABLE:
            return False
        return True

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        self._threads.shutdown(wait=True)
        if self._writer is not None:
            self._writer.close()
        self.engine.dispose()


def _settle(pieces: list[Piece], results: list[Any]) -> None:
    for (_, done), result in zip(pieces, results, strict=True):
        done.set_result(result)


def _nothing(_session: Session, _seal: Seal) -> None:
    """The work of a transaction that writes only what was deferred."""


def _engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite":
        if url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(
            url,
            hide_parameters=True,  # what visitors write belongs in no log
            connect_args={"timeout": SQLITE_WAIT_MS / 1000, "check_same_thread": False},
        )
        event.listen(engine, "connect", _sqlite_connection)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=5,
        connect_args={"connect_timeout": 3, "options": "-c lock_timeout=3000 -c statement_timeout=10000"},
    )


def _sqlite_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself: see _sqlite_begin
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    # A transaction that reads first and writes later fails at once when another process has written
    # in between, whatever the time-out; one that takes the write lock first waits for its turn.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
