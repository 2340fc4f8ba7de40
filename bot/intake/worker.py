"""Work that nobody asks for: what the one process does beside its conversations.

Sends the outbox, erases who asked to be erased, erases what is kept no longer, keeps the order of work
up to date, tells of long waits, and works on spreadsheets. Several processes can do it at once: each step
claims what it works on, or is the same when it is done twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.message import EmailMessage
from itertools import islice
from typing import Any, Final

import aiohttp

from bot.firm import Firm
from bot.intake import daily, erasure, prescreen, retention
from bot.intake.database import UNREACHABLE, Database
from bot.intake.notifications import digest, outbox
from bot.intake.notifications.email import Mailbox, message
from bot.intake.notifications.events import TEST
from bot.intake.notifications.outbox import Notification
from bot.intake.notifications.subscribers import NotificationWay
from bot.intake.notifications.webhook import DeliveryError, post
from bot.settings import Settings

log = logging.getLogger(__name__)

OFTEN: Final = 1.0
"""Seconds between two looks into the outbox."""
EACH_MINUTE: Final = 60.0
EACH_HOUR: Final = 3600.0
DIGEST_HOUR: Final = 7
"""Of the office's day; where that lies in the quiet hours, the mail waits for their end."""
AT_ONCE: Final = frozenset({"lead.urgent", TEST})
"""Events that are told in quiet hours too."""


@dataclass
class Worker:
    """``start`` and ``stop`` with the server. ``forget``: erases a conversation elsewhere than in our tables."""

    database: Database
    settings: Settings
    firm: Firm
    forget: Callable[[str], Awaitable[object]] | None = None
    often: float = OFTEN
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _reordered_on: date | None = None
    _digested_on: date | None = None

    async def start(self) -> None:
        await self.database.write(prescreen.begin_anew)
        steps = (
            (self.deliver, self.often),
            (self.erase_requested, self.often),
            (self.prescreen, self.often),
            (self.tell_of_waiting, EACH_MINUTE),
            (self.tell_digest, EACH_MINUTE),
            (self.keep_order, EACH_MINUTE),
            (self.sweep, EACH_HOUR),
        )
        self._tasks = [asyncio.create_task(self._repeat(step, seconds)) for step, seconds in steps]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []

    async def deliver(self) -> None:
        """Send everything that is due."""
        ways: list[NotificationWay] = ["webhook"]
        mailbox = self._mailbox()
        if mailbox is not None:
            ways.append("email")
        if not await self.database.read(outbox.is_due, ways):
            return
        async with aiohttp.ClientSession() as session:
            while claimed := await self.database.write(outbox.claim, ways):
                await asyncio.gather(*(self._send(session, mailbox, one) for one in claimed))

    async def erase_requested(self) -> None:
        """Erase whoever asked for it and is not in the middle of a turn."""
        for conversation_id in await self.database.read(erasure.requested):
            await self.erase(conversation_id, "visitor")

    async def erase(self, conversation_id: str, why: erasure.Why) -> list[erasure.Erased]:
        """Erase a person everywhere."""
        together = await self.database.read(erasure.conversations_of, conversation_id)
        erased = await self.database.write(erasure.erase, conversation_id, why)
        if self.forget is not None:
            for one in together:
                await self.forget(one)
        return erased

    async def prescreen(self) -> None:
        """Assess the next spreadsheet, row by row, and tell how far it is."""
        if not await self.database.read(prescreen.is_waiting):
            return
        claimed = await self.database.write(prescreen.claim)
        if claimed is None:
            return
        file, data = claimed
        found: list[dict[str, Any]] = []
        rows = prescreen.score(prescreen.read(data), file.as_of, self.firm.default_language)
        while step := await asyncio.to_thread(list, islice(rows, prescreen.STEP)):
            found += step
            failed = sum(bool(row.get("error")) for row in found)
            await self.database.write(prescreen.progress, file.id, len(found), failed)
        await self.database.write(prescreen.finish, file.id, found)

    async def sweep(self) -> None:
        """Erase what is kept no longer."""
        due = await self.database.read(retention.due, self.firm.retention)
        for conversation_id in due:
            await self.erase(conversation_id, "retention")
        await self.database.write(retention.sweep_others, self.firm.retention)
        if due:
            log.info("%d conversations were kept long enough and are erased", len(due))

    async def keep_order(self) -> None:
        """Put every open lead where it stands today, once a day."""
        today = self._today()
        if self._reordered_on == today:
            return
        for work in (daily.make_findable, lambda session, seal, after: daily.reorder(session, seal, today, after)):
            after: int | None = 0
            while after is not None:
                after = await self.database.write(work, after)
                await asyncio.sleep(0)
        self._reordered_on = today

    async def tell_of_waiting(self) -> None:
        """Tell the firm of visitors who wait too long, counted while the office is open."""
        waited = self.firm.opening.open_minutes if self.firm.opening else _minutes
        await self.database.write(daily.tell_of_waiting, waited, self.firm.alerts.waiting_minutes)

    async def tell_digest(self) -> None:
        """Once a day, in the morning, tell those who want it how much waits for what."""
        now = self._now()
        if now.hour < DIGEST_HOUR or self._digested_on == now.date():
            return
        await self.database.write(digest.tell, now.date())
        self._digested_on = now.date()

    async def _send(self, session: aiohttp.ClientSession, mailbox: Mailbox | None, one: Notification) -> None:
        quiet = self._quiet_until(one)
        if quiet is not None:
            await self.database.write(outbox.postpone, one.id, quiet)
            return
        try:
            if one.way == "webhook":
                await post(session, one.target, one.secret, one.body)
            elif mailbox is not None:
                await mailbox.send(self._mail(one, mailbox))
        except DeliveryError as error:
            log.warning("%s of event %s has not arrived: %s", one.way, one.event_id, error)
            await self.database.write(outbox.failed, one.id, str(error), final=error.final)
        except (KeyError, ValueError) as error:
            await self.database.write(outbox.failed, one.id, type(error).__name__, final=True)
        else:
            await self.database.write(outbox.sent, one.id)

    def _quiet_until(self, one: Notification) -> datetime | None:
        quiet = self.firm.alerts.quiet
        if one.way != "email" or quiet is None or one.type in AT_ONCE:
            return None
        return quiet.ends(self._now())

    def _mail(self, one: Notification, mailbox: Mailbox) -> EmailMessage:
        return message(
            one.body,
            one.target,
            sender=mailbox.sender,
            firm=self.firm.name,
            public_url=self.settings.public_url,
            language=one.language or self.firm.default_language,
        )

    def _mailbox(self) -> Mailbox | None:
        url, sender = self.settings.smtp_url.get_secret_value(), self.settings.mail_from or self.firm.email
        return Mailbox.of(url, sender) if url and sender else None

    def _now(self) -> datetime:
        """Now, in the office's time."""
        return datetime.now(self.firm.opening.zone if self.firm.opening else UTC)

    def _today(self) -> date:
        return self._now().date()

    async def _repeat(self, step: Callable[[], Awaitable[None]], seconds: float) -> None:
        while True:
            try:
                await step()
            except UNREACHABLE:
                log.warning("%s waits for the database", step.__name__)
            except Exception:
                log.exception("%s failed and is tried again", step.__name__)
            await asyncio.sleep(seconds)


def _minutes(since: datetime, until: datetime) -> float:
    return (until - since).total_seconds() / 60
