"""Limits against floods: a bucket for each conversation and each address, refilled steadily."""

from __future__ import annotations

import time
from collections import OrderedDict
from typing import Final

from bot.settings import Settings

KEYS: Final = 50_000
"""Buckets kept; the one that was used longest ago goes first."""

LOGINS_PER_MINUTE: Final = 30
"""Of one address, whoever it tries to be; what one account allows is slower still (``staff.login``)."""


class Buckets:
    """``capacity`` at once, refilled over ``seconds``; a capacity of 0 is no limit."""

    def __init__(self, capacity: int, seconds: float) -> None:
        self._capacity = capacity
        self._rate = capacity / seconds
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, now: float | None = None) -> float:
        """Take one. 0: taken; otherwise the seconds until there is one again."""
        if not self._capacity:
            return 0.0
        now = time.monotonic() if now is None else now
        left, since = self._left.pop(key, (float(self._capacity), now))
        left = min(self._capacity, left + (now - since) * self._rate)
        taken = left >= 1
        self._left[key] = (left - 1 if taken else left, now)
        if len(self._left) > KEYS:
            self._left.popitem(last=False)
        return 0.0 if taken else (1 - left) / self._rate


class Limits:
    def __init__(self, settings: Settings) -> None:
        self._by_conversation = Buckets(settings.messages_per_minute, 60)
        self._by_address = Buckets(settings.messages_per_minute_per_address, 60)
        self._openings = Buckets(settings.conversations_per_hour_per_address, 3600)
        self._logins = Buckets(LOGINS_PER_MINUTE, 60)

    def message(self, conversation_id: str, address: str) -> float:
        """0, or the seconds to wait before another message."""
        return self._by_conversation.take(conversation_id) or self._by_address.take(address)

    def opening(self, address: str) -> float:
        """0, or the seconds to wait before another conversation is begun."""
        return self._openings.take(address)

    def login(self, address: str) -> float:
        """0, or the seconds to wait before another log-in is looked at."""
        return self._logins.take(address)
