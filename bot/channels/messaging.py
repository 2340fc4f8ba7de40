"""All messaging channels of one process, put together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from bot.channels.channel import Channel, Parsed, PermanentError, TemporaryError, UnsureError
from bot.channels.conversation import Conversations
from bot.channels.counting import ARRIVED
from bot.channels.handover import Handover
from bot.channels.inbox import Inbox
from bot.channels.outbox import Outbox, ResultLink, Timing
from bot.firm import Firm
from bot.intake.database import Database

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
        result_link: ResultLink | None = None,
        timing: Timing | None = None,
    ) -> None:
        timing = timing or Timing()
        self.channels = {channel.name: channel for channel in channels}
        self.outbox = Outbox(database, self.channels, result_link=result_link, timing=timing)
        handover = Handover(database, conversations, firm, self.outbox.wake)
        self.inbox = Inbox(database, self.channels, handover, settle=timing.settle)
        for channel in self.channels.values():
            channel.webhook = webhook(public_url, channel.name)
        conversations.hub.watch(self.outbox.wake)
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
