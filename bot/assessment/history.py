"""What a person's history asks for: police certificates by country of stay, and gaps between jobs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bot.assessment.periods import ends, months_after
from bot.assessment.work import years_before
from bot.facts import Profile, Stay
from bot.rules import Rules

ONE_DAY = timedelta(days=1)
CANADA = frozenset({"ca", "can", "canada"})
MIN_MONTHS = "documents.police.min_months"
WINDOW_YEARS = "documents.police.window_years"
SINCE_AGE = "documents.police.since_age"


class PoliceCertificate(NamedTuple):
    """One country with a stay long enough. ``start`` and ``end`` lie inside the window; ``end`` None: still there.

    ``issued_after``: for a country that was left, the certificate is issued after this day. ``age_open``: the date
    of birth is not known, and the stay may reach back before the age from which stays count.
    """

    country: str
    start: date
    end: date | None
    issued_after: date | None
    age_open: bool = False


def police_certificates(profile: Profile, rules: Rules, as_of: date) -> tuple[PoliceCertificate, ...] | None:
    """The countries, in the order of the first stay there; None where no stays are known or no rule stands."""
    if not profile.knows("countries") or not all(rules.has(rule) for rule in (MIN_MONTHS, WINDOW_YEARS, SINCE_AGE)):
        return None
    born: date | None = profile.value("date_of_birth")
    window = years_before(as_of, rules.value(WINDOW_YEARS))
    of_age = ends(born, rules, SINCE_AGE) if born is not None else None
    since = max(window, of_age) if of_age is not None else window
    found: dict[str, PoliceCertificate] = {}
    for stay in _joined(profile.value("countries")):
        start = max(stay.start, since)
        until = as_of if stay.end is None else min(stay.end + ONE_DAY, as_of)
        if start > until or months_after(start, rules.value(MIN_MONTHS)) > until:
            continue
        country = found.get(_key(stay.country))
        gone = stay.end is not None and stay.end < as_of
        found[_key(stay.country)] = PoliceCertificate(
            country=stay.country if country is None else country.country,
            start=start if country is None else min(country.start, start),
            end=stay.end if gone else None,
            issued_after=stay.end if gone else None,
            age_open=of_age is None and _may_be_a_child(profile, rules),
        )
    return tuple(found.values())


def _may_be_a_child(profile: Profile, rules: Rules) -> bool:
    """Whether some day of the window may lie before the age from which stays count."""
    age: int | None = profile.value("age")
    return age is None or age - rules.value(WINDOW_YEARS) < rules.value(SINCE_AGE)


def _joined(stays: Iterable[Stay]) -> list[Stay]:
    """The stays outside Canada, oldest first; those that follow each other in one country become one."""
    joined: list[Stay] = []
    for stay in sorted(stays, key=lambda stay: (_key(stay.country), stay.start)):
        if _key(stay.country) in CANADA or (stay.end is not None and stay.end < stay.start):
            continue
        last = joined[-1] if joined else None
        if last is not None and _key(last.country) == _key(stay.country) and _follows(last, stay):
            end = None if last.end is None or stay.end is None else max(last.end, stay.end)
            joined[-1] = Stay(last.country, last.start, end)
        else:
            joined.append(stay)
    return sorted(joined, key=lambda stay: (stay.start, _key(stay.country)))


def _follows(last: Stay, stay: Stay) -> bool:
    return last.end is None or stay.start.toordinal() <= last.end.toordinal() + 1


def _key(country: str) -> str:
    return country.strip().casefold()


def job_gaps(profile: Profile) -> Iterator[tuple[date, date]]:
    """Spans of more than a month between two jobs of the list in which no job was held."""
    reach: date | None = None
    for job in sorted(profile.value("jobs", ()), key=lambda job: job.start):
        if reach is not None and months_after(reach, 1) < job.start:
            yield reach, job.start
        if job.end is None:
            return
        reach = job.end if reach is None else max(reach, job.end)
