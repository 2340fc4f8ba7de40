"""What counts as work for a purpose, and how much of it there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

from bot.assessment.reason import Answer, Reason
from bot.facts import Job
from bot.facts.profile import Place

Basis = Literal["jobs", "years", "none"]


@dataclass(frozen=True, slots=True)
class Trades:
    """Which NOC codes are trades of the Federal Skilled Trades Program: groups by the start of their code.

    ``teers``: those of the trades; no filter of the regulation, but work at another TEER is in none of them. Empty
    where the NOC codes are not established.
    """

    included: tuple[str, ...]
    excluded: tuple[str, ...]
    teers: frozenset[int] = frozenset()

    def __contains__(self, noc: object) -> bool:
        return isinstance(noc, str) and noc.startswith(self.included) and not noc.startswith(self.excluded)


@dataclass(frozen=True, slots=True)
class Criteria:
    """Which work counts for one purpose. Hours are hours of work; ``week_cap`` holds for all jobs together.

    ``codes``: only these occupations count; ``min_hours`` None: there is no minimum. ``excluded``: the names of
    ``cec.work.excludes``. ``silent``: kinds of work of which the rule does not say whether they count.
    ``main_occupation``: the one occupation is the main one where that is known.
    ``recent``: the plain years a person gave may reach further back than this window. ``unit_groups``: the NOC codes
    that exist; empty where they are not established.
    """

    purpose: str
    window_years: int
    week_cap: float
    year_hours: float
    min_hours: float | None
    rules: tuple[str, ...]
    place: Place | None = None
    teers: frozenset[int] | None = None
    codes: frozenset[str] | None = None
    trades: Trades | None = None
    excluded: frozenset[str] = frozenset()
    silent: frozenset[str] = frozenset()
    physicians: bool = False
    one_occupation: bool = False
    main_occupation: bool = False
    continuous: bool = False
    recent: bool = False
    unit_groups: frozenset[str] = frozenset()

    @property
    def most_hours(self) -> float:
        """The most hours that the window can hold, in whole full-time years."""
        return self.window_years * self.year_hours

    def exists(self, noc: str) -> bool:
        """Whether there is an occupation with this code."""
        return not self.unit_groups or noc in self.unit_groups

    def rule(self, *endings: str) -> str | None:
        """The id among ``rules`` with one of these endings."""
        return _with_ending(self.rules, endings)


@cache
def _with_ending(rules: tuple[str, ...], endings: tuple[str, ...]) -> str | None:
    return next((rule for rule in rules if rule.endswith(endings)), None)


class Entry(NamedTuple):
    """One line of the ledger: a job, the part of it inside the window, the hours credited, and why not more.

    ``start`` and ``end``: first and last day inside the window, None when no day is.
    """

    job: Job
    counts: Answer
    hours: float
    start: date | None
    end: date | None
    reasons: tuple[Reason, ...] = ()


@dataclass(slots=True)
class WorkCount:
    """The work that counts for one purpose on one day. Never changed.

    ``hours``: what counts for certain; ``hours_high``: the most it can be once everything open is known. ``years``
    and ``months`` are whole ones. ``since``: first day of the window. ``enough``: whether the minimum of the purpose
    is met. ``noc``: the occupation counted where only one counts. ``assumptions``: what was taken for granted;
    ``open``: facts that would settle it. ``basis``: counted from dated jobs, or taken from plain years.
    """

    purpose: str
    basis: Basis
    since: date
    hours: float
    hours_high: float
    years: int
    years_high: int
    months: int
    months_high: int
    min_hours: float | None
    enough: Answer
    noc: str | None = None
    ledger: tuple[Entry, ...] = ()
    reasons: tuple[Reason, ...] = ()
    assumptions: tuple[Reason, ...] = ()
    open: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether the hours are one number and not a range."""
        return self.hours == self.hours_high
