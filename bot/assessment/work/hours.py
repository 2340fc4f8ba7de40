"""Hours of work over days: overlaps once, never more than the weekly cap, runs without a break.

Days are ordinals (``date.toordinal``). A span is a first day, the day after the last one, and hours a week.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

Span = tuple[int, int, float]
DAYS_OF_A_WEEK = 7
SATURDAY, SUNDAY = 6, 0


@lru_cache(maxsize=1024)
def years_before(day: date, years: int) -> date:
    """The same day that many years earlier; 29 February becomes 28 February where there is none."""
    return _in_year(day, day.year - years)


def years_after(day: date, years: int) -> date:
    """The same day that many years later; the last day of the calendar where that lies beyond it."""
    return _in_year(day, day.year + years)


def _in_year(day: date, year: int) -> date:
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def capped(spans: Sequence[Span], cap: float) -> list[Span]:
    """The spans as pieces that do not overlap, each with the hours a week that count together."""
    if len(spans) == 1:
        start, end, hours = spans[0]
        return [(start, end, min(hours, cap))]
    edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
    return [
        (first, after, min(sum([hours for start, end, hours in spans if start <= first and after <= end]), cap))
        for first, after in pairwise(edges)
    ]


def total(pieces: Iterable[Span], first: int, after: int) -> float:
    """Hours of the pieces from day ``first`` up to, not including, day ``after``."""
    weeks_in_days = 0.0
    for start, end, hours in pieces:
        days = min(end, after) - max(start, first)
        if days > 0:
            weeks_in_days += days * hours
    return round(weeks_in_days / DAYS_OF_A_WEEK, 6)


def credited(spans: Sequence[Span], cap: float, first: int, after: int) -> list[float]:
    """The hours that each span adds within the days given; where spans overlap, the earlier one is served first."""
    if len(spans) == 1:
        start, end, hours = spans[0]
        return [total([(start, end, min(hours, cap))], first, after)]
    earned = [0.0] * len(spans)
    edges = sorted({first, after, *(edge for start, end, _ in spans for edge in (start, end) if first < edge < after)})
    for start, end in pairwise(edges):
        left = cap
        for index, (span_start, span_end, hours) in enumerate(spans):
            if span_start <= start and end <= span_end:
                taken = min(hours, left)
                earned[index] += (end - start) * taken
                left -= taken
    return [round(days / DAYS_OF_A_WEEK, 6) for days in earned]


def runs(spans: Sequence[Span]) -> list[list[Span]]:
    """The spans grouped into runs without a break. A weekend between two jobs is not a break."""
    found: list[list[Span]] = []
    reach = 0
    for span in sorted(spans):
        if found and _unbroken(reach, span[0]):
            found[-1].append(span)
            reach = max(reach, span[1])
        else:
            found.append([span])
            reach = span[1]
    return found


def _unbroken(after: int, first: int) -> bool:
    return all(day % DAYS_OF_A_WEEK in (SATURDAY, SUNDAY) for day in range(after, first))
