"""Conversations and their messages. Every function here is one step of a transaction (``Database``)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.intake.keeping import keep, keep_answers, kept_before, mark_handled, take_numbers
from bot.intake.messages import (
    GO_ON,
    GREETING,
    LANGUAGE,
    Conversation,
    Message,
    Received,
    Sender,
    UnknownButtonError,
    UnknownConversationError,
    conversation_in,
    message_in,
)
from bot.intake.models import ConversationRow, MessageRow
from bot.intake.sealing import Seal
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language


def open_conversation(session: Session, seal: Seal, *, language: Language, channel: str) -> Received:
    """A new conversation that waits for its greeting."""
    conversation_id = new_conversation_id()
    ensure_conversation(session, conversation_id, language=language, channel=channel)
    return keep(session, seal, take_numbers(session, conversation_id, 1), sender="system", kind=GREETING)


def new_conversation_id() -> str:
    """128 random bits."""
    return secrets.token_hex(16)


def ensure_conversation(session: Session, conversation_id: str, *, language: Language, channel: str) -> None:
    """Add the conversation unless it is there."""
    if session.get(ConversationRow, conversation_id) is not None:
        return
    now = datetime.now(UTC)
    session.add(
        ConversationRow(
            id=conversation_id,
            channel=channel,
            language=language,
            state="open",
            asked=None,
            last_seq=0,
            created_at=now,
            last_activity_at=now,
        )
    )
    session.flush()


def conversation(session: Session, _seal: Seal, conversation_id: str) -> Conversation:
    """Raises ``UnknownConversationError``."""
    row = session.get(ConversationRow, conversation_id)
    if row is None:
        raise UnknownConversationError(conversation_id)
    return conversation_in(row)


def history(session: Session, seal: Seal, conversation_id: str, after: int = 0) -> list[Message]:
    """Messages with a greater number than ``after``, oldest first, hidden ones too."""
    rows = session.scalars(
        select(MessageRow)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.seq > after)
        .order_by(MessageRow.seq)
    )
    return [message_in(row, seal) for row in rows]


def receive_text(session: Session, seal: Seal, conversation_id: str, client_id: str, text: str) -> Received:
    """Keep what a visitor wrote. Raises ``UnknownConversationError``."""
    taken = take_numbers(session, conversation_id, 1)
    earlier = kept_before(session, seal, taken, client_id)
    return earlier or keep(session, seal, taken, sender="visitor", client_id=client_id, text=text)


def receive_choice(
    session: Session, seal: Seal, conversation_id: str, client_id: str, seq: int, button: int
) -> Received:
    """Keep the choice of a button, counted from 0, of message ``seq``; any older message will do.

    Raises ``UnknownConversationError`` and ``UnknownButtonError``.
    """
    taken = take_numbers(session, conversation_id, 1)
    earlier = kept_before(session, seal, taken, client_id)
    if earlier:
        return earlier
    row = session.scalar(select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.seq == seq))
    answer = message_in(row, seal).answer if row else None
    if answer is None or not 0 <= button < len(answer.buttons) or not answer.buttons[button].payload:
        raise UnknownButtonError(f"{seq}.{button}")
    chosen = answer.buttons[button]
    return keep(
        session,
        seal,
        taken,
        sender="visitor",
        client_id=client_id,
        text=chosen.title,
        payload=chosen.payload,
        asked=answer.asks,
    )


def switch_language(
    session: Session, seal: Seal, conversation_id: str, language: Language, payload: str
) -> Received | None:
    """Go on in ``language``: with a new greeting while the visitor has said nothing, else by ``payload``.

    None: the conversation is in that language already. Raises ``UnknownConversationError``.
    """
    if conversation(session, seal, conversation_id).language == language:
        return None
    taken = take_numbers(session, conversation_id, 1, language=language)
    spoken = session.scalar(
        select(MessageRow.id)
        .where(MessageRow.conversation_id == conversation_id, MessageRow.sender == "visitor")
        .limit(1)
    )
    if spoken is None:
        return keep(session, seal, taken, sender="system", kind=GREETING)
    return keep(session, seal, taken, sender="system", kind=LANGUAGE, payload=payload)


def finish(
    session: Session, seal: Seal, message: Message, answers: Sequence[Answer], *, asked: str | None
) -> list[Message]:
    """Keep the answers to an inbound message and mark it handled, both or neither.

    ``asked``: the fact the conversation waits for now. A message that was finished before stays as it
    was, and its answers are given again.
    """
    if not mark_handled(session, message.conversation_id, message.seq):
        return [one for one in history(session, seal, message.conversation_id) if one.reply_to == message.seq]
    values: dict[str, object] = {"asked": asked}
    if answers:
        values["language"] = answers[-1].language
    return keep_answers(session, seal, message.conversation_id, answers, reply_to=message.seq, values=values)


def tell(
    session: Session,
    seal: Seal,
    conversation_id: str,
    answers: Sequence[Answer],
    *,
    sender: Sender = "assistant",
    always: bool = False,
) -> list[Message]:
    """Say something that answers no message: a person of the firm writes, or the channel itself has to tell.

    ``always``: delivered also to somebody who wrote STOP. Raises ``UnknownConversationError``.
    """
    return keep_answers(session, seal, conversation_id, answers, sender=sender, always=always)


def aside(
    session: Session,
    seal: Seal,
    conversation_id: str,
    client_id: str,
    text: str,
    answers: Sequence[Answer],
    *,
    kind: str = "text",
    always: bool = False,
) -> list[Message]:
    """Keep a visitor's message that the dialogue has no part in, with the answers to it.

    Sent again, nothing happens. Raises ``UnknownConversationError``.
    """
    taken = take_numbers(session, conversation_id, 1)
    if kept_before(session, seal, taken, client_id):
        return []
    received = keep(session, seal, taken, sender="visitor", kind=kind, client_id=client_id, text=text)
    mark_handled(session, conversation_id, received.message.seq)
    told = keep_answers(session, seal, conversation_id, answers, reply_to=received.message.seq, always=always)
    return [received.message, *told]


def is_known(session: Session, _seal: Seal, conversation_id: str, client_id: str) -> bool:
    """Whether this message was kept before: what it asked for is done."""
    kept = select(MessageRow.id).where(MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id)
    return session.scalar(kept) is not None


def greet_again(session: Session, seal: Seal, conversation_id: str, client_id: str) -> Received:
    """Ask for the greeting of a conversation that is under way. Raises ``UnknownConversationError``."""
    taken = take_numbers(session, conversation_id, 1)
    earlier = kept_before(session, seal, taken, client_id)
    return earlier or keep(session, seal, taken, sender="system", kind=GREETING, client_id=client_id)


def go_on(session: Session, seal: Seal, conversation_id: str, payload: str) -> Received:
    """Have the dialogue go on where it was, by ``payload``. Raises ``UnknownConversationError``."""
    taken = take_numbers(session, conversation_id, 1)
    return keep(session, seal, taken, sender="system", kind=GO_ON, payload=payload)


def latest_answers(session: Session, seal: Seal, conversation_id: str) -> list[Message]:
    """What was said to the visitor since they last wrote, oldest first."""
    last = select(func.max(MessageRow.seq)).where(
        MessageRow.conversation_id == conversation_id, MessageRow.sender == "visitor"
    )
    since = session.scalar(last) or 0
    return [message for message in history(session, seal, conversation_id, since) if not message.inbound]


def unhandled(session: Session, seal: Seal) -> list[Received]:
    """What was received and not answered when the process ended, in order; each counted as one more attempt."""
    rows = session.scalars(
        select(MessageRow)
        .where(MessageRow.direction == "in", MessageRow.handled_at.is_(None))
        .order_by(MessageRow.conversation_id, MessageRow.seq)
    ).all()
    found = []
    for row in rows:
        row.attempts += 1
        speaking = session.get_one(ConversationRow, row.conversation_id)
        found.append(Received(message_in(row, seal), conversation_in(speaking), new=True))
    return found


def newest_sealed(session: Session, seal: Seal) -> None:
    """Open the newest sealed text. Raises ``SealError`` when the key is not the one it was written with."""
    row = session.scalar(
        select(MessageRow).where(MessageRow.answer_sealed.is_not(None)).order_by(MessageRow.id.desc()).limit(1)
    )
    if row is not None:
        message_in(row, seal)
