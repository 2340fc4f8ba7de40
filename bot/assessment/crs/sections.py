"""The four sections under one set of points, and the count of one candidate or of many who differ in little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.assessment.crs.additional import Additional, additional
from bot.assessment.crs.candidate import Candidate, changed
from bot.assessment.crs.core import Core, core
from bot.assessment.crs.lines import Part, column, limited
from bot.assessment.crs.spouse import Spouse, spouse
from bot.assessment.crs.transferability import Transferability, transferability
from bot.assessment.model import SECTIONS, Line, SectionId
from bot.rules import Rules
from bot.rules.score import Cap, ScoreRules, score_rules

AllSections = tuple[Core, Spouse, Transferability, Additional]


@dataclass(slots=True, eq=False)
class Counted:
    """One candidate counted. Never changed.

    ``parts``: of each section, in the order of ``SECTIONS``, before the limit of the whole; ``points``: after it;
    ``over``: what it takes off; ``rows``: what the rows of the tables give before any limit; ``place``: the column.
    """

    parts: list[Part]
    points: int
    over: int
    rows: int
    place: int


class Changed(NamedTuple):
    """A candidate of whom ``fields`` were changed, its parts, and the ``places`` of those that read the fields."""

    candidate: Candidate
    fields: Mapping[str, Any]
    parts: list[Part]
    places: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """The four sections, ready to be applied to any candidate.

    ``read_by``: for each field of a candidate, the places of the sections that read it.
    """

    rules: ScoreRules
    sections: AllSections
    caps: tuple[Cap, ...]
    read_by: Mapping[str, frozenset[int]]

    def count(self, candidate: Candidate) -> Counted:
        """One candidate from the start."""
        return self.counted([section.part(candidate) for section in self.sections], column(candidate["with_spouse"]))

    def change(self, candidate: Candidate, parts: Sequence[Part], fields: Mapping[str, Any]) -> Changed:
        """A candidate counted before, with other values in some fields: only the sections that read them change.

        The column is not one of these fields.
        """
        other, places = changed(candidate, fields), self._reading(fields)
        return Changed(other, fields, self._again(parts, other, places), places)

    def both(self, one: Changed, other: Changed) -> list[Part]:
        """The parts after two changes of one candidate in different fields: what reads of both is counted again."""
        parts = one.parts.copy()
        for place in other.places:
            parts[place] = other.parts[place]
        shared = one.places & other.places
        return self._again(parts, changed(one.candidate, other.fields), shared) if shared else parts

    def counted(self, parts: list[Part], place: int) -> Counted:
        """What the parts of a candidate give together."""
        one, two, three, four = parts
        points = one.points + two.points + three.points + four.points
        rows = one.rows + two.rows + three.rows + four.rows
        over = max(0, points - self.rules.grand_total.points[place])
        return Counted(parts, points - over, over, rows, place)

    def lines(self, counted: Counted) -> tuple[Line, ...]:
        """Every line after every limit; their points add up to the total."""
        core, spouse, transferability, additional = counted.parts
        lines = (*core.lines, *spouse.lines, *transferability.lines, *additional.lines)
        return limited(lines, self.rules.grand_total, counted.place) if counted.over else lines

    def by_section(self, counted: Counted) -> Sequence[int]:
        """The points of each section after every limit, in the order of ``SECTIONS``."""
        if counted.over:
            return tuple(points(self.lines(counted)).values())
        return [part.points for part in counted.parts]

    def maximum(self, place: int, with_spouse: bool) -> int:
        """The most points of the section at a place of ``SECTIONS``, in a column."""
        return self.caps[place].points[column(with_spouse)]

    def _reading(self, fields: Mapping[str, Any]) -> frozenset[int]:
        if len(fields) == 1:
            return self.read_by[next(iter(fields))]
        return frozenset().union(*[self.read_by[name] for name in fields])

    def _again(self, parts: Sequence[Part], candidate: Candidate, places: frozenset[int]) -> list[Part]:
        found = list(parts)
        for place in places:
            found[place] = self.sections[place].part(candidate)
        return found


def sections(rules: Rules) -> Sections:
    """The sections of a day whose set of points is complete. Raises ``LookupError`` naming the cell otherwise."""
    found: Sections = rules.compiled("sections", lambda day: compiled(score_rules(day)))
    return found


def points(lines: Iterable[Line]) -> dict[SectionId, int]:
    """The points of each section."""
    found: dict[SectionId, int] = dict.fromkeys(SECTIONS, 0)
    for line in lines:
        found[line.section] += line.points
    return found


def compiled(tables: ScoreRules) -> Sections:
    """The sections under one set of points."""
    found: AllSections = (core(tables), spouse(tables), transferability(tables), additional(tables))
    read = [section.reads for section in found]
    return Sections(
        rules=tables,
        sections=found,
        caps=tuple(section.cap for section in found),
        read_by={
            name: frozenset(place for place, reads in enumerate(read) if name in reads)
            for name in Candidate.__annotations__
        },
    )
