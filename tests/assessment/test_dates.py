"""Days, years and ages as the rules count them, at the edges of the calendar."""

from datetime import date

import pytest

from bot.assessment.dates import age_on, years_after


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
