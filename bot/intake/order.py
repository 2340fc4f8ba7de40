"""The order of work: which lead needs a person first, and why (``order_of_work.yml``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from bot.assessment import Assessment
from bot.assessment.timeline import Event, Kind
from bot.facts import Profile
from bot.intake.lead_tables import NEVER

PATH: Final = Path(__file__).with_name("order_of_work.yml")
Sign = Literal["detention", "removal", "fairness_letter", "refusal", "trouble", "crisis"]
"""What a visitor told in words that no fact holds."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lead stands in the order of work.

    ``priority``: 1 first, 5 last. ``due_on``: the nearest day that matters, of the timeline's event
    ``due_event``; None: no such day is known.
    """

    priority: int
    reason: str
    due_on: date | None = None
    due_event: str | None = None

    @property
    def key(self) -> tuple[int, date]:
        """By this leads are sorted; leads with the same key by their number, oldest first."""
        return self.priority, self.due_on or NEVER


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    priority: int = Field(ge=1, le=5)
    reason: str
    sign: Sign | None = None
    fact: Mapping[str, Any] = {}
    events: frozenset[str] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    past: bool | None = None
    within_days: int | None = None
    complete: bool = False

    def fits(self, profile: Profile, signs: Collection[str], complete: bool) -> bool:
        """Whether all that is not about a day fits."""
        return (
            (self.sign is None or self.sign in signs)
            and all(profile.value(fact) == value for fact, value in self.fact.items())
            and (complete or not self.complete)
        )

    def matches(self, event: Event, as_of: date) -> bool:
        return (
            event.on is not None
            and (not self.events or event.id in self.events)
            and (not self.kinds or event.kind in self.kinds)
            and (self.past is None or event.past == self.past)
            and (self.within_days is None or event.on <= as_of + timedelta(self.within_days))
        )


class OrderOfWork(BaseModel):
    """The rules of the order, first one first; the last one fits every lead."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    shown_kinds: frozenset[Kind]
    soon_days: int
    places: tuple[_Rule, ...]


@lru_cache(maxsize=1)
def order_of_work() -> OrderOfWork:
    """The project's order of work."""
    return OrderOfWork.model_validate(yaml.safe_load(PATH.read_text(encoding="utf-8")))


def place(assessment: Assessment, signs: Iterable[str] = ()) -> Place:
    """The place of somebody with this assessment, who told these ``signs`` in words. Total."""
    rules, told = order_of_work(), frozenset(signs)
    events = [event for event in assessment.timeline.events if event.on is not None]
    complete = assessment.score.status == "computed"
    shown = _nearest(event for event in events if event.kind in rules.shown_kinds and not event.past)
    for rule in rules.places:
        if not rule.fits(assessment.subject.profile, told, complete):
            continue
        if rule.events or rule.kinds:
            found = _nearest(event for event in events if rule.matches(event, assessment.as_of))
            if found is None:
                continue
            return Place(rule.priority, rule.reason, found.on, found.id)
        return Place(rule.priority, rule.reason, shown.on if shown else None, shown.id if shown else None)
    raise AssertionError("the last line of order_of_work.yml fits every lead")


def _nearest(events: Iterable[Event]) -> Event | None:
    return min(events, key=lambda event: event.on or NEVER, default=None)
