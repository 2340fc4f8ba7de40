"""What is kept: conversations, leads and consents, in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from bot.facts.profile import Profile
from bot.intake import consents, leads, saved
from bot.intake.brief import brief
from bot.intake.consents import Consent
from bot.intake.database import UNREACHABLE, Database
from bot.intake.lead_values import Lead, LeadFile
from bot.intake.saved import Kept, Saved
from bot.intake.sealing import Seal
from bot.intake.told import Told
from bot.knowledge.catalogue import Language
from bot.settings import settings

__all__ = ["UNREACHABLE", "Consent", "Database", "Intake", "Lead", "LeadFile", "intake"]


class Intake:
    """The intake as actions use it: each call is one transaction, made away from the event loop.

    Calls raise one of ``UNREACHABLE`` while the database is locked or gone.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    async def record_lead(
        self,
        *,
        conversation_id: str,
        language: Language,
        channel: str,
        name: str,
        contact: str,
        profile: Profile,
        as_of: date,
        consents: Iterable[Consent] = (),
        told: Iterable[Told] = (),
        signs: Collection[str] = (),
    ) -> Lead:
        """Keep a request for a person; again in the same conversation, bring it up to date.

        ``told``: where each fact came from (``told.told_in``); ``signs``: what the visitor told in words
        that no fact holds (``order.Sign``).
        """
        return await self.database.write(
            leads.record_lead,
            conversation_id=conversation_id,
            language=language,
            channel=channel,
            name=name,
            contact=contact,
            profile=profile,
            found=brief(profile, as_of, signs) if len(profile) or signs else None,
            consents=tuple(consents),
            told=tuple(told),
        )

    async def record_consent(self, *, conversation_id: str, channel: str, consent: Consent) -> None:
        """Add a yes or a no to the ledger."""
        await self.database.write(
            consents.record_consent, conversation_id=conversation_id, channel=channel, consent=consent
        )

    async def save(self, *, conversation_id: str, state: Mapping[str, Any], on: date) -> Kept:
        """Keep the answers of a conversation under a code, with the consent to them, to go on later or elsewhere."""

        def step(session: Session, seal: Seal) -> Kept:
            found = consents.standing(session, seal, conversation_id, "assessment")
            agreed = found.to_json() if found else None
            return saved.save(session, seal, conversation_id=conversation_id, state=state, on=on, agreed=agreed)

        return await self.database.write(step)

    async def saved(self, code: str) -> Saved | None:
        """The answers under a code; None when there are none or the code has ended."""
        return await self.database.read(saved.saved, code)

    async def bring_consent(self, conversation_id: str, agreed: Mapping[str, Any]) -> datetime:
        """Put a consent that came along with answers into the ledger; returns when it was given."""
        return await self.database.write(consents.bring, conversation_id, agreed)


@lru_cache(maxsize=1)
def intake() -> Intake:
    """The intake of this process, from its settings."""
    return Intake(Database.of(settings()))
