"""What is counted of channels, for those who run the server. No label says anything of a person."""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter

ARRIVED: Final = Counter("assistant_channel_events", "What providers delivered", ["channel", "kind"])
REFUSED: Final = Counter("assistant_channel_refused", "Requests that were not taken", ["channel", "reason"])
SENT: Final = Counter("assistant_channel_attempts", "Attempts to send a message, by outcome", ["channel", "outcome"])
