"""Canadian Experience Class: a year of skilled work in Canada, and language by the TEER of that work (IRPR s. 87.1)."""

from __future__ import annotations

from datetime import date

from bot.assessment.model import Condition, Program
from bot.assessment.programs.conditions import answer, assumption, condition, work, work_assumptions
from bot.assessment.programs.person import Person
from bot.assessment.work import WorkCount, hours_by_occupation, teer_of


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

    Of several occupations the one with the most work in the window decides (s. 87.1(2)(e)). Where that is not known,
    a level that is enough for every TEER is enough, and one that is too low for every TEER is too low.
    """
    levels, rule = person.tables.cec.language, person.tables.cec.language_rule
    lowest = person.lowest("first", max(levels.values()))
    teers = deciding_teers(person, counted)
    asked = {levels.get(teer) if teer is not None else None for teer in teers}
    needed = asked.pop() if len(asked) == 1 else None
    if needed is not None:
        return condition(
            "cec.language",
            lowest.reaches(needed),
            rule,
            facts=lowest.facts,
            needed=needed,
            lowest=lowest.low,
            teer=min(teer for teer in teers if teer is not None),
        )
    most, least = max(levels.values()), min(levels.values())
    return condition(
        "cec.language_by_teer",
        True if lowest.low >= most else False if lowest.high < least else None,
        rule,
        facts=lowest.facts or (("jobs",) if counted.ledger else ("noc",)),
        needed=most,
        least=least,
        lowest=lowest.low,
    )


def deciding_teers(person: Person, counted: WorkCount) -> frozenset[int | None]:
    """The TEER of the occupation with the most work that counts; of the main one where no jobs that count are listed.

    More than one where occupations have the same hours, or where jobs without an occupation may tip the balance; None
    among them: the TEER is not known.
    """
    main = person.profile.value("noc")
    known: dict[int | None, float] = {}
    unclear = 0.0
    for noc, teer, hours in hours_by_occupation(counted.ledger, main, person.rules.value("work.weekly_cap")):
        if noc is None and teer is None:
            unclear = hours
        else:
            found = teer_of(noc) if noc is not None else teer
            known[found] = max(hours, known.get(found, 0.0))
    if not known and not unclear:
        return frozenset({teer_of(main) if main is not None else None})
    most = max(known.values(), default=0.0)
    decide: set[int | None] = {teer for teer, hours in known.items() if hours + unclear >= most}
    return frozenset(decide | {None} if unclear >= most else decide)
