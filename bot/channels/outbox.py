"""Sending what is in the outbox: in order for each conversation, once, again when it may help, never for ever."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal

import aiohttp

from bot.channels.channel import Channel, Outgoing, PermanentError, Receipt, TemporaryError, UnsureError
from bot.channels.counting import SENT
from bot.channels.pausing import Pauses, backoff
from bot.channels.reading import writable
from bot.channels.rendering import parts
from bot.intake.channels import outbox, people
from bot.intake.channels.outbox import HELD, Claimed, Outcome
from bot.intake.channels.reach import may_be_invited
from bot.intake.database import UNREACHABLE, Database
from bot.intake.messages import Message

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. ``unsure``: how long a receipt may take before a message of unknown fate is looked for;
    ``held``: how long a message waits for an answer to the template; ``attempts``: then it is given up;
    ``settle``: how long an arrival waits for others that the provider delivers in the wrong order."""

    send: float = 15.0
    lease: float = 40.0
    unsure: float = 6.0
    first: float = 1.0
    longest: float = 900.0
    attempts: int = 24
    held: float = 7 * 24 * 3600.0
    look: float = 15.0
    settle: float = 0.15


EARLY: Final = 1000
"""Receipts kept for messages whose id we do not know yet."""
TEMPLATE: Final = "-template"
"""Ends the key of a template that is sent in the place of a message."""
AT_ONCE: Final = 16
"""Messages on their way to one provider at the same time."""


@dataclass(slots=True)
class _Lane:
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None


