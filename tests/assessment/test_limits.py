"""How a limit cuts lines: from the last one backwards, no more than needed, and only what was cut is marked."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assessment.crs.lines import Limit, limit, limited
from bot.assessment.model import Line
from bot.rules import rulebook
from bot.rules.tables import Cap

RULE = rulebook().at(date(2026, 11, 2)).version("crs.transferability_cap")


def lines(*points: int) -> tuple[Line, ...]:
    return tuple(
        Line("core", f"core.{place}", "row", each, each, each, None, "crs.core.age", "https://", date(2017, 6, 6))
        for place, each in enumerate(points)
    )


@pytest.mark.parametrize(
    ("points", "most", "left"),
    [
        ((30, 20), 50, (30, 20)),
        ((30, 21), 50, (30, 20)),
        ((30, 20, 10), 50, (30, 20, 0)),
        ((30, 20, 10), 45, (30, 15, 0)),
        ((30, 20, 10), 29, (29, 0, 0)),
        ((30, 20, 10), 0, (0, 0, 0)),
        ((30, 30, 0), 50, (30, 20, 0)),
        ((25, 25), 49, (25, 24)),
        ((), 0, ()),
    ],
)
def test_what_is_left(points, most, left):
    before = lines(*points)
    after, together = limited(before, Limit(most, RULE.rule_id))
    assert tuple(line.points for line in after) == left
    assert together == sum(left)
    assert tuple(line.row_points for line in after) == points
    marked = tuple(line.cap is not None for line in after)
    assert marked == tuple(now < was for now, was in zip(left, points, strict=True))
    assert {line.cap for line in after} <= {None, "crs.transferability_cap"}


def test_the_column_decides_the_limit():
    cap = Cap(RULE, (22, 24))
    for place, most in enumerate((22, 24)):
        assert sum(line.points for line in limited(lines(6, 6, 6, 6), limit(cap, place))[0]) == most
