"""The addresses that providers call: verified, understood, kept, and only then acknowledged."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.channels.channel import Channel, ForgedError, Hook, Reply, UnreadableError
from bot.channels.counting import REFUSED
from bot.intake.database import UNREACHABLE
from bot.web.problems import Problem
from bot.web.state import STATE

WAIT: Final = 5
"""Seconds after which a provider may deliver again what could not be kept."""

routes = web.RouteTableDef()


@routes.post("/webhooks/{channel}")
async def deliver(request: web.Request) -> web.Response:
    """200 once everything is kept; 401 forged, 400 unreadable, 413 too large, 503 deliver it again."""
    channel = _channel(request)
    hook = _hook(request, await request.read())
    try:
        channel.verify(hook)
        parsed = channel.parse(hook)
        await request.app[STATE].messaging.receive(channel, parsed)
    except ForgedError:
        raise _refused(channel, 401, "forged") from None
    except UnreadableError:
        raise _refused(channel, 400, "unreadable") from None
    except UNREACHABLE:
        raise _refused(channel, 503, "storage", wait=WAIT) from None
    return _answer(parsed.reply)


@routes.get("/webhooks/{channel}", allow_head=False)
async def shake_hands(request: web.Request) -> web.Response:
    """The provider's question whether this address is ours."""
    channel = _channel(request)
    try:
        reply = channel.handshake(_hook(request, b""))
    except ForgedError:
        raise _refused(channel, 403, "forged") from None
    if reply is None:
        raise Problem(405, "method")
    return _answer(reply)


def _channel(request: web.Request) -> Channel:
    found = request.app[STATE].messaging.channels.get(request.match_info["channel"])
    if found is None:
        raise Problem(404, "not_found")
    return found


def _hook(request: web.Request, body: bytes) -> Hook:
    """The request under the address that the provider signed: the public one, not that behind the proxy."""
    return Hook(
        method=request.method,
        url=request.app[STATE].settings.public_url + request.raw_path,
        headers={name.lower(): value for name, value in request.headers.items()},
        query=dict(request.query),
        body=body,
    )


def _refused(channel: Channel, status: int, reason: str, wait: float = 0) -> Problem:
    REFUSED.labels(channel.name, reason).inc()
    return Problem(status, reason, wait=wait)


def _answer(reply: Reply) -> web.Response:
    return web.Response(text=reply.text, content_type=reply.content_type)
