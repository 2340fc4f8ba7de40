"""For those who run the server: whether it lives, whether it can answer, what it is."""

from __future__ import annotations

from importlib.metadata import version

from aiohttp import web

from bot.web.state import STATE

routes = web.RouteTableDef()


@routes.get("/healthz")
async def alive(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


@routes.get("/readyz")
async def ready(request: web.Request) -> web.Response:
    """200 when a message could be kept and answered now, else 503."""
    works = await request.app[STATE].conversations.ready()
    content = {"status": "ok" if works else "unavailable", "database": works}
    return web.json_response(content, status=200 if works else 503)


@routes.get("/version")
async def about(request: web.Request) -> web.Response:
    return web.json_response({"version": version("express-entry-assistant"), **request.app[STATE].about})
