"""Conversations in the product's own database, with the live ones kept at hand.

Rasa's SQL store reads and replays every event of a conversation at each message, so a turn gets
slower as a conversation gets longer. This one keeps the tracker of a live conversation in memory
after it is safely stored, and takes it from there as long as nobody else has written since.

What was said is sealed (``bot.intake.sealing``): the column ``data`` holds ciphertext. Types, intents and actions
stay readable, for counting.
"""

from __future__ import annotations

import itertools
from collections import OrderedDict
from concurrent.futures import Future
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Session

from bot.dialogue.faster.trackers import written
from bot.intake.database import Database
from bot.intake.sealing import Seal

LIVE = 500
"""Conversations kept at hand; about 0.1 MB each."""


class ConversationStore(SQLTrackerStore):
    """Rasa's SQL tracker store (same table, same rows, ``data`` sealed) without the replay."""

    def __init__(self, domain: Domain | None, database: Database, *, deferring: bool = False, **kwargs: Any) -> None:
        """``database``: writes what is new, in the order and the transactions of everything else that is written.

        ``deferring``: the events of a turn wait for the transaction that keeps its answers (``Database.write_with``
        the conversation's id), so that there are both or neither.
        """
        super().__init__(domain, host=database.url.render_as_string(hide_password=False), **kwargs)
        self._database = database
        self._deferring = deferring
        self._seal = database.seal
        table = self.SQLEvent.__table__
        self._insert = sa.insert(table).returning(table.c.id)
        self._newest = sa.select(sa.func.max(table.c.id)).where(table.c.sender_id == sa.bindparam("sender_id"))
        self._live: OrderedDict[str, tuple[DialogueStateTracker, int, int | Future[int]]] = OrderedDict()
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _pragmas)
            self.engine.dispose()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's tracker. It is taken out of memory until it is saved again, so a failed
        turn leaves no trace: the next one reads what was stored."""
        await self._database.write_deferred(sender_id)
        held = self._live.pop(sender_id, None)
        if held is not None and (last_id := _known(held[2])) == self._last_id(sender_id):
            tracker = held[0]
            tracker._stored = (held[1], last_id)
            return tracker
        return await super().retrieve(sender_id)

    async def stored(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker as it is stored, to look at only."""
        await self._database.write_deferred(sender_id)
        return await super().retrieve(sender_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that are new, then keep the tracker at hand. What is stored listens.

        A turn that Rasa cut short (it stops after so many actions) would otherwise leave a conversation in which
        no rule applies any more, whatever the visitor says.
        """
        if tracker.latest_action_name not in {None, ACTION_LISTEN_NAME}:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        await self.stream_events(tracker)
        count: int | None
        last_id: int | Future[int]
        count, last_id = getattr(tracker, "_stored", (None, 0))
        if count is None:
            with self.session_scope() as session:
                events = list(self._additional_events(session, tracker))
        else:
            events = list(itertools.islice(tracker.events, count, None))
        if events:
            rows = [self._row(tracker.sender_id, event) for event in events]
            if self._deferring:
                last_id = self._database.defer(tracker.sender_id, self._keep, rows)
            else:
                last_id = await self._database.write(self._keep, rows)
        tracker._stored = (len(tracker.events), last_id)
        self._live[tracker.sender_id] = (tracker, len(tracker.events), last_id)
        while len(self._live) > LIVE:
            self._live.popitem(last=False)

    async def delete(self, sender_id: str) -> int:
        """Erase a conversation. Returns the number of events erased."""
        self._live.pop(sender_id, None)
        self._database.forget(sender_id)
        return await self._database.write(self._delete, sender_id)

    async def _retrieve(self, sender_id: str, fetch_events_from_all_sessions: bool) -> DialogueStateTracker | None:
        with self.session_scope() as session:
            rows = self._event_query(session, sender_id, fetch_events_from_all_sessions)
            events = [self._seal.open_json(row.data) for row in rows]
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots) if events else None

    def _row(self, sender_id: str, event: Any) -> dict[str, Any]:
        data = written(event)
        return {
            "sender_id": sender_id,
            "type_name": event.type_name,
            "timestamp": data.get("timestamp"),
            "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
            "action_name": data.get("name"),
            "data": self._seal.close_json(data),
        }

    def _keep(self, session: Session, _seal: Seal, rows: list[dict[str, Any]]) -> int:
        return int(max(session.connection().scalars(self._insert, rows)))

    def _delete(self, session: Session, _seal: Seal, sender_id: str) -> int:
        table = self.SQLEvent.__table__
        return int(session.connection().execute(sa.delete(table).where(table.c.sender_id == sender_id)).rowcount)

    def _last_id(self, sender_id: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.scalar(self._newest, {"sender_id": sender_id}) or 0)


def _known(last_id: int | Future[int]) -> int | None:
    """None: the events were not written, or not yet."""
    if isinstance(last_id, int):
        return last_id
    return last_id.result() if last_id.done() and not last_id.cancelled() else None


def _pragmas(connection: Any, _: Any) -> None:
    """A locked file is given up soon: the wait happens in the event loop, and the turn engine tries again."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA busy_timeout=250")
    cursor.close()
