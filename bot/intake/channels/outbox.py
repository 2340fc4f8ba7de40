"""The outbox: what has to reach a person over a provider. Each function is one step of a transaction."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from bot.intake.channels import people
from bot.intake.channels.tables import OPEN, OutboxRow, PersonRow
from bot.intake.messages import Conversation, Message, message_in
from bot.intake.models import ConversationRow, MessageRow
from bot.intake.sealing import Seal
from bot.knowledge.catalogue import Language

PARTS: Final = 1000
"""More parts than any message has: positions of a message are its number times this and up."""
OWN: Final = frozenset({"web", "api"})
"""Channels that fetch their messages themselves."""
HELD: Final = "template"
"""Reason of a message that waits until the person answers the template that was sent in its place."""
_RECEIPTS: Final = ("sent", "delivered", "read")

Render = Callable[[str, Message], "list[dict[str, Any]] | None"]
"""The provider's messages for a message on a channel; None: the channel is off."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is to be sent now. ``unsure``: it may have been sent at an earlier attempt."""

    row: int
    key: str
    conversation_id: str
    channel: str
    address: str
    content: dict[str, Any]
    attempts: int
    human: bool
    unsure: bool
    held: bool
    last_heard_at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt. ``wait``: seconds until the next one; ``counts``: whether it was one."""

    row: int
    state: Literal["sent", "waiting", "unsure", "dead", "cancelled"]
    provider_id: str = ""
    reason: str = ""
    wait: float = 0.0
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """A message of the outbox as staff see it: no words, no address."""

    id: int
    conversation_id: str
    channel: str
    seq: int
    state: str
    reason: str | None
    receipt: str | None
    attempts: int
    human: bool
    due_at: datetime
    created_at: datetime
    sent_at: datetime | None


def queue(session: Session, conversation: Conversation, messages: Sequence[Message], *, always: bool = False) -> None:
    """Have these messages of the conversation delivered, if it is held on a channel that needs it."""
    if not messages or conversation.channel in OWN:
        return
    reached = select(PersonRow.id).where(
        PersonRow.conversation_id == conversation.id, PersonRow.channel == conversation.channel
    )
    if session.scalar(reached.limit(1)) is None:
        return
    now = datetime.now(UTC)
    session.execute(
        insert(OutboxRow),
        [
            _row(conversation.id, conversation.channel, one.seq, 0, one.sender == "staff", always, now)
            for one in messages
        ],
    )


def advance(
    session: Session, seal: Seal, conversation_id: str, outcome: Outcome | None, render: Render, lease: float
) -> Claimed | float | None:
    """Write down what became of the last attempt and take the conversation's next message.

    Returns it; or the seconds until it is due; or None when nothing waits. ``lease``: seconds after
    which a sender that did not come back is taken to have ended.
    """
    now = datetime.now(UTC)
    if outcome is not None:
        _settle(session, outcome, now)
    while True:
        row = session.scalar(
            select(OutboxRow)
            .where(OutboxRow.conversation_id == conversation_id, OutboxRow.state.in_(OPEN))
            .order_by(OutboxRow.position)
            .limit(1)
            .with_for_update()
        )
        if row is None:
            return None
        if row.due_at > now:
            return (row.due_at - now).total_seconds()
        person = people.of_conversation(session, seal, conversation_id, row.channel)
        if person is None:
            row.state, row.reason = "dead", "unknown_person"
        elif person.stopped and not row.always:
            row.state, row.reason, row.content_sealed = "cancelled", "stopped", None
        elif row.content_sealed is None and not _expand(session, seal, row, render):
            row.state, row.reason = "dead", "off"
        else:
            unsure = row.state in ("sending", "unsure")
            row.state, row.attempts, row.due_at = "sending", row.attempts + 1, now + timedelta(seconds=lease)
            session.flush()
            return Claimed(
                row=row.id,
                key=row.key,
                conversation_id=conversation_id,
                channel=row.channel,
                address=person.address,
                content=seal.open_json(row.content_sealed or ""),
                attempts=row.attempts,
                human=row.human,
                unsure=unsure,
                held=row.reason == HELD,
                last_heard_at=person.last_heard_at,
                created_at=row.created_at,
            )
        session.flush()


def receipt(
    session: Session, _seal: Seal, channel: str, state: str, *, provider_id: str = "", key: str = "", reason: str = ""
) -> str | None:
    """Write down what the provider says of a message; returns its conversation, None: not one of ours.

    A receipt that carries our key settles a message of which nobody knew whether it was taken.
    """
    known = OutboxRow.key == key if key else OutboxRow.provider_id == provider_id
    row = session.scalar(select(OutboxRow).where(OutboxRow.channel == channel, known).with_for_update())
    if row is None:
        return None
    if state == "failed":
        row.state, row.reason, row.receipt = "dead", reason or "refused", "failed"
    elif row.state != "dead":
        if row.state in OPEN:
            row.state, row.sent_at, row.content_sealed = "sent", datetime.now(UTC), None
            row.provider_id = provider_id or row.provider_id
        if _RECEIPTS.index(state) > (_RECEIPTS.index(row.receipt) if row.receipt in _RECEIPTS else -1):
            row.receipt = state
    session.flush()
    return row.conversation_id


def conversations(session: Session, _seal: Seal) -> list[str]:
    """Conversations with a message that is neither sent nor given up."""
    return list(session.scalars(select(OutboxRow.conversation_id).where(OutboxRow.state.in_(OPEN)).distinct()))


def language(session: Session, _seal: Seal, conversation_id: str) -> Language:
    """The language that the conversation is held in."""
    row = session.get(ConversationRow, conversation_id)
    return "fr" if row is not None and row.language == "fr" else "en"


def release(session: Session, _seal: Seal, conversation_id: str) -> None:
    """The person has written: what was held back until then is due now."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.conversation_id == conversation_id, OutboxRow.state == "waiting", OutboxRow.reason == HELD)
        .values(due_at=datetime.now(UTC), reason=None)
    )


