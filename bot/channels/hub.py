"""Everybody who listens to a conversation: one subscription for each open tab."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from bot.channels.incoming import Refusal
from bot.intake.messages import Message
from bot.knowledge.catalogue import Language

WAITING: Final = 200
"""Events that a slow listener may be behind before it is cut off; it comes back and reads on."""


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """A message was kept. ``client_id``: set for the tab that sent it."""

    message: Message
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class TypingEvent:
    on: bool


@dataclass(frozen=True, slots=True)
class LanguageEvent:
    """The conversation goes on in another language."""

    language: Language


@dataclass(frozen=True, slots=True)
class TroubleEvent:
    """Something the visitor is told and that is not part of the conversation."""

    refusal: Refusal
    language: Language
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class RestartingEvent:
    """The server is about to stop; it will be back."""


Event = MessageEvent | TypingEvent | LanguageEvent | TroubleEvent | RestartingEvent


class Subscription:
    """Events of one conversation in order. ``behind``: some were lost, and the listener has to start over."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[Event] = asyncio.Queue(WAITING)
        self.behind = False

    def put(self, event: Event) -> None:
        try:
            self._events.put_nowait(event)
        except asyncio.QueueFull:
            self.behind = True

    async def next(self) -> Event:
        return await self._events.get()


class Hub:
    def __init__(self) -> None:
        self._listeners: dict[str, set[Subscription]] = defaultdict(set)
        self._watchers: list[Callable[[str], None]] = []

    def watch(self, watcher: Callable[[str], None]) -> None:
        """Have ``watcher`` called with the conversation of each message that is said to a visitor."""
        self._watchers.append(watcher)

    @contextmanager
    def subscription(self, conversation_id: str) -> Iterator[Subscription]:
        subscription = Subscription()
        self._listeners[conversation_id].add(subscription)
        try:
            yield subscription
        finally:
            self._listeners[conversation_id].discard(subscription)
            if not self._listeners[conversation_id]:
                del self._listeners[conversation_id]

    def publish(self, conversation_id: str, event: Event) -> None:
        for listener in self._listeners.get(conversation_id, ()):
            listener.put(event)

    def publish_message(self, message: Message, sender: Subscription | None = None) -> None:
        """To every tab; the one that sent it learns that it was received."""
        for listener in self._listeners.get(message.conversation_id, ()):
            listener.put(MessageEvent(message, message.client_id if listener is sender else None))
        if not message.inbound:
            for watcher in self._watchers:
                watcher(message.conversation_id)

    def publish_to_all(self, event: Event) -> None:
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.put(event)

    def __len__(self) -> int:
        return sum(len(listeners) for listeners in self._listeners.values())
