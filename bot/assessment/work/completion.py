"""On which day the minimum of a purpose is reached, and on which day it is lost again, if present jobs go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from bot.assessment.work.criteria import criteria_for
from bot.assessment.work.hours import Span, capped, total, years_after, years_before
from bot.assessment.work.ledger import groups, judged
from bot.assessment.work.model import Criteria
from bot.facts import Profile
from bot.rules import Rules


def day_complete(profile: Profile, rules: Rules, as_of: date, purpose: str) -> date | None:
    """The first day on which the minimum of the purpose is met, in the past or ahead, if present jobs go on.

    None when no such day comes, when only plain years are known, or when the rules set no minimum.
    """
    criteria = criteria_for(rules, purpose)
    if criteria is None or criteria.min_hours is None:
        return None
    return first_day(profile, criteria, as_of, criteria.min_hours)


def first_day(
    profile: Profile, criteria: Criteria, as_of: date, hours: float, since: date | None = None
) -> date | None:
    """The first day, from ``since`` on where given, on which at least so many hours lie in the window before it."""
    found = [
        day
        for pieces in _candidates(profile, criteria)
        if (day := _crossing(pieces, criteria, as_of, since, lambda had: had >= hours)) is not None
    ]
    return min(found, default=None)


def day_lost(profile: Profile, criteria: Criteria, as_of: date, hours: float) -> date | None:
    """The first day after ``as_of`` on which fewer hours lie in the window than ``hours``; None when that never comes.

    Asked when the hours are there on ``as_of``; with several occupations the last one to fall below decides.
    """
    lost: list[date] = []
    for pieces in _candidates(profile, criteria):
        if _had(pieces, criteria, as_of) < hours:
            continue
        day = _crossing(pieces, criteria, as_of, as_of, lambda had: had < hours)
        if day is None:
            return None
        lost.append(day)
    return max(lost, default=None)


def _candidates(profile: Profile, criteria: Criteria) -> list[list[Span]]:
    main_noc = profile.value("noc")
    everything, _ = judged(profile.value("jobs", ()), criteria, main_noc)
    return [
        capped(spans, criteria.week_cap)
        for noc, spans in groups(everything, criteria, certain=True)
        if not (criteria.main_occupation and main_noc is not None and noc != main_noc)
    ]


def _had(pieces: Sequence[Span], criteria: Criteria, day: date) -> float:
    return total(pieces, years_before(day, criteria.window_years).toordinal(), day.toordinal())


def _crossing(
    pieces: Sequence[Span], criteria: Criteria, as_of: date, since: date | None, holds: Callable[[float], bool]
) -> date | None:
    """The first day on which ``holds`` is true of the hours in the window.

    Between the days on which a piece starts, ends, or leaves the window, the hours only rise or only fall, so that
    the day is found by halving. Nothing changes any more once the last piece has left the window.
    """
    horizon = years_after(years_after(as_of, criteria.window_years), criteria.window_years)
    edges = {day for start, end, _ in pieces for day in (start, end) if day <= horizon.toordinal()}
    if not edges:
        return None
    days = {date.fromordinal(edge) for edge in edges} | {horizon, as_of}
    days |= {years_after(day, criteria.window_years) for day in days}
    if since is not None:
        days = {day for day in days if day > since} | {since}
    ordered = sorted(days)
    for first, last in pairwise(ordered):
        if holds(_had(pieces, criteria, first)):
            return first
        if holds(_had(pieces, criteria, last)):
            return _first_between(first, last, lambda day: holds(_had(pieces, criteria, day)))
    return None


def _first_between(low: date, high: date, holds: Callable[[date], bool]) -> date:
    before, after = low.toordinal(), high.toordinal()
    while after - before > 1:
        middle = (before + after) // 2
        if holds(date.fromordinal(middle)):
            after = middle
        else:
            before = middle
    return date.fromordinal(after)
