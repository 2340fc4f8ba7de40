"""Rules as the rest of the program sees them: values with their dates, sources and doubts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from bot.rules.errors import RuleDateError

Status = Literal["in_force", "superseded", "incomplete", "reported"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read. ``read``: the day, where it is known."""

    url: str
    about: str
    read: date | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """The value of a rule from ``effective_from`` to ``effective_to``, both included (None: no end known).

    ``missing``: why there is no value. ``needs_check_since``: from that day on the official page must
    be read before the value is relied on; ``confirmed``: the last day for which it was confirmed.
    ``expected_newer``: a newer value is known to be due from that day on. ``completed``: an operator entered the value.
    """

    rule_id: str
    value: Any
    unit: str | None
    effective_from: date
    effective_to: date | None
    status: Status
    sources: tuple[Source, ...]
    verified_on: date
    verified_by: str
    confidence: str
    disputed: str | None
    missing: str | None
    note: str | None
    needs_check_since: date | None
    confirmed: date | None
    check_reason: str | None
    expected_newer: date | None
    completed: bool = False

    def status_on(self, day: date) -> Status:
        """``superseded`` once the version has ended, else its own status."""
        return "superseded" if self.effective_to is not None and day > self.effective_to else self.status


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule through time, oldest version first."""

    id: str
    about: str
    shape: str
    unit: str | None
    legal: str | None
    subject: str
    stale_after_days: int
    file: str
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version:
        """The version of that day. Raises ``RuleDateError`` where none stands."""
        for version in reversed(self.versions):
            if version.effective_from <= day:
                if version.effective_to is None or day <= version.effective_to:
                    return version
                raise RuleDateError(f"{self.id} ended on {version.effective_to}; no rule stands for {day}")
        raise RuleDateError(f"{self.id} starts on {self.versions[0].effective_from}; no rule stands for {day}")

    def has(self, day: date) -> bool:
        """Whether a version stands for that day."""
        return any(
            version.effective_from <= day and (version.effective_to is None or day <= version.effective_to)
            for version in self.versions
        )

    def is_stale(self, version: Version, day: date) -> bool:
        """Whether the value must not be shown as current: verified too long ago, or a newer one is due."""
        if version.expected_newer is not None and day >= version.expected_newer:
            return True
        return (day - version.verified_on).days > self.stale_after_days


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One figure on one day.

    ``value`` None with ``missing`` (the reason) where nothing is established. ``stale``: not to be shown as
    current. ``needs_official_check``: the last day for which the value was confirmed, when that day is past
    and something has changed since. ``effective_to`` None: no end known.
    """

    id: str
    value: Any
    unit: str | None
    effective_from: date
    effective_to: date | None
    status: Status
    stale: bool
    disputed: str | None
    missing: str | None
    sources: tuple[Source, ...]
    verified_on: date
    confidence: str
    note: str | None = None
    needs_official_check: date | None = None
    check_reason: str | None = None
