"""Fixed replies by intent, where the assistant must not improvise: limits, safety, small talk."""

from __future__ import annotations

from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language, catalogue, text
from bot.knowledge.firm import FirmWords
from bot.knowledge.wording import Numbers

URGENT = "urgent_trouble"


def fixed_reply(intent: str, language: Language, firm: FirmWords) -> Answer | None:
    """The reviewed text of an intent, None where it has none.

    A firm without a licensee has texts of its own where the others speak of a person; urgent matters then name the
    public register.
    """
    if f"reply.{intent}" not in catalogue():
        return None
    keys = [_key(part, intent, firm) for part in ("reply", "reply_more")]
    lines = [text(key, language, firm=firm.name, earlier=Numbers(language)) for key in keys if key in catalogue()]
    return Answer(language, (*lines, urgent_notice(language, firm)) if intent == URGENT else tuple(lines))


def urgent_notice(language: Language, firm: FirmWords) -> str:
    """Whom to speak with today: the firm, or whoever the public register names. A line, never small print."""
    if firm.licensee and firm.contact:
        return text("notice.urgent", language, contact=firm.contact)
    return text("notice.urgent_information_only", language, register_url=firm.register_url)


def _key(part: str, intent: str, firm: FirmWords) -> str:
    alone = f"{part}_information_only.{intent}"
    return alone if not firm.licensee and alone in catalogue() else f"{part}.{intent}"
