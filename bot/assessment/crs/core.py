"""Core human capital: age, education, official languages, work in Canada. Source: crs.core."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import (
    Charts,
    FourScales,
    Part,
    Scales,
    chart_lines,
    column,
    four,
    four_scales,
    scale_lines,
    within,
)
from bot.rules.score import Cap, ScoreRules
from bot.rules.shapes import ABILITIES


@dataclass(frozen=True, slots=True, eq=False)
class Core:
    """The lines of the section, ready to be picked. ``reads``: the fields of a candidate that decide them."""

    reads: ClassVar[tuple[str, ...]] = ("with_spouse", "age", "education", "first", "second", "canadian_years")

    age: Scales
    education: Charts
    first: tuple[FourScales, ...]
    second: tuple[FourScales, ...]
    second_cap: Cap
    languages_cap: Cap
    canadian_work: Scales
    cap: Cap

    def part(self, candidate: Candidate) -> Part:
        """The lines of one candidate."""
        place = column(candidate["with_spouse"])
        first, points = four(self.first[place], candidate["first"])
        second, more = four(self.second[place], candidate["second"])
        rows = points + more
        second, more = within(second, more, self.second_cap, place)
        languages, points = within(first + second, points + more, self.languages_cap, place)
        age = self.age[place][candidate["age"]]
        education = self.education[place][candidate["education"]]
        work = self.canadian_work[place][candidate["canadian_years"]]
        others = age.points + education.points + work.points
        lines, points = within((age, education, *languages, work), points + others, self.cap, place)
        return Part(lines, points, rows + others)


def core(rules: ScoreRules) -> Core:
    """The section under one set of points."""
    return Core(
        age=scale_lines("core", "core.age", rules.age),
        education=chart_lines("core", "core.education", rules.education),
        first=four_scales("core", "core.first_language", rules.first_language, ABILITIES),
        second=four_scales("core", "core.second_language", rules.second_language, ABILITIES),
        second_cap=rules.second_language_cap,
        languages_cap=rules.official_languages_cap,
        canadian_work=scale_lines("core", "core.canadian_work", rules.canadian_work),
        cap=rules.core_cap,
    )
