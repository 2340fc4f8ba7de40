"""Tables of points, ready for look-up: by number, by name, by row and column, and their limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.rules.model import Version

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell of a table: the row it stands in, and its points with and without a spouse."""

    row: str
    points: Pair


@dataclass(frozen=True, eq=False)
class Scale:
    """A table by whole number from 0; the last cell holds for every larger number."""

    rule: Version
    cells: tuple[Cell, ...]

    @property
    def maximum(self) -> Pair:
        return _most(self.cells)

    @cached_property
    def first_paid(self) -> int:
        """The first number that earns anything."""
        return next(number for number, cell in enumerate(self.cells) if any(cell.points))

    @cached_property
    def rises(self) -> tuple[int, ...]:
        """The numbers that earn more than the one before, with a spouse."""
        return tuple(
            number
            for number in range(1, len(self.cells))
            if self.cells[number].points[0] > self.cells[number - 1].points[0]
        )

    @cached_property
    def falls(self) -> tuple[tuple[int, Pair], ...]:
        """The numbers that earn less than the one before in some column, each with what is lost in either."""
        before = ((number, self.cells[number - 1].points) for number in range(1, len(self.cells)))
        lost = ((number, _less(was, self.cells[number].points)) for number, was in before)
        return tuple((number, points) for number, points in lost if max(points) > 0)

    @cached_property
    def worst(self) -> int:
        """The first number with the fewest points."""
        return min(range(len(self.cells)), key=lambda number: self.cells[number].points)

    @cached_property
    def best(self) -> int:
        """The first number with the most points."""
        return max(range(len(self.cells)), key=lambda number: self.cells[number].points)


@dataclass(frozen=True, eq=False)
class Chart:
    """A table by name."""

    rule: Version
    cells: Mapping[str, Cell]

    def at(self, name: str) -> Cell:
        return self.cells[name]

    @property
    def maximum(self) -> Pair:
        return _most(tuple(self.cells.values()))

    @cached_property
    def best(self) -> str:
        """The name of the row with the most points."""
        return max(self.cells, key=lambda name: self.cells[name].points)


@dataclass(frozen=True, slots=True, eq=False)
class Cap:
    """The most that a group of lines can earn, with and without a spouse."""

    rule: Version
    points: Pair


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A table of combinations by row and column, both counted from 0."""

    rule: Version
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    points: tuple[tuple[int, ...], ...]

    @property
    def maximum(self) -> int:
        return max(max(row) for row in self.points)


def _less(was: Pair, now: Pair) -> Pair:
    return was[0] - now[0], was[1] - now[1]


def _most(cells: tuple[Cell, ...]) -> Pair:
    return max(cell.points[0] for cell in cells), max(cell.points[1] for cell in cells)
