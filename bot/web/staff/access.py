"""Who is in front of the console, and whether this request may be: session, origin, token, permission."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlsplit

from aiohttp import web

from bot.intake.staff import sessions
from bot.intake.staff.accounts import Account
from bot.intake.staff.sessions import Visit
from bot.web.problems import Problem
from bot.web.staff.routing import ANYBODY, HALF_WAY, MEMBER, Handler, Route
from bot.web.state import STATE

LOCAL: Final = ("localhost", "127.0.0.1", "[::1]")
SAFE: Final = ("GET", "HEAD")
FORM_HEADER: Final = "X-CSRF-Token"

VISIT: web.RequestKey[Visit] = web.RequestKey("visit", Visit)


def guarded(route: Route) -> Handler:
    """The route's handler behind everything that has to hold first."""

    async def handler(request: web.Request) -> web.StreamResponse:
        _only_encrypted(request)
        visit = await _visit(request)
        if visit is not None:
            request[VISIT] = visit
        if route.method not in SAFE:
            _own_origin(request)
            await _own_form(request)
        if away := _away(request, route, visit):
            return away
        return await route.handler(request)

    return handler


def account_of(request: web.Request) -> Account:
    """Who is logged in. Only in handlers of routes that need it."""
    return request[VISIT].account


def visit_of(request: web.Request) -> Visit | None:
    return request.get(VISIT)


def enter(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Give the browser the token of its session."""
    _set(request, response, "staff", token)


def leave(request: web.Request, response: web.StreamResponse) -> None:
    secure = _secure(request)
    response.del_cookie(_name(request, "staff"), path="/", secure=secure, httponly=True, samesite="Lax")


def form_token(request: web.Request) -> str:
    """What every form has to send back: bound to the session, or before there is one to a cookie of the browser."""
    return _token_for(request, request.cookies.get(_name(request, "staff")) or _browser_key(request))


def remember_browser(request: web.Request, response: web.StreamResponse) -> None:
    """Set the cookie that forms before log-in are bound to, if this answer made it."""
    if (key := request.get("browser_key")) is not None:
        _set(request, response, "staff-form", key)


async def _visit(request: web.Request) -> Visit | None:
    token = request.cookies.get(_name(request, "staff"))
    if not token:
        return None
    database = request.app[STATE].database
    visit = await database.read(sessions.find, token)
    if visit and datetime.now(UTC) - visit.seen_at > sessions.SEEN_EVERY:
        await database.write(sessions.seen, visit.id)
    return visit


def _away(request: web.Request, route: Route, visit: Visit | None) -> web.StreamResponse | None:
    """Where somebody is sent who may not be here. Raises ``Problem`` 403 for what a role may not do."""
    if route.needs == ANYBODY:
        return None
    if visit is None:
        return _to(
            request, f"/staff/login?next={quote(request.path_qs, safe='')}" if route.method == "GET" else "/staff/login"
        )
    if route.needs == HALF_WAY:
        return None if visit.stage != "full" else _to(request, "/staff")
    if visit.stage != "full":
        return _to(request, "/staff/second-factor")
    if route.needs != MEMBER and not visit.account.may(route.needs):
        raise Problem(403, "permission")
    return None


def _to(request: web.Request, address: str) -> web.StreamResponse:
    """A redirect; htmx is told to load the whole page instead of a part."""
    if "HX-Request" in request.headers:
        return web.Response(headers={"HX-Redirect": address})
    return web.Response(status=303, headers={"Location": address})


def _only_encrypted(request: web.Request) -> None:
    """Sessions travel over HTTPS alone; on the machine itself plain HTTP will do."""
    host = urlsplit(f"//{request.host}").hostname or ""
    if not _secure(request) and f"[{host}]" not in LOCAL and host not in LOCAL:
        raise Problem(403, "https")


def _own_origin(request: web.Request) -> None:
    """A request that changes something comes from a page of ours, and says so."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    own = {urlsplit(request.app[STATE].settings.public_url).netloc.lower(), request.host.lower()}
    if urlsplit(origin).netloc.lower() not in own:
        raise Problem(403, "origin")


async def _own_form(request: web.Request) -> None:
    given = request.headers.get(FORM_HEADER)
    if given is None and request.content_type == "application/x-www-form-urlencoded":
        given = str((await request.post()).get("csrf", ""))
    if given is None:  # an upload: its token stands in the address, for its body is read piece by piece
        given = request.query.get("csrf", "")
    if not hmac.compare_digest(given.encode(), form_token(request).encode()):
        raise Problem(403, "form_expired")


def _token_for(request: web.Request, key: str) -> str:
    secret = request.app[STATE].settings.secret_key.get_secret_value().encode()
    return hmac.new(secret, f"staff form {key}".encode(), hashlib.sha256).hexdigest()


def _browser_key(request: web.Request) -> str:
    known = request.cookies.get(_name(request, "staff-form"))
    if not known:
        known = request.setdefault("browser_key", secrets.token_urlsafe(24))
    return str(known)


def _set(request: web.Request, response: web.StreamResponse, name: str, value: str) -> None:
    response.set_cookie(_name(request, name), value, path="/", httponly=True, samesite="Lax", secure=_secure(request))


def _secure(request: web.Request) -> bool:
    return request.app[STATE].settings.public_url.startswith("https://")


def _name(request: web.Request, name: str) -> str:
    """With the prefix by which browsers refuse a cookie that another host or plain HTTP has set."""
    return f"__Host-{name}" if _secure(request) else name
