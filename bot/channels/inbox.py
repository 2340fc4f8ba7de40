"""From what arrived to the dialogue: kept at once, then worked on in order, one person after the other's pace.

``accept`` is all that a provider waits for. Everything later happens from the database, so that a
process that ends loses nothing; what is worked on twice has no effect the second time.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Final

from sqlalchemy.orm import Session

from bot.channels.channel import Arrival, Channel
from bot.channels.handover import Handover
from bot.channels.incoming import RefusedError
from bot.channels.reading import writable
from bot.intake.channels import arrivals
from bot.intake.channels.arrivals import Arrived, Waiting
from bot.intake.database import UNREACHABLE, Database
from bot.intake.messages import UnknownConversationError
from bot.intake.sealing import Seal

log = logging.getLogger(__name__)

PAUSE_SECONDS: Final = 1.0
ATTEMPTS: Final = 5

Kept = tuple[str, Sequence[Arrived], "asyncio.Future[None]"]
Lane = tuple[str, str]
"""Channel and person."""


class Inbox:
    """``start`` before the first call, ``stop`` at the end."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        handover: Handover,
        *,
        settle: float,
    ) -> None:
        """``settle``: seconds in which messages that come in the wrong order are waited for, and sorted."""
        self._database = database
        self._channels = channels
        self._handover = handover
        self._settle = settle
        self._incoming: list[Kept] = []
        self._writer: asyncio.Task[None] | None = None
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._again: set[Lane] = set()

    async def start(self) -> None:
        """Go on with what the last process left, and forget what is long over."""
        if not self._channels:
            return
        try:
            await self._database.write(arrivals.forget)
            left = await self._database.read(arrivals.unfinished)
        except UNREACHABLE:
            log.warning("arrivals of the last run wait until their persons write again")
            return
        for lane in left:
            self._work_on(lane)

    async def stop(self, grace: float) -> None:
        """Let what is being handed over be finished; the rest stays for the next start."""
        tasks = list(self._lanes.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def accept(self, channel: str, arrived: Iterable[Arrival]) -> None:
        """Keep what a provider delivered; once this returns, nothing of it can be lost. Raises ``UNREACHABLE``."""
        kept = [
            Arrived(one.sender, one.id, one.order, {"arrival": asdict(one)}, edits=one.edits)
            for one in map(_storable, arrived)
        ]
        if not kept:
            return
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._incoming.append((channel, kept, stored))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write())
        await stored

    async def quiet(self) -> None:
        """Until nothing is being worked on."""
        while tasks := list(self._lanes.values()):
            await asyncio.wait(tasks)

    async def _write(self) -> None:
        """Keep everything that came while the last transaction was written, in the next one."""
        try:
            while self._incoming:
                batch, self._incoming = self._incoming, []
                try:
                    lanes = await self._database.write_first(_accept, [(channel, kept) for channel, kept, _ in batch])
                except Exception as error:
                    for _, _, stored in batch:
                        if not stored.done():
                            stored.set_exception(error)
                    continue
                for _, _, stored in batch:
                    if not stored.done():
                        stored.set_result(None)
                for lane in lanes:
                    self._work_on(lane)
        finally:
            self._writer = None

    def _work_on(self, lane: Lane) -> None:
        if lane in self._lanes:
            self._again.add(lane)
        elif lane[0] in self._channels:
            self._lanes[lane] = asyncio.create_task(self._work(lane))

    async def _work(self, lane: Lane) -> None:
        try:
            while True:
                await asyncio.sleep(self._settle)
                self._again.discard(lane)
                if not await self._round(lane) and lane not in self._again:
                    return
        finally:
            del self._lanes[lane]

    async def _round(self, lane: Lane) -> bool:
        """Hand over what waits for one person; whether there may be more."""
        done: list[int] = []
        try:
            try:
                for one in await self._database.read(arrivals.waiting, *lane):
                    await self._hand_over(lane[0], one)
                    done.append(one.row)
                    if lane in self._again:  # what came in between may belong before what still waits
                        return True
            finally:
                if done:
                    await self._database.write(arrivals.handled, done)
        except UNREACHABLE as error:
            log.warning("a message from %s waits for the database: %s", lane[0], type(error).__name__)
        except RefusedError as refused:
            if refused.refusal == "restarting":
                return False
        else:
            return False
        await asyncio.sleep(PAUSE_SECONDS)
        return True

    async def _hand_over(self, channel: str, one: Waiting) -> None:
        arrival = Arrival(**one.content["arrival"])
        for attempt in range(ATTEMPTS):
            try:
                await self._handover.hand_over(self._channels[channel], arrival, one.client_id, one.arrived_at)
                return
            except (RefusedError, *UNREACHABLE):
                raise
            except UnknownConversationError:  # erased in this very moment: the person begins anew
                continue
            except Exception:
                log.exception("a message from %s could not be handed over, attempt %d", channel, attempt + 1)
                await asyncio.sleep(PAUSE_SECONDS * attempt)


def _storable(arrival: Arrival) -> Arrival:
    """Without halves of surrogate pairs: JSON can carry them, and no database takes them."""
    return replace(
        arrival,
        sender=writable(arrival.sender),
        id=writable(arrival.id),
        text=writable(arrival.text),
        edits=writable(arrival.edits),
        language=writable(arrival.language),
    )


def _accept(session: Session, seal: Seal, batch: Sequence[tuple[str, Sequence[Arrived]]]) -> set[Lane]:
    return {(channel, person) for channel, kept in batch for person in arrivals.accept(session, seal, channel, kept)}
