"""Ways to begin or to go on: no reply leaves a visitor without one."""

from __future__ import annotations

from actions.turn import Tracker, language_of, profile_of
from bot.knowledge.answer import Button
from bot.knowledge.catalogue import text
from bot.knowledge.wording import payload


def onward(tracker: Tracker) -> tuple[Button, ...]:
    """A way to begin or to go on, where no form asks by itself."""
    return () if tracker.active_loop_name else start_button(tracker)


def start_button(tracker: Tracker) -> tuple[Button, ...]:
    """Begin the assessment, or continue it once something is known."""
    key = "button.continue" if len(profile_of(tracker)) else "button.start"
    return (Button(text(key, language_of(tracker)), "/start_assessment"),)


REST = "rest"
"""In the place of a fact: all questions that are left."""


def result_button(tracker: Tracker) -> Button:
    """The result with what was told so far, instead of the questions that are left."""
    return Button(text("button.result_now", language_of(tracker)), payload("skip", {"edit": REST}))
