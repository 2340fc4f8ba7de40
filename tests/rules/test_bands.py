"""Rows of official tables that stand for several whole numbers."""

import pytest

from bot.rules.bands import bounds, check


@pytest.mark.parametrize(
    ("band", "edges"),
    [
        ("7", (7, 7)),
        ("20-29", (20, 29)),
        ("<=17", (0, 17)),
        ("<18", (0, 17)),
        (">=45", (45, None)),
        (">44", (45, None)),
    ],
)
def test_the_numbers_of_a_row(band: str, edges: tuple[int, int | None]) -> None:
    assert bounds(band) == edges


@pytest.mark.parametrize("band", ["29-20", "20-20"])
def test_a_row_of_two_numbers_rises(band: str) -> None:
    with pytest.raises(ValueError, match="runs backwards"):
        bounds(band)


def test_rows_begin_where_the_table_says() -> None:
    check(["<=17", "18-44", ">=45"])
    check(["4-6", ">=7"], first=4)
    with pytest.raises(ValueError, match="expected one that starts with 0"):
        check(["1-6", ">=7"])
