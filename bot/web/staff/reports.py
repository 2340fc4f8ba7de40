"""Reports: counts of days, and nothing that tells of one person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from aiohttp import web

from bot.intake import tallies
from bot.web.problems import Problem
from bot.web.staff import pictures
from bot.web.staff.rendering import page, words_of
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()
DAYS: Final = (7, 30, 90)
MOST_DAYS: Final = 366
MOST_QUESTIONS: Final = 8


@routes.get("/staff/reports", needs="reports.read")
async def report(request: web.Request) -> web.Response:
    """``?days=30``, or ``?first=&last=``."""
    today = datetime.now(UTC).date()
    first, last = _days(request, today)
    found = await request.app[STATE].database.read(tallies.report, first, last)
    words = words_of(request)
    conversations, leads = sum(found.conversations.values()), sum(found.leads.values())
    steps = [
        (words.say("reports.conversations"), conversations),
        (words.say("reports.completed"), found.completed),
        (words.say("reports.leads"), leads),
    ]
    dropped = [(words.maybe(f"fact.{fact}.label", fact), count) for fact, count in found.dropped.items()]
    busiest = [(words.short_day(day), count) for day, count in found.leads.items()]
    return page(
        request,
        "reports.html",
        report=found,
        days=DAYS,
        funnel=pictures.funnel(words.say("reports.funnel"), steps, words),
        dropped=pictures.funnel(words.say("reports.dropped"), dropped[:MOST_QUESTIONS], words) if dropped else "",
        by_day=pictures.funnel(words.say("reports.by_day"), busiest[-14:], words) if busiest else "",
    )


def _days(request: web.Request, today: date) -> tuple[date, date]:
    """Raises ``Problem`` 400 for days that are none, or too many."""
    try:
        days = int(request.query.get("days", "30"))
        last = date.fromisoformat(request.query["last"]) if request.query.get("last") else today
        given = request.query.get("first")
        first = date.fromisoformat(given) if given else last - timedelta(days=days - 1)
    except (ValueError, OverflowError):
        raise Problem(400, "filter") from None
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Problem(400, "filter")
    return first, last
