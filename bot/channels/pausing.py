"""A provider that has enough is left alone: for as long as it asks, or longer each time it refuses again."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass


def backoff(first: float, longest: float, times: int) -> float:
    """Seconds until the next attempt after ``times`` failures in a row: doubled each time, spread by chance."""
    whole = min(longest, first * 2.0 ** min(max(times - 1, 0), 30))
    return whole * random.uniform(0.5, 1.0)  # noqa: S311  (it spreads load, it guards nothing)


@dataclass(slots=True)
class _Pause:
    until: float = 0.0
    refusals: int = 0


class Pauses:
    """One pause a channel; times are seconds of the event loop's clock.

    ``first``, ``longest``: seconds of the first and of the longest pause where the provider names none.
    """

    def __init__(self, first: float, longest: float) -> None:
        self._first = first
        self._longest = longest
        self._of: defaultdict[str, _Pause] = defaultdict(_Pause)

    def left(self, channel: str, now: float) -> float:
        """Seconds for which nothing is sent on this channel."""
        return max(0.0, self._of[channel].until - now)

    def refused(self, channel: str, now: float, asked: float) -> float:
        """The provider takes no message now; ``asked``: the seconds that it named, 0: none. Returns the pause."""
        pause = self._of[channel]
        if now >= pause.until:  # else it is the refusal of a message that was on its way already
            pause.refusals += 1
        wait = asked or backoff(self._first, self._longest, pause.refusals)
        pause.until = max(pause.until, now + wait)
        return pause.until - now

    def taken(self, channel: str) -> None:
        """The provider has taken a message."""
        self._of[channel].refusals = 0


__all__ = ["Pauses", "backoff"]
