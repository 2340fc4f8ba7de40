"""The API of the browser: open a conversation, read, write, switch the language.

Every answer about a conversation is for the holder of its token alone. Errors are problem+json.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Any, Final

from aiohttp import web

from bot.channels.browser import rendered
from bot.channels.hub import MessageEvent, Subscription
from bot.web.problems import Problem
from bot.web.requests import body_of, field, incoming, query_number
from bot.web.state import STATE
from bot.web.visitors import address_of, conversation_of, foreign_origin, language_of, remember

LONGEST_WAIT: Final = 25
TOGETHER_SECONDS: Final = 0.05
"""Answers of one turn come close together; a poll waits this long to bring them at once."""

routes = web.RouteTableDef()


@routes.post("/api/conversations")
async def open_conversation(request: web.Request) -> web.Response:
    """``{language}`` -> token (for pages of other sites), conversation, messages, firm, strings, limits."""
    state = request.app[STATE]
    foreign = foreign_origin(request)
    body = await body_of(request)
    language = state.firm.language(field(body, "language", str)) if "language" in body else language_of(request)
    wait = state.limits.opening(address_of(request))
    if wait:
        raise Problem(429, "rate_new", wait=wait)
    conversation = await state.conversations.open(language, "web")
    content = await _content(request, conversation.id)
    # Our own pages have the cookie, which no script can read; a token in reach of scripts is not for them.
    own_page = foreign is None and "Origin" in request.headers
    content["token"] = None if own_page else state.tokens.conversation(conversation.id)
    response = _json(content, status=201)
    if foreign is None:
        remember(request, response, conversation.id)
    return response


@routes.get("/api/conversations/current")
async def current_conversation(request: web.Request) -> web.Response:
    """The conversation of the token as it stands: as when it was opened."""
    return _json(await _content(request, conversation_of(request)))


@routes.get("/api/messages")
async def messages(request: web.Request) -> web.Response:
    """``?after=N&wait=S``: messages after N; with none, the answer waits up to S seconds for one."""
    conversation_id = conversation_of(request)
    after, wait = query_number(request, "after"), query_number(request, "wait", LONGEST_WAIT)
    conversations = request.app[STATE].conversations
    with conversations.hub.subscription(conversation_id) as subscription:
        conversation, found = await conversations.transcript(conversation_id, after)
        if not found and wait:
            await _news(subscription, after, wait)
            conversation, found = await conversations.transcript(conversation_id, after)
    return _json(
        {
            "language": conversation.language,
            "messages": [rendered(message) for message in found],
            "typing": conversations.is_typing(conversation_id),
        }
    )


@routes.post("/api/messages")
async def send(request: web.Request) -> web.Response:
    """``{client_id, text}`` or ``{client_id, message, button}`` -> ``{message}``; 201, or 200 when sent before."""
    conversation_id = conversation_of(request)
    foreign_origin(request)
    arrived = incoming(await body_of(request))
    check_rate(request, conversation_id)
    message, new = await request.app[STATE].conversations.receive(conversation_id, arrived)
    return _json({"message": rendered(message)}, status=201 if new else 200)


@routes.post("/api/language")
async def switch_language(request: web.Request) -> web.Response:
    """``{language}`` -> language, firm, strings, limits."""
    conversation_id = conversation_of(request)
    foreign_origin(request)
    state = request.app[STATE]
    asked = field(await body_of(request), "language", str)
    if asked not in state.firm.languages:
        raise Problem(400, "request")
    check_rate(request, conversation_id)
    await state.conversations.switch_language(conversation_id, state.firm.language(asked))
    return _json(state.setting(state.firm.language(asked)))


def check_rate(request: web.Request, conversation_id: str) -> None:
    """Raises ``Problem`` 429 when messages come faster than anybody writes."""
    wait = request.app[STATE].limits.message(conversation_id, address_of(request))
    if wait:
        raise Problem(429, "rate", wait=wait)


async def _content(request: web.Request, conversation_id: str) -> dict[str, Any]:
    state = request.app[STATE]
    conversation, found = await state.conversations.transcript(conversation_id)
    return {
        "conversation": conversation.id,
        "messages": [rendered(message) for message in found],
        "typing": state.conversations.is_typing(conversation_id),
        **state.setting(conversation.language),
    }


async def _news(subscription: Subscription, after: int, wait: float) -> None:
    """Until something happens in the conversation, ``wait`` seconds at most."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(wait):
            event = await subscription.next()
            while isinstance(event, MessageEvent) and event.message.seq <= after:
                event = await subscription.next()
            await asyncio.sleep(TOGETHER_SECONDS)


def _json(content: dict[str, Any], *, status: int = 200) -> web.Response:
    return web.Response(
        text=json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
