"""Writing to SQLite: one thread, and everything that waits for it in one transaction.

SQLite lets one write at a time and waits for the disk at the end of each transaction. Here work that comes
while another transaction is written shares the next one and its wait. Each piece is a savepoint: one that
fails is taken back alone. Where the database itself refuses one, each is done again in a transaction of its
own. Nobody hears of success before the disk has it.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from itertools import repeat
from typing import Any, Final, cast

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

LONGEST: Final = 0.01
"""Seconds of work after which a transaction ends although more is waiting."""

Work = Callable[[Session], Any]
Job = tuple[Work, "Future[Any]"]
Outcome = tuple[Any, Exception | None]


class Writer:
    """``submit`` from any thread; ``close`` at the end, when nothing is submitted any more."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._first: deque[Job] = deque()
        self._waiting: deque[Job] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None

    def submit(self, work: Work, *, first: bool = False) -> Future[Any]:
        """The result of ``work``, once it is on the disk. ``first``: before everything that waits, and in no
        transaction that goes on for longer than it."""
        done: Future[Any] = Future()
        with self._changed:
            if self._closing:
                raise RuntimeError("the database is closed")
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="database writer", daemon=True)
                self._thread.start()
            (self._first if first else self._waiting).append((work, done))
            self._changed.notify()
        return done

    def close(self) -> None:
        """Write what waits, then end."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._first or self._waiting or self._closing)
                if not (self._first or self._waiting):
                    return
            self._transaction()

    def _transaction(self) -> None:
        """One transaction: what waits, up to ``LONGEST``."""
        jobs: list[Job] = []
        outcomes: list[Outcome] = []
        try:
            with self._engine.begin() as connection:
                until, queue = time.monotonic() + LONGEST, self._first or self._waiting
                while time.monotonic() < until and (job := self._next(queue)):
                    jobs.append(job)
                    outcomes.append(_savepoint(connection, job[0]))
                    queue = self._first or queue
        except _TransactionError:
            for job in jobs:
                self._alone(job)
        except Exception as error:
            # The transaction could not begin, and then none that waits would fare better; or not end.
            _settle(jobs or [*self._all()], repeat((None, error)))
        else:
            _settle(jobs, outcomes)

    def _alone(self, job: Job) -> None:
        """A transaction for one piece, after a common one was lost over some other."""
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                outcome: Outcome = job[0](session), None
        except Exception as error:
            outcome = None, error
        _settle([job], [outcome])

    def _next(self, queue: deque[Job]) -> Job | None:
        """The next piece that somebody still wants."""
        with self._changed:
            while queue:
                job = queue.popleft()
                if job[1].set_running_or_notify_cancel():
                    return job
        return None

    def _all(self) -> Iterator[Job]:
        for queue in (self._first, self._waiting):
            while job := self._next(queue):
                yield job


class _TransactionError(Exception):
    """An error of the database itself: it may have taken back the whole transaction."""


def _savepoint(connection: Connection, work: Work) -> Outcome:
    # Past SQLAlchemy, whose own savepoints cost more time than the work.
    run = cast(sqlite3.Connection, connection.connection.driver_connection).execute
    session = Session(connection, expire_on_commit=False, join_transaction_mode="rollback_only")
    run("SAVEPOINT work")
    try:
        outcome: Outcome = work(session), None
        session.commit()  # flushes; the transaction is ended by whoever began it
    except DBAPIError as error:  # a session that could not flush has taken everything back
        raise _TransactionError from error
    except Exception as error:
        outcome = None, error
    finally:
        session.close()
    if outcome[1] is not None:
        run("ROLLBACK TO work")
    run("RELEASE work")
    return outcome


def _settle(jobs: Iterable[Job], outcomes: Iterable[Outcome]) -> None:
    for (_, done), (result, error) in zip(jobs, outcomes, strict=False):
        if error is None:
            done.set_result(result)
        else:
            done.set_exception(error)
