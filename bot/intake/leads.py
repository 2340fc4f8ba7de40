"""Visitors who asked for a person, and the consents they gave."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.facts.encoding import profile_to
from bot.facts.profile import Profile
from bot.intake.messages import Message
from bot.intake.models import ConsentRow, LeadRow
from bot.intake.sealing import Seal
from bot.intake.transcript import ensure_conversation, history
from bot.knowledge.catalogue import Language

Purpose = Literal["assessment", "contact", "messages", "statistics"]
"""What a visitor agrees to (R-22): the assessment, being put in touch, later messages, statistics."""
Way = Literal["button", "typed", "form"]

NEW: Final = "new"


class UnknownLeadError(LookupError):
    """There is no lead with this number."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A visitor's yes or no to one purpose.

    ``text_id``: id of the text in the catalogue; ``text``: the text as it was shown, places filled.
    """

    text_id: str
    text: str
    language: Language
    purpose: Purpose = "contact"
    way: Way = "button"
    granted: bool = True

    @property
    def text_version(self) -> str:
        """SHA-256 of the text as it was shown."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class GivenConsent:
    """An entry of the ledger."""

    purpose: str
    granted: bool
    text_id: str
    text_version: str
    language: Language
    channel: str
    way: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Lead:
    """``facts``: JSON values by fact id; ``assessment``: the result as it was shown, with its rule set."""

    id: int
    conversation_id: str
    name: str
    contact: str
    language: Language
    channel: str
    facts: Mapping[str, Any]
    assessment: Mapping[str, Any] | None
    status: str
    created_at: datetime
    updated_at: datetime

    @property
    def reference(self) -> str:
        """The number as a visitor and the firm say it: L-0042."""
        return f"L-{self.id:04d}"


@dataclass(frozen=True, slots=True)
class LeadFile:
    """A lead with all that belongs to it."""

    lead: Lead
    consents: tuple[GivenConsent, ...]
    transcript: tuple[Message, ...]


def record_lead(
    session: Session,
    seal: Seal,
    *,
    conversation_id: str,
    language: Language,
    channel: str,
    name: str,
    contact: str,
    profile: Profile,
    assessment: dict[str, Any] | None,
    consents: Iterable[Consent],
) -> Lead:
    """Keep a request for a person. Asked again in the same conversation, it is brought up to date.

    A turn that is worked on a second time after a crash therefore leaves one lead and one entry for
    each consent. A conversation that came another way than through our channels is kept as well.
    """
    ensure_conversation(session, conversation_id, language=language, channel=channel)
    now = datetime.now(UTC)
    row = session.scalar(select(LeadRow).where(LeadRow.conversation_id == conversation_id).with_for_update())
    if row is None:
        row = LeadRow(conversation_id=conversation_id, status=NEW, created_at=now)
        session.add(row)
    row.name_sealed, row.contact_sealed = seal.close(name), seal.close(contact)
    row.language, row.channel = language, channel
    row.facts, row.assessment = profile_to(profile), assessment
    row.updated_at = now
    for consent in consents:
        record_consent(session, seal, conversation_id=conversation_id, channel=channel, consent=consent)
    session.flush()
    return _lead(row, seal)


def record_consent(session: Session, _seal: Seal, *, conversation_id: str, channel: str, consent: Consent) -> None:
    """Add an entry to the ledger, unless the newest entry for this purpose says the very same."""
    newest = session.scalar(
        select(ConsentRow)
        .where(ConsentRow.conversation_id == conversation_id, ConsentRow.purpose == consent.purpose)
        .order_by(ConsentRow.id.desc())
        .limit(1)
    )
    said = (consent.granted, consent.text_version, consent.language)
    if newest and (newest.granted, newest.text_version, newest.language) == said:
        return
    session.add(
        ConsentRow(
            conversation_id=conversation_id,
            purpose=consent.purpose,
            granted=consent.granted,
            text_id=consent.text_id,
            text_version=consent.text_version,
            language=consent.language,
            channel=channel,
            way=consent.way,
            given_at=datetime.now(UTC),
        )
    )
    session.flush()


def list_leads(session: Session, seal: Seal) -> list[Lead]:
    """All leads, newest first."""
    return [_lead(row, seal) for row in session.scalars(select(LeadRow).order_by(LeadRow.id.desc()))]


def get_lead(session: Session, seal: Seal, lead_id: int) -> LeadFile:
    """A lead with its consents and transcript. Raises ``UnknownLeadError``."""
    row = session.get(LeadRow, lead_id)
    if row is None:
        raise UnknownLeadError(lead_id)
    return LeadFile(
        lead=_lead(row, seal),
        consents=tuple(consents(session, seal, row.conversation_id)),
        transcript=tuple(message for message in history(session, seal, row.conversation_id) if message.shown),
    )


def consents(session: Session, _seal: Seal, conversation_id: str) -> list[GivenConsent]:
    """The ledger of one conversation, oldest first."""
    rows = session.scalars(
        select(ConsentRow).where(ConsentRow.conversation_id == conversation_id).order_by(ConsentRow.id)
    )
    return [
        GivenConsent(
            purpose=row.purpose,
            granted=row.granted,
            text_id=row.text_id,
            text_version=row.text_version,
            language=cast(Language, row.language),
            channel=row.channel,
            way=row.way,
            given_at=row.given_at,
        )
        for row in rows
    ]


def _lead(row: LeadRow, seal: Seal) -> Lead:
    return Lead(
        id=row.id,
        conversation_id=row.conversation_id,
        name=seal.open(row.name_sealed),
        contact=seal.open(row.contact_sealed),
        language=cast(Language, row.language),
        channel=row.channel,
        facts=row.facts,
        assessment=row.assessment,
        status=row.status,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
