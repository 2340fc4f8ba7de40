"""Additional points: nomination, job offer, French, study in Canada, a brother or sister there.

Source: crs.additional.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import Columns, chart_lines, column, limited
from bot.assessment.model import Line
from bot.rules.score import Cap, Cell, Chart, HighWage, ScoreRules

NOTHING = "none"
UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True, eq=False)
class Additional:
    """The lines of the section, ready to be picked. ``READS``: the fields of a candidate that decide them."""

    READS: ClassVar = (
        *("with_spouse", "nomination", "job_offer", "first", "first_is_french", "second", "canadian_study", "sibling"),
        *("canadian_years", "occupation", "offer_level"),
    )

    nomination: Mapping[str, Columns]
    job_offer: Mapping[str, Columns]
    french: Mapping[str, Columns]
    french_level: int
    english_level: int
    canadian_study: Mapping[str, Columns]
    sibling: Mapping[str, Columns]
    high_wage: HighWagePoints | None
    cap: Cap

    def lines(self, candidate: Candidate) -> tuple[Line, ...]:
        """The lines of one candidate, the nomination first, so that the limit cuts the others."""
        place = column(candidate.with_spouse)
        lines: tuple[Line, ...] = (
            self.nomination["yes" if candidate.nomination else "no"][place],
            self.job_offer[candidate.job_offer][place],
            self.french[self._french_row(candidate)][place],
            self.canadian_study[candidate.canadian_study][place],
            self.sibling["yes" if candidate.sibling else "no"][place],
        )
        if self.high_wage is not None:
            lines += self.high_wage.lines(candidate, place)
        return limited(lines, self.cap, place)

    def _french_row(self, candidate: Candidate) -> str:
        """English with some abilities below the level does not reach the higher row."""
        if min(candidate.french) < self.french_level:
            return NOTHING
        return "english_5_or_more" if min(candidate.english) >= self.english_level else "english_below_5"


@dataclass(frozen=True, slots=True, eq=False)
class HighWagePoints:
    """Work in Canada and offers in listed occupations, once an operator has completed the set."""

    codes: Mapping[str, str]
    min_canadian_years: int
    experience: Mapping[str, Columns]
    job_offer: Mapping[str, Columns]
    cap: Cap

    def lines(self, candidate: Candidate, place: int) -> tuple[Line, ...]:
        level = self.codes.get(candidate.occupation or "", UNLISTED)
        worked = candidate.canadian_years >= self.min_canadian_years
        lines = (
            self.experience[level if worked else UNLISTED][place],
            self.job_offer[candidate.offer_level or UNLISTED][place],
        )
        return limited(lines, self.cap, place)


def additional(rules: ScoreRules) -> Additional:
    """The section under one set of points."""
    return Additional(
        nomination=chart_lines("additional", "additional.provincial_nomination", rules.nomination),
        job_offer=chart_lines("additional", "additional.job_offer", rules.job_offer),
        french=_with_row("additional.french", rules.french, NOTHING),
        french_level=rules.french_level,
        english_level=rules.english_level,
        canadian_study=chart_lines("additional", "additional.canadian_study", rules.canadian_study),
        sibling=chart_lines("additional", "additional.sibling", rules.sibling),
        high_wage=_high_wage(rules.high_wage) if rules.high_wage else None,
        cap=rules.additional_cap,
    )


def _high_wage(rules: HighWage) -> HighWagePoints:
    return HighWagePoints(
        codes=rules.codes,
        min_canadian_years=rules.min_canadian_years,
        experience=_with_row("additional.high_wage_experience", rules.experience, UNLISTED),
        job_offer=_with_row("additional.high_wage_job_offer", rules.job_offer, UNLISTED),
        cap=rules.cap,
    )


def _with_row(factor: str, chart: Chart, row: str) -> Mapping[str, Columns]:
    """The lines of a chart and of one more row without points."""
    return chart_lines("additional", factor, Chart(chart.rule, {row: Cell(row, (0, 0)), **chart.cells}))
