"""Leads as files: the selection of the inbox as CSV or JSON, one lead as JSON. The audit log knows of each."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy.orm import Session

from bot.facts import vocabulary
from bot.intake import export, leads, subject
from bot.intake.export import COLUMNS, UnknownColumnError
from bot.intake.filters import Filters
from bot.intake.lead_values import UnknownLeadError
from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.knowledge.wording import label
from bot.web.problems import Problem
from bot.web.staff.access import account_of
from bot.web.staff.inbox import filters_of
from bot.web.staff.lead import number_of
from bot.web.staff.rendering import page, spoken
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()

Write = Callable[[Session, Seal], str]


@routes.get("/staff/export", needs="leads.export")
async def choose(request: web.Request) -> web.Response:
    """Which columns; the selection is that of the inbox."""
    facts = [(fact, label(fact, spoken(request))) for fact in vocabulary()]
    selection = list(request.query.items())
    return page(request, "export.html", columns=COLUMNS, facts=facts, selection=selection, query=request.query_string)


@routes.get("/staff/leads.csv", needs="leads.export")
async def as_csv(request: web.Request) -> web.Response:
    """``?column=`` several times, and the selection of the inbox."""
    columns = tuple(request.query.getall("column", ())) or tuple(COLUMNS)
    try:
        filters = _filters(request)
        text = await _written(request, "csv", lambda s, k: export.as_csv(s, k, filters, columns))
    except UnknownColumnError:
        raise Problem(400, "filter") from None
    return _file(f"leads-{date.today()}.csv", "text/csv", "\ufeff" + text)


@routes.get("/staff/leads.json", needs="leads.export")
async def as_json(request: web.Request) -> web.Response:
    filters = _filters(request)
    text = await _written(request, "json", lambda s, k: export.as_json(s, k, filters))
    return _file(f"leads-{date.today()}.json", "application/json", text)


@routes.get("/staff/leads/{lead}/data.json", needs="leads.export")
async def whole(request: web.Request) -> web.Response:
    """Everything that is kept of one person."""
    lead = number_of(request)

    def everything(session: Session, seal: Seal) -> str:
        conversation = leads.lead_row(session, lead).conversation_id
        found = subject.everything(session, seal, conversation, internal=True)
        return json.dumps(found, ensure_ascii=False, indent=2, default=str)

    try:
        text = await _written(request, "json", everything, f"lead:{lead}")
    except UnknownLeadError:
        raise web.HTTPNotFound from None
    return _file(f"L-{lead:04d}.json", "application/json", text)


def _filters(request: web.Request) -> Filters:
    query = {key: value for key, value in request.query.items() if value}
    try:
        return filters_of(request.query.getall, query, account_of(request))
    except (ValidationError, ValueError):
        raise Problem(400, "filter") from None


async def _written(request: web.Request, kind: str, write: Write, about: str = "leads") -> str:
    actor = account_of(request).email

    def both(session: Session, seal: Seal) -> str:
        audit.record(session, seal, actor=actor, action="lead.exported", subject=about, kind=kind)
        return write(session, seal)

    return await request.app[STATE].database.write(both)


def _file(name: str, content_type: str, text: str) -> web.Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(text=text, content_type=content_type, headers=headers)
