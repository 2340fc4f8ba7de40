"""Core human capital: age, education, official languages, work in Canada. Source: crs.core."""

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
class Core:
    """The lines of the section, ready to be picked. ``READS``: the fields of a candidate that decide them."""

    READS: ClassVar = ("with_spouse", "age", "education", "first", "second", "canadian_years")

    age: tuple[Columns, ...]
    education: Mapping[str, Columns]
    first: tuple[tuple[Columns, ...], ...]
    second: tuple[tuple[Columns, ...], ...]
    second_cap: Cap
    languages_cap: Cap
    canadian_work: tuple[Columns, ...]
    cap: Cap

    def lines(self, candidate: Candidate) -> tuple[Line, ...]:
        """The lines of one candidate; each ability stands by itself and is never averaged."""
        place = column(candidate.with_spouse)
        first = tuple(at(lines, level)[place] for lines, level in zip(self.first, candidate.first, strict=True))
        second = tuple(at(lines, level)[place] for lines, level in zip(self.second, candidate.second, strict=True))
        languages = limited(first + limited(second, self.second_cap, place), self.languages_cap, place)
        lines = (
            at(self.age, candidate.age)[place],
            self.education[candidate.education][place],
            *languages,
            at(self.canadian_work, candidate.canadian_years)[place],
        )
        return limited(lines, self.cap, place)


def core(rules: ScoreRules) -> Core:
    """The section under one set of points."""
    return Core(
        age=scale_lines("core", "core.age", rules.age),
        education=chart_lines("core", "core.education", rules.education),
        first=tuple(
            scale_lines("core", f"core.first_language.{ability}", rules.first_language) for ability in ABILITIES
        ),
        second=tuple(
            scale_lines("core", f"core.second_language.{ability}", rules.second_language) for ability in ABILITIES
        ),
        second_cap=rules.second_language_cap,
        languages_cap=rules.official_languages_cap,
        canadian_work=scale_lines("core", "core.canadian_work", rules.canadian_work),
        cap=rules.core_cap,
    )
