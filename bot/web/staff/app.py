"""The console as an application of its own inside the server: its routes, headers and errors."""

from __future__ import annotations

from aiohttp import web

from bot.web.problems import as_problem
from bot.web.staff import (
    accounts,
    audit,
    board,
    bulk,
    compliance,
    content,
    conversations,
    entrance,
    export,
    inbox,
    lead,
    lead_facts,
    lead_work,
    outbox,
    own,
    replies,
    reports,
    settings,
    subscribers,
    today,
)
from bot.web.staff.access import guarded
from bot.web.staff.rendering import ENVIRONMENT, STATIC, environment, page
from bot.web.staff.routing import Handler, Route
from bot.web.state import STATE, State

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def routes() -> list[Route]:
    """Every route of the console."""
    daily = (entrance, own, today, inbox, board, export, bulk, lead, lead_work, lead_facts, conversations, replies)
    modules = (*daily, content, compliance, reports, outbox, subscribers, accounts, audit, settings)
    return [route for module in modules for route in module.routes]


def staff_app(state: State) -> web.Application:
    app = web.Application(middlewares=[errors])
    app[STATE] = state
    app[ENVIRONMENT] = environment()
    for route in routes():
        app.router.add_route(route.method, route.path.removeprefix("/staff"), guarded(route))
    app.router.add_static("/static", STATIC)
    app.on_response_prepare.append(add_headers)
    return app


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever goes wrong, as a page."""
    try:
        return await handler(request)
    except Exception as error:
        if isinstance(error, web.HTTPException) and error.status < web.HTTPBadRequest.status_code:
            raise
        found = as_problem(error, request.path)
        return page(request, "problem.html", status=found.status, code=found.code, error=found.error)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """After those of the whole server: nothing of the console is framed, and nothing of it is kept by a browser."""
    response.headers["Content-Security-Policy"] = POLICY
    if request.path.startswith("/staff/static/"):
        lasting = "v" in request.query and response.status == web.HTTPOk.status_code
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
    else:
        response.headers["Cache-Control"] = "no-store"
