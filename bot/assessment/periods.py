"""When a period ends that a rule counts from a day: tests, assessments, profiles, deadlines."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from bot.assessment.dates import years_after
from bot.rules import Rules

MONTHS_OF_A_YEAR = 12


def ends(start: date, rules: Rules, rule_id: str) -> date | None:
    """The day on which the period of a rule is over, by its unit: years, months or days.

    For a validity it is the first day on which the thing no longer counts, for a deadline the last day in time. None
    where no rule stands, or the calendar does not reach that far.
    """
    if not rules.has(rule_id):
        return None
    version = rules.version(rule_id)
    try:
        match version.unit:
            case "years":
                return years_after(start, version.value)
            case "months":
                return months_after(start, version.value)
            case _:
                return start + timedelta(days=version.value)
    except (OverflowError, ValueError):
        return None


def months_after(day: date, months: int) -> date:
    """The same day that many months later; the last day of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, MONTHS_OF_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
