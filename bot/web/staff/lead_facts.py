"""The facts of a lead as one form: recorded for the lead, or assessed as a copy that leaves it as it is."""

from __future__ import annotations

from datetime import date

from aiohttp import web

from bot.facts import vocabulary
from bot.intake import leads, together
from bot.intake.lead_values import LeadFile, UnknownLeadError
from bot.knowledge.occupations import occupation_titles
from bot.web.staff.fact_fields import Filled, fields, read
from bot.web.staff.lead import number_of
from bot.web.staff.lead_work import changing, do, version_in
from bot.web.staff.rendering import back, form_of, page, spoken
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()


@routes.get("/staff/leads/{lead}/facts", needs="leads.work")
async def edit(request: web.Request) -> web.Response:
    """``?fact=``: which one the page begins at."""
    return _form(request, await _file(request))


@routes.post("/staff/leads/{lead}/facts", needs="leads.work")
@changing
async def record(request: web.Request) -> web.Response:
    """A field for each fact, and ``version``: what the visitor told a person; the lead is assessed again."""
    form, file = await form_of(request), await _file(request)
    filled = read(form, file.facts, spoken(request))
    if filled.wrong:
        return _form(request, file, filled)
    lead = number_of(request)
    if not filled.changes:
        return back(f"/staff/leads/{lead}", "unchanged")
    told = {"facts": sorted(filled.changes)}
    return await do(request, "facts", told, leads.tell_facts, lead, filled.changes, expected=version_in(form))


@routes.post("/staff/leads/{lead}/again", needs="leads.work")
@changing
async def again(request: web.Request) -> web.Response:
    """``as_of``, and fields of facts: assess on another day or with other facts, as a copy."""
    form, file = await form_of(request), await _file(request)
    filled = read(form, file.facts, spoken(request))
    if filled.wrong:
        return _form(request, file, filled)
    day = date.fromisoformat(form["as_of"]) if form.get("as_of") else date.today()
    edits = filled.changes
    return await do(request, "copied", {}, together.run_again, number_of(request), as_of=day, edits=edits)


async def _file(request: web.Request) -> LeadFile:
    try:
        return await request.app[STATE].database.read(leads.get_lead, number_of(request))
    except UnknownLeadError:
        raise web.HTTPNotFound from None


def _form(request: web.Request, file: LeadFile, filled: Filled | None = None) -> web.Response:
    language = spoken(request)
    return page(
        request,
        "lead_facts.html",
        status=422 if filled else 200,
        lead=file.lead,
        fields=fields(file.facts, language, filled),
        topics=vocabulary().topics,
        occupations=occupation_titles(language),
        today=date.today(),
        wrong=bool(filled),
        chosen=request.query.get("fact", ""),
    )
