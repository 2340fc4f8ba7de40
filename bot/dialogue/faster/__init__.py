"""Work that Rasa does again and again in a turn, done once. What a turn does stays the same.

Rasa 3.6.21 is frozen, so its internals do not move under these. Each one was found by profiling a turn of this
product, and each has a test that holds it equal to what it replaces (``tests/dialogue/test_faster*.py``).
"""

from __future__ import annotations

from bot.dialogue.faster import actions, policies, trackers


def install() -> None:
    """Put all of them in place. Safe to call more than once."""
    trackers.install()
    policies.install()
    actions.install()


__all__ = ["install"]
