"""Who is who on a channel: identity, STOP, and codes to move. Each function is one step of a transaction."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.intake.channels.tables import CodeRow, PersonRow, StopRow
from bot.intake.models import ConversationRow
from bot.intake.sealing import Seal

CODE_LIFE: Final = timedelta(minutes=15)
_ALPHABET: Final = "ABCDEFGHJKMNPQRTUVWXY346789"
"""Letters and digits that nobody takes for another."""
_CODE_LENGTH: Final = 10


@dataclass(frozen=True, slots=True)
class Person:
    """A person on a channel. ``address``: where the provider reaches them; ``channel_now``: where their
    conversation is held."""

    channel: str
    address: str
    conversation_id: str
    last_heard_at: datetime
    stopped: bool
    channel_now: str


def find(session: Session, seal: Seal, channel: str, address: str) -> Person | None:
    """The person with this address on the channel."""
    prints = seal.indexes(address)
    row = session.scalar(select(PersonRow).where(PersonRow.channel == channel, PersonRow.person.in_(prints)))
    return None if row is None else _person(session, seal, row, address)


def of_conversation(session: Session, seal: Seal, conversation_id: str, channel: str) -> Person | None:
    """The person that a conversation's answers go to on a channel: who was heard last."""
    row = session.scalar(
        select(PersonRow)
        .where(PersonRow.conversation_id == conversation_id, PersonRow.channel == channel)
        .order_by(PersonRow.last_heard_at.desc(), PersonRow.id.desc())
        .limit(1)
    )
    if row is None:
        return None
    return _person(session, seal, row, seal.open(row.address_sealed))


def attach(session: Session, seal: Seal, conversation_id: str, channel: str, address: str) -> None:
    """From now on this person is in this conversation, and it is held on this channel."""
    now = datetime.now(UTC)
    row = session.scalar(
        select(PersonRow).where(PersonRow.channel == channel, PersonRow.person.in_(seal.indexes(address)))
    )
    if row is None:
        row = PersonRow(channel=channel, created_at=now)
        session.add(row)
    row.person, row.address_sealed = seal.index(address), seal.close(address)
    row.conversation_id, row.last_heard_at = conversation_id, now
    session.flush()
    held_on(session, conversation_id, channel)


def held_on(session: Session, conversation_id: str, channel: str) -> None:
    """The conversation's answers go to this channel."""
    conversation = session.get(ConversationRow, conversation_id)
    if conversation is not None:
        conversation.channel = channel
        session.flush()


def heard(session: Session, seal: Seal, channel: str, address: str, when: datetime) -> None:
    """Note when the person last wrote, from which windows are counted, and that their answers go here."""
    row = session.scalar(
        select(PersonRow).where(PersonRow.channel == channel, PersonRow.person.in_(seal.indexes(address)))
    )
    if row is not None:
        row.last_heard_at = max(row.last_heard_at, when)
        held_on(session, row.conversation_id, channel)


def stopped(session: Session, seal: Seal, channel: str, address: str) -> bool:
    """Whether the person wrote STOP on this channel and did not start again."""
    prints = seal.indexes(address)
    return session.scalar(select(StopRow.id).where(StopRow.channel == channel, StopRow.person.in_(prints))) is not None


def stop(session: Session, seal: Seal, channel: str, address: str) -> None:
    if not stopped(session, seal, channel, address):
        row = StopRow(channel=channel, person=seal.index(address), stopped_at=datetime.now(UTC))
        session.add(row)
        session.flush()


def start(session: Session, seal: Seal, channel: str, address: str) -> bool:
    """Messages are on again; False: they were never off."""
    prints = seal.indexes(address)
    gone = session.execute(
        delete(StopRow).where(StopRow.channel == channel, StopRow.person.in_(prints)).returning(StopRow.id)
    )
    return gone.first() is not None


def new_code(session: Session, _seal: Seal, conversation_id: str) -> str:
    """A code for this conversation; an earlier one no longer works."""
    session.execute(delete(CodeRow).where(CodeRow.conversation_id == conversation_id))
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    session.add(CodeRow(code=_hashed(code), conversation_id=conversation_id, expires_at=datetime.now(UTC) + CODE_LIFE))
    session.flush()
    return f"{code[:5]}-{code[5:]}"


def redeem(session: Session, seal: Seal, code: str, channel: str, address: str) -> str | None:
    """The conversation of a code, which this person is in from now on; None: no such code (any more)."""
    row = session.scalar(select(CodeRow).where(CodeRow.code == _hashed(code)).with_for_update())
    if row is None:
        return None
    session.delete(row)
    session.flush()
    if row.expires_at < datetime.now(UTC):
        return None
    attach(session, seal, row.conversation_id, channel, address)
    return row.conversation_id


def _hashed(code: str) -> str:
    """Codes live for minutes and hold 47 random bits; what is kept does not show them."""
    letters = "".join(character for character in code.upper() if character in _ALPHABET)
    return hashlib.sha256(letters.encode()).hexdigest()


def _person(session: Session, seal: Seal, row: PersonRow, address: str) -> Person:
    held_now = select(ConversationRow.channel).where(ConversationRow.id == row.conversation_id)
    return Person(
        channel=row.channel,
        address=address,
        conversation_id=row.conversation_id,
        last_heard_at=row.last_heard_at,
        stopped=stopped(session, seal, row.channel, address),
        channel_now=session.scalars(held_now).one(),
    )
