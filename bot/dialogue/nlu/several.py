"""Several questions in one message, told apart: each gets its own answer."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 3
"""Questions of one message that are looked at."""
_FEWEST_WORDS: Final = 3

_ASKS: Final = (
    r"how|what|when|where|why|do|does|did|can|could|is|are|will|would|may|must|should"
    r"|combien|comment|quand|quel(?:le)?s?|o[uù]|pourquoi|est-ce|faut-il|puis-je|dois-je|peut-on|ai-je|suis-je"
    r"|qu['’]est-ce|y a-t-il"
)
"""Words that begin a question, also after a comma."""
_MAY_ASK: Final = r"who|which|am|qui|que|mon|ma|mes|le|la|les"
"""Words that begin one only after "and"."""
_BREAK: Final = re.compile(
    r"(?<=\?)\s*"
    r"|(?<=[.!;\n])\s+"
    rf"|,?\s+(?:and|also|plus|et|puis|aussi)(?:\s+(?:also|then|aussi|puis))?\s+(?=(?:{_ASKS}|{_MAY_ASK})\b)"
    rf"|,\s+(?=(?:{_ASKS})\b)",
    re.IGNORECASE,
)


def parts(text: str) -> list[str]:
    """The pieces of a message that could each be a question; the whole message where it has only one."""
    found = [piece.strip() for piece in _BREAK.split(text) if len(piece.split()) >= _FEWEST_WORDS]
    return found[:MOST] if len(found) > 1 else [text]
