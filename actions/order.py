"""Which question comes next, where the visitor has an order of their own.

The vocabulary has an order. Somebody who takes an answer back is asked for it at once (``sooner``); a question to which
other things were told twice waits until the others are through (``later``). Nothing is left out by either.
"""

from __future__ import annotations

from typing import Any, Final

from actions.turn import Tracker, asked_now, intent_of, profile_of, skipped_of, today
from bot.assessment.relevance import next_question
from bot.facts import vocabulary
from bot.facts.questions import asked_together, open_questions

PATIENCE: Final = 2
"""How often a question is asked while other things are told, before others come first."""
SETTLED: Final = "settled"
"""What a question is about that settles a doubt; it stands between, and another one stays at hand."""


def next_slot(tracker: Tracker) -> str | None:
    """The fact to ask for now; None: none is left."""
    profile, skipped, later = profile_of(tracker), skipped_of(tracker), _kept(tracker, "later")
    open_now = open_questions(profile, skipped)
    if sooner := [fact for fact in _kept(tracker, "sooner") if fact in open_now and fact not in later]:
        return sooner[0]
    return next_question(profile, [*skipped, *later], today()) or next_question(profile, skipped, today())


def passed_over(tracker: Tracker, told: dict[str, Any]) -> dict[str, Any]:
    """The slot ``later`` with the question at hand, if other things were told and it was asked often enough."""
    asked = asked_now(tracker)
    if intent_of(tracker) in {"correct", "undo"}:  # these are about an answer, not about something else
        return {}
    if not told or asked not in vocabulary() or asked in told or not asked_enough(tracker, asked):
        return {}
    waiting = [*_kept(tracker, "later"), *asked_together(profile_of(tracker), asked)]
    return {"later": list(dict.fromkeys(waiting))}


def asked_enough(tracker: Tracker, asked: str) -> bool:
    """Whether the question was asked so often that other things may come first."""
    return _times_asked(tracker, asked) >= PATIENCE


def _times_asked(tracker: Tracker, asked: str) -> int:
    """How often the question was asked since another one was."""
    times = 0
    for event in reversed(tracker.events):
        about = ((event.get("metadata") or {}).get("answer") or {}).get("asks") if event["event"] == "bot" else None
        if about not in {None, asked, SETTLED}:
            break
        times += about == asked
    return times


def _kept(tracker: Tracker, slot: str) -> list[str]:
    return list(tracker.get_slot(slot) or [])
