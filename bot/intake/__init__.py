"""What is kept: conversations, leads and consents, in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from bot.facts.profile import Profile
from bot.intake import leads
from bot.intake.database import UNREACHABLE, Database
from bot.intake.leads import Consent, Lead, LeadFile
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
        assessment: dict[str, Any] | None,
        consents: Iterable[Consent],
    ) -> Lead:
        """Keep a request for a person; again in the same conversation, bring it up to date."""
        return await self.database.write(
            leads.record_lead,
            conversation_id=conversation_id,
            language=language,
            channel=channel,
            name=name,
            contact=contact,
            profile=profile,
            assessment=assessment,
            consents=tuple(consents),
        )

    async def record_consent(self, *, conversation_id: str, channel: str, consent: Consent) -> None:
        """Add a yes or a no to the ledger."""
        await self.database.write(
            leads.record_consent, conversation_id=conversation_id, channel=channel, consent=consent
        )


@lru_cache(maxsize=1)
def intake() -> Intake:
    """The intake of this process, from its settings."""
    return Intake(Database.of(settings()))
