"""Ways to begin or to go on: no reply leaves a visitor without one."""

from __future__ import annotations

from actions.turn import Tracker, language_of, profile_of
from bot.knowledge.answer import Button
from bot.knowledge.catalogue import text


def onward(tracker: Tracker) -> tuple[Button, ...]:
    """A way to begin or to go on, where no form asks by itself."""
    return () if tracker.active_loop_name else start_button(tracker)


def start_button(tracker: Tracker) -> tuple[Button, ...]:
    """Begin the assessment, or continue it once something is known."""
    key = "button.continue" if len(profile_of(tracker)) else "button.start"
    return (Button(text(key, language_of(tracker)), "/start_assessment"),)
