"""What waits for oneself today: notes that name one, tasks, conversations one holds, visitors who wait, deadlines."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from aiohttp import web
from sqlalchemy.orm import Session

from bot.intake import holding, inbox, leads, notes, tasks
from bot.intake.inbox import Filters
from bot.intake.order import order_of_work
from bot.intake.sealing import Seal
from bot.intake.staff import accounts
from bot.web.staff.access import account_of
from bot.web.staff.rendering import page
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()
MOST: Final = 10
"""Leads of each list; the rest is a link to the inbox."""


@routes.get("/staff/today", needs="leads.read")
async def today(request: web.Request) -> web.Response:
    day = date.today()
    found = await request.app[STATE].database.read(_read, account_of(request).id, day)
    return page(request, "today.html", today=day, soon_days=order_of_work().soon_days, **found)


def _read(session: Session, seal: Seal, staff_id: int, day: date) -> dict[str, Any]:
    soon = Filters(assignee=(staff_id,), due_by=day + timedelta(days=order_of_work().soon_days))
    mentions = notes.unseen_mentions(session, seal, staff_id)
    planned = tasks.tasks(session, seal, assignee_id=staff_id, open_only=True)
    return {
        "mentions": mentions,
        "tasks": planned,
        "held": holding.held_by(session, seal, staff_id),
        "waiting": inbox.page(session, seal, Filters(waiting_minutes=0), size=MOST).leads,
        "soon": inbox.page(session, seal, soon, sort="deadline", size=MOST).leads,
        "leads": leads.leads_by_id(session, seal, {one.lead_id for one in (*mentions, *planned)}),
        "people": {one.id: one for one in accounts.accounts(session, seal)},
    }
