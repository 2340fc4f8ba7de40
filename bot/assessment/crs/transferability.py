"""Skill transferability: education, work abroad and a trade certificate with language and work in Canada.

Every group is limited by itself, and all of them together. The language column is opened by the lowest of the four
abilities of the first official language. Source: crs.transferability.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.lines import (
    BELOW,
    Limit,
    Part,
    at,
    chart_lines,
    grid_lines,
    joined,
    level_columns,
    limit,
    part,
    year_places,
)
from bot.assessment.model import Line
from bot.rules.score import ScoreRules
from bot.rules.tables import Cell, Chart, Grid

NO_CERTIFICATE = "none"
Case = tuple[str, int, int, int, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Combination:
    """One table of combinations: its lines by row, and the column that a level or a number of years opens.

    ``bands``: the row by whole years, where rows are years.
    """

    lines: Mapping[str, tuple[Line, ...]]
    columns: tuple[int, ...]
    bands: tuple[str, ...]

    def line(self, row: str, number: int) -> Line:
        return self.lines[row][at(self.columns, number)]


@dataclass(frozen=True, slots=True, eq=False)
class Transferability:
    """The lines of the section in one column, ready to be picked. ``reads``: the fields that decide them.

    ``made``: the cases put together so far, by level of the combinations, bands and rows; about a thousand at most.
    """

    reads: ClassVar[tuple[str, ...]] = ("education", "first_lowest", "canadian_years", "foreign_years", "certificate")

    education_rows: Mapping[str, str]
    education_language: Combination
    education_canadian_work: Combination
    education_limit: Limit
    foreign_language: Combination
    foreign_canadian_work: Combination
    foreign_limit: Limit
    certificate: tuple[Line, ...]
    no_certificate: Line
    certificate_limit: Limit
    limit: Limit
    most_canadian_years: int
    most_foreign_years: int
    made: dict[Case, Part] = field(default_factory=dict)

    def part(self, candidate: Candidate) -> Part:
        """The lines of one candidate: two of education, two of work abroad, one of the certificate."""
        here, abroad = candidate["canadian_years"], candidate["foreign_years"]
        case = (
            self.education_rows[candidate["education"]],
            candidate["first_lowest"],
            here if here < self.most_canadian_years else self.most_canadian_years,
            abroad if abroad < self.most_foreign_years else self.most_foreign_years,
            candidate["certificate"],
        )
        found = self.made.get(case)
        if found is None:
            found = self.made[case] = self._part(*case)
        return found

    def _part(self, credential: str, level: int, here: int, abroad: int, certified: bool) -> Part:
        education = (
            self.education_language.line(credential, level),
            self.education_canadian_work.line(credential, here),
        )
        foreign = (
            self.foreign_language.line(at(self.foreign_language.bands, abroad), level),
            self.foreign_canadian_work.line(at(self.foreign_canadian_work.bands, abroad), here),
        )
        trade = (at(self.certificate, level) if certified else self.no_certificate,)
        groups = (
            part(education, self.education_limit),
            part(foreign, self.foreign_limit),
            part(trade, self.certificate_limit),
        )
        return joined(groups, self.limit)


def transferability(rules: ScoreRules, place: int) -> Transferability:
    """The section under one set of points, in the column at that place."""
    education_work = _by_years("transferability.education_canadian_work", rules.education_canadian_work)
    foreign_language = _by_level("transferability.foreign_language", rules.foreign_language, rules, years=True)
    foreign_work = _by_years("transferability.foreign_canadian_work", rules.foreign_canadian_work, years=True)
    certificate = _certificate_lines(rules, place)
    return Transferability(
        education_rows=rules.education_rows,
        education_language=_by_level("transferability.education_language", rules.education_language, rules),
        education_canadian_work=education_work,
        education_limit=limit(rules.education_cap, place),
        foreign_language=foreign_language,
        foreign_canadian_work=foreign_work,
        foreign_limit=limit(rules.foreign_cap, place),
        certificate=_certificate(certificate, rules),
        no_certificate=certificate[NO_CERTIFICATE],
        certificate_limit=limit(rules.certificate_cap, place),
        limit=limit(rules.transferability_cap, place),
        # Above these nothing changes any more.
        most_canadian_years=max(len(education_work.columns), len(foreign_work.columns)) - 1,
        most_foreign_years=max(len(foreign_language.bands), len(foreign_work.bands)) - 1,
    )


def _by_level(factor: str, grid: Grid, rules: ScoreRules, *, years: bool = False) -> Combination:
    columns = level_columns(grid.columns, rules.language_levels)
    return Combination(grid_lines("transferability", factor, grid), columns, _bands(grid) if years else ())


def _by_years(factor: str, grid: Grid, *, years: bool = False) -> Combination:
    columns = year_places(grid.columns)
    return Combination(grid_lines("transferability", factor, grid), columns, _bands(grid) if years else ())


def _bands(grid: Grid) -> tuple[str, ...]:
    return tuple(grid.rows[place] for place in year_places(grid.rows))


def _certificate(lines: Mapping[str, Line], rules: ScoreRules) -> tuple[Line, ...]:
    """The line of a holder of a certificate by lowest level."""
    names = tuple(rules.certificate_language.cells)
    columns = level_columns(names, rules.language_levels)
    return tuple(lines[(*names, BELOW)[place]] for place in columns)


def _certificate_lines(rules: ScoreRules, place: int) -> Mapping[str, Line]:
    nothing = {NO_CERTIFICATE: Cell(NO_CERTIFICATE, (0, 0)), BELOW: Cell(BELOW, (0, 0))}
    chart = Chart(rules.certificate_language.rule, {**rules.certificate_language.cells, **nothing})
    return chart_lines("transferability", "transferability.certificate_language", chart, place)
