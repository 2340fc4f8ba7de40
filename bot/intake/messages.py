"""Conversations and messages as values, and how they lie in their tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal, cast

from sqlalchemy import Row

from bot.intake.models import ConversationRow, MessageRow
from bot.intake.sealing import Seal
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language

Sender = Literal["visitor", "assistant", "staff", "system"]

GREETING: Final = "greeting"
"""Kind of the inbound message by which a conversation asks for its greeting; nobody wrote it."""
LANGUAGE: Final = "language"
"""Kind of the inbound message by which the page's language switch reaches the dialogue."""
GO_ON: Final = "go_on"
"""Kind of the inbound message by which the dialogue goes on after a person has spoken."""


class UnknownConversationError(LookupError):
    """There is no such conversation (any more)."""


class UnknownButtonError(LookupError):
    """The message has no such button, or there is no such message in the conversation."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """``held_by``: the member of staff who speaks in it; while somebody does, the machine is silent."""

    id: str
    channel: str
    language: Language
    asked: str | None
    created_at: datetime
    last_activity_at: datetime
    held_by: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``text``: of an inbound one; ``answer``: of an outbound one; ``asked``: see ``asks``."""

    conversation_id: str
    seq: int
    inbound: bool
    sender: Sender
    kind: str
    language: Language
    created_at: datetime
    client_id: str | None = None
    reply_to: int | None = None
    asked: str | None = None
    text: str | None = None
    payload: str | None = None
    answer: Answer | None = None
    attempts: int = 0
    handled: bool = False

    @property
    def id(self) -> str:
        """The id by which the dialogue knows the message."""
        return f"{self.conversation_id}-{self.seq}"

    @property
    def shown(self) -> bool:
        """Whether a visitor sees it; what the page asked for by itself is not shown."""
        return not (self.inbound and self.sender == "system")


@dataclass(frozen=True, slots=True)
class Received:
    """An inbound message as stored. ``new`` false: it had been sent before."""

    message: Message
    conversation: Conversation
    new: bool


def conversation_in(row: ConversationRow | Row[Any]) -> Conversation:
    return Conversation(
        id=row.id,
        channel=row.channel,
        language=cast(Language, row.language),
        asked=row.asked,
        created_at=row.created_at,
        last_activity_at=row.last_activity_at,
        held_by=row.held_by,
    )


def message_in(row: MessageRow | Row[Any], seal: Seal) -> Message:
    """Raises ``SealError`` when it was sealed with another key."""
    return Message(
        conversation_id=row.conversation_id,
        seq=row.seq,
        inbound=row.direction == "in",
        sender=cast(Sender, row.sender),
        kind=row.kind,
        language=cast(Language, row.language),
        created_at=row.created_at,
        client_id=row.client_id,
        reply_to=row.reply_to,
        asked=row.asked,
        text=None if row.text_sealed is None else seal.open(row.text_sealed),
        payload=None if row.payload_sealed is None else seal.open(row.payload_sealed),
        answer=None if row.answer_sealed is None else Answer.from_dict(seal.open_json(row.answer_sealed)),
        attempts=row.attempts,
        handled=row.handled_at is not None,
    )


def row_of(message: Message, seal: Seal) -> dict[str, object]:
    """The columns of a message that is not stored yet; ``message_in`` reads them back."""
    return {
        "conversation_id": message.conversation_id,
        "seq": message.seq,
        "direction": "in" if message.inbound else "out",
        "sender": message.sender,
        "kind": message.kind,
        "language": message.language,
        "client_id": message.client_id,
        "reply_to": message.reply_to,
        "asked": message.asked,
        "topic": message.answer.topic if message.answer else None,
        "text_sealed": None if message.text is None else seal.close(message.text),
        "payload_sealed": None if message.payload is None else seal.close(message.payload),
        "answer_sealed": None if message.answer is None else seal.close_json(message.answer.to_dict()),
        "attempts": message.attempts,
        "created_at": message.created_at,
        "handled_at": message.created_at if message.handled else None,
    }
