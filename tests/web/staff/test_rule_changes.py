"""What is shown as changed between two versions of a rule."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

import pytest

from bot.web.staff.rule_changes import MOST, changes
from tests.databases import sqlite_url as database_url

__all__ = ["database_url"]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (50, 0, [("", 50, 0)]),
        ({"a": 1, "b": {"c": 2}}, {"a": 1, "b": {"c": 3}}, [("b.c", 2, 3)]),
        (["21300", "21301"], ["21301", "21400"], [("21300", "21300", None), ("21400", None, "21400")]),
        ([{"size": 1, "cad": 10}], [{"size": 1, "cad": 11}], [("1", (10,), (11,))]),
        ({"a": 1}, None, [("a", 1, None)]),
        ({"a": [1, 2]}, {"a": [2, 1]}, []),
    ],
)
def test_each_place_that_differs_is_named_with_both_values(before: Any, after: Any, found: list[Any]) -> None:
    assert [(one.place, one.before, one.after) for one in changes(before, after)] == found


def test_a_whole_new_table_is_cut() -> None:
    assert len(changes([], list(range(1000)))) == MOST + 1


async def test_the_page_of_a_rule_tells_what_changed(member: Callable[..., Any]) -> None:
    page = html.unescape(await (await member("reader")).sees("/staff/rules/crs.additional.french"))
    assert "Changed since the version before" in page
    assert "15 → 25" in page
    assert "30 → 50" in page
