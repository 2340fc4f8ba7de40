"""What may wait for the next transaction of the same conversation: one wait for the disk instead of two."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from sqlalchemy.orm import Session

Work = Callable[[Session], Any]
Piece = tuple[Work, "Future[Any]"]


class Deferred:
    """Pieces of work by key, in order. Whoever takes them settles them or gives them back."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[Piece]] = {}
        self._lock = threading.Lock()

    def add(self, key: str, work: Work) -> Future[Any]:
        """The result of ``work``, once the transaction that it went into is written."""
        done: Future[Any] = Future()
        with self._lock:
            self._pieces.setdefault(key, []).append((work, done))
        return done

    def waits(self, key: str) -> bool:
        return key in self._pieces

    def take(self, key: str) -> list[Piece]:
        with self._lock:
            return self._pieces.pop(key, [])

    def give_back(self, key: str, pieces: list[Piece]) -> None:
        """They were not written: they wait on, before what has come since."""
        if pieces:
            with self._lock:
                self._pieces[key] = [*pieces, *self._pieces.get(key, [])]

    def forget(self, key: str) -> None:
        """They are not wanted any more."""
        for _, done in self.take(key):
            done.cancel()
