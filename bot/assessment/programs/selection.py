"""The selection grid of the Federal Skilled Worker Program: six factors, each with its range (IRPR ss. 78-83)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from bot.assessment.crs.lines import at
from bot.assessment.model import Factor, Selection
from bot.assessment.programs.person import NONE, Person, Span

MONTHS = 12


class Part(NamedTuple):
    """One element that can earn points: certain, possible, and what would settle it."""

    low: int
    high: int
    fact: str | None = None


def selection(person: Person) -> tuple[Selection, tuple[str, ...]]:
    """The grid, and the fewest facts that could settle whether it reaches the pass mark."""
    rules = person.tables.fsw
    parts = {
        "language": list(language(person)),
        "education": [education(person)],
        "experience": [experience(person)],
        "age": [age(person)],
        "arranged_employment": [arranged(person)],
        "adaptability": list(adaptability(person)),
    }
    factors, total, most = [], 0, 0
    for name, found in parts.items():
        low, high = sum([part.low for part in found]), sum([part.high for part in found])
        limit = rules.adaptability_cap.value if name == "adaptability" else rules.maximum[name]
        low, high = min(low, limit), min(high, limit)
        factors.append(Factor(name, low, low, high, rules.maximum[name]))
        total, most = total + low, most + high
    mark = rules.pass_mark.value
    grid = Selection(total, total, most, rules.grand_total, mark, tuple(factors))
    short = mark - total
    return grid, _fewest([part for found in parts.values() for part in found], short) if short > 0 else ()


def language(person: Person) -> Iterator[Part]:
    """First language ability by ability; the second as a whole, only with all four at its level."""
    table, rules = person.tables.fsw.first_language, person.tables.fsw
    for level in person.levels("first", len(table) - 1):
        low, high = at(table, level.low), at(table, level.high)
        yield _sure(low) if low == high else Part(low, high, _first(level))
    if not person.second_counts():
        return
    untested = person.results["second"] is not None and person.results["second"].test == NONE
    if untested or (person.results["second"] is None and _no_first_test(person)):
        return
    lowest = person.lowest("second", rules.second_language_level)
    reached = lowest.reaches(rules.second_language_level)
    yield _part(reached, rules.second_language.value, _first(lowest))


def education(person: Person) -> Part:
    """The highest single credential, recognised in Canada."""
    table = person.tables.fsw.education
    level = person.education()
    recognised, facts = person.credential()
    least = table[person.education_without_assessment()]
    if level is None:
        return Part(0, 0 if recognised is False else max(table.values()), "education")
    if recognised is None:
        return Part(least, table[level], facts[0])
    return _sure(table[level] if recognised else least)


def experience(person: Person) -> Part:
    """Whole years of skilled work within the window."""
    counted, table = person.work["fsw_experience"], person.tables.fsw.experience
    low, high = at(table, counted.years), at(table, counted.years_high)
    return Part(low, high, (counted.open or ("jobs",))[0])


def age(person: Person) -> Part:
    """Age on the day."""
    table, years = person.tables.fsw.age, person.age()
    if years is None:
        return Part(min(table), max(table), "age")
    return _sure(at(table, years))


def is_arranged(person: Person) -> tuple[bool | None, str]:
    """Whether there is arranged employment, and the fact that would settle it."""
    profile = person.profile
    known: bool | None = profile.value("fsw_arranged_employment")
    if known is not None:
        return known, "fsw_arranged_employment"
    if profile.value("job_offer") == NONE:
        return False, "job_offer"
    return None, "fsw_arranged_employment" if profile.knows("job_offer") else "job_offer"


def arranged(person: Person) -> Part:
    """An offer that qualifies as arranged employment."""
    met, fact = is_arranged(person)
    return _part(met, person.tables.fsw.arranged_employment.value, fact)


def adaptability(person: Person) -> Iterator[Part]:
    """Elements of adaptability; those of the partner only of one who accompanies."""
    points = person.tables.fsw.adaptability
    profile = person.profile
    met, fact = is_arranged(person)
    yield _part(met, points["arranged_employment"], fact)
    yield _part(*_canadian_work(person, points["canadian_work"]))
    study = profile.value("adaptability_canadian_study")
    if study is None:
        study = {"three_or_more_years": True, NONE: False}.get(profile.value("canadian_study"))
    fact = "adaptability_canadian_study" if profile.knows("canadian_study") else "canadian_study"
    yield _part(study, points["canadian_study"], fact)
    relative = profile.value("adaptability_relative_in_canada")
    if relative is None and profile.value("sibling_in_canada"):
        relative = True
    yield _part(relative, points["relative_in_canada"], "adaptability_relative_in_canada")
    partner, facts = person.partner()
    if partner is False:
        return
    for name, met, settles in _partner_elements(person):
        both = met if partner or met is False else None
        yield _part(both, points[f"spouse_{name}"], settles if partner else facts[0])


def _canadian_work(person: Person, points: int) -> tuple[bool | None, int, str]:
    known = person.profile.value("adaptability_canadian_work")
    if known is not None:
        return known, points, "adaptability_canadian_work"
    counted = person.work["crs_canadian"]
    needed = person.rules.value("fsw.adaptability.work_months")
    met = True if counted.months >= needed else None if counted.months_high >= needed else False
    return met, points, (counted.open or ("jobs",))[0]


def _partner_elements(person: Person) -> Iterator[tuple[str, bool | None, str | None]]:
    profile, needed = person.profile, person.tables.fsw.spouse_language_level
    known = profile.value("adaptability_spouse_language")
    result = person.results["spouse"]
    if known is not None:
        yield "language", known, "adaptability_spouse_language"
    elif result is not None and result.test == NONE:
        yield "language", False, "spouse_language_test"
    else:
        lowest = person.lowest("spouse", needed)
        yield "language", lowest.reaches(needed), _first(lowest)
    fact = "adaptability_spouse_canadian_study"
    yield "canadian_study", profile.value(fact), fact
    known = profile.value("adaptability_spouse_canadian_work")
    years = profile.value("spouse_canadian_work_years")
    if known is None and years is not None:
        known = years * MONTHS >= person.rules.value("fsw.adaptability.work_months")
    yield "canadian_work", known, "spouse_canadian_work_years"


def _part(met: bool | None, points: int, fact: str | None) -> Part:
    if met is None:
        return Part(0, points, fact)
    return _sure(points if met else 0)


@cache
def _sure(points: int) -> Part:
    """Points that nothing can change any more."""
    return Part(points, points)


def _first(span: Span) -> str | None:
    return span.facts[0] if span.facts else None


def _no_first_test(person: Person) -> bool:
    first = person.results["first"]
    return first is not None and first.test == NONE


def _fewest(parts: list[Part], short: int) -> tuple[str, ...]:
    """The facts that could close the gap to the pass mark, the widest first, as few as are needed."""
    widths: dict[str, int] = {}
    for part in parts:
        if part.fact is not None:
            widths[part.fact] = widths.get(part.fact, 0) + part.high - part.low
    chosen: list[str] = []
    for fact in sorted(widths, key=lambda name: -widths[name]):
        if short <= 0:
            break
        chosen.append(fact)
        short -= widths[fact]
    return tuple(chosen)
