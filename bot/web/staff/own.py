"""One's own account: language, password, recovery codes, the browsers that are logged in."""

from __future__ import annotations

from aiohttp import web

from bot.intake.staff import accounts, audit, login, passwords, sessions
from bot.web.staff.access import VISIT, enter
from bot.web.staff.rendering import back, form_of, page
from bot.web.staff.routing import MEMBER, Routes
from bot.web.state import STATE

routes = Routes()
ADDRESS = "/staff/account"


@routes.get(ADDRESS, needs=MEMBER)
async def own(request: web.Request) -> web.Response:
    return await _page(request)


@routes.post("/staff/account/language", needs=MEMBER)
async def language(request: web.Request) -> web.Response:
    """``language``."""
    asked = (await form_of(request)).get("language")
    visit = request[VISIT]
    await request.app[STATE].database.write(accounts.set_language, visit.account.id, "fr" if asked == "fr" else "en")
    return back(ADDRESS)


@routes.post("/staff/account/password", needs=MEMBER)
async def password(request: web.Request) -> web.Response:
    """``old``, ``password``, ``again``."""
    given = await request.post()
    visit, state = request[VISIT], request.app[STATE]
    new = str(given.get("password", ""))
    words = (visit.account.email.partition("@")[0], *visit.account.name.split(), state.firm.name)
    trouble = "again" if new != given.get("again") else passwords.fault(new, words)
    if trouble:
        return await _page(request, trouble)
    outcome = await state.database.write(login.change_password, visit, str(given.get("old", "")), new)
    if outcome.token is None:
        return await _page(request, "old_wrong")
    response = back(ADDRESS, "password_changed")
    enter(request, response, outcome.token)
    return response


@routes.post("/staff/account/recovery-codes", needs=MEMBER)
async def recovery_codes(request: web.Request) -> web.Response:
    visit, database = request[VISIT], request.app[STATE].database
    codes = await database.write(login.new_recovery_codes, visit.account.id)
    await database.write(audit.record, actor=visit.account.email, action="account.recovery_codes")
    return page(request, "recovery_codes.html", codes=codes, next=ADDRESS)


@routes.post("/staff/account/sessions/{session}/end", needs=MEMBER)
async def end_session(request: web.Request) -> web.Response:
    number = request.match_info["session"]
    if number.isdigit():
        await request.app[STATE].database.write(sessions.end, int(number), request[VISIT].account.id)
    return back(ADDRESS, "session_ended")


async def _page(request: web.Request, trouble: str = "") -> web.Response:
    visit = request[VISIT]
    found = await request.app[STATE].database.read(sessions.of, visit.account.id)
    return page(request, "own.html", status=422 if trouble else 200, sessions=found, here=visit.id, trouble=trouble)
