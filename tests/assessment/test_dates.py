"""Days, years and ages as the rules count them, at the edges of the calendar."""

from datetime import date

import pytest

from bot.assessment.dates import age_on, years_after
from bot.assessment.work import years_after as end_of_window
from bot.assessment.work import years_before


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2024, 11, 22), 2, date(2026, 11, 22)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 5, date(2029, 3, 1)),
        (date(9994, 6, 1), 5, date(9999, 6, 1)),
        (date(9995, 6, 1), 5, date.max),
    ],
    ids=["plain", "leap to leap", "a year without 29 February", "the last year", "beyond the calendar"],
)
def test_the_same_day_in_a_later_year(day: date, years: int, later: date) -> None:
    assert years_after(day, years) == later


@pytest.mark.parametrize(
    ("day", "years", "earlier"),
    [
        (date(2026, 10, 1), 3, date(2023, 10, 1)),
        (date(2028, 2, 29), 3, date(2025, 2, 28)),
        (date(4, 6, 1), 3, date(1, 6, 1)),
        (date(3, 6, 1), 3, date.min),
    ],
    ids=["plain", "a year without 29 February", "the first year", "before the calendar"],
)
def test_the_first_day_of_a_window_of_years(day: date, years: int, earlier: date) -> None:
    assert years_before(day, years) == earlier


def test_a_window_of_years_that_ends_in_the_last_year() -> None:
    assert end_of_window(date(9996, 6, 1), 3) == date(9999, 6, 1)
    assert end_of_window(date(9997, 6, 1), 3) == date.max


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1996, 11, 22), date(2026, 11, 21), 29),
        (date(1996, 11, 22), date(2026, 11, 22), 30),
        (date(1996, 2, 29), date(2026, 2, 28), 29),
        (date(1996, 2, 29), date(2026, 3, 1), 30),
        (date(2026, 11, 23), date(2026, 11, 22), 0),
    ],
    ids=["day before", "birthday", "born on 29 February, day before", "its birthday", "not born yet"],
)
def test_age_in_whole_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
