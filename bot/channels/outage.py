"""A database that is locked or gone: noticed once, waited for by all, over for all at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.intake.database import UNREACHABLE

log = logging.getLogger(__name__)

FIRST_WAIT: Final = 0.25
LONGEST_WAIT: Final = 5.0


def is_outage(error: BaseException | None) -> bool:
    """Whether an error, or what led to it, says that the database cannot be reached."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, UNREACHABLE):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


class Outage:
    """``active`` while the database cannot be reached. One task asks for it, less and less often."""

    def __init__(
        self,
        reachable: Callable[[], Awaitable[bool]],
        when_begun: Callable[[], None],
        when_over: Callable[[], Awaitable[None]],
    ) -> None:
        self._reachable = reachable
        self._when_begun = when_begun
        self._when_over = when_over
        self._over = asyncio.Event()
        self._over.set()
        self._wait = FIRST_WAIT
        self._task: asyncio.Task[None] | None = None

    @property
    def active(self) -> bool:
        return not self._over.is_set()

    def begin(self, error: BaseException) -> None:
        if self.active:
            return
        log.error("the database cannot be reached: %s", type(error).__name__)
        self._over.clear()
        self._when_begun()
        self._task = asyncio.create_task(self._watch())

    async def wait(self) -> None:
        """Until the database is there again."""
        await self._over.wait()

    def recovered(self) -> None:
        """Something was written: the next outage starts with short waits again."""
        self._wait = FIRST_WAIT

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._wait)
            self._wait = min(self._wait * 2, LONGEST_WAIT)
            if await self._reachable():
                break
        log.warning("the database is there again")
        self._over.set()
        await self._when_over()
