"""Additional points: nomination, job offer, French, study in Canada, a brother or sister there.

Source: crs.additional.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import Limit, Part, chart_lines, joined, limit, part, total
from bot.assessment.model import Line
from bot.rules.score import HighWage, ScoreRules
from bot.rules.tables import Cell, Chart

NOTHING = "none"
UNLISTED = "unlisted"
Rows = Mapping[str, Line]


@dataclass(frozen=True, slots=True, eq=False)
class Additional:
    """The lines of the section in one column. ``made``: the cases put together so far; a few hundred at most."""

    nomination: Rows
    job_offer: Rows
    french: Rows
    french_level: int
    english_level: int
    canadian_study: Rows
    sibling: Rows
    high_wage: HighWagePoints | None
    limit: Limit
    made: dict[Any, Part] = field(default_factory=dict)

    @property
    def reads(self) -> tuple[str, ...]:
        """The fields of a candidate that decide the lines."""
        french = ("first_lowest", "first_is_french", "second_lowest")
        wage = ("canadian_years", "occupation", "offer_level") if self.high_wage is not None else ()
        return ("nomination", "job_offer", *french, "canadian_study", "sibling", *wage)

    def part(self, candidate: Candidate) -> Part:
        """The lines of one candidate, the nomination first, so that the limit cuts the others."""
        case = (
            "yes" if candidate["nomination"] else "no",
            candidate["job_offer"],
            self._french_row(candidate),
            candidate["canadian_study"],
            "yes" if candidate["sibling"] else "no",
            None if self.high_wage is None else self.high_wage.rows(candidate),
        )
        found = self.made.get(case)
        if found is None:
            found = self.made[case] = self._part(*case)
        return found

    def _part(
        self, nominated: str, offer: str, french: str, study: str, sibling: str, wage: tuple[str, str] | None
    ) -> Part:
        lines = (
            self.nomination[nominated],
            self.job_offer[offer],
            self.french[french],
            self.canadian_study[study],
            self.sibling[sibling],
        )
        if self.high_wage is None or wage is None:
            return part(lines, self.limit)
        points = total(lines)
        return joined((Part(lines, points, points), self.high_wage.part(wage)), self.limit)

    def _french_row(self, candidate: Candidate) -> str:
        """English with some abilities below the level does not reach the higher row."""
        french, english = candidate["first_lowest"], candidate["second_lowest"]
        if not candidate["first_is_french"]:
            french, english = english, french
        if french < self.french_level:
            return NOTHING
        return "english_5_or_more" if english >= self.english_level else "english_below_5"


@dataclass(frozen=True, slots=True, eq=False)
class HighWagePoints:
    """Work in Canada and offers in listed occupations, once an operator has completed the set."""

    codes: Mapping[str, str]
    min_canadian_years: int
    experience: Rows
    job_offer: Rows
    limit: Limit

    def rows(self, candidate: Candidate) -> tuple[str, str]:
        """The rows of the work and of the offer."""
        level = self.codes.get(candidate["occupation"] or "", UNLISTED)
        worked = candidate["canadian_years"] >= self.min_canadian_years
        return level if worked else UNLISTED, candidate["offer_level"] or UNLISTED

    def part(self, rows: tuple[str, str]) -> Part:
        """The lines of these rows."""
        worked, offered = rows
        return part((self.experience[worked], self.job_offer[offered]), self.limit)


def additional(rules: ScoreRules, place: int) -> Additional:
    """The section under one set of points, in the column at that place."""
    return Additional(
        nomination=chart_lines("additional", "additional.provincial_nomination", rules.nomination, place),
        job_offer=chart_lines("additional", "additional.job_offer", rules.job_offer, place),
        french=_with_row("additional.french", rules.french, NOTHING, place),
        french_level=rules.french_level,
        english_level=rules.english_level,
        canadian_study=chart_lines("additional", "additional.canadian_study", rules.canadian_study, place),
        sibling=chart_lines("additional", "additional.sibling", rules.sibling, place),
        high_wage=_high_wage(rules.high_wage, place) if rules.high_wage else None,
        limit=limit(rules.additional_cap, place),
    )


def _high_wage(rules: HighWage, place: int) -> HighWagePoints:
    return HighWagePoints(
        codes=rules.codes,
        min_canadian_years=rules.min_canadian_years,
        experience=_with_row("additional.high_wage_experience", rules.experience, UNLISTED, place),
        job_offer=_with_row("additional.high_wage_job_offer", rules.job_offer, UNLISTED, place),
        limit=limit(rules.cap, place),
    )


def _with_row(factor: str, chart: Chart, row: str, place: int) -> Rows:
    """The lines of a chart and of one more row without points."""
    return chart_lines("additional", factor, Chart(chart.rule, {row: Cell(row, (0, 0)), **chart.cells}), place)
