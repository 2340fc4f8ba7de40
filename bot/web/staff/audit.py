"""The audit log as a page."""

from __future__ import annotations

from aiohttp import web

from bot.intake.staff import audit
from bot.web.staff.rendering import page
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()


@routes.get("/staff/audit", needs="audit.read")
async def listing(request: web.Request) -> web.Response:
    """``?actor=&action=&subject=&before=``; newest first, a hundred at a time."""
    filters = {key: request.query.get(key, "").strip() for key in ("actor", "action", "subject")}
    before = request.query.get("before", "")
    found = await request.app[STATE].database.read(
        audit.entries, before=int(before) if before.isascii() and before.isdigit() else None, **filters
    )
    more = found[-1].id if len(found) == audit.PAGE else None
    return page(request, "audit.html", entries=found, more=more, filters=filters, verdict=None)


@routes.post("/staff/audit/verify", needs="audit.read")
async def verify(request: web.Request) -> web.Response:
    """Compute the chain anew."""
    database = request.app[STATE].database
    verdict, found = await database.read(audit.verify), await database.read(audit.entries)
    filters = {"actor": "", "action": "", "subject": ""}
    more = found[-1].id if len(found) == audit.PAGE else None
    return page(request, "audit.html", entries=found, more=more, filters=filters, verdict=verdict)
