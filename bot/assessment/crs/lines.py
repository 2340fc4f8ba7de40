"""Lines of the score, made once per set of points, and the limits that cut them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeVar

from bot.assessment.crs.candidate import Levels
from bot.assessment.model import Line, SectionId
from bot.rules.bands import flatten
from bot.rules.model import Version
from bot.rules.score import Cap, Cell, Chart, Grid, Scale

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


# Index 0: with an accompanying spouse or partner; 1: without.
Scales = tuple[Numbered, Numbered]
Charts = tuple[Mapping[str, Line], Mapping[str, Line]]
Lines = tuple[Line, ...]
FourScales = tuple[Numbered, Numbered, Numbered, Numbered]


@dataclass(slots=True, eq=False)
class Part:
    """Some lines, with what they give after the limits (``points``) and before any (``rows``). Never changed."""

    lines: Lines
    points: int
    rows: int


NO_PART = Part((), 0, 0)


def column(with_spouse: bool) -> int:
    """The place of a column in a pair."""
    return 0 if with_spouse else 1


def scale_lines(section: SectionId, factor: str, scale: Scale) -> Scales:
    """One line per whole number in each column."""
    made = {id(cell): _pair(section, factor, cell, scale.maximum, scale.rule) for cell in scale.cells}
    with_spouse, without = (Numbered([made[id(cell)][place] for cell in scale.cells]) for place in (0, 1))
    return with_spouse, without


def four_scales(section: SectionId, factor: str, scale: Scale, abilities: Sequence[str]) -> tuple[FourScales, ...]:
    """A table that holds for every ability, with lines of their own for each: by column, then by ability."""
    reading, writing, listening, speaking = (scale_lines(section, f"{factor}.{name}", scale) for name in abilities)
    return tuple(zip(reading, writing, listening, speaking, strict=True))


def chart_lines(section: SectionId, factor: str, chart: Chart) -> Charts:
    """One line per row in each column."""
    made = {name: _pair(section, factor, cell, chart.maximum, chart.rule) for name, cell in chart.cells.items()}
    with_spouse, without = ({name: pair[place] for name, pair in made.items()} for place in (0, 1))
    return with_spouse, without


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


def part(lines: Lines, cap: Cap, place: int) -> Part:
    """Lines as they stand in the tables under one limit."""
    rows = total(lines)
    cut, points = within(lines, rows, cap, place)
    return Part(cut, points, rows)


def joined(parts: Sequence[Part], cap: Cap, place: int) -> Part:
    """Parts with limits of their own under one more limit."""
    lines = tuple(line for one in parts for line in one.lines)
    cut, points = within(lines, sum(one.points for one in parts), cap, place)
    return Part(cut, points, sum(one.rows for one in parts))


def four(scales: FourScales, levels: Levels) -> tuple[Lines, int]:
    """The lines of four abilities and their points; each stands by itself and is never averaged."""
    one, two, three, last = scales
    reading, writing, listening, speaking = levels
    lines = one[reading], two[writing], three[listening], last[speaking]
    return lines, lines[0].points + lines[1].points + lines[2].points + lines[3].points


def within(lines: Lines, points: int, cap: Cap, place: int) -> tuple[Lines, int]:
    """The lines with what lies above the limit taken off, and their points. ``points``: those before."""
    most = cap.points[place]
    return (lines, points) if points <= most else (limited(lines, cap, place), most)


def limited(lines: Lines, cap: Cap, place: int) -> Lines:
    """The lines with what lies above the limit taken off, from the last line backwards."""
    over = total(lines) - cap.points[place]
    if over <= 0:
        return lines
    cut = list(lines)
    for index in range(len(cut) - 1, -1, -1):
        off = min(over, cut[index].points)
        if off > 0:
            cut[index] = cut[index].cut(off, cap.rule.rule_id)
            over -= off
        if over <= 0:
            break
    return tuple(cut)


def _pair(section: SectionId, factor: str, cell: Cell, maximum: tuple[int, int], rule: Version) -> tuple[Line, Line]:
    return (
        _line(section, factor, cell.row, cell.points[0], maximum[0], rule),
        _line(section, factor, cell.row, cell.points[1], maximum[1], rule),
    )


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
