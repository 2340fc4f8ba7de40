"""What the handlers of one server share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.channels.conversation import Conversations
from bot.channels.incoming import LIMIT
from bot.channels.messaging import Messaging
from bot.firm import Firm
from bot.intake.database import Database
from bot.knowledge.catalogue import Language, catalogue
from bot.knowledge.typography import printed
from bot.settings import Settings
from bot.web.limits import Limits
from bot.web.tokens import Tokens

DEFAULT_ZONE: Final = "America/Toronto"


@dataclass(frozen=True, slots=True)
class State:
    """``sockets``: the WebSockets that are open."""

    settings: Settings
    firm: Firm
    conversations: Conversations
    tokens: Tokens
    limits: Limits
    database: Database
    messaging: Messaging
    sockets: set[web.WebSocketResponse] = field(default_factory=set)

    @property
    def zone(self) -> ZoneInfo:
        """Where the firm works: the console shows moments so."""
        return self.firm.opening.zone if self.firm.opening else ZoneInfo(DEFAULT_ZONE)

    def setting(self, language: Language) -> dict[str, Any]:
        """What page and widget need beside the messages: words, firm and limits."""
        return {
            "language": language,
            "strings": strings(language),
            "firm": self.firm.public(language),
            "limits": {"text": LIMIT},
        }


STATE: web.AppKey[State] = web.AppKey("state", State)


def strings(language: Language) -> dict[str, str]:
    """Texts of page and widget (``ui.…`` of the catalogue) by the rest of their id."""
    return printed({key: words[language] for key, words in catalogue().under("ui").items()}, language)
