"""Coming in and going out: invitation, log-in, second factor, log-out."""

from __future__ import annotations

from aiohttp import web

from bot.intake.staff import accounts, login, passwords, second_factor, sessions
from bot.intake.staff.accounts import AccountError
from bot.web.problems import Problem
from bot.web.staff.access import VISIT, enter, leave
from bot.web.staff.rendering import back, form_of, page
from bot.web.staff.routing import ANYBODY, HALF_WAY, MEMBER, Routes
from bot.web.state import STATE
from bot.web.visitors import address_of

routes = Routes()


@routes.get("/staff/login", needs=ANYBODY)
async def login_page(request: web.Request) -> web.Response:
    return page(request, "login.html", trouble="", wait=0, email="", next=_next(request.query.get("next", "")))


@routes.post("/staff/login", needs=ANYBODY)
async def log_in(request: web.Request) -> web.Response:
    """``email``, ``password``, ``next``."""
    state = request.app[STATE]
    if wait := state.limits.login(address_of(request)):
        raise Problem(429, "rate", wait=wait)
    form = await form_of(request)
    email = form.get("email", "")
    outcome = await state.database.write(
        login.password,
        email=email,
        given=str((await request.post()).get("password", "")),
        address=address_of(request),
        agent=request.headers.get("User-Agent", ""),
    )
    where = _next(form.get("next", ""))
    if outcome.token is None:
        values = {"trouble": "password", "wait": outcome.wait, "email": email, "next": where}
        return page(request, "login.html", status=422, **values)
    response = back(f"/staff/second-factor?next={where}" if where != "/staff" else "/staff/second-factor")
    enter(request, response, outcome.token)
    return response


@routes.get("/staff/second-factor", needs=HALF_WAY)
async def second_page(request: web.Request) -> web.Response:
    """The code, or for an account without an authenticator application the way to one."""
    return _second(request, _next(request.query.get("next", "")))


@routes.post("/staff/second-factor", needs=HALF_WAY)
async def second_step(request: web.Request) -> web.Response:
    """``code``, ``next``; when enrolling also ``secret``."""
    database = request.app[STATE].database
    form = await form_of(request)
    visit, where = request[VISIT], _next(form.get("next", ""))
    if visit.stage == "enrol":
        secret = form.get("secret", "")
        enrolled = (
            await database.write(login.enrol, visit, secret, form.get("code", "")) if _is_secret(secret) else None
        )
        if enrolled is None:
            return _second(request, where, trouble="code", secret=secret if _is_secret(secret) else None)
        token, codes = enrolled
        response = page(request, "recovery_codes.html", codes=codes, next=where)
        enter(request, response, token)
        return response
    outcome = await database.write(login.code, visit, form.get("code", ""))
    if outcome.token is None:
        return _second(request, where, trouble="code", wait=outcome.wait)
    response = back(where)
    enter(request, response, outcome.token)
    return response


@routes.post("/staff/logout", needs=MEMBER)
async def log_out(request: web.Request) -> web.Response:
    visit = request[VISIT]
    await request.app[STATE].database.write(sessions.end, visit.id, visit.account.id)
    response = back("/staff/login", "logged_out")
    leave(request, response)
    return response


@routes.get("/staff/invitation/{token}", needs=ANYBODY)
async def invitation(request: web.Request) -> web.Response:
    account = await request.app[STATE].database.read(accounts.invited, request.match_info["token"])
    return page(request, "invitation.html", invited=account, trouble="", status=200 if account else 410)


@routes.post("/staff/invitation/{token}", needs=ANYBODY)
async def accept(request: web.Request) -> web.Response:
    """``password`` twice: ``password`` and ``again``."""
    state = request.app[STATE]
    if wait := state.limits.login(address_of(request)):
        raise Problem(429, "rate", wait=wait)
    token = request.match_info["token"]
    account = await state.database.read(accounts.invited, token)
    if account is None:
        return page(request, "invitation.html", invited=None, trouble="", status=410)
    given = await request.post()
    password = str(given.get("password", ""))
    own = (account.email.partition("@")[0], *account.name.split(), state.firm.name)
    trouble = "again" if password != given.get("again") else passwords.fault(password, own)
    if trouble:
        return page(request, "invitation.html", invited=account, trouble=trouble, status=422)
    try:
        await state.database.write(accounts.accept, token, password)
    except AccountError:
        return page(request, "invitation.html", invited=None, trouble="", status=410)
    return back("/staff/login", "password_set")


def _second(
    request: web.Request, where: str, *, trouble: str = "", wait: int = 0, secret: str | None = None
) -> web.Response:
    visit = request[VISIT]
    status = 422 if trouble else 200
    if visit.stage == "code":
        return page(request, "code.html", status=status, trouble=trouble, wait=wait, next=where)
    secret = secret or second_factor.new_secret()
    otpauth = second_factor.address(secret, visit.account.email, request.app[STATE].firm.name)
    picture = second_factor.picture(otpauth)
    return page(request, "enrol.html", status=status, trouble=trouble, next=where, secret=secret, picture=picture)


def _is_secret(secret: str) -> bool:
    """Whether it has the form of the secrets that we propose."""
    return len(secret) == 32 and all(character in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" for character in secret)


def _next(address: str) -> str:
    """Where to go after log-in: a page of the console and nowhere else."""
    ours = address.startswith("/staff/") and "\\" not in address and "//" not in address and address.isascii()
    return address if ours and address.isprintable() else "/staff"
