"""Lines of the score, made once per set of points, and the limits that cut them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import TypeVar

from bot.assessment.model import Line, SectionId
from bot.rules.bands import flatten
from bot.rules.model import Version
from bot.rules.score import Cap, Cell, Chart, Grid, Scale

# Index 0: with an accompanying spouse or partner; 1: without.
Columns = tuple[Line, Line]
Entry = TypeVar("Entry")
BELOW = "below"
_points = attrgetter("points")


def column(with_spouse: bool) -> int:
    """The place of a column in a pair."""
    return 0 if with_spouse else 1


def scale_lines(section: SectionId, factor: str, scale: Scale) -> tuple[Columns, ...]:
    """One pair of lines per whole number."""
    made = {id(cell): _pair(section, factor, cell, scale.maximum, scale.rule) for cell in scale.cells}
    return tuple(made[id(cell)] for cell in scale.cells)


def chart_lines(section: SectionId, factor: str, chart: Chart) -> Mapping[str, Columns]:
    """One pair of lines per row."""
    return {name: _pair(section, factor, cell, chart.maximum, chart.rule) for name, cell in chart.cells.items()}


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


def limited(lines: tuple[Line, ...], cap: Cap, place: int) -> tuple[Line, ...]:
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


def _pair(section: SectionId, factor: str, cell: Cell, maximum: tuple[int, int], rule: Version) -> Columns:
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
