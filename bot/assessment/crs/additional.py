"""Additional points: nomination, job offer, French, study in Canada, a brother or sister there.

Source: crs.additional.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.assessment.crs.candidate import Candidate, english, french
from bot.assessment.crs.lines import Charts, Part, chart_lines, column, joined, part, total
from bot.rules.score import Cap, Cell, Chart, HighWage, ScoreRules

NOTHING = "none"
UNLISTED = "unlisted"


@dataclass(frozen=True, slots=True, eq=False)
class Additional:
    """The lines of the section, ready to be picked. ``made``: the cases put together so far; a few hundred at most."""

    nomination: Charts
    job_offer: Charts
    french: Charts
    french_level: int
    english_level: int
    canadian_study: Charts
    sibling: Charts
    high_wage: HighWagePoints | None
    cap: Cap
    made: dict[Any, Part] = field(default_factory=dict)

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields of a candidate that decide the lines."""
        own = ("with_spouse", "nomination", "job_offer", "first", "first_is_french", "second", "canadian_study")
        wage = ("canadian_years", "occupation", "offer_level") if self.high_wage is not None else ()
        return (*own, "sibling", *wage)

    def part(self, candidate: Candidate) -> Part:
        """The lines of one candidate, the nomination first, so that the limit cuts the others."""
        place = column(candidate["with_spouse"])
        rows = (
            "yes" if candidate["nomination"] else "no",
            candidate["job_offer"],
            self._french_row(candidate),
            candidate["canadian_study"],
            "yes" if candidate["sibling"] else "no",
        )
        wage = self.high_wage.rows(candidate) if self.high_wage is not None else None
        case = (place, rows, wage)
        found = self.made.get(case)
        if found is None:
            found = self.made[case] = self._part(place, rows, wage)
        return found

    def _part(self, place: int, rows: tuple[str, ...], wage: tuple[str, str] | None) -> Part:
        charts = (self.nomination, self.job_offer, self.french, self.canadian_study, self.sibling)
        lines = tuple(chart[place][row] for chart, row in zip(charts, rows, strict=True))
        if self.high_wage is None or wage is None:
            return part(lines, self.cap, place)
        points = total(lines)
        return joined((Part(lines, points, points), self.high_wage.part(wage, place)), self.cap, place)

    def _french_row(self, candidate: Candidate) -> str:
        """English with some abilities below the level does not reach the higher row."""
        if min(french(candidate)) < self.french_level:
            return NOTHING
        return "english_5_or_more" if min(english(candidate)) >= self.english_level else "english_below_5"


@dataclass(frozen=True, slots=True, eq=False)
class HighWagePoints:
    """Work in Canada and offers in listed occupations, once an operator has completed the set."""

    codes: Mapping[str, str]
    min_canadian_years: int
    experience: Charts
    job_offer: Charts
    cap: Cap

    def rows(self, candidate: Candidate) -> tuple[str, str]:
        """The rows of the work and of the offer."""
        level = self.codes.get(candidate["occupation"] or "", UNLISTED)
        worked = candidate["canadian_years"] >= self.min_canadian_years
        return level if worked else UNLISTED, candidate["offer_level"] or UNLISTED

    def part(self, rows: tuple[str, str], place: int) -> Part:
        """The lines of these rows."""
        worked, offered = rows
        return part((self.experience[place][worked], self.job_offer[place][offered]), self.cap, place)


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


def _with_row(factor: str, chart: Chart, row: str) -> Charts:
    """The lines of a chart and of one more row without points."""
    return chart_lines("additional", factor, Chart(chart.rule, {row: Cell(row, (0, 0)), **chart.cells}))
