"""Switches: stop the page, the API or a channel, with a text for visitors and a reason for the log."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.intake.staff import switches
from bot.intake.staff.switches import SwitchError
from bot.web.staff.access import account_of
from bot.web.staff.rendering import back, form_of, page
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()
ADDRESS = "/staff/settings"


@routes.get(ADDRESS, needs="settings.change")
async def listing(request: web.Request) -> web.Response:
    return await _page(request)


@routes.post("/staff/settings/{name}", needs="settings.change")
async def turn(request: web.Request) -> web.Response:
    """``off``, ``en``, ``fr``, ``comment``."""
    form, name = await form_of(request), request.match_info["name"]
    state = request.app[STATE]
    try:
        await state.database.write(
            switches.turn,
            name,
            off=form.get("off") == "yes",
            texts={"en": form.get("en", ""), "fr": form.get("fr", "")},
            comment=form.get("comment", ""),
            by=account_of(request).email,
        )
    except SwitchError as error:
        if error.trouble == "name":
            raise web.HTTPNotFound from None
        return await _page(request, status=422, trouble=error.trouble, detail=error.detail, tried=name, form=form)
    state.conversations.board.set(await state.database.read(switches.switches))
    return back(ADDRESS, "settings_changed")


async def _page(request: web.Request, *, status: int = 200, **values: Any) -> web.Response:
    found = await request.app[STATE].database.read(switches.switches)
    values = {"trouble": "", "detail": "", "tried": "", "form": {}} | values
    return page(request, "settings.html", status=status, switches=found.values(), **values)
