"""What a message that is not about Express Entry is about."""

from __future__ import annotations

from typing import Final, Literal, get_args

from bot.understanding.normalise import normalise
from bot.understanding.words import words

Subject = Literal["refugee", "sponsorship", "citizenship", "study", "work_permit", "visit", "business", "other_country"]

_W = words("subjects")
_ORDER: Final[tuple[Subject, ...]] = get_args(Subject)


def subject(text: str) -> Subject | None:
    """The subject a message names; None where it names none of them."""
    plain = normalise(text).text
    return next((name for name in _ORDER if _W[name].search(plain)), None)
