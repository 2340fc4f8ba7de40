"""The four sections under one set of points, and the count of one candidate or of many who differ in little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.assessment.crs.additional import additional
from bot.assessment.crs.candidate import Candidate, changed
from bot.assessment.crs.core import core
from bot.assessment.crs.lines import Limit, Part, column, limit, limited
from bot.assessment.crs.spouse import NO_SPOUSE, spouse
from bot.assessment.crs.transferability import transferability
from bot.assessment.model import SECTIONS, Line, SectionId
from bot.rules import Rules
from bot.rules.score import ScoreRules, score_rules

Fields = Mapping[str, Any]


class SectionLines(Protocol):
    """A section in one column. ``reads``: the fields of a candidate that decide its lines."""

    @property
    def reads(self) -> tuple[str, ...]: ...

    def part(self, candidate: Candidate) -> Part: ...


@dataclass(slots=True, eq=False)
class Counted:
    """One candidate counted. Never changed.

    ``parts``: of each section, in the order of ``SECTIONS``, before the limit of the whole; ``points``: after it;
    ``over``: what it takes off; ``rows``: what the rows of the tables give before any limit; ``place``: the column.
    """

    candidate: Candidate
    parts: list[Part]
    points: int
    over: int
    rows: int
    place: int


@dataclass(slots=True, eq=False)
class Changed:
    """Other values in some fields of a candidate, and the parts after it. Never changed.

    ``places``: of the sections that read the fields; the other parts are those from before.
    """

    fields: Fields
    parts: list[Part]
    places: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class Sections:
    """The four sections, ready to be applied to any candidate: with a spouse who comes along, and without.

    ``maxima``: of the sections, ``limits``: of the whole, by column. ``places``: for fields of a candidate, the places
    of the sections that read any of them, as far as they were asked for.
    """

    rules: ScoreRules
    columns: tuple[tuple[SectionLines, ...], tuple[SectionLines, ...]]
    maxima: tuple[tuple[int, ...], tuple[int, ...]]
    limits: tuple[Limit, Limit]
    places: tuple[dict[tuple[str, ...], frozenset[int]], ...] = field(default_factory=lambda: ({}, {}))

    def count(self, candidate: Candidate) -> Counted:
        """One candidate from the start."""
        place = column(candidate["with_spouse"])
        return self.counted(candidate, [section.part(candidate) for section in self.columns[place]], place)

    def counted(self, candidate: Candidate, parts: list[Part], place: int) -> Counted:
        """What the parts of a candidate give together."""
        one, two, three, four = parts
        points = one.points + two.points + three.points + four.points
        rows = one.rows + two.rows + three.rows + four.rows
        over = max(0, points - self.limits[place].points)
        return Counted(candidate, parts, points - over, over, rows, place)

    def change(self, now: Counted, fields: Fields) -> Changed:
        """Other values in some fields: only the sections that read them are counted again.

        The column is not one of these fields.
        """
        candidate, sections = changed(now.candidate, fields), self.columns[now.place]
        parts, places = now.parts.copy(), self._reading(now.place, fields)
        for at in places:
            parts[at] = sections[at].part(candidate)
        return Changed(fields, parts, places)

    def both(self, now: Counted, one: Changed, other: Changed) -> list[Part]:
        """The parts after two changes in different fields: what reads of both is counted again."""
        parts, after = one.parts.copy(), other.parts
        for at in other.places:
            parts[at] = after[at]
        shared = one.places & other.places
        if shared:
            candidate, sections = changed(now.candidate, {**one.fields, **other.fields}), self.columns[now.place]
            for at in shared:
                parts[at] = sections[at].part(candidate)
        return parts

    def points(self, parts: Iterable[Part], place: int) -> int:
        """The total of the parts in a column."""
        one, two, three, four = parts
        return min(one.points + two.points + three.points + four.points, self.limits[place].points)

    def lines(self, counted: Counted) -> tuple[Line, ...]:
        """Every line after every limit; their points add up to the total."""
        core, spouse, transferability, additional = counted.parts
        lines = (*core.lines, *spouse.lines, *transferability.lines, *additional.lines)
        return limited(lines, self.limits[counted.place])[0] if counted.over else lines

    def by_section(self, counted: Counted) -> Sequence[int]:
        """The points of each section after every limit, in the order of ``SECTIONS``."""
        if counted.over:
            return tuple(points(self.lines(counted)).values())
        return [part.points for part in counted.parts]

    def _reading(self, place: int, fields: Fields) -> frozenset[int]:
        """The places of the sections that read any of the fields, in the column at ``place``."""
        names = tuple(fields)
        found = self.places[place].get(names)
        if found is None:
            sections = enumerate(self.columns[place])
            found = frozenset(at for at, section in sections if not fields.keys().isdisjoint(section.reads))
            self.places[place][names] = found
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
    caps = (tables.core_cap, tables.spouse_cap, tables.transferability_cap, tables.additional_cap)
    return Sections(
        rules=tables,
        columns=(
            (core(tables, 0), spouse(tables, 0), transferability(tables, 0), additional(tables, 0)),
            (core(tables, 1), NO_SPOUSE, transferability(tables, 1), additional(tables, 1)),
        ),
        maxima=(tuple(cap.points[0] for cap in caps), tuple(cap.points[1] for cap in caps)),
        limits=(limit(tables.grand_total, 0), limit(tables.grand_total, 1)),
    )
