"""Factors of a spouse or partner who accompanies and is neither citizen nor permanent resident.

Source: crs.spouse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import (
    NO_PART,
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
class Spouse:
    """The lines of the section, ready to be picked. ``reads``: the fields of a candidate that decide them."""

    reads: ClassVar[tuple[str, ...]] = ("with_spouse", "spouse_education", "spouse_first", "spouse_canadian_years")

    education: Charts
    first: tuple[FourScales, ...]
    canadian_work: Scales
    cap: Cap

    def part(self, candidate: Candidate) -> Part:
        """The lines of one candidate; none without such a spouse."""
        if not candidate["with_spouse"]:
            return NO_PART
        place = column(candidate["with_spouse"])
        education = self.education[place][candidate["spouse_education"]]
        first, points = four(self.first[place], candidate["spouse_first"])
        work = self.canadian_work[place][candidate["spouse_canadian_years"]]
        rows = points + education.points + work.points
        lines, points = within((education, *first, work), rows, self.cap, place)
        return Part(lines, points, rows)


def spouse(rules: ScoreRules) -> Spouse:
    """The section under one set of points."""
    return Spouse(
        education=chart_lines("spouse", "spouse.education", rules.spouse_education),
        first=four_scales("spouse", "spouse.first_language", rules.spouse_language, ABILITIES),
        canadian_work=scale_lines("spouse", "spouse.canadian_work", rules.spouse_canadian_work),
        cap=rules.spouse_cap,
    )
