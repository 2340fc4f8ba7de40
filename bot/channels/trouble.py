"""What a visitor is told when something does not work."""

from __future__ import annotations

from bot.channels.incoming import LIMIT
from bot.channels.turns import Apology
from bot.firm import Firm
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language, text


def trouble(code: str, language: Language, *, error: str = "") -> str:
    """The text ``trouble.<code>``. ``error``: the id under which it was logged."""
    return text(f"trouble.{code}", language, limit=LIMIT, error=error)


def apology(firm: Firm) -> Apology:
    """What a failed turn answers: that a moment is needed, how to reach the firm, and the number of the error."""

    def apologize(language: Language, error_id: str) -> Answer:
        lines = [text("trouble.turn", language)]
        if firm.contact():
            lines.append(text("trouble.turn_contact", language, firm=firm.name, contact=firm.contact()))
        lines.append(text("trouble.turn_error", language, error=error_id))
        return Answer(language, tuple(lines), kind="error")

    return apologize
