"""What every answer of the server carries and what every request passes: errors, headers, other origins."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels.trouble import trouble
from bot.web.problems import Problem, as_problem, response_to
from bot.web.state import STATE
from bot.web.visitors import foreign_origin, spoken_language

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": browsers then send forms of our own page with the origin "null".
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns whatever goes wrong into an answer for a person."""
    try:
        return await handler(request)
    except Exception as error:
        if isinstance(error, web.HTTPException) and error.status < web.HTTPBadRequest.status_code:
            raise
        found = as_problem(error, request.path)
        language = spoken_language(request)
        if request.path.startswith("/api/"):
            return response_to(found, language)
        return web.Response(text=trouble(found.code, language, error=found.error) + "\n", status=found.status)


@web.middleware
async def other_origins(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers the question that browsers ask before a page of another site may talk to the API."""
    if request.method != "OPTIONS" or not request.path.startswith("/api/"):
        return await handler(request)
    if foreign_origin(request) is None:
        raise Problem(405, "method")
    return web.Response(
        status=204,
        headers={
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": "Authorization, Content-Type",
            "Access-Control-Max-Age": "600",
        },
    )


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """On every answer, errors and files included (signal ``on_response_prepare``)."""
    settings = request.app[STATE].settings
    response.headers.update(HEADERS)
    response.headers.popall("Server", None)
    response.headers["Content-Security-Policy"] = " ".join((POLICY, *settings.allowed_origins))
    if settings.production and settings.public_url.startswith("https://"):
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.path.startswith("/static/"):
        # Public files: a widget on another site loads them. Those named with a version never change.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        lasting = "v" in request.query and response.status == web.HTTPOk.status_code
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "no-cache"
    elif request.path.startswith("/api/"):
        origin = request.headers.get("Origin", "")
        response.headers["Vary"] = "Origin"
        response.headers.setdefault("Cache-Control", "no-store")
        if origin.lower() in settings.allowed_origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
