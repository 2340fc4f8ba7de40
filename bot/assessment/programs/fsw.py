"""Federal Skilled Worker Program: minimums, the selection grid and settlement funds (IRPR ss. 75-83)."""

from __future__ import annotations

from datetime import date

from bot.assessment.model import Condition, Program, Selection
from bot.assessment.programs.conditions import (
    answer,
    assumption,
    condition,
    funds,
    work,
    work_assumptions,
)
from bot.assessment.programs.person import NONE, Person
from bot.assessment.programs.selection import is_arranged, selection


def fsw(person: Person, outside_quebec: Condition, checked: date | None) -> Program:
    """The answer for the program, with the grid."""
    rules = person.tables.fsw
    counted = person.work["fsw"]
    grid, fewest = selection(person)
    credential = education(person)
    conditions = [
        outside_quebec,
        work("fsw.work", person, "fsw", rules.hours.rule, months=rules.months.value, years=rules.window_years.value),
        language(person),
        credential,
        points(person, grid, fewest),
    ]
    offered, offer_fact = is_arranged(person)
    money = funds("fsw.funds", person, False if offered is False else None, () if offered else (offer_fact,))
    if money is not None:
        conditions.append(money)
    assumptions = work_assumptions(counted)
    if credential.assumed:
        assumptions.append(assumption("education_assessed"))
    if outside_quebec.assumed:
        assumptions.append(assumption("outside_quebec"))
    return answer("fsw", conditions, assumptions, checked, grid)


def language(person: Person) -> Condition:
    """All four abilities of the first official language."""
    rules = person.tables.fsw
    lowest = person.lowest("first", rules.language.value)
    return condition(
        "fsw.language",
        lowest.reaches(rules.language.value),
        rules.language.rule,
        facts=lowest.facts,
        needed=rules.language.value,
        lowest=lowest.low,
    )


def education(person: Person) -> Condition:
    """A Canadian credential, or a foreign one with a valid assessment."""
    level = person.education()
    recognised, facts = person.credential()
    if not recognised and person.education_without_assessment() != NONE:
        recognised, facts = True, ()
    met = None if level is None else False if level == NONE else recognised
    if recognised is False:
        met = False
    return condition(
        "fsw.education",
        met,
        person.tables.fsw.education_rule,
        facts=("education",) if level is None else facts,
        assumed=met is True and person.assessment_assumed(),
    )


def points(person: Person, grid: Selection, fewest: tuple[str, ...]) -> Condition:
    """The pass mark of the selection grid."""
    mark = person.tables.fsw.pass_mark
    met = True if grid.low >= mark.value else False if grid.high < mark.value else None
    return condition(
        "fsw.points",
        met,
        mark.rule,
        facts=fewest,
        needed=mark.value,
        low=grid.low,
        high=grid.high,
        maximum=grid.maximum,
    )
