"""The four sections under one set of points, and the breakdown of one candidate."""

from __future__ import annotations

from dataclasses import dataclass

from bot.assessment.crs.additional import Additional, additional
from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.core import Core, core
from bot.assessment.crs.lines import column, limited
from bot.assessment.crs.spouse import Spouse, spouse
from bot.assessment.crs.transferability import Transferability, transferability
from bot.assessment.model import SECTIONS, Line, SectionId
from bot.rules import Rules
from bot.rules.score import ScoreRules, score_rules


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """The four sections, ready to be applied to any candidate."""

    rules: ScoreRules
    core: Core
    spouse: Spouse
    transferability: Transferability
    additional: Additional

    def lines(self, candidate: Candidate) -> tuple[Line, ...]:
        """Every line of one candidate after every limit; their points add up to the total."""
        lines = (
            *self.core.lines(candidate),
            *self.spouse.lines(candidate),
            *self.transferability.lines(candidate),
            *self.additional.lines(candidate),
        )
        return limited(lines, self.rules.grand_total, column(candidate.with_spouse))

    def maximum(self, section_id: SectionId, with_spouse: bool) -> int:
        """The most points of a section in a column."""
        caps = {
            "core": self.core.cap,
            "spouse": self.spouse.cap,
            "transferability": self.transferability.cap,
            "additional": self.additional.cap,
        }
        return caps[section_id].points[column(with_spouse)]


def sections(rules: Rules) -> Sections:
    """The sections of a day whose set of points is complete. Raises ``LookupError`` naming the cell otherwise."""
    compiled: Sections = rules.compiled("sections", _compile)
    return compiled


def points(lines: tuple[Line, ...]) -> dict[SectionId, int]:
    """The points of each section."""
    found: dict[SectionId, int] = dict.fromkeys(SECTIONS, 0)
    for line in lines:
        found[line.section] += line.points
    return found


def _compile(rules: Rules) -> Sections:
    tables = score_rules(rules)
    return Sections(tables, core(tables), spouse(tables), transferability(tables), additional(tables))
