"""Prepared replies: read by all who read leads, written by those whose role allows it."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.intake.staff import replies
from bot.intake.staff.replies import ReplyError
from bot.web.staff.access import account_of
from bot.web.staff.lead import number_of
from bot.web.staff.rendering import back, form_of, page
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()
ADDRESS = "/staff/replies"


@routes.get(ADDRESS, needs="leads.read")
async def listing(request: web.Request) -> web.Response:
    return await _page(request)


@routes.post(ADDRESS, needs="replies.write")
async def write(request: web.Request) -> web.Response:
    """``title``, ``en``, ``fr``."""
    form = await form_of(request)
    texts = {"en": form.get("en", ""), "fr": form.get("fr", "")}
    try:
        await request.app[STATE].database.write(replies.keep, form.get("title", ""), **texts, by=account_of(request))
    except ReplyError as error:
        return await _page(request, status=422, trouble=error.trouble, detail=error.detail, form=form)
    return back(ADDRESS, "reply_written")


@routes.post("/staff/replies/{reply}/drop", needs="replies.write")
async def drop(request: web.Request) -> web.Response:
    await request.app[STATE].database.write(replies.drop, number_of(request, "reply"), by=account_of(request))
    return back(ADDRESS, "reply_dropped")


async def _page(request: web.Request, *, status: int = 200, **values: Any) -> web.Response:
    found = await request.app[STATE].database.read(replies.replies)
    values = {"trouble": "", "detail": "", "form": {}} | values
    return page(request, "replies.html", status=status, replies=found, **values)
