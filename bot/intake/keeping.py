"""How messages are kept: numbered one after the other, sealed, once each. Every turn runs these statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from bot.intake.channels import outbox
from bot.intake.messages import (
    Conversation,
    Message,
    Received,
    Sender,
    UnknownConversationError,
    conversation_in,
    message_in,
    row_of,
)
from bot.intake.models import ConversationRow, MessageRow
from bot.intake.sealing import Seal
from bot.knowledge.answer import Answer

_CONVERSATIONS: Final = cast(Table, ConversationRow.__table__)
_MESSAGES: Final = cast(Table, MessageRow.__table__)

# Every turn runs these: they are put together once.
_KEEP: Final = insert(_MESSAGES)
_EARLIER: Final = select(_MESSAGES).where(
    _MESSAGES.c.conversation_id == bindparam("of"), _MESSAGES.c.client_id == bindparam("sent_as")
)
_HANDLED: Final = (
    update(_MESSAGES)
    .where(
        _MESSAGES.c.conversation_id == bindparam("of"),
        _MESSAGES.c.seq == bindparam("number"),
        _MESSAGES.c.handled_at.is_(None),
    )
    .values(handled_at=bindparam("now"))
    .returning(_MESSAGES.c.id)
)


def keep_answers(
    session: Session,
    seal: Seal,
    conversation_id: str,
    answers: Sequence[Answer],
    *,
    sender: Sender = "assistant",
    reply_to: int | None = None,
    always: bool = False,
    values: Mapping[str, object] | None = None,
) -> list[Message]:
    """Keep outbound messages, and their place in the outbox when the conversation is held elsewhere."""
    taken = take_numbers(session, conversation_id, len(answers), **(values or {}))
    outbound = [
        Message(
            conversation_id=conversation_id,
            seq=number,
            inbound=False,
            sender=sender,
            kind=answer.kind,
            language=answer.language,
            created_at=taken.conversation.last_activity_at,
            reply_to=reply_to,
            asked=answer.asks,
            answer=answer,
        )
        for number, answer in enumerate(answers, taken.first)
    ]
    if outbound:
        session.execute(_KEEP, [row_of(one, seal) for one in outbound])
        outbox.queue(session, taken.conversation, outbound, always=always)
    return outbound


@dataclass(frozen=True, slots=True)
class Taken:
    """Numbers for new messages of a conversation, from ``first`` on. One that is not used stays free."""

    conversation: Conversation
    first: int


def take_numbers(session: Session, conversation_id: str, count: int, **values: object) -> Taken:
    """Take numbers; the conversation is locked to the end of the transaction and gets ``values``.

    Raises ``UnknownConversationError``.
    """
    given = {
        "of": conversation_id,
        "many": count,
        "now": datetime.now(UTC),
        **{f"new_{name}": new for name, new in values.items()},
    }
    row = session.execute(_taking(tuple(values)), given).one_or_none()
    if row is None:
        raise UnknownConversationError(conversation_id)
    return Taken(conversation_in(row), row.last_seq - count + 1)


@cache
def _taking(names: tuple[str, ...]) -> ReturningUpdate[Any]:
    """The statement that takes numbers and sets these columns."""
    return (
        update(_CONVERSATIONS)
        .where(_CONVERSATIONS.c.id == bindparam("of"))
        .values(
            last_seq=_CONVERSATIONS.c.last_seq + bindparam("many"),
            last_activity_at=bindparam("now"),
            **{name: bindparam(f"new_{name}") for name in names},
        )
        .returning(*_CONVERSATIONS.c)
    )


def mark_handled(session: Session, conversation_id: str, seq: int) -> bool:
    """False: it was handled before."""
    given = {"of": conversation_id, "number": seq, "now": datetime.now(UTC)}
    return session.execute(_HANDLED, given).one_or_none() is not None


def kept_before(session: Session, seal: Seal, taken: Taken, client_id: str) -> Received | None:
    """The message that was sent under this id before; None: it is new."""
    row = session.execute(_EARLIER, {"of": taken.conversation.id, "sent_as": client_id}).one_or_none()
    return Received(message_in(row, seal), taken.conversation, new=False) if row else None


def keep(
    session: Session,
    seal: Seal,
    taken: Taken,
    *,
    sender: Sender,
    kind: str = "text",
    client_id: str | None = None,
    text: str | None = None,
    payload: str | None = None,
    asked: str | None = None,
) -> Received:
    """Keep an inbound message under the number taken for it."""
    message = Message(
        conversation_id=taken.conversation.id,
        seq=taken.first,
        inbound=True,
        sender=sender,
        kind=kind,
        language=taken.conversation.language,
        created_at=taken.conversation.last_activity_at,
        client_id=client_id,
        asked=asked,
        text=text,
        payload=payload,
        handled=taken.conversation.held_by is not None,  # a person answers, not the dialogue
    )
    session.execute(_KEEP, row_of(message, seal))
    return Received(message, taken.conversation, new=True)
