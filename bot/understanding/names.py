"""Whether words are somebody's name."""

from __future__ import annotations

import re
from typing import Final

_CALLED: Final = r"(?i:my name(?: is|'s)|name is|call me|je m'appelle|appelez-moi|mon nom est)"
_CAPITAL: Final = r"[A-ZÀ-Þ][\w'’.-]*"
_SMALL: Final = r"(?:(?:de|da|di|del|des|du|la|le|van|von|der|den|bin|al|el) )*"
_I_AM: Final = r"(?:(?i:i am|i'm|it is|it's|this is|c'est) )?"
_NAME: Final = re.compile(rf"{_CALLED},? \S+(?: \S+){{0,3}}|{_I_AM}{_CAPITAL}(?: {_SMALL}{_CAPITAL}){{1,3}}")


def is_name(words: str) -> bool:
    """ "Mark Point" and "call me rahul" are names, whatever else their words mean; one word alone may be anything."""
    return _NAME.fullmatch(words.strip().rstrip(".!")) is not None
