"""The pipeline as a board: a column for each status, a card for each lead, moved by the allowed moves alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from aiohttp import web
from sqlalchemy.orm import Session

from bot.intake import inbox, work
from bot.intake.inbox import Filters
from bot.intake.lead_values import Lead, StaleLeadError, UnknownLeadError
from bot.intake.pipeline import MoveError, Status, pipeline
from bot.intake.sealing import Seal
from bot.intake.staff import accounts, audit
from bot.web.staff.access import account_of
from bot.web.staff.lead import number_of
from bot.web.staff.rendering import back, form_of, page
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()
CARDS: Final = 12
"""Of each status; the rest is a link to the inbox."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A status with its first leads in the order of work; ``count``: how many there are (``inbox.count``)."""

    status: Status
    leads: tuple[Lead, ...]
    count: int


@routes.get("/staff/board", needs="leads.read")
async def board(request: web.Request) -> web.Response:
    """``?assignee=me``: one's own alone."""
    return await _page(request)


@routes.post("/staff/board/{lead}", needs="leads.work")
async def move(request: web.Request) -> web.Response:
    """``status``, ``version``, ``assignee`` (of the board as it was shown)."""
    form, lead, account = await form_of(request), number_of(request), account_of(request)
    status = form.get("status", "")
    expected = int(form["version"]) if form.get("version", "").isdigit() else None

    def both(session: Session, seal: Seal) -> None:
        work.move(session, seal, lead, status, staff_id=account.id, expected=expected)
        audit.record(session, seal, actor=account.email, action="lead.moved", subject=f"lead:{lead}", status=status)

    try:
        await request.app[STATE].database.write(both)
    except StaleLeadError:
        return await _page(request, status=409, trouble="stale", moved=lead)
    except MoveError as error:
        return await _page(request, status=422, trouble=error.reason, moved=lead)
    except UnknownLeadError:
        raise web.HTTPNotFound from None
    mine = "?assignee=me" if form.get("assignee") == "me" else ""
    return back(f"/staff/board{mine}#lead-{lead}", "moved")


async def _page(request: web.Request, *, status: int = 200, trouble: str = "", moved: int = 0) -> web.Response:
    mine = (request.query.get("assignee") or (await form_of(request)).get("assignee")) == "me"
    assignee = (account_of(request).id,) if mine else ()
    lanes, people = await request.app[STATE].database.read(_read, assignee)
    names = [lane.status for lane in lanes]
    return page(
        request,
        "board.html",
        status=status,
        lanes=[lane for lane in lanes if not lane.status.closed],
        closed=[lane for lane in lanes if lane.status.closed],
        moves={one.id: [target for target in names if target.id in one.to] for one in names},
        people=people,
        mine=mine,
        most=inbox.MOST_COUNTED,
        today=date.today(),
        trouble=trouble,
        moved=moved,
    )


def _read(session: Session, seal: Seal, assignee: tuple[int, ...]) -> tuple[list[Lane], dict[int, Any]]:
    lanes = []
    for status in pipeline().statuses:
        filters = Filters(open=not status.closed, status=(status.id,), assignee=assignee)
        found = () if status.closed else inbox.page(session, seal, filters, size=CARDS).leads
        lanes.append(Lane(status, found, inbox.count(session, seal, filters)))
    return lanes, {one.id: one for one in accounts.accounts(session, seal)}
