"""The four sections under one set of points, and the breakdown of one candidate."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from bot.assessment.crs.additional import Additional, additional
from bot.assessment.crs.candidate import Candidate
from bot.assessment.crs.core import Core, core
from bot.assessment.crs.lines import column, limited, total
from bot.assessment.crs.spouse import Spouse, spouse
from bot.assessment.crs.transferability import Transferability, transferability
from bot.assessment.model import SECTIONS, Line, SectionId
from bot.rules import Rules
from bot.rules.score import ScoreRules, score_rules

_rows = attrgetter("row_points")


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

    def counting(self) -> Counting:
        """The same lines for many candidates who differ in little."""
        return Counting(self)

    def maximum(self, section_id: SectionId, with_spouse: bool) -> int:
        """The most points of a section in a column."""
        caps = {
            "core": self.core.cap,
            "spouse": self.spouse.cap,
            "transferability": self.transferability.cap,
            "additional": self.additional.cap,
        }
        return caps[section_id].points[column(with_spouse)]


class Counted(NamedTuple):
    """One candidate: the lines, what they give after every limit (``points``) and before any (``rows``).

    ``by_section``: the points of each section, in the order of ``SECTIONS``.
    """

    lines: tuple[Line, ...]
    points: int
    rows: int
    by_section: tuple[int, ...]


class Counting:
    """Counts candidates who differ in little: a section that reads the same of two of them is counted once.

    Kept for one person only, so that it does not grow.
    """

    def __init__(self, tables: Sections) -> None:
        self._grand_total = tables.rules.grand_total
        parts = (tables.core, tables.spouse, tables.transferability, tables.additional)
        self._parts: list[tuple[Any, Any, dict[Any, tuple[tuple[Line, ...], int, int]]]] = [
            (part.lines, attrgetter(*part.READS), {}) for part in parts
        ]

    def count(self, candidate: Candidate) -> Counted:
        """The lines as ``Sections.lines`` gives them, with their sums."""
        lines: tuple[Line, ...] = ()
        by_section: tuple[int, ...] = ()
        rows = 0
        for count, reads, seen in self._parts:
            read = reads(candidate)
            part = seen.get(read)
            if part is None:
                found = count(candidate)
                part = seen[read] = found, total(found), sum(map(_rows, found))
            lines += part[0]
            by_section += (part[1],)
            rows += part[2]
        place = column(candidate.with_spouse)
        if sum(by_section) > self._grand_total.points[place]:
            lines = limited(lines, self._grand_total, place)
            by_section = tuple(points(lines).values())
        return Counted(lines, sum(by_section), rows, by_section)


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
