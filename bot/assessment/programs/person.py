"""What the programs read of a person on a day, each thing known, impossible or open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from bot.assessment.crs.reading import needs_assessment, same_language, spouse_columns, without_assessment
from bot.assessment.dates import age_on, years_after
from bot.assessment.language import NO_TEST
from bot.assessment.model import LanguageResult
from bot.assessment.work import WorkCount
from bot.facts import Declined, Profile, Unknown
from bot.rules import Rules
from bot.rules.programs import ProgramRules
from bot.rules.shapes import ABILITIES

NONE = "none"


class Span(NamedTuple):
    """Something between ``low`` and ``high``, and the facts that would settle it."""

    low: int
    high: int
    facts: tuple[str, ...] = ()

    def reaches(self, needed: int) -> bool | None:
        """Whether it is ``needed`` or more; None where that is open."""
        return True if self.low >= needed else None if self.high >= needed else False


@cache
def exactly(level: int) -> Span:
    """A level that is known."""
    return Span(level, level)


class Person(NamedTuple):
    """A profile on a day with what was worked out of it already."""

    profile: Profile
    as_of: date
    rules: Rules
    tables: ProgramRules
    results: Mapping[str, LanguageResult | None]
    work: Mapping[str, WorkCount]

    def age(self) -> int | None:
        born = self.profile.value("date_of_birth")
        age: int | None = age_on(born, self.as_of) if born is not None else self.profile.value("age")
        return age

    def partner(self) -> tuple[bool | None, tuple[str, ...]]:
        """Whether a spouse or partner accompanies who is neither citizen nor permanent resident."""
        columns, facts = spouse_columns(self.profile)
        return (columns[0] if len(columns) == 1 else None), facts

    def levels(self, whose: str, highest: int) -> tuple[Span, ...]:
        """The level of each ability that counts on the day; open, up to ``highest``, where there is no result yet."""
        result = self.results[whose]
        prefix = "" if whose == "first" else f"{whose}_"
        if result is None or result.test == NO_TEST:
            return (Span(0, highest, (f"{prefix}language_test",)),) * len(ABILITIES)
        if result.expired:
            return (exactly(0),) * len(ABILITIES)
        return tuple(
            [
                Span(0, highest, (f"{prefix}{one.ability}",)) if one.level is None else exactly(one.level)
                for one in result.abilities
            ]
        )

    def lowest(self, whose: str, highest: int) -> Span:
        """The lowest of the four abilities."""
        levels = self.levels(whose, highest)
        low = min([level.low for level in levels])
        waits_for = [fact for level in levels for fact in level.facts]
        return Span(low, min([level.high for level in levels]), (waits_for[0],)) if waits_for else exactly(low)

    def second_counts(self) -> bool:
        """False where the second result is of the same language as the first."""
        return not same_language(self.results["first"], self.results["second"])

    def credential(self) -> tuple[bool | None, tuple[str, ...]]:
        """Whether the education is recognised: a Canadian credential or a valid assessment of a foreign one.

        Gives the answer and what would settle it. An assessment that nobody asked about is taken for granted.
        """
        profile = self.profile
        if not needs_assessment(profile):
            return True, ()
        match profile.value("eca"):
            case "not_done":
                return (False, ()) if profile.knows("canadian_study") else (None, ("canadian_study",))
            case "in_progress":
                return None, ("eca",)
        issued = profile.value("eca_issued_on")
        if issued is not None:
            return self.as_of < years_after(issued, self.rules.value("validity.eca")), ()
        if isinstance(profile["eca"], Unknown | Declined):
            return None, ("eca",)
        return True, ()

    def assessment_assumed(self) -> bool:
        """Whether an assessment of a foreign credential is taken for granted."""
        profile = self.profile
        said = profile.knows("eca") or profile.knows("eca_issued_on")
        return needs_assessment(profile) and not said

    def education_without_assessment(self) -> str:
        """The level of education that counts even if no assessment of a foreign credential does."""
        return without_assessment(self.profile)

    def education(self) -> str | None:
        level: str | None = self.profile.value("education")
        return level
