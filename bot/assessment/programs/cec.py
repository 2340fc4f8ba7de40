"""Canadian Experience Class: a year of skilled work in Canada, and language by the TEER of that work (IRPR s. 87.1)."""

from __future__ import annotations

from datetime import date

from bot.assessment.model import Condition, Program
from bot.assessment.programs.conditions import answer, assumption, condition, work, work_assumptions
from bot.assessment.programs.person import Person
from bot.assessment.work import WorkCount, teer_of


def cec(person: Person, outside_quebec: Condition, checked: date | None) -> Program:
    """The answer for the program; it asks for no education, no funds and no continuity."""
    rules = person.tables.cec
    counted = person.work["cec"]
    conditions = [
        outside_quebec,
        work("cec.work", person, "cec", rules.hours.rule, months=rules.months.value, years=rules.window_years.value),
        language(person, counted),
    ]
    assumptions = work_assumptions(counted)
    if counted.basis == "years" and counted.hours:
        assumptions.append(assumption("work_countable"))
    if outside_quebec.assumed:
        assumptions.append(assumption("outside_quebec"))
    return answer("cec", conditions, assumptions, checked)


def language(person: Person, counted: WorkCount) -> Condition:
    """The level that the TEER of the work asks for, in all four abilities.

    Of several occupations the one with the most work in the window decides (s. 87.1(2)(e)). Where the TEER is not
    known, a level that is enough for every TEER is enough, and one that is too low for every TEER is too low.
    """
    levels = person.tables.cec.language
    lowest = person.lowest("first", max(levels.values()))
    teer = main_teer(person, counted)
    if teer is not None and teer in levels:
        needed = levels[teer]
        met = lowest.reaches(needed)
        facts = lowest.facts
        return condition(
            "cec.language",
            met,
            person.tables.cec.language_rule,
            facts=facts,
            needed=needed,
            lowest=lowest.low,
            teer=teer,
        )
    most, least = max(levels.values()), min(levels.values())
    met = True if lowest.low >= most else False if lowest.high < least else None
    return condition(
        "cec.language_by_teer",
        met,
        person.tables.cec.language_rule,
        facts=lowest.facts or ("noc",),
        needed=most,
        least=least,
        lowest=lowest.low,
    )


def main_teer(person: Person, counted: WorkCount) -> int | None:
    """The TEER of the occupation with the most work that counts; of the main occupation where no jobs are listed."""
    main = person.profile.value("noc")
    if not counted.ledger:
        return teer_of(main) if main is not None else None
    hours: dict[tuple[str | None, int | None], int] = {}
    for entry in counted.ledger:
        noc = entry.job.noc or (main if entry.job.teer is None else None)
        occupation = (noc, entry.job.teer)
        hours[occupation] = hours.get(occupation, 0) + int(entry.hours)
    if any(hours.values()):
        noc, teer = max(hours, key=hours.__getitem__)
        return teer_of(noc) if noc is not None else teer
    return teer_of(main) if main is not None else None
