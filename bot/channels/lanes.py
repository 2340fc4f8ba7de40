"""What happens in each conversation now: what was received, what waits, who works on it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.channels.hub import Subscription
from bot.channels.incoming import Incoming
from bot.intake.messages import Message
from bot.knowledge.catalogue import Language


@dataclass(slots=True)
class Lane:
    """One conversation while something happens in it.

    ``lock``: one message after the other from storing to telling, so that all hear them in order;
    ``kept``: received while the database is away; ``waiting``: stored and to be answered, each with
    whether it may have been worked on before; ``users``: who holds the lane.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    kept: deque[tuple[Incoming, Subscription | None]] = field(default_factory=deque)
    waiting: deque[tuple[Message, bool]] = field(default_factory=deque)
    language: Language = "en"
    asked: str | None = None
    channel: str = "web"
    task: asyncio.Task[None] | None = None
    users: int = 0


class Lanes(dict[str, Lane]):
    """Lanes by conversation."""

    @contextmanager
    def lane(self, conversation_id: str) -> Iterator[Lane]:
        """The one lane of a conversation; it goes when nobody uses it and nothing waits in it."""
        lane = self.setdefault(conversation_id, Lane())
        lane.users += 1
        try:
            yield lane
        finally:
            lane.users -= 1
            if not (lane.users or lane.kept or lane.task):
                self.pop(conversation_id, None)
