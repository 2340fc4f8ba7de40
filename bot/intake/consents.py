"""The ledger of consents (R-22, R-23): who agreed to what, in which words, and when they withdrew it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Final, Literal, cast, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake import saved
from bot.intake.history import log
from bot.intake.lead_tables import LeadRow
from bot.intake.models import ConsentRow
from bot.intake.notifications import events
from bot.intake.sealing import Seal
from bot.intake.transcript import ensure_conversation
from bot.knowledge.catalogue import Language

Purpose = Literal["assessment", "contact", "messages", "statistics"]
"""What a visitor agrees to (R-22): the assessment, being put in touch, later messages, statistics."""
PURPOSES: Final[tuple[Purpose, ...]] = get_args(Purpose)
Way = Literal["button", "typed", "form", "staff", "code"]
"""How it was given. ``code``: given in another conversation, whose answers a code brought here."""


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

    def to_json(self) -> dict[str, Any]:
        """To be kept with answers; ``bring`` puts it into the ledger of another conversation."""
        return {**asdict(self), "given_at": self.given_at.isoformat()}


def record_consent(session: Session, seal: Seal, *, conversation_id: str, channel: str, consent: Consent) -> bool:
    """Add an entry, unless the newest entry for this purpose says the very same. Returns whether it was added.

    A lead of the conversation knows it at once, and so does whoever subscribed to changes of consent. Answers kept
    under a code go with the consent to keep them.
    """
    if consent.purpose == "assessment" and not consent.granted:
        saved.forget(session, conversation_id)
    ensure_conversation(session, conversation_id, language=consent.language, channel=channel)
    newest = session.scalar(
        select(ConsentRow)
        .where(ConsentRow.conversation_id == conversation_id, ConsentRow.purpose == consent.purpose)
        .order_by(ConsentRow.id.desc())
        .limit(1)
    )
    said = (consent.granted, consent.text_version, consent.language)
    if newest and (newest.granted, newest.text_version, newest.language) == said:
        return False
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
    _tell_lead(session, seal, conversation_id, consent)
    return True


def bring(session: Session, _seal: Seal, conversation_id: str, agreed: Mapping[str, Any]) -> datetime:
    """Put a consent that came along with answers into the ledger of this conversation; returns when it was given."""
    entry = {**agreed, "given_at": datetime.fromisoformat(agreed["given_at"]), "way": "code"}
    ensure_conversation(session, conversation_id, language=entry["language"], channel=entry["channel"])
    session.add(ConsentRow(conversation_id=conversation_id, **entry))
    session.flush()
    return cast(datetime, entry["given_at"])


def _tell_lead(session: Session, seal: Seal, conversation_id: str, consent: Consent) -> None:
    lead = session.scalar(select(LeadRow).where(LeadRow.conversation_id == conversation_id))
    if lead is None:
        return
    if consent.purpose == "messages":
        lead.may_write = consent.granted
    if consent.purpose == "contact" and not consent.granted:
        lead.waiting_since = None
    lead.version += 1
    log(session, seal, lead.id, "consent", purpose=consent.purpose, granted=consent.granted)
    data = {"lead": f"L-{lead.id:04d}", "purpose": consent.purpose, "granted": consent.granted}
    events.publish(session, seal, "consent.changed", conversation_id=conversation_id, data=data)


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


def standing(session: Session, seal: Seal, conversation_id: str, purpose: Purpose) -> GivenConsent | None:
    """The entry that holds for a purpose now; None where the newest word was a no, or there is none."""
    given = [one for one in consents(session, seal, conversation_id) if one.purpose == purpose]
    return given[-1] if given and given[-1].granted else None


def granted(session: Session, seal: Seal, conversation_id: str) -> dict[Purpose, bool]:
    """What holds now: the newest word on each purpose; one that was never asked is False."""
    newest = {given.purpose: given.granted for given in consents(session, seal, conversation_id)}
    return {purpose: newest.get(purpose, False) for purpose in PURPOSES}
