"""Yes, no, "I don't know" and "I'd rather not say", English and French; anything else is none of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final, Literal

from bot import files
from bot.understanding.normalise import Plain, normalise

Reply = Literal["yes", "no", "unknown", "declined"]

_PATH: Final = Path(__file__).with_name("replies.yml")
_LONGEST: Final = 120


@cache
def _patterns() -> dict[Reply, re.Pattern[str]]:
    parts = {name: "|".join(f"(?:{part})" for part in entries) for name, entries in files.read(_PATH).items()}
    lead = rf"^[\s.,!]*(?:(?:{parts['lead']})[\s,.!]+)*"
    said_by = r"(?:(?:no|non)[, ]+)?(?:i |we |je |j')?(?:would |am |'d )?"

    def whole(middle: str, tail: str) -> re.Pattern[str]:
        return re.compile(rf"{lead}{middle}(?:[\s,.!?]+(?:{tail}))*[\s,.!?]*$")

    return {
        "yes": whole(f"(?:{parts['yes']})", parts["tail"]),
        "no": whole(f"(?:{parts['no']})", parts["tail"]),
        "unknown": whole(f"{said_by}(?:{parts['unknown']})", parts["unknown_tail"]),
        "declined": whole(f"{said_by}(?:{parts['declined']})", parts["declined_tail"]),
    }


def yes_no(text: str) -> bool | None:
    """True or False when the whole message is a yes or a no; None for everything else ("👍", "", "???")."""
    return plain_yes_no(normalise(text))


def is_unknown(text: str) -> bool:
    """Whether the whole message says that the person does not know."""
    return _is(normalise(text), "unknown")


def is_declined(text: str) -> bool:
    """Whether the whole message says that the person would rather not answer."""
    return _is(normalise(text), "declined")


def plain_yes_no(plain: Plain) -> bool | None:
    if state(plain):
        return None
    if _is(plain, "no"):
        return False
    return True if _is(plain, "yes") else None


def state(plain: Plain) -> Literal["unknown", "declined"] | None:
    """What the whole message says instead of an answer, if that is all it says."""
    if _is(plain, "unknown"):
        return "unknown"
    return "declined" if _is(plain, "declined") else None


def _is(plain: Plain, reply: Reply) -> bool:
    if len(plain.text) > _LONGEST or "\ufffd" in plain.text:
        return False
    words = " ".join(plain.text.split())
    return bool(words) and bool(_patterns()[reply].match(words))