class Outbox:
    """``start`` before the first call, ``stop`` at the end."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        *,
        timing: Timing | None = None,
    ) -> None:
        self._database = database
        self._channels = channels
        self._timing = timing or Timing()
        self._lanes: dict[str, _Lane] = {}
        self._pauses = Pauses(self._timing.first, self._timing.longest)
        self._places: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))
        self._http: aiohttp.ClientSession | None = None
        self._looker: asyncio.Task[None] | None = None
        self._stopping = False
        self._early: OrderedDict[tuple[str, str], Receipt] = OrderedDict()

    async def start(self) -> None:
        if not self._channels:
            return
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._timing.send))
        self._looker = asyncio.create_task(self._look())

    async def stop(self, grace: float) -> None:
        """Let what is on its way arrive; the rest goes out at the next start."""
        self._stopping = True
        if self._looker is not None:
            self._looker.cancel()
        for lane in self._lanes.values():
            lane.woken.set()
        tasks = [lane.task for lane in self._lanes.values() if lane.task]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    @property
    def http(self) -> aiohttp.ClientSession:
        assert self._http, "start was not called"
        return self._http

    def wake(self, conversation_id: str) -> None:
        """Something of this conversation may be due."""
        if self._stopping or not self._channels:
            return
        lane = self._lanes.setdefault(conversation_id, _Lane())
        lane.woken.set()
        if lane.task is None:
            lane.task = asyncio.create_task(self._work(conversation_id, lane))

    async def receive(self, channel: str, receipts: Iterable[Receipt]) -> None:
        """What the provider says of messages that it has. Raises ``UNREACHABLE``."""
        for one in receipts:
            if one.key.endswith(TEMPLATE) and one.state != "failed":
                continue  # the message itself waits on
            conversation_id = await self._database.write_first(
                outbox.receipt,
                channel,
                one.state,
                provider_id=writable(one.provider_id),
                key=writable(one.key.removesuffix(TEMPLATE)),
                reason=one.reason or "",
            )
            if conversation_id:
                self.wake(conversation_id)
            elif one.provider_id:
                self._early[channel, one.provider_id] = one
                if len(self._early) > EARLY:
                    self._early.popitem(last=False)

    async def quiet(self) -> None:
        """Until nothing is on its way or waits for its time."""
        while tasks := [lane.task for lane in self._lanes.values() if lane.task]:
            await asyncio.wait(tasks)

    async def _look(self) -> None:
        """Find what another process left or a command wants to have sent again."""
        while True:
            try:
                for conversation_id in await self._database.read(outbox.conversations):
                    self.wake(conversation_id)
            except UNREACHABLE:
                log.warning("the outbox waits for the database")
            await asyncio.sleep(self._timing.look)

    async def _work(self, conversation_id: str, lane: _Lane) -> None:
        outcome: Outcome | None = None
        try:
            while True:
                lane.woken.clear()
                try:
                    found = await self._database.write(
                        outbox.advance, conversation_id, outcome, self._render, self._timing.lease
                    )
                except UNREACHABLE:
                    await asyncio.sleep(self._timing.first)
                    continue
                if outcome is not None:
                    await self._caught_up(outcome)
                outcome = None
                if isinstance(found, Claimed):
                    outcome = await self._attempt(found)
                elif self._stopping or (found is None and not lane.woken.is_set()):
                    return
                elif found is not None:
                    await self._sleep(lane, found)
        except Exception:
            log.exception("conversation %s: its outbox is looked at again later", conversation_id)
        finally:
            del self._lanes[conversation_id]

    async def _caught_up(self, outcome: Outcome) -> None:
        """Write down the receipt of a message that was faster than the provider's own answer."""
        for channel in self._channels if outcome.provider_id else ():
            receipt = self._early.pop((channel, outcome.provider_id), None)
            if receipt is not None:
                await self.receive(channel, [receipt])

    @staticmethod
    async def _sleep(lane: _Lane, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await lane.woken.wait()
        except TimeoutError:
            return

    def _render(self, channel: str, message: Message) -> list[dict[str, Any]] | None:
        found = self._channels.get(channel)
        if found is None or message.answer is None:
            return None
        return [found.render(part) for part in parts(message.answer, message.seq, found.limits)]

    async def _attempt(self, claimed: Claimed) -> Outcome:
        """One attempt at one message; never raises what the provider or the network does."""
        channel = self._channels.get(claimed.channel)
        if channel is None:
            return Outcome(claimed.row, "dead", reason="off")
        clock = asyncio.get_running_loop().time
        if paused := self._pauses.left(claimed.channel, clock()):
            return Outcome(
                claimed.row,
                "unsure" if claimed.unsure else "waiting",
                wait=paused,
                reason=HELD if claimed.held else "",
                counts=False,
            )
        try:
            async with self._places[claimed.channel]:
                outcome = await self._send(channel, claimed)
            self._pauses.taken(claimed.channel)
        except TemporaryError as error:
            if claimed.attempts == 1:
                log.warning("%s: %s", claimed.channel, error)
            wait = max(error.wait, backoff(self._timing.first, self._timing.longest, claimed.attempts))
            if error.throttled:
                wait = self._pauses.refused(claimed.channel, clock(), error.wait)
            outcome = self._later(claimed, "waiting", wait, error)
        except PermanentError as error:
            log.warning("%s: message %s: %s", claimed.channel, claimed.key, error)
            stopped = error.reason == "stopped"  # the provider knows of a STOP that we did not hear
            if stopped:
                await self._database.write(people.stop, claimed.channel, claimed.address)
            outcome = Outcome(claimed.row, "cancelled" if stopped else "dead", reason=error.reason)
        except (UnsureError, TimeoutError) as error:
            outcome = self._later(claimed, "unsure", self._timing.unsure, error)
        SENT.labels(claimed.channel, outcome.state).inc()
        return outcome

    async def _send(self, channel: Channel, claimed: Claimed) -> Outcome:
        outgoing = Outgoing(claimed.address, claimed.content, claimed.key, human=claimed.human)
        silence = (datetime.now(UTC) - claimed.last_heard_at).total_seconds()
        window = channel.windows.closing(human=claimed.human)
        if window is not None and silence > window:
            return await self._invite(channel, claimed, outgoing)
        late = channel.windows.machine is not None and silence > channel.windows.machine
        outgoing = Outgoing(claimed.address, claimed.content, claimed.key, human=claimed.human, late=late)
        async with asyncio.timeout(self._timing.send):
            found = await channel.find(self.http, outgoing) if claimed.unsure else None
            return Outcome(claimed.row, "sent", provider_id=found or await channel.send(self.http, outgoing))

    async def _invite(self, channel: Channel, claimed: Claimed, outgoing: Outgoing) -> Outcome:
        """Outside of the window: the approved template once, where there is one and the person agreed to it."""
        template = channel.template(await self._database.read(outbox.language, claimed.conversation_id))
        if claimed.held or template is None or not claimed.human:
            raise PermanentError("window_closed")
        if not await self._database.read(may_be_invited, claimed.conversation_id):
            raise PermanentError("window_closed", "no consent to be written to")
        await channel.send(self.http, Outgoing(outgoing.address, template, claimed.key + TEMPLATE, human=True))
        return Outcome(claimed.row, "waiting", reason=HELD, wait=self._timing.held)

    def _later(
        self, claimed: Claimed, state: Literal["waiting", "unsure"], wait: float, error: BaseException
    ) -> Outcome:
        if claimed.attempts >= self._timing.attempts:
            log.error("%s: message %s is given up: %s", claimed.channel, claimed.key, error or type(error).__name__)
            return Outcome(claimed.row, "dead", reason="exhausted")
        return Outcome(claimed.row, state, wait=wait, reason=HELD if claimed.held else "")
