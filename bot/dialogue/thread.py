"""The dialogue in a thread of its own.

A turn is tens of milliseconds of computing. In the server's own event loop everything else would wait for it, and
when many people write at once, for all their turns in a row: a provider for its acknowledgement, a person of the firm
for their message to go out.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

from bot.dialogue.agent import RasaDialogue
from bot.knowledge.answer import Answer

T = TypeVar("T")

TURN_OF_A_THREAD: Final = 0.0005
"""Seconds for which one thread may compute while another wants to; Python's own 5 ms are felt at each statement."""


class DialogueThread:
    """``bot.channels.turns.Dialogue``, each call of which is run in one other thread."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._dialogue: RasaDialogue | None = None
        threading.Thread(target=self._loop.run_forever, name="dialogue", daemon=True).start()

    @classmethod
    async def start(cls, load: Callable[[], Coroutine[Any, Any, RasaDialogue]]) -> DialogueThread:
        """Load a dialogue in the thread in which it will work."""
        sys.setswitchinterval(TURN_OF_A_THREAD)
        started = cls()
        started._dialogue = await started._run(load())
        return started

    async def turn(self, *args: Any, **kwargs: Any) -> list[Answer]:
        return await self._run(self._loaded.turn(*args, **kwargs))

    async def greet(self, *args: Any, **kwargs: Any) -> list[Answer]:
        return await self._run(self._loaded.greet(*args, **kwargs))

    async def replies_to(self, conversation_id: str, message_id: str) -> list[Answer] | None:
        return await self._run(self._loaded.replies_to(conversation_id, message_id))

    async def erase(self, conversation_id: str) -> int:
        return await self._run(self._loaded.erase(conversation_id))

    @property
    def _loaded(self) -> RasaDialogue:
        assert self._dialogue, "start was not called"
        return self._dialogue

    def _run(self, call: Coroutine[Any, Any, T]) -> Awaitable[T]:
        """The call's result here; cancelled here, it is cancelled there."""
        return asyncio.wrap_future(asyncio.run_coroutine_threadsafe(call, self._loop))
