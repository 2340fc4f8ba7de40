"""Words that decide by themselves: a life in danger, a legal deadline, a child.

A classifier may be wrong, and here it must not be. A short list of words, read before anything else
is, names these messages; a question about such things in general ("what is a fairness letter?") and
something that never happened ("I was never refused") are left to the classifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from bot.understanding.message import Message, prepare
from bot.understanding.words import words

Sign = Literal["crisis", "detention", "removal", "fairness_letter", "refusal", "child"]
"""What a message tells that calls for a person, or for none at all, whatever else it says."""
Alarm = Literal["crisis", "urgent_trouble", "under_age"]

_W = words("alarms")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SENTENCE: Final = re.compile(r"[.!?\n]")
_EVENTS: Final[dict[Sign, str]] = {"detention": "detained", "removal": "removal", "refusal": "refused"}
_ALARMS: Final[dict[Sign, Alarm]] = {
    "crisis": "crisis",
    "detention": "urgent_trouble",
    "removal": "urgent_trouble",
    "fairness_letter": "urgent_trouble",
    "refusal": "urgent_trouble",
    "child": "under_age",
}


def alarm(found: Sequence[Sign]) -> Alarm | None:
    """What the signs of a message, the gravest first, call for at once; None for nearly every message."""
    return _ALARMS[found[0]] if found else None


def signs(text: str, as_of: date) -> tuple[Sign, ...]:
    """Every sign in a message, the gravest first. ``as_of``: today; what happened years ago is no alarm."""
    message = prepare(text, None, None, as_of)
    found: list[Sign] = ["crisis"] if _W["crisis"].search(message.text) else []
    for sign, name in _EVENTS.items():
        if any(_happened(message, match) for match in _W[name].finditer(message.text)):
            found.append(sign)
    letter = _W["letter"].search(message.text)
    if letter is not None and _happened(message, letter) and _W["received"].search(message.text):
        found.append("fairness_letter")
    if _W["child"].search(message.text):
        found.append("child")
    return tuple(sorted(found, key=list(_ALARMS).index))


def _happened(message: Message, match: re.Match[str]) -> bool:
    """Whether it is told as something that happened to this person, and not long ago."""
    text = message.text
    ends = [found.start() for found in _SENTENCE.finditer(text)]
    start = max((end for end in ends if end < match.start()), default=-1) + 1
    end = min((end for end in ends if end >= match.end()), default=len(text))
    years = [int(year) for year in _YEAR.findall(text[start:end])]
    return not (
        _W["asks_what"].search(text[start : match.start()])
        or _W["denied"].search(text[start : match.start()])
        or message.modalities.at(*match.span()) == "hypothetical"
        or _W["long_ago"].search(text[start:end])
        or any(year < message.as_of.year - 1 for year in years)
    )
