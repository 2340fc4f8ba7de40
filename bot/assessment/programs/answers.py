"""The answers for all programs of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.assessment.model import PROGRAMS, LanguageResult, Program
from bot.assessment.programs.cec import cec
from bot.assessment.programs.conditions import outside_quebec
from bot.assessment.programs.fst import fst
from bot.assessment.programs.fsw import fsw
from bot.assessment.programs.person import Person
from bot.assessment.work import WorkCount
from bot.facts import Profile
from bot.rules import Rules
from bot.rules.programs import needs_official_check, program_rules


def programs(
    profile: Profile,
    as_of: date,
    rules: Rules,
    results: Mapping[str, LanguageResult | None],
    work: Mapping[str, WorkCount],
) -> tuple[Program, ...]:
    """One answer per program; where the rules of the day are not written down, nothing can be told.

    ``work``: what counts on the day, by purpose.
    """
    tables = program_rules(rules)
    if tables is None:
        return tuple(Program(name, "cannot_tell", (), (), ()) for name in PROGRAMS)
    person = Person(profile, as_of, rules, tables, results, work)
    checked = needs_official_check(rules)
    outside = outside_quebec(profile, tables.outside_quebec)
    return cec(person, outside, checked), fsw(person, outside, checked), fst(person, outside, checked)
