"""A person holds a conversation: the machine is silent, and the visitor is told who speaks, as what (R-15).

``conversations.held_by`` is the whole state, so that it outlives the process. Messages that arrive
meanwhile are kept as handled: nothing answers them, then or after a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.facts import Profile, vocabulary
from bot.facts.encoding import profile_from
from bot.facts.questions import alone
from bot.intake import leads, transcript, work
from bot.intake.history import log
from bot.intake.lead_tables import LeadFileRow, LeadRow
from bot.intake.lead_values import Lead
from bot.intake.messages import Message, Received, UnknownConversationError
from bot.intake.models import ConversationRow, MessageRow
from bot.intake.notifications import events
from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.intake.staff.accounts import Account
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import asked_words, choices, question

LONGEST: Final = 4000
"""Characters of one message of a person."""


class HeldError(Exception):
    """Somebody else holds the conversation: the account ``by``; None: nobody does."""

    def __init__(self, by: int | None) -> None:
        super().__init__(by)
        self.by = by


Signature = Callable[[Language], tuple[str, ...]]
"""Lines that end what a person writes, in the language of the conversation."""


def unsigned(_language: Language) -> tuple[str, ...]:
    """No signature: the visitor is there and knows who speaks."""
    return ()


def speaker(account: Account, language: Language) -> str:
    """Who speaks and in which capacity, as visitors read it."""
    if account.licensed:
        return text("held.licensed", language, name=account.name, licence=account.licence_no)
    return text("held.information", language, name=account.name)


def take(
    session: Session, seal: Seal, conversation_id: str, account: Account, *, instead_of: int | None = None
) -> list[Message]:
    """Hold the conversation from now on; what the visitor is told.

    ``instead_of``: who held it as far as the account knows. Raises ``HeldError`` when somebody else does, and
    ``UnknownConversationError``.
    """
    holder = _holder(session, conversation_id)
    if holder == account.id:
        return []
    if holder != instead_of:
        raise HeldError(holder)
    now = datetime.now(UTC)
    session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id)
        .values(held_by=account.id, held_at=now, state="held")
    )
    session.execute(
        update(MessageRow)
        .where(
            MessageRow.conversation_id == conversation_id,
            MessageRow.direction == "in",
            MessageRow.handled_at.is_(None),
        )
        .values(handled_at=now)
    )
    _audit(session, seal, account, "taken", conversation_id, instead_of=instead_of)
    language = _language(session, seal, conversation_id)
    told = text("held.taken", language, speaker=speaker(account, language))
    return transcript.tell(session, seal, conversation_id, [Answer(language, (told,), kind="notice")], sender="system")


def say(
    session: Session, seal: Seal, conversation_id: str, account: Account, words: str, *, signature: Signature = unsigned
) -> list[Message]:
    """What the holder writes, and below it the signature. Raises ``HeldError`` for everybody else and
    ``UnknownConversationError``."""
    _held(session, conversation_id, account)
    language = _language(session, seal, conversation_id)
    lines = tuple(line for line in words[:LONGEST].split("\n") if line.strip())
    answer = Answer(language, (*lines, *signature(language)), author=speaker(account, language))
    work.replied(session, seal, conversation_id, staff_id=account.id)
    return transcript.tell(session, seal, conversation_id, [answer], sender="staff")


def hand_back(session: Session, seal: Seal, conversation_id: str, account: Account) -> tuple[list[Message], Received]:
    """Give the conversation back to the machine; what the visitor is told, and what makes the machine go on.

    Raises ``HeldError`` and ``UnknownConversationError``.
    """
    _held(session, conversation_id, account)
    session.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation_id)
        .values(held_by=None, held_at=None, state="open")
    )
    _audit(session, seal, account, "handed_back", conversation_id)
    lead = leads.lead_of(session, seal, conversation_id)
    if lead is not None:
        events.emit(session, seal, "handoff.ended", lead)
    language = _language(session, seal, conversation_id)
    told = text("held.back", language, name=account.name)
    answer = Answer(language, (told,), kind="notice")
    messages = transcript.tell(session, seal, conversation_id, [answer], sender="system")
    return messages, transcript.go_on(session, seal, conversation_id, "/resume")


def ask(
    session: Session, seal: Seal, conversation_id: str, account: Account, fact: str, *, signature: Signature = unsigned
) -> list[Message]:
    """Ask the visitor for a fact; the machine understands the answer. Raises ``KeyError`` and ``HeldError``.

    While somebody else holds the conversation it is not asked: two would speak at once.
    """
    vocabulary()[fact]
    holder = _holder(session, conversation_id)
    if holder not in (None, account.id):
        raise HeldError(holder)
    language = _language(session, seal, conversation_id)
    lead = session.scalar(select(LeadRow).where(LeadRow.conversation_id == conversation_id))
    file = session.get(LeadFileRow, lead.id) if lead else None
    profile = alone(profile_from(file.facts) if file else Profile(), fact)
    answer = Answer(
        language,
        (
            text("held.asks", language, name=account.name),
            *signature(language),
            *((asked_words(profile, fact, "why", language),) if vocabulary()[fact].privacy == "sensitive" else ()),
            question(profile, fact, language),
        ),
        kind="question",
        buttons=choices(profile, fact, language),
        asks=fact,
        author=speaker(account, language),
    )
    session.execute(update(ConversationRow).where(ConversationRow.id == conversation_id).values(asked=fact))
    if lead is not None:
        log(session, seal, lead.id, "asked_fact", staff_id=account.id, fact=fact)
    _audit(session, seal, account, "asked", conversation_id, fact=fact)
    return transcript.tell(session, seal, conversation_id, [answer], sender="staff")


def receive_text(session: Session, seal: Seal, conversation_id: str, client_id: str, words: str) -> Received:
    """``transcript.receive_text``, and the lead knows that its visitor wrote."""
    return _noticed(session, seal, transcript.receive_text(session, seal, conversation_id, client_id, words))


def receive_choice(
    session: Session, seal: Seal, conversation_id: str, client_id: str, seq: int, button: int
) -> Received:
    """``transcript.receive_choice``, and the lead knows that its visitor wrote."""
    received = transcript.receive_choice(session, seal, conversation_id, client_id, seq, button)
    return _noticed(session, seal, received)


def holder(session: Session, _seal: Seal, conversation_id: str) -> int | None:
    """Who holds the conversation. Raises ``UnknownConversationError``."""
    return _holder(session, conversation_id)


def _noticed(session: Session, seal: Seal, received: Received) -> Received:
    if received.new:
        waits = received.conversation.held_by is not None
        work.visitor_wrote(session, seal, received.conversation.id, waits=waits)
    return received


def held_by(session: Session, seal: Seal, staff_id: int) -> list[tuple[str, Lead | None]]:
    """The conversations that somebody holds, the longest held first, each with its lead where there is one."""
    rows = session.scalars(
        select(ConversationRow.id)
        .where(ConversationRow.state == "held", ConversationRow.held_by == staff_id)
        .order_by(ConversationRow.held_at)
    )
    return [(conversation, leads.lead_of(session, seal, conversation)) for conversation in rows.all()]


def _held(session: Session, conversation_id: str, account: Account) -> None:
    found = _holder(session, conversation_id)
    if found != account.id:
        raise HeldError(found)


def _holder(session: Session, conversation_id: str) -> int | None:
    """The conversation is locked to the end of the transaction: of two who come at once, one is second."""
    row = session.execute(
        select(ConversationRow.held_by).where(ConversationRow.id == conversation_id).with_for_update()
    ).one_or_none()
    if row is None:
        raise UnknownConversationError(conversation_id)
    held_by: int | None = row.held_by
    return held_by


def _language(session: Session, seal: Seal, conversation_id: str) -> Language:
    return transcript.conversation(session, seal, conversation_id).language


def _audit(session: Session, seal: Seal, account: Account, what: str, conversation_id: str, **details: Any) -> None:
    lead_id = session.scalar(select(LeadRow.id).where(LeadRow.conversation_id == conversation_id))
    subject = f"lead:{lead_id}" if lead_id is not None else f"conversation:{conversation_id[:8]}"
    audit.record(session, seal, actor=account.email, action=f"conversation.{what}", subject=subject, **details)
