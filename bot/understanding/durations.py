"""Lengths of time in a plain text, in years: "2.5 years", "11 months and 8 days", "since March 2023"."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.understanding.dates import DateFound, find_dates
from bot.understanding.words import words

_W = words("durations")

_DURATION = _W["duration"]
_SINCE = _W["since"]
_SINCE_EVENT = _W["since_event"]
_SINCE_THEN = _W["since_then"]
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d\b(?!-\d)")
_RANGE_YEARS = _W["range_years"]
_TILL = _W["till"]
# "I graduated in 2018 and have been teaching ever since".
_A_YEAR: Final = re.compile(r"\b(?:in|en) ((?:19|20)\d\d)\b(?! ?(?:-|to|till|until))")
_FAR: Final = 80
_BETWEEN: Final = re.compile(r"\b(?:between|entre) (?:the |le )?$")
_AND: Final = re.compile(r" (?:and|et) (?:the |le )?")
_NOT_LENGTH: Final = _W["not_length"]
_POINT_BEFORE: Final = _W["point_before"]


@dataclass(frozen=True, slots=True)
class Duration:
    """``years``: rounded down to hundredths; None when the amount is vague.

    ``start_on``, ``end_on``: the days it was computed from; ``end_on`` None means it goes on.
    """

    start: int
    end: int
    years: float | None
    estimated: bool = False
    start_on: date | None = None
    end_on: date | None = None


def find_durations(text: str, as_of: date, days: Iterable[DateFound] | None = None) -> tuple[Duration, ...]:
    """Every length of time in the text, in order, none overlapping; ages and points in time are left out.

    ``days``: the dates in the text, if they are known already.
    """
    found = list(_spans_of_dates(text, as_of, find_dates(text, as_of) if days is None else days))
    for match in _DURATION.finditer(text):
        if any(match.start() < other.end and other.start < match.end() for other in found):
            continue
        if _NOT_LENGTH.match(text[match.end() :]) or _POINT_BEFORE.search(
            text[max(0, match.start() - 14) : match.start()]
        ):
            continue
        found.append(_read(match))
    return tuple(sorted(found, key=lambda duration: duration.start))


def _read(match: re.Match[str]) -> Duration:
    group = match.groupdict()
    start, end = match.span()
    guess = bool(group["about"] or group["over"])
    if group["vague"]:
        return Duration(start, end, None, estimated=True)
    if group["couple"]:
        return Duration(start, end, 2.0, estimated=True)
    if group["low"]:
        scale = 1 if group["range_unit"][0] in "ya" else 12
        return Duration(start, end, _down(float(group["low"]) / scale), estimated=True)
    if group["a_year"]:
        return Duration(start, end, 1.5 if "half" in group["a_year"] or "demi" in group["a_year"] else 1.0, guess)
    if group["half_year"]:
        return Duration(start, end, 0.5, guess)
    if group["only_months"]:
        days = int(group["only_days"] or 0)
        return Duration(start, end, _down(float(group["only_months"]) / 12 + days / 365), guess)
    years = float(group["years"]) + (0.5 if group["half"] else 0)
    years += int(group["months"] or 0) / 12 + int(group["days"] or 0) / 365
    return Duration(start, end, _down(years), guess)


def _spans_of_dates(text: str, as_of: date, days: Iterable[DateFound]) -> list[Duration]:
    """ "since March 2023", "from May 2020 to June 2022", "2019-2023": computed, so estimated."""
    found: list[Duration] = []
    dates = {one.start: one for one in days if one.value is not None}
    for start in sorted(dates):
        one = dates[start]
        if one.value is None or any(other.start <= start < other.end for other in found):
            continue
        till = _TILL.match(text, one.end)
        if till is None and _BETWEEN.search(text[max(0, start - 12) : start]):
            till = _AND.match(text, one.end)
        second = dates.get(till.end()) if till and not till.groupdict().get("now") else None
        if till and till.groupdict().get("now") and one.value <= as_of:
            found.append(between(start, till.end(), one.value, as_of, goes_on=True))
        elif second and second.value and one.value <= second.value:
            found.append(between(start, second.end, one.value, second.value, goes_on=False))
    for match in _RANGE_YEARS.finditer(text):
        if any(match.start() < other.end and other.start < match.end() for other in found):
            continue
        first, last = int(match["a"]), match["b"]
        until = date(int(last), 1, 1) if last.isdigit() else as_of
        if date(first, 1, 1) <= until <= as_of.replace(month=12, day=31):
            found.append(between(match.start(), match.end(), date(first, 1, 1), until, goes_on=not last.isdigit()))
    _since(text, as_of, dates, found)
    return found


def _since(text: str, as_of: date, dates: dict[int, DateFound], found: list[Duration]) -> None:
    """ "since 2020", "depuis mon arrivée en mars 2023", "in 2018 ... ever since": added to what was found."""
    said = "since" in text or "depuis" in text
    for match in (match for pattern in (_SINCE, _SINCE_EVENT)[: 1 + said] for match in pattern.finditer(text)):
        place = match.end()
        if any(other.start <= place < other.end for other in found):
            continue
        year = _YEAR_ONLY.match(text, place)
        one_date = dates.get(place)
        if one_date and one_date.value and one_date.value <= as_of and not match.group().startswith("from"):
            found.append(between(match.start(), one_date.end, one_date.value, as_of, goes_on=True))
        elif year and int(year.group()) <= as_of.year and not match.group().startswith("from"):
            found.append(between(match.start(), year.end(), date(int(year.group()), 12, 31), as_of, goes_on=True))
    for match in _SINCE_THEN.finditer(text) if said else ():
        before = list(_A_YEAR.finditer(text, max(0, match.start() - _FAR), match.start()))
        if before and int(before[-1][1]) <= as_of.year:
            found.append(between(*match.span(), date(int(before[-1][1]), 12, 31), as_of, goes_on=True))


def between(start: int, end: int, first: date, last: date, *, goes_on: bool) -> Duration:
    months = (last.year - first.year) * 12 + last.month - first.month - (1 if last.day < first.day else 0)
    return Duration(start, end, _down(max(months, 0) / 12), True, first, None if goes_on else last)


def _down(years: float) -> float:
    """Rounded down to hundredths: eleven months never become a year."""
    return math.floor(years * 100 + 1e-6) / 100
