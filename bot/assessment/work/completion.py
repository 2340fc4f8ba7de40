"""On which day the minimum of a purpose is reached, and on which day it is lost again, if present jobs go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import ceil

from bot.assessment.work.counting import job_list
from bot.assessment.work.criteria import criteria_for
from bot.assessment.work.hours import Span, capped, total, years_after, years_before
from bot.assessment.work.ledger import ENDLESS, JobList, certain
from bot.assessment.work.model import Criteria
from bot.facts import Profile
from bot.rules import Rules

ONE_DAY = timedelta(days=1)


def day_complete(profile: Profile, rules: Rules, as_of: date, purpose: str, jobs: JobList | None = None) -> date | None:
    """The first day on which the minimum of the purpose is met, in the past or ahead, if present jobs go on.

    None when no such day comes, when only plain years are known, or when the rules set no minimum.
    """
    criteria = criteria_for(rules, purpose)
    if criteria is None or criteria.min_hours is None:
        return None
    return first_day(job_list(profile) if jobs is None else jobs, criteria, as_of, criteria.min_hours)


def first_day(jobs: JobList, criteria: Criteria, as_of: date, hours: float, since: date | None = None) -> date | None:
    """The first day, from ``since`` on where given, on which at least so many hours lie in the window before it."""
    found = [
        day
        for _, spans in certain(jobs, criteria)
        if (day := _crossing(capped(spans, criteria.week_cap), criteria, as_of, since, hours, up=True)) is not None
    ]
    return min(found, default=None)


def day_lost(jobs: JobList, criteria: Criteria, as_of: date, hours: float) -> date | None:
    """The first day after ``as_of`` on which fewer hours lie in the window than ``hours``; None when that never comes.

    Asked when the hours are there on ``as_of``; with several occupations the last one to fall below decides.
    """
    lost: list[date] = []
    for _, spans in certain(jobs, criteria):
        pieces = capped(spans, criteria.week_cap)
        if _had(pieces, criteria, as_of) < hours:
            continue
        # A job that goes on at the weekly cap adds as much every day as can fall out of the window.
        if any(end == ENDLESS and each >= criteria.week_cap for _, end, each in pieces):
            return None
        day = _crossing(pieces, criteria, as_of, as_of, hours, up=False)
        if day is None:
            return None
        lost.append(day)
    return max(lost, default=None)


def _had(pieces: Sequence[Span], criteria: Criteria, day: date) -> float:
    return total(pieces, years_before(day, criteria.window_years).toordinal(), day.toordinal())


def _crossing(
    pieces: Sequence[Span], criteria: Criteria, as_of: date, since: date | None, hours: float, *, up: bool
) -> date | None:
    """The first day with at least ``hours`` in the window (``up``), or with fewer.

    Between the days on which a piece starts, ends, or leaves the window, the hours change by the same amount every
    day. Nothing changes any more once the last piece has left the window.
    """
    horizon = years_after(years_after(as_of, criteria.window_years), criteria.window_years)
    last = horizon.toordinal()
    days = {date.fromordinal(day) for start, end, _ in pieces for day in (start, end) if day <= last}
    if not days:
        return None
    days |= {horizon, as_of}
    days |= {years_after(day, criteria.window_years) for day in days}
    if since is not None:
        days = {day for day in days if day > since} | {since}
    earlier: tuple[date, float] | None = None
    for day in sorted(days):
        had = _had(pieces, criteria, day)
        if (had >= hours) == up:
            if earlier is None:
                return day
            before, less = earlier
            share = (hours - less) / (had - less)
            return _near(pieces, criteria, before, day, share, lambda found: (found >= hours) == up)
        earlier = day, had
    return None


def _near(
    pieces: Sequence[Span],
    criteria: Criteria,
    low: date,
    high: date,
    share: float,
    holds: Callable[[float], bool],
) -> date:
    """The first day after ``low``, on which it does not hold, up to ``high``, on which it does.

    ``share`` of the way is where an even change puts it; a leap day in the window moves it by a day.
    """
    day = low + timedelta(days=ceil(share * (high - low).days))
    while not holds(_had(pieces, criteria, day)):
        day += ONE_DAY
    while holds(_had(pieces, criteria, day - ONE_DAY)):
        day -= ONE_DAY
    return day
