"""Lengths of time in a plain text, in years: "2.5 years", "11 months and 8 days", "since March 2023"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.understanding.dates import find_dates

_ABOUT = r"(?P<about>(?:about|almost|nearly|close to|more or less|maybe|probably|some|environ|presque|pres de|a peu pres|peut-etre|~|\bca\.?) ?)?"
_OVER = r"(?P<over>(?:more than|over|at least|above|plus de|au moins|minimum|>) ?)?"
_N = r"\d{1,3}(?:\.\d{1,2})?"
_YEARS = r"(?:years?|y|ans?|annees?)(?![\w])"
_MONTHS = r"(?:months?|mo|mois)(?!\w)"
_PLUS = r"(?: ?\+| ?plus(?= years))?"
_DURATION = re.compile(
    rf"(?<![\w.,/-]){_OVER}{_ABOUT}(?:"
    rf"(?P<low>{_N}) ?(?:-|to|a|or|ou) ?(?P<high>{_N}){_PLUS}[ -]?(?P<range_unit>{_YEARS}|{_MONTHS})"
    rf"|(?P<years>{_N}){_PLUS}[ -]?(?:full |completed? |solid |long |whole )?{_YEARS}(?:[ ,]{{0,2}}(?:and |et |& ?)?(?P<months>\d{{1,2}})[ -]?(?:{_MONTHS}|m\b))?(?:[ ,]{{0,2}}(?:and |et |& ?)?(?P<days>\d{{1,3}})[ -]?(?:days?|jours?))?(?P<half>,? (?:and|et) (?:a )?(?:half|demie?))?"
    rf"|(?P<only_months>{_N}){_PLUS}[ -]?(?:full |completed? )?{_MONTHS}(?:[ ,]{{0,2}}(?:and |et |& ?)?(?P<only_days>\d{{1,3}})[ -]?(?:days?|jours?))?"
    r"|(?P<a_year>(?:an?|1) (?:full |complete |whole )?year(?: and (?:a )?half)?|1 an(?: et demi)?|une annee(?: et demie)?)\b"
    r"|(?P<half_year>half a year|half year|6 mois|une demi-annee|un semestre)\b"
    r"|(?P<couple>(?:a )?couple (?:of )?years|2 or 3 years|une couple d'annees)\b"
    r"|(?P<vague>(?:a )?few (?:years|months)|several (?:years|months)|many years|some (?:years|months)|quelques (?:annees|mois)|plusieurs (?:annees|mois)|less than (?:a|1) (?:year|an)|moins d'(?:un|1) an|under (?:a|1) year)\b"
    r")"
)
_SINCE = re.compile(
    r"\b(?:since|from|depuis|starting|as of|a partir de|started(?: in| on)?)(?: le| the| around| about| early| mid| late| fin| debut| mi)? (?=\w)"
)
_YEAR_ONLY = re.compile(r"(?:19|20)\d\d\b(?!-\d)")
_RANGE_YEARS = re.compile(
    r"(?<![\w/-])(?:(?:from|de|between|entre) )?(?P<a>(?:19|20)\d\d) ?(?:-|to|till|until|a|au|et|and|jusqu'en|jusqu'a) ?(?:en )?(?P<b>(?:19|20)\d\d|present|now|date|today|current|aujourd'hui|maintenant|ce jour)\b"
)
_TILL = re.compile(
    r" ?(?:-|to|till|til|until|through|a|au|jusqu'(?:en|a|au)|et) ?(?:le |the |mi-|fin |debut )?(?P<now>(?:present|now|date|today|current(?:ly)?|till date|aujourd'hui|maintenant|ce jour|presente?|actuel)\b)?"
)
_NOT_LENGTH: Final = re.compile(
    r"^ ?(?:ago|old\b|of age|from now|later|earlier|after|before|back\b|valid|left\b|remaining|plus tard|avant|apres|olds)"
)
_POINT_BEFORE: Final = re.compile(
    r"(?:\bwithin|\bin the next|\bnext|\bevery|\bin(?= \d)|\bdans|\bil y a|\bevery|\baged?|\bage de|\bprochaine?s?|\bfor the next) $"
)


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


def find_durations(text: str, as_of: date) -> tuple[Duration, ...]:
    """Every length of time in the text, in order, none overlapping; ages and points in time are left out."""
    found = list(_spans_of_dates(text, as_of))
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


def _spans_of_dates(text: str, as_of: date) -> list[Duration]:
    """ "since March 2023", "from May 2020 to June 2022", "2019-2023": computed, so estimated."""
    found: list[Duration] = []
    dates = {one.start: one for one in find_dates(text, as_of) if one.value is not None}
    for start in sorted(dates):
        one = dates[start]
        if one.value is None or any(other.start <= start < other.end for other in found):
            continue
        till = _TILL.match(text, one.end)
        second = dates.get(till.end()) if till and not till["now"] else None
        if till and till["now"] and one.value <= as_of:
            found.append(_between(start, till.end(), one.value, as_of, goes_on=True))
        elif second and second.value and one.value <= second.value:
            found.append(_between(start, second.end, one.value, second.value, goes_on=False))
    for match in _RANGE_YEARS.finditer(text):
        if any(match.start() < other.end and other.start < match.end() for other in found):
            continue
        first, last = int(match["a"]), match["b"]
        until = date(int(last), 1, 1) if last.isdigit() else as_of
        if date(first, 1, 1) <= until <= as_of.replace(month=12, day=31):
            found.append(_between(match.start(), match.end(), date(first, 1, 1), until, goes_on=not last.isdigit()))
    for match in _SINCE.finditer(text):
        place = match.end()
        if any(other.start <= place < other.end for other in found):
            continue
        year = _YEAR_ONLY.match(text, place)
        one_date = dates.get(place)
        if one_date and one_date.value and one_date.value <= as_of and not match.group().startswith("from"):
            found.append(_between(match.start(), one_date.end, one_date.value, as_of, goes_on=True))
        elif year and int(year.group()) <= as_of.year and not match.group().startswith("from"):
            found.append(_between(match.start(), year.end(), date(int(year.group()), 12, 31), as_of, goes_on=True))
    return found


def _between(start: int, end: int, first: date, last: date, *, goes_on: bool) -> Duration:
    months = (last.year - first.year) * 12 + last.month - first.month - (1 if last.day < first.day else 0)
    return Duration(start, end, _down(max(months, 0) / 12), True, first, None if goes_on else last)


def _down(years: float) -> float:
    """Rounded down to hundredths: eleven months never become a year."""
    return math.floor(years * 100 + 1e-6) / 100
