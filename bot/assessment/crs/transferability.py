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
    Charts,
    Part,
    at,
    chart_lines,
    column,
    grid_lines,
    joined,
    level_columns,
    part,
    year_places,
)
from bot.assessment.model import Line
from bot.rules.score import Cap, Cell, Chart, Grid, ScoreRules

NO_CERTIFICATE = "none"
Case = tuple[int, str, int, int, int, bool]


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
    """The lines of the section, ready to be picked. ``reads``: the fields of a candidate that decide them.

    ``most``: the lowest level, years in Canada and years abroad above which nothing changes any more. ``made``: the
    cases put together so far; there are about two thousand.
    """

    reads: ClassVar[tuple[str, ...]] = (
        "with_spouse",
        "education",
        "first",
        "canadian_years",
        "foreign_years",
        "certificate",
    )

    education_rows: Mapping[str, str]
    education_language: Combination
    education_canadian_work: Combination
    education_cap: Cap
    foreign_language: Combination
    foreign_canadian_work: Combination
    foreign_cap: Cap
    certificate: tuple[Line, ...]
    no_certificate: Line
    certificate_cap: Cap
    cap: Cap
    most: tuple[int, int, int]
    made: dict[Case, Part] = field(default_factory=dict)

    def part(self, candidate: Candidate) -> Part:
        """The lines of one candidate: two of education, two of work abroad, one of the certificate."""
        level, here, abroad = self.most
        case = (
            column(candidate["with_spouse"]),
            self.education_rows[candidate["education"]],
            min(*candidate["first"], level),
            min(candidate["canadian_years"], here),
            min(candidate["foreign_years"], abroad),
            candidate["certificate"],
        )
        found = self.made.get(case)
        if found is None:
            found = self.made[case] = self._part(*case)
        return found

    def _part(self, place: int, credential: str, level: int, here: int, abroad: int, certified: bool) -> Part:
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
            part(education, self.education_cap, place),
            part(foreign, self.foreign_cap, place),
            part(trade, self.certificate_cap, place),
        )
        return joined(groups, self.cap, place)


def transferability(rules: ScoreRules) -> Transferability:
    """The section under one set of points."""
    education_language = _by_level("transferability.education_language", rules.education_language, rules)
    education_work = _by_years("transferability.education_canadian_work", rules.education_canadian_work)
    foreign_language = _by_level("transferability.foreign_language", rules.foreign_language, rules, years=True)
    foreign_work = _by_years("transferability.foreign_canadian_work", rules.foreign_canadian_work, years=True)
    certificate = _certificate(rules)
    return Transferability(
        education_rows=rules.education_rows,
        education_language=education_language,
        education_canadian_work=education_work,
        education_cap=rules.education_cap,
        foreign_language=foreign_language,
        foreign_canadian_work=foreign_work,
        foreign_cap=rules.foreign_cap,
        certificate=certificate,
        no_certificate=_certificate_lines(rules)[1][NO_CERTIFICATE],
        certificate_cap=rules.certificate_cap,
        cap=rules.transferability_cap,
        most=(
            max(map(len, (education_language.columns, foreign_language.columns, certificate))) - 1,
            max(map(len, (education_work.columns, foreign_work.columns))) - 1,
            max(map(len, (foreign_language.bands, foreign_work.bands))) - 1,
        ),
    )


def _by_level(factor: str, grid: Grid, rules: ScoreRules, *, years: bool = False) -> Combination:
    columns = level_columns(grid.columns, rules.language_levels)
    return Combination(grid_lines("transferability", factor, grid), columns, _bands(grid) if years else ())


def _by_years(factor: str, grid: Grid, *, years: bool = False) -> Combination:
    columns = year_places(grid.columns)
    return Combination(grid_lines("transferability", factor, grid), columns, _bands(grid) if years else ())


def _bands(grid: Grid) -> tuple[str, ...]:
    return tuple(grid.rows[place] for place in year_places(grid.rows))


def _certificate(rules: ScoreRules) -> tuple[Line, ...]:
    """The line of a holder of a certificate by lowest level."""
    lines = _certificate_lines(rules)[1]
    names = tuple(rules.certificate_language.cells)
    columns = level_columns(names, rules.language_levels)
    return tuple(lines[(*names, BELOW)[place]] for place in columns)


def _certificate_lines(rules: ScoreRules) -> Charts:
    nothing = {NO_CERTIFICATE: Cell(NO_CERTIFICATE, (0, 0)), BELOW: Cell(BELOW, (0, 0))}
    chart = Chart(rules.certificate_language.rule, {**rules.certificate_language.cells, **nothing})
    return chart_lines("transferability", "transferability.certificate_language", chart)
