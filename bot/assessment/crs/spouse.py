"""Factors of a spouse or partner who accompanies and is neither citizen nor permanent resident.

Source: crs.spouse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import (
    NO_PART,
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
class Spouse:
    """The lines of the section, ready to be picked. ``reads``: the fields of a candidate that decide them."""

    reads: ClassVar[tuple[str, ...]] = ("spouse_education", "spouse_first", "spouse_canadian_years")

    education: Mapping[str, Line]
    first: FourScales
    canadian_work: Numbered
    limit: Limit

    def part(self, candidate: Candidate) -> Part:
        """The lines of one candidate."""
        first, points = self.first.at(candidate["spouse_first"])
        education = self.education[candidate["spouse_education"]]
        work = self.canadian_work[candidate["spouse_canadian_years"]]
        lines, points = (education, *first, work), points + education.points + work.points
        if points > self.limit.points:
            return Part(*limited(lines, self.limit), points)
        return Part(lines, points, points)


@dataclass(frozen=True, slots=True)
class NoSpouse:
    """The section in the column without such a spouse: no lines at all."""

    reads: ClassVar[tuple[str, ...]] = ()

    def part(self, candidate: Candidate) -> Part:
        """No lines."""
        return NO_PART


NO_SPOUSE = NoSpouse()


def spouse(rules: ScoreRules, place: int) -> Spouse:
    """The section under one set of points, in the column at that place."""
    return Spouse(
        education=chart_lines("spouse", "spouse.education", rules.spouse_education, place),
        first=four_scales("spouse", "spouse.first_language", rules.spouse_language, ABILITIES, place),
        canadian_work=scale_lines("spouse", "spouse.canadian_work", rules.spouse_canadian_work, place),
        limit=limit(rules.spouse_cap, place),
    )
