"""What a signal is, and what several kinds of signals look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from bot.assessment.case import Case
from bot.assessment.reason import NO_VALUES
from bot.facts import Job

INVITED = frozenset({"invited"})


class Signal(NamedTuple):
    """One thing that was found: its id, the facts it rests on, and values for its text."""

    id: str
    facts: tuple[str, ...]
    values: Mapping[str, Any] = NO_VALUES


Found = tuple[tuple[str, ...], dict[str, Any]] | None
"""The facts that a signal rests on and the values of its text, as found first; None: there is no such signal."""
Look = Callable[[Case], Found]


def known(fact: str, *values: Any) -> Look:
    """The fact is known to be one of these values."""

    def look(case: Case) -> Found:
        if case.profile.value(fact) in values:
            return (fact,), {}
        return None

    return look


def work_fact(case: Case) -> str | None:
    """The fact under which work is claimed."""
    profile = case.profile
    if profile.value("jobs"):
        return "jobs"
    claimed = (fact for fact in ("canadian_work_years", "foreign_work_years") if (profile.value(fact) or 0) > 0)
    return next(claimed, None)


def jobs(case: Case) -> tuple[Job, ...]:
    """The jobs of the case."""
    found: tuple[Job, ...] = case.profile.value("jobs", ())
    return found


def event(event_id: str, *, past: bool, facts: tuple[str, ...]) -> Look:
    """The timeline holds this event, past or ahead."""

    def look(case: Case) -> Found:
        for event in case.timeline.events:
            if event.id == event_id and event.past == past:
                return facts, {"on": event.on, **event.values}
        return None

    return look