def counts(session: Session, _seal: Seal) -> dict[tuple[str, str], int]:
    """Messages by channel and state."""
    rows = session.execute(
        select(OutboxRow.channel, OutboxRow.state, func.count()).group_by(OutboxRow.channel, OutboxRow.state)
    )
    return {(channel, state): count for channel, state, count in rows}


def listed(
    session: Session, _seal: Seal, *, states: Sequence[str] = ("dead",), conversation_id: str = "", limit: int = 200
) -> list[Listed]:
    """Messages in these states, newest first; of one conversation or of all."""
    query = select(OutboxRow).where(OutboxRow.state.in_(states)).order_by(OutboxRow.id.desc()).limit(limit)
    if conversation_id:
        query = query.where(OutboxRow.conversation_id == conversation_id)
    return [
        Listed(
            row.id,
            row.conversation_id,
            row.channel,
            row.seq,
            row.state,
            row.reason,
            row.receipt,
            row.attempts,
            row.human,
            row.due_at,
            row.created_at,
            row.sent_at,
        )
        for row in session.scalars(query)
    ]


def replay(session: Session, _seal: Seal, rows: Sequence[int] = ()) -> int:
    """Send dead letters again, these or all; returns how many. One that was given up stays in its place."""
    chosen = OutboxRow.id.in_(rows) if rows else OutboxRow.id.is_not(None)
    changed = session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == "dead", chosen)
        .values(state="waiting", reason=None, receipt=None, provider_id=None, attempts=0, due_at=datetime.now(UTC))
        .returning(OutboxRow.id)
    )
    return len(changed.all())


def _settle(session: Session, outcome: Outcome, now: datetime) -> None:
    values: dict[str, Any] = {
        "state": outcome.state,
        "reason": outcome.reason or None,
        "due_at": now + timedelta(seconds=outcome.wait),
    }
    if not outcome.counts:
        values["attempts"] = OutboxRow.attempts - 1
    if outcome.state == "sent":
        values |= {"sent_at": now, "content_sealed": None, "receipt": func.coalesce(OutboxRow.receipt, "sent")}
        values["provider_id"] = outcome.provider_id[:160] or None
    if outcome.state == "cancelled":
        values["content_sealed"] = None
    # Not when it was erased, or a receipt was faster.
    still = OutboxRow.id == outcome.row, OutboxRow.state == "sending"
    session.execute(update(OutboxRow).where(*still).values(values), execution_options={"synchronize_session": False})


def _expand(session: Session, seal: Seal, row: OutboxRow, render: Render) -> bool:
    """Give the message its provider's form, once for all attempts; further parts get rows of their own."""
    stored = session.scalar(
        select(MessageRow).where(MessageRow.conversation_id == row.conversation_id, MessageRow.seq == row.seq)
    )
    rendered = render(row.channel, message_in(stored, seal)) if stored is not None else None
    if not rendered:
        return False
    row.content_sealed = seal.close_json(rendered[0])
    first = row.position % PARTS
    for part, content in enumerate(rendered[1:], first + 1):
        values = _row(row.conversation_id, row.channel, row.seq, part, row.human, row.always, row.due_at)
        session.add(OutboxRow(**values | {"content_sealed": seal.close_json(content)}))
    session.flush()
    return True


def _row(
    conversation_id: str, channel: str, seq: int, part: int, human: bool, always: bool, now: datetime
) -> dict[str, Any]:
    return {
        "conversation_id": conversation_id,
        "channel": channel,
        "position": seq * PARTS + part,
        "seq": seq,
        "key": secrets.token_hex(16),
        "human": human,
        "always": always,
        "content_sealed": None,
        "state": "waiting",
        "reason": None,
        "attempts": 0,
        "due_at": now,
        "created_at": now,
    }


__all__ = ["Claimed", "Listed", "Outcome", "advance", "conversations", "counts", "listed", "queue", "receipt", "replay"]
