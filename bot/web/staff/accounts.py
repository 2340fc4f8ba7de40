"""Accounts: invite, change role and licence, disable, reset."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.intake.staff import accounts
from bot.intake.staff.accounts import AccountError, UnknownAccountError
from bot.web.staff.access import account_of
from bot.web.staff.rendering import back, form_of, page
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()
ADDRESS = "/staff/accounts"


@routes.get(ADDRESS, needs="accounts.manage")
async def listing(request: web.Request) -> web.Response:
    return await _page(request)


@routes.post("/staff/accounts/invite", needs="accounts.manage")
async def invite(request: web.Request) -> web.Response:
    """``email``, ``name``, ``role``, ``language``, ``licence_no``, ``licence_body``."""
    form = await form_of(request)
    try:
        made, token = await request.app[STATE].database.write(
            accounts.invite,
            email=form.get("email", ""),
            name=form.get("name", ""),
            role=form.get("role", ""),
            language="fr" if form.get("language") == "fr" else "en",
            licence_no=form.get("licence_no", ""),
            licence_body="law_society" if form.get("licence_body") == "law_society" else "college",
            by=account_of(request).email,
        )
    except AccountError as error:
        return await _page(request, status=422, trouble=error.trouble, form=form)
    return await _page(request, link=_link(request, token), invited=made.email)


@routes.post("/staff/accounts/{account}/change", needs="accounts.manage")
async def change(request: web.Request) -> web.Response:
    """``role``, ``licence_no``, ``licence_body``, ``disabled``."""
    form = await form_of(request)
    try:
        await request.app[STATE].database.write(
            accounts.change,
            _number(request),
            by=account_of(request).email,
            role=form.get("role", ""),
            licence_no=form.get("licence_no", ""),
            licence_body="law_society" if form.get("licence_body") == "law_society" else "college",
            disabled=form.get("disabled") == "yes",
        )
    except AccountError as error:
        return await _page(request, status=422, trouble=error.trouble)
    except UnknownAccountError:
        raise web.HTTPNotFound from None
    return back(ADDRESS, "account_changed")


@routes.post("/staff/accounts/{account}/reset", needs="accounts.manage")
async def reset(request: web.Request) -> web.Response:
    """A new one-time link; password, second factor and sessions of the account are gone."""
    database, number = request.app[STATE].database, _number(request)
    try:
        found = await database.read(accounts.account, number)
        token = await database.write(accounts.reset, number, by=account_of(request).email)
    except UnknownAccountError:
        raise web.HTTPNotFound from None
    return await _page(request, link=_link(request, token), invited=found.email)


async def _page(request: web.Request, *, status: int = 200, **values: Any) -> web.Response:
    found = await request.app[STATE].database.read(accounts.accounts)
    values = {"trouble": "", "link": "", "invited": "", "form": {}} | values
    return page(request, "accounts.html", status=status, accounts=found, **values)


def _link(request: web.Request, token: str) -> str:
    return f"{request.app[STATE].settings.public_url}/staff/invitation/{token}"


def _number(request: web.Request) -> int:
    digits = request.match_info["account"]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise web.HTTPNotFound
    return int(digits)
