"""Days, years and ages as the rules count them."""

from __future__ import annotations

from datetime import MAXYEAR, date


def years_after(day: date, years: int) -> date:
    """The same day ``years`` later: 1 March where there is no 29 February, the last day there is beyond year 9999."""
    if day.year + years > MAXYEAR:
        return date.max
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def age_on(born: date, day: date) -> int:
    """Age in whole years; somebody born on 29 February has a birthday on 1 March of other years."""
    return max(0, day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
