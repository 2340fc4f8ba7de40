"""What a visitor sends, before it is kept: limits, characters that no text may hold, identifiers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

LIMIT: Final = 1000
"""Characters of one message."""

Refusal = Literal["too_long", "empty", "unknown_button", "busy", "restarting", "storage"]
"""Why a message is not taken; ``trouble.<refusal>`` is the text that tells the visitor."""

# Controls, marks that turn the direction of text around, and halves of surrogate pairs: none of them
# is writing, and the last cannot be stored at all.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")
_COMMAND_MARK = re.compile(r"^[\s/]+")


class RefusedError(Exception):
    """A message is not taken. The browser keeps it, and the visitor is told why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Said:
    """Words that a visitor typed. ``client_id``: the sender's id, the same when it is sent again."""

    client_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A button of message ``message``, counted from 0."""

    client_id: str
    message: int
    button: int


Incoming = Said | Chosen


def readable(text: str) -> str:
    """The text as it is kept and shown. Raises ``RefusedError`` when it is too long or holds nothing."""
    if len(text) > LIMIT:
        raise RefusedError("too_long")
    text = _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text)).strip()
    if not speakable(text) or not any(_visible(character) for character in text):
        raise RefusedError("empty")
    return text


def speakable(text: str) -> str:
    """The text as the dialogue hears it: Rasa obeys what begins with a slash, and nobody may type that."""
    return _COMMAND_MARK.sub("", text)


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cf", "Zs", "Zl", "Zp", "Cc", "Cn")
