"""The inbox: leads by the order of work, filtered by the address, so that every selection can be kept as a link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, cast, get_args

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy.orm import Session

from bot.assessment.model import PROGRAMS
from bot.facts import vocabulary
from bot.intake import inbox, work
from bot.intake.filters import Filters
from bot.intake.inbox import CursorError, Sort
from bot.intake.order import order_of_work
from bot.intake.pipeline import pipeline
from bot.intake.sealing import Seal
from bot.intake.staff import accounts, views
from bot.intake.staff.accounts import Account
from bot.rules import rulebook
from bot.web.problems import Problem
from bot.web.staff.access import account_of
from bot.web.staff.rendering import back, form_of, page
from bot.web.staff.routing import MEMBER, Routes
from bot.web.state import STATE

routes = Routes()

SORTS: Final[tuple[Sort, ...]] = get_args(Sort)
FLAGS: Final = ("urgent", "contradictions", "high_risks", "may_write")
VIEWS: Final[Mapping[str, str]] = {
    "work": "",
    "mine": "assignee=me",
    "unassigned": "assignee=none",
    "soon": "due={soon}&sort=deadline",
    "waiting": "waiting=5",
    "rules": "rules=other",
    "closed": "open=closed&sort=activity",
}
"""Selections that everybody has: their query, and their name in ``console.inbox.view.<id>``."""


@routes.get("/staff", needs=MEMBER)
async def beginning(request: web.Request) -> web.Response:
    """The first section that one may see."""
    return back("/staff/leads" if account_of(request).may("leads.read") else "/staff/reports")


@routes.post("/staff/views", needs="leads.read")
async def save_view(request: web.Request) -> web.Response:
    """``name``, ``query``, ``shared``: for everybody, from those who may change settings."""
    form, account = await form_of(request), account_of(request)
    shared = form.get("shared") == "yes" and account.may("settings.change")
    name, query = form.get("name", ""), form.get("query", "").rstrip("&")
    try:
        await request.app[STATE].database.write(views.save, account.id, name, query, shared=shared)
    except ValueError:
        raise Problem(422, "view") from None
    return back(f"/staff/leads?{query}", "view_saved")


@routes.post("/staff/views/{view}/forget", needs="leads.read")
async def forget_view(request: web.Request) -> web.Response:
    account, number = account_of(request), request.match_info["view"]
    if number.isascii() and number.isdigit() and len(number) < 10:
        for shared in (False, account.may("settings.change")):
            await request.app[STATE].database.write(views.forget, account.id, int(number), shared=shared)
    return back("/staff/leads", "view_forgotten")


@routes.get("/staff/leads", needs="leads.read")
async def listing(request: web.Request) -> web.Response:
    """``?q=&status=&assignee=&sort=…&after=``; see ``filters_of``."""
    account = account_of(request)
    query = {key: value for key, value in request.query.items() if value}
    sort = cast(Sort, query["sort"] if query.get("sort") in SORTS else "work")
    try:
        filters = filters_of(request.query.getall, query, account)
        place = query.get("after"), query.get("before")
        found = await request.app[STATE].database.read(_read, filters, sort, *place, account.id)
    except (CursorError, ValidationError, ValueError):
        raise Problem(400, "filter") from None
    return page(
        request,
        "inbox.html",
        query=query,
        chosen={key: request.query.getall(key, []) for key in ("status", "label")},
        sort=sort,
        sorts=SORTS,
        statuses=pipeline().statuses,
        programs=PROGRAMS,
        flags=FLAGS,
        stages=vocabulary()["stage"].values,
        views={key: value.format(soon=order_of_work().soon_days) for key, value in VIEWS.items()},
        today=date.today(),
        address=_address(request),
        **found,
    )


def filters_of(every: Any, query: Mapping[str, str], account: Account) -> Filters:
    """The filters in a query string. Raises ``ValueError`` for what is none.

    ``q`` search; ``open``: closed or all; ``status`` and ``label`` several times; ``assignee``: me, none
    or a number; ``cec``, ``fsw``, ``fst``: yes, no or cannot_tell; ``score_from``, ``score_to``; ``due``: within so
    many days; ``waiting``: for so many minutes; ``rules``: other, for leads assessed under other rules
    than today's; ``urgent``, ``contradictions``, ``high_risks``, ``may_write``: yes or no; ``stage``, ``language``,
    ``channel``.
    """
    assignee = query.get("assignee", "")
    due, received = query.get("due"), query.get("received")
    given: dict[str, Any] = {
        "open": {"closed": False, "all": None}.get(query.get("open", ""), True),
        "status": tuple(every("status", [])),
        "labels": tuple(label for label in every("label", []) if label),
        "assignee": (account.id,) if assignee == "me" else (int(assignee),) if assignee not in ("", "none") else (),
        "unassigned": assignee == "none",
        "programs": {program: query[program] for program in PROGRAMS if program in query},
        "score_from": query.get("score_from"),
        "score_to": query.get("score_to"),
        "due_by": date.today() + timedelta(days=int(due)) if due else None,
        "waiting_minutes": query.get("waiting"),
        "stage": (query["stage"],) if "stage" in query else (),
        "language": (query["language"],) if "language" in query else (),
        "channel": (query["channel"],) if "channel" in query else (),
        "received_from": datetime.now(UTC) - timedelta(days=int(received)) if received else None,
        "other_rules": rulebook().at(date.today()).version("crs.set").value if query.get("rules") == "other" else None,
        "search": query.get("q", ""),
    }
    given |= {flag: query[flag] == "yes" for flag in FLAGS if flag in query}
    return Filters.model_validate(given)


def _read(
    session: Session, seal: Seal, filters: Filters, sort: Sort, after: str | None, before: str | None, staff_id: int
) -> dict[str, Any]:
    return {
        "page": inbox.page(session, seal, filters, sort=sort, after=after, before=before),
        "count": inbox.count(session, seal, filters),
        "most": inbox.MOST_COUNTED,
        "saved": views.views(session, seal, staff_id),
        "labels": [label for label, _ in work.known_labels(session, seal)],
        "people": {one.id: one for one in accounts.accounts(session, seal)},
    }


def _address(request: web.Request) -> str:
    """The selection without its place in the pages, ready for another parameter."""
    kept = request.url.without_query_params("after", "before", "done").query_string
    return f"/staff/leads?{kept}{'&' if kept else ''}"
