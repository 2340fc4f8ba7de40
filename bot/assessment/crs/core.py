"""Core human capital: age, education, official languages, work in Canada. Source: crs.core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import (
    FourScales,
    Limit,
    Numbered,
    Part,
    chart_lines,
    four_scales,
    limit,
    limited,
    scale_lines,
)
from bot.assessment.model import Line
from bot.rules.score import ScoreRules
from bot.rules.shapes import ABILITIES


@dataclass(frozen=True, slots=True, eq=False)
class Core:
    """The lines of the section in one column, ready to be picked. ``reads``: the fields that decide them."""

    reads: ClassVar[tuple[str, ...]] = ("age", "education", "first", "second", "canadian_years")

    age: Numbered
    education: Mapping[str, Line]
    first: FourScales
    second: FourScales
    second_limit: Limit
    languages_limit: Limit
    canadian_work: Numbered
    limit: Limit

    def part(self, candidate: Candidate) -> Part:
        """The lines of one candidate."""
        languages, points = self.first.at(candidate["first"])
        second, more = self.second.at(candidate["second"])
        age, education = self.age[candidate["age"]], self.education[candidate["education"]]
        work = self.canadian_work[candidate["canadian_years"]]
        others = age.points + education.points + work.points
        rows = points + more + others
        if more > self.second_limit.points:
            second, more = limited(second, self.second_limit)
        languages, points = languages + second, points + more
        if points > self.languages_limit.points:
            languages, points = limited(languages, self.languages_limit)
        lines, points = (age, education, *languages, work), points + others
        if points > self.limit.points:
            lines, points = limited(lines, self.limit)
        return Part(lines, points, rows)


def core(rules: ScoreRules, place: int) -> Core:
    """The section under one set of points, in the column at that place."""
    return Core(
        age=scale_lines("core", "core.age", rules.age, place),
        education=chart_lines("core", "core.education", rules.education, place),
        first=four_scales("core", "core.first_language", rules.first_language, ABILITIES, place),
        second=four_scales("core", "core.second_language", rules.second_language, ABILITIES, place),
        second_limit=limit(rules.second_language_cap, place),
        languages_limit=limit(rules.official_languages_cap, place),
        canadian_work=scale_lines("core", "core.canadian_work", rules.canadian_work, place),
        limit=limit(rules.core_cap, place),
    )
