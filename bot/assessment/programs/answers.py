"""The answers for all programs of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.assessment.model import PROGRAMS, LanguageResult, Program
from bot.assessment.programs.cec import cec
from bot.assessment.programs.fst import fst
from bot.assessment.programs.fsw import fsw
from bot.assessment.programs.person import Person
from bot.assessment.work import work_for
from bot.facts import Profile
from bot.rules import Rules
from bot.rules.programs import needs_official_check, program_rules

PURPOSES = ("cec", "fsw", "fsw_experience", "fst")


def programs(
    profile: Profile, as_of: date, rules: Rules, results: Mapping[str, LanguageResult | None]
) -> tuple[Program, ...]:
    """One answer per program; where the rules of the day are not written down, nothing can be told."""
    tables = program_rules(rules)
    if tables is None:
        return tuple(Program(name, "cannot_tell", (), (), ()) for name in PROGRAMS)
    complete = rules.last_complete_score()
    counts = {purpose: work_for(profile, rules, as_of, purpose) for purpose in PURPOSES}
    counts["crs_canadian"] = work_for(profile, complete, as_of, "crs_canadian")
    person = Person(
        profile, as_of, rules, tables, results, {name: count for name, count in counts.items() if count is not None}
    )
    checked = needs_official_check(rules)
    return cec(person, checked), fsw(person, checked), fst(person, checked)
