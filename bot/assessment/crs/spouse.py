"""Factors of a spouse or partner who accompanies and is neither citizen nor permanent resident.

Source: crs.spouse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import Columns, at, chart_lines, column, limited, scale_lines
from bot.assessment.model import Line
from bot.rules.score import Cap, ScoreRules
from bot.rules.shapes import ABILITIES


@dataclass(frozen=True, slots=True, eq=False)
class Spouse:
    """The lines of the section, ready to be picked. ``READS``: the fields of a candidate that decide them."""

    READS: ClassVar = ("with_spouse", "spouse_education", "spouse_first", "spouse_canadian_years")

    education: Mapping[str, Columns]
    first: tuple[tuple[Columns, ...], ...]
    canadian_work: tuple[Columns, ...]
    cap: Cap

    def lines(self, candidate: Candidate) -> tuple[Line, ...]:
        """The lines of one candidate; none without such a spouse."""
        if not candidate.with_spouse:
            return ()
        place = column(candidate.with_spouse)
        lines = (
            self.education[candidate.spouse_education][place],
            *(at(lines, level)[place] for lines, level in zip(self.first, candidate.spouse_first, strict=True)),
            at(self.canadian_work, candidate.spouse_canadian_years)[place],
        )
        return limited(lines, self.cap, place)


def spouse(rules: ScoreRules) -> Spouse:
    """The section under one set of points."""
    return Spouse(
        education=chart_lines("spouse", "spouse.education", rules.spouse_education),
        first=tuple(
            scale_lines("spouse", f"spouse.first_language.{ability}", rules.spouse_language) for ability in ABILITIES
        ),
        canadian_work=scale_lines("spouse", "spouse.canadian_work", rules.spouse_canadian_work),
        cap=rules.spouse_cap,
    )
