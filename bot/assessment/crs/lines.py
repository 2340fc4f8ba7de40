"""Lines of the score, made once per set of points, and the limits that cut them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from bot.assessment.crs.candidate import Levels
from bot.assessment.model import Line, SectionId
from bot.rules.bands import flatten
from bot.rules.model import Version
from bot.rules.tables import Cap, Cell, Chart, Grid, Scale

Entry = TypeVar("Entry")
BELOW = "below"
_points = attrgetter("points")


class Numbered(dict[int, Line]):
    """Lines by whole number from 0; the last one holds for every larger number."""

    __slots__ = ("last",)

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__(enumerate(lines))
        self.last = lines[-1]

    def __missing__(self, number: int) -> Line:
        return self.last


Lines = tuple[Line, ...]


@dataclass(slots=True, eq=False)
class Part:
    """Some lines, with what they give after the limits (``points``) and before any (``rows``). Never changed."""

    lines: Lines
    points: int
    rows: int


NO_PART = Part((), 0, 0)


@dataclass(frozen=True, slots=True)
class Limit:
    """The most points of some lines in one column, and the rule that says so."""

    points: int
    rule: str


def column(with_spouse: bool) -> int:
    """The place of a column in a pair."""
    return 0 if with_spouse else 1


@dataclass(frozen=True, slots=True, eq=False)
class FourScales:
    """A table that holds for every ability, with lines of their own for each, in the order of ``ABILITIES``.

    ``made``: the lines and their points by levels, as far as they were asked for; 14,641 at most.
    """

    scales: tuple[Numbered, Numbered, Numbered, Numbered]
    made: dict[Levels, tuple[Lines, int]] = field(default_factory=dict)

    def at(self, levels: Levels) -> tuple[Lines, int]:
        """The lines of four levels and their points; each stands by itself and is never averaged."""
        found = self.made.get(levels)
        if found is None:
            lines = tuple(scale[level] for scale, level in zip(self.scales, levels, strict=True))
            found = self.made[levels] = lines, total(lines)
        return found


def limit(cap: Cap, place: int) -> Limit:
    """A limit in the column at that place."""
    return Limit(cap.points[place], cap.rule.rule_id)


def scale_lines(section: SectionId, factor: str, scale: Scale, place: int) -> Numbered:
    """One line per whole number, in the column at that place; numbers of one row share theirs."""
    most = scale.maximum[place]
    made = {id(cell): _cell_line(section, factor, cell, place, most, scale.rule) for cell in scale.cells}
    return Numbered([made[id(cell)] for cell in scale.cells])


def four_scales(section: SectionId, factor: str, scale: Scale, abilities: Sequence[str], place: int) -> FourScales:
    """The lines of a table that holds for every ability."""
    reading, writing, listening, speaking = (
        scale_lines(section, f"{factor}.{name}", scale, place) for name in abilities
    )
    return FourScales((reading, writing, listening, speaking))


def chart_lines(section: SectionId, factor: str, chart: Chart, place: int) -> Mapping[str, Line]:
    """One line per row, in the column at that place."""
    most = chart.maximum[place]
    return {name: _cell_line(section, factor, cell, place, most, chart.rule) for name, cell in chart.cells.items()}


def grid_lines(section: SectionId, factor: str, grid: Grid) -> Mapping[str, tuple[Line, ...]]:
    """One line per cell of a combination, by row; the last of a row is for no column at all."""
    return {
        row: tuple(
            _line(section, factor, f"{row}/{name}", points, grid.maximum, grid.rule)
            for name, points in [*zip(grid.columns, cells, strict=True), (BELOW, 0)]
        )
        for row, cells in zip(grid.rows, grid.points, strict=True)
    }


def level_columns(names: Sequence[str], levels: Mapping[str, int]) -> tuple[int, ...]:
    """For each lowest level from 0, the place of the column it opens; the place after the last one: none."""
    reached = []
    for level in range(max(levels[name] for name in names) + 1):
        opened = [name for name in names if levels[name] <= level]
        reached.append(names.index(max(opened, key=levels.__getitem__)) if opened else len(names))
    return tuple(reached)


def year_places(bands: Sequence[str]) -> tuple[int, ...]:
    """The place of the band of each whole number of years, from 0; the last holds for more."""
    return flatten({band: place for place, band in enumerate(bands)})


def at(entries: Sequence[Entry], number: int) -> Entry:
    """The entry of a number; the last one holds for every larger number."""
    last = len(entries) - 1
    return entries[number if number < last else last]


def total(lines: Sequence[Line]) -> int:
    """The points of the lines together."""
    return sum(map(_points, lines))


def part(lines: Lines, most: Limit) -> Part:
    """Lines as they stand in the tables under one limit."""
    return Part(*limited(lines, most), total(lines))


def joined(parts: Sequence[Part], most: Limit) -> Part:
    """Parts with limits of their own under one more limit."""
    lines = tuple(line for one in parts for line in one.lines)
    return Part(*limited(lines, most), sum(one.rows for one in parts))


def limited(lines: Lines, most: Limit) -> tuple[Lines, int]:
    """The lines with what lies above the limit taken off, from the last line backwards, and their points."""
    points = total(lines)
    over = points - most.points
    if over <= 0:
        return lines, points
    cut = list(lines)
    for index in range(len(cut) - 1, -1, -1):
        off = min(over, cut[index].points)
        if off > 0:
            cut[index] = cut[index].cut(off, most.rule)
            over -= off
        if over <= 0:
            break
    return tuple(cut), most.points


def _cell_line(section: SectionId, factor: str, cell: Cell, place: int, maximum: int, rule: Version) -> Line:
    return _line(section, factor, cell.row, cell.points[place], maximum, rule)


def _line(section: SectionId, factor: str, row: str, points: int, maximum: int, rule: Version) -> Line:
    return Line(
        section=section,
        factor=factor,
        row=row,
        points=points,
        maximum=maximum,
        row_points=points,
        cap=None,
        rule=rule.rule_id,
        source=rule.sources[0].url,
        since=rule.effective_from,
    )
