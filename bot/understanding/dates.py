"""Days, months and years in a plain text. What can be read two ways is reported as two ways."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from bot.understanding.words import words

_W = words("dates")

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv",
            "february feb febr fevrier fevr fev",
            "march mar mars",
            "april apr avril avr",
            "may mai",
            "june jun juin",
            "july jul juillet juil",
            "august aug aout",
            "september sept sep septembre",
            "october oct octobre",
            "november nov novembre",
            "december dec decembre",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH: Final = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DATE = _W["date"]
_TOLD_MONTH = _W["told_month"]
_TOLD = re.compile(r"last |this |cette |dernier|passee?\b")


@dataclass(frozen=True, slots=True)
class DateFound:
    """``value`` is the day, or the first day of the month or year for a lesser ``precision``.

    ``options``: the two readings of an ambiguous date; ``value`` is then None. ``year_given``: whether
    the year was said; without it the latest such day that is not after ``as_of`` is meant.
    """

    start: int
    end: int
    value: date | None
    options: tuple[date, ...] = ()
    precision: Literal["day", "month", "year"] = "day"
    year_given: bool = True


def find_dates(text: str, as_of: date) -> tuple[DateFound, ...]:
    """Every date in the text, in order. Impossible days (31 February) are left out."""
    found: list[DateFound] = []
    if _TOLD.search(text):
        found = [one for match in _TOLD_MONTH.finditer(text) if (one := _told_month(match, as_of)) is not None]
    told = [(one.start, one.end) for one in found]
    for match in _DATE.finditer(text):
        one = _read(match, as_of)
        if one is not None and all(one.end <= start or end <= one.start for start, end in told):
            found.append(one)
    return tuple(sorted(found, key=lambda one: one.start))


def month_named(text: str) -> int | None:
    """The one month that the words name, 1 to 12; None: none, or several."""
    named = {_MONTHS[found.rstrip(".")] for found in re.findall(rf"\b{MONTH}", text)}
    return named.pop() if len(named) == 1 else None


def month_before(month: int, said: re.Match[str], as_of: date) -> DateFound:
    """The latest such month that has begun: "in August", said in November or in June. ``said``: the words for it."""
    year = as_of.year if month <= as_of.month else as_of.year - 1
    return DateFound(*said.span(), date(year, month, 1), precision="month", year_given=False)


def _told_month(match: re.Match[str], as_of: date) -> DateFound | None:
    """ "last year in September", "this March", "mars dernier": a month of a year that is told by today's."""
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    month = next(_MONTHS[value.rstrip(".")] for name, value in groups.items() if name.startswith("m"))
    if "year_before" in groups or "year_before_2" in groups:
        year = as_of.year - 1
    elif "this_year" in groups or "this_year_2" in groups or month <= as_of.month:
        year = as_of.year
    else:
        year = as_of.year - 1
    return _month(*match.span(), year, month)


def _read(match: re.Match[str], as_of: date) -> DateFound | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    start, end = match.span()
    if "word" in groups or "ago" in groups or "ago_fr" in groups or "last" in groups:
        return _relative(groups, start, end, as_of)
    if "iso_y" in groups:
        return _day(start, end, int(groups["iso_y"]), int(groups["iso_m"]), int(groups["iso_d"]))
    if "a" in groups:
        return _numeric(start, end, int(groups["a"]), int(groups["b"]), _year(groups["y"], as_of))
    if "m5" in groups:
        return _month(start, end, int(groups["year5"]), int(groups["m5"]))
    for n in "1234":
        name = groups.get(f"month{n}")
        if name is None:
            continue
        month = _MONTHS[name.rstrip(".")]
        said_year = groups.get(f"year{n}") or groups.get(f"short{n}")
        day = groups.get(f"day{n}")
        year = _year(said_year, as_of) if said_year else None
        if day is None:
            return _month(start, end, year, month) if year else None
        if year is None:
            return _latest(start, end, month, int(day), as_of)
        return _day(start, end, year, month, int(day))
    return None


def _year(said: str, as_of: date) -> int:
    digits = said.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) <= as_of.year % 100 + 5 else 1900)


def _day(start: int, end: int, year: int, month: int, day: int) -> DateFound | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return DateFound(start, end, date(year, month, day))


def _month(start: int, end: int, year: int, month: int) -> DateFound | None:
    return DateFound(start, end, date(year, month, 1), precision="month") if 1 <= month <= 12 else None


def _numeric(start: int, end: int, a: int, b: int, year: int) -> DateFound | None:
    """Day first or month first: certain only when one of them cannot be a month, or both are equal."""
    readings = [_day(start, end, year, month, day) for day, month in ((a, b), (b, a))]
    days = tuple(dict.fromkeys(reading.value for reading in readings if reading and reading.value))
    if not days:
        return None
    return DateFound(start, end, days[0]) if len(days) == 1 else DateFound(start, end, None, options=days)


def _latest(start: int, end: int, month: int, day: int, as_of: date) -> DateFound | None:
    for year in (as_of.year, as_of.year - 1):
        found = _day(start, end, year, month, day)
        if found and found.value and found.value <= as_of:
            return DateFound(start, end, found.value, year_given=False)
    return None


def _relative(groups: dict[str, str], start: int, end: int, as_of: date) -> DateFound:
    if "last" in groups:
        return DateFound(start, end, as_of - timedelta(days=7), precision="month")
    if "word" in groups:
        back = {"yesterday": 1, "hier": 1, "day before yesterday": 2, "avant-hier": 2}.get(groups["word"], 0)
        return DateFound(start, end, as_of - timedelta(days=back))
    count = int(groups.get("ago") or groups["ago_fr"])
    unit = groups.get("unit") or groups["unit_fr"]
    days = count * (7 if unit.startswith(("week", "sem")) else 1)
    return DateFound(start, end, as_of - timedelta(days=days))
