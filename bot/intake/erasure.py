"""Erasing somebody: everything about them goes, and what the law wants proven stays without them (R-26).

Left are a tombstone (the SHA-256 of a random id, by which a backup that is put back can be erased
again), the consent ledger without anything that names them, and counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

import sqlalchemy as sa
from sqlalchemy import delete, func, insert, or_, select
from sqlalchemy.orm import Session

from bot.intake import saved, tallies
from bot.intake.consents import granted
from bot.intake.lead_tables import LeadRow
from bot.intake.models import ConsentRow, ConversationRow, MessageRow
from bot.intake.notifications import events
from bot.intake.notifications.tables import NotificationRow
from bot.intake.privacy_tables import ConsentProofRow, ErasureRow, TombstoneRow
from bot.intake.sealing import Seal

Why = Literal["visitor", "staff", "retention", "replay"]
RASA_EVENTS: Final = "events"
"""Rasa's own table of what was said, where its tracker store is in this database."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of one conversation, in numbers."""

    subject_hash: str
    counts: Mapping[str, int]


def subject_hash(conversation_id: str) -> str:
    """By this a tombstone knows a conversation; the id has 128 random bits, so nobody can guess it from here."""
    return hashlib.sha256(f"subject {conversation_id}".encode()).hexdigest()


def request(session: Session, _seal: Seal, conversation_id: str) -> None:
    """The visitor wants to be erased: done when the turn that says so is over (``requested``)."""
    if session.get(ErasureRow, conversation_id) is None:
        session.add(ErasureRow(conversation_id=conversation_id, requested_at=datetime.now(UTC)))
        session.flush()


def requested(session: Session, _seal: Seal) -> list[str]:
    """Conversations that asked to be erased and in which nothing is being worked on, oldest first."""
    at_work = select(MessageRow.id).where(
        MessageRow.conversation_id == ErasureRow.conversation_id,
        MessageRow.direction == "in",
        MessageRow.handled_at.is_(None),
    )
    found = select(ErasureRow.conversation_id).where(~at_work.exists()).order_by(ErasureRow.requested_at)
    return list(session.scalars(found))


def same_person(session: Session, conversation_id: str) -> list[str]:
    """The conversation, and those of leads that were merged with its lead."""
    lead = session.scalar(select(LeadRow).where(LeadRow.conversation_id == conversation_id))
    if lead is None:
        return [conversation_id]
    root = lead.merged_into_id or lead.id
    ids = session.scalars(
        select(LeadRow.conversation_id).where(or_(LeadRow.id == root, LeadRow.merged_into_id == root))
    )
    return sorted({conversation_id, *ids})


def conversations_of(session: Session, _seal: Seal, conversation_id: str) -> list[str]:
    """Every conversation that goes when this one is erased."""
    return same_person(session, conversation_id)


def erase(session: Session, seal: Seal, conversation_id: str, why: Why) -> list[Erased]:
    """Erase a person: this conversation and those merged with it. One that is gone already leaves nothing to do.

    Other systems are told where they may know the person, that is where there was a lead.
    """
    found = [one for one in same_person(session, conversation_id) if session.get(ConversationRow, one) is not None]
    references = [f"L-{lead_id:04d}" for lead_id in _lead_ids(session, found)]
    erased = [_erase(session, seal, one, why) for one in found]
    if references:
        events.publish(session, seal, "subject.erased", conversation_id=None, data={"leads": references, "why": why})
    return erased


def erase_again(session: Session, seal: Seal, hashes: Collection[str]) -> int:
    """Erase whoever came back with a backup: every conversation that has one of these tombstones."""
    back = [one for one in session.scalars(select(ConversationRow.id)) if subject_hash(one) in hashes]
    return sum(len(erase(session, seal, one, "replay")) for one in back)


def tombstones(session: Session, _seal: Seal) -> list[str]:
    """The hashes of everybody who was erased, to be kept beside the backups."""
    return list(session.scalars(select(TombstoneRow.subject_hash).order_by(TombstoneRow.erased_at)))


def _erase(session: Session, seal: Seal, conversation_id: str, why: Why) -> Erased:
    hashed = subject_hash(conversation_id)
    tallies.keep(
        session, conversation_id, in_detail=why == "retention" or granted(session, seal, conversation_id)["statistics"]
    )
    counts = _counts(session, conversation_id)
    if session.get(TombstoneRow, hashed) is None:
        session.add(TombstoneRow(subject_hash=hashed, reason=why, counts=counts, erased_at=datetime.now(UTC)))
        session.flush()
        _keep_proofs(session, conversation_id, hashed)
    session.execute(delete(NotificationRow).where(NotificationRow.conversation_id == conversation_id))
    if why != "retention":
        saved.forget(session, conversation_id)
    _forget_events(session, conversation_id)
    session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))
    session.expire_all()
    return Erased(hashed, counts)


def _counts(session: Session, conversation_id: str) -> dict[str, int]:
    columns = {
        "messages": MessageRow.conversation_id,
        "leads": LeadRow.conversation_id,
        "consents": ConsentRow.conversation_id,
    }
    return {
        name: session.scalar(select(func.count()).where(column == conversation_id)) or 0
        for name, column in columns.items()
    }


def _keep_proofs(session: Session, conversation_id: str, hashed: str) -> None:
    columns = ("purpose", "granted", "text_id", "text_version", "language", "channel", "way", "given_at")
    rows = session.scalars(
        select(ConsentRow).where(ConsentRow.conversation_id == conversation_id).order_by(ConsentRow.id)
    )
    proofs = [{"subject_hash": hashed, **{name: getattr(row, name) for name in columns}} for row in rows]
    if proofs:
        session.execute(insert(ConsentProofRow), proofs)


def _forget_events(session: Session, conversation_id: str) -> None:
    """Erase what Rasa recorded, where its tracker store is in this database."""
    connection = session.connection()
    if not sa.inspect(connection).has_table(RASA_EVENTS):
        return
    told = sa.table(RASA_EVENTS, sa.column("sender_id"))
    session.execute(delete(told).where(told.c.sender_id == conversation_id))


def _lead_ids(session: Session, conversations: Iterable[str]) -> list[int]:
    return list(
        session.scalars(select(LeadRow.id).where(LeadRow.conversation_id.in_(list(conversations))).order_by(LeadRow.id))
    )
