"""Tables of points by number whose two columns go different ways, as no table in force does."""

from __future__ import annotations

import pytest

from bot.rules import rulebook
from bot.rules.tables import Cell, Chart, Pair, Scale

RULE = rulebook()["crs.core.age"].versions[0]
NOTHING = (0, 0)


def scale(*points: Pair) -> Scale:
    """Points with and without a spouse for the numbers from 0 on."""
    return Scale(RULE, tuple(Cell(str(number), pair) for number, pair in enumerate(points)))


@pytest.mark.parametrize(
    ("points", "first"), [([NOTHING, (0, 5), (5, 5)], 1), ([NOTHING, NOTHING, (5, 0)], 2), ([(1, 1)], 0)]
)
def test_a_number_that_earns_in_one_column_earns_something(points, first):
    assert scale(*points).first_paid == first


def test_what_rises_with_a_spouse():
    assert scale(NOTHING, (1, 1), (1, 4), (3, 4), (3, 3), (2, 5)).rises == (1, 3)


def test_what_falls_in_either_column_is_named_with_what_it_costs_in_both():
    falls = scale((3, 3), (3, 2), (5, 5), (5, 3), (2, 4), (2, 4)).falls
    assert falls == ((1, (0, 1)), (3, (0, 2)), (4, (3, -1)))


def test_the_first_number_with_the_fewest_and_with_the_most_points():
    whole = scale((2, 2), NOTHING, (5, 6), NOTHING, (5, 6))
    assert (whole.worst, whole.best) == (1, 2)


def test_each_column_has_its_own_maximum():
    assert scale((5, 1), (2, 6)).maximum == (5, 6)
    assert Chart(RULE, {"low": Cell("low", (5, 1)), "high": Cell("high", (2, 6))}).maximum == (5, 6)
