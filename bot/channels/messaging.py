"""All messaging channels of one process, put together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.channels.channel import Channel, Parsed, PermanentError, TemporaryError, UnsureError
from bot.channels.conversation import Conversations
from bot.channels.counting import ARRIVED
from bot.channels.handover import Handover
from bot.channels.inbox import Inbox
from bot.channels.outbox import Outbox, Timing
from bot.channels.reach import Reach, reach
from bot.firm import Firm
from bot.intake.channels.reach import reached
from bot.intake.database import Database
from bot.knowledge.catalogue import Language

log = logging.getLogger(__name__)


class Messaging:
    """``start`` after the conversations, ``stop`` before the database is closed."""

    def __init__(
        self,
        database: Database,
        conversations: Conversations,
        firm: Firm,
        channels: Iterable[Channel],
        *,
        public_url: str,
        timing: Timing | None = None,
    ) -> None:
        self._database = database
        timing = timing or Timing()
        self.channels = {channel.name: channel for channel in channels}
        self.outbox = Outbox(database, self.channels, timing=timing)
        handover = Handover(database, conversations, firm, self.outbox.wake)
        self.inbox = Inbox(database, self.channels, handover, settle=timing.settle)
        for channel in self.channels.values():
            channel.webhook = webhook(public_url, channel.name)
        conversations.hub.watch(self.outbox.wake)
        conversations.elsewhere = bool(self.channels)
        self._checks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        await self.outbox.start()
        await self.inbox.start()
        self._checks = [asyncio.create_task(self._check(channel)) for channel in self.channels.values()]

    async def stop(self, grace: float) -> None:
        for check in self._checks:
            check.cancel()
        await self.inbox.stop(grace)
        await self.outbox.stop(grace)

    async def receive(self, channel: Channel, parsed: Parsed) -> None:
        """Keep what a provider delivered. Raises ``UNREACHABLE``: then the provider has to deliver it again."""
        for kind in (*(one.kind for one in parsed.arrivals), *("receipt" for _ in parsed.receipts)):
            ARRIVED.labels(channel.name, kind).inc()
        for _ in parsed.ignored:
            ARRIVED.labels(channel.name, "ignored").inc()
        await self.inbox.accept(channel.name, parsed.arrivals)
        await self.outbox.receive(channel.name, parsed.receipts)

    async def reach(self, conversation_id: str, language: Language, zone: ZoneInfo) -> Reach | None:
        """Whether staff can write to the person now; None: they read on our own page, or are not there."""
        found = await self._database.read(reached, conversation_id)
        return reach(found, self.channels, language, zone) if found else None

    async def _check(self, channel: Channel) -> None:
        """One line in the log when a provider does not know us: messages would be lost on us."""
        try:
            who = await channel.check(self.outbox.http)
        except (PermanentError, TemporaryError, UnsureError, TimeoutError) as error:
            log.error("%s: %s", channel.title, error)
        else:
            log.info("%s: on, as %s", channel.title, who)


def webhook(public_url: str, channel: str) -> str:
    """The address to register at the provider."""
    return f"{public_url}/webhooks/{channel}"
