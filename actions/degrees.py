"""A second degree told later, beside the first: "I also have a bachelor's" takes no master's away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from actions.turn import Tracker, values_before
from bot.facts import vocabulary
from bot.understanding import adds, corrects

DEGREES: Final = ("education", "spouse_education")
_SHORTER: Final = frozenset({"one_year", "two_year"})
_THREE_YEARS: Final = "bachelor"
_TWO: Final = "two_or_more"


def both_degrees(tracker: Tracker, told: Mapping[str, Any]) -> dict[str, Any]:
    """The level of two degrees of which the later one was told beside the other: the higher, or that of both."""
    words = str(tracker.latest_message.get("text") or "")
    if not adds(words) or corrects(words):
        return {}
    before = values_before(tracker)
    return {
        fact: _level_of(fact, before[fact], told[fact])
        for fact in DEGREES
        if all(values.get(fact) in vocabulary()[fact].values for values in (before, told))
    }


def _level_of(fact: str, first: str, second: str) -> str:
    both = {first, second}
    if _THREE_YEARS in both and both & _SHORTER:
        return _TWO
    return max(first, second, key=vocabulary()[fact].values.index)
