"""The REST API for programs (``/api/v1``): any channel that is not ours. Described by ``openapi.yml``.

A key belongs to a client and has scopes; a client reaches the conversations that it has begun. POST
takes an ``Idempotency-Key``: the same request sent again has the same answer and no second effect.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import yaml
from aiohttp import web
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.channels.browser import rendered
from bot.channels.hub import MessageEvent, Subscription
from bot.channels.incoming import Chosen, Incoming, Said, readable
from bot.intake import erasure
from bot.intake.channels import clients
from bot.intake.channels.clients import ApiKey, Scope
from bot.intake.messages import Message
from bot.intake.sealing import Seal
from bot.understanding.masking import mask
from bot.web.problems import Problem
from bot.web.requests import body_of, field, number, query_number
from bot.web.state import STATE

DOCUMENT: Final = Path(__file__).with_name("openapi.yml")
CHANNEL: Final = "api"
HEARTBEAT_SECONDS: Final = 15
_KEY: Final = re.compile(r"[\x21-\x7e]{1,255}")

routes = web.RouteTableDef()


@cache
def document() -> dict[str, Any]:
    """The description of this API (OpenAPI 3.1)."""
    read: dict[str, Any] = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    return read


@routes.get("/api/v1/openapi.json")
async def described(request: web.Request) -> web.Response:
    return web.json_response(document() | {"servers": [{"url": f"{request.app[STATE].settings.public_url}"}]})


@routes.post("/api/v1/conversations")
async def begin(request: web.Request) -> web.Response:
    """``{language}`` -> 201 with the conversation and its greeting; 200 when it was begun before."""
    state, key = request.app[STATE], await _key(request, "conversations:write")
    wanted, body = _idempotency_key(request), await body_of(request)
    language = state.firm.language(field(body, "language", str) if "language" in body else None)
    known = await state.database.read(clients.begun, key.client, wanted)
    status = 200
    if known is None:
        if wait := state.limits.opening(f"key:{key.client}"):
            raise Problem(429, "rate_new", wait=wait)
        try:
            opened = await state.conversations.open(language, CHANNEL, partial(_begin, key.client, wanted))
        except IntegrityError:  # the same request at the same time
            known = await state.database.read(clients.begun, key.client, wanted)
        else:
            known, status = opened.id, 201
    return await _conversation(request, str(known), status)


@routes.get("/api/v1/conversations/{conversation}")
async def show(request: web.Request) -> web.Response:
    """The conversation with the messages after ``?after=``."""
    return await _conversation(request, await _own(request, "conversations:read"))


@routes.delete("/api/v1/conversations/{conversation}")
async def erase(request: web.Request) -> web.Response:
    """202: everything of it is erased within minutes."""
    conversation_id = await _own(request, "conversations:erase")
    await request.app[STATE].database.write(erasure.request, conversation_id)
    return web.Response(status=202)


@routes.post("/api/v1/conversations/{conversation}/messages")
async def say(request: web.Request) -> web.StreamResponse:
    """``{text}`` or ``{message, button}`` -> the message and its answers; as a stream where one is accepted."""
    conversation_id = await _own(request, "conversations:write")
    state = request.app[STATE]
    incoming = _incoming(await body_of(request), _idempotency_key(request))
    if wait := state.limits.message(conversation_id, f"key:{conversation_id}"):
        raise Problem(429, "rate", wait=wait)
    with state.conversations.hub.subscription(conversation_id) as subscription:
        message, new = await state.conversations.receive(conversation_id, incoming)
        if not new and not _same(message, incoming):
            raise Problem(422, "idempotency")
        answers = _answers(request, conversation_id, message, subscription)
        if "text/event-stream" not in request.headers.get("Accept", ""):
            found = [rendered(one) async for one in answers]
            content = {"message": rendered(message), "answers": found}
            return web.json_response(content, status=201 if new else 200, headers={"Cache-Control": "no-store"})
        stream = await _stream(request)
        await _send(stream, "received", message)
        async for one in answers:
            await _send(stream, "message", one)
        await stream.write(b"event: done\ndata: {}\n\n")
        return stream


@routes.get("/api/v1/conversations/{conversation}/events")
async def events(request: web.Request) -> web.StreamResponse:
    """Everything that is said, as it is said; goes on after ``Last-Event-ID``."""
    conversation_id = await _own(request, "conversations:read")
    conversations = request.app[STATE].conversations
    seen = request.headers.get("Last-Event-ID", "")
    after = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else query_number(request, "after")
    with conversations.hub.subscription(conversation_id) as subscription:
        _, found = await conversations.transcript(conversation_id, after)
        stream = await _stream(request)
        for one in found:
            await _send(stream, "message", one)
            after = one.seq
        while not subscription.behind:
            try:
                event = await asyncio.wait_for(subscription.next(), HEARTBEAT_SECONDS)
            except TimeoutError:
                await stream.write(b": still here\n\n")
                continue
            if isinstance(event, MessageEvent) and event.message.shown and event.message.seq > after:
                after = event.message.seq
                await _send(stream, "message", event.message)
    return stream


async def _answers(
    request: web.Request, conversation_id: str, message: Message, subscription: Subscription
) -> AsyncIterator[Message]:
    """The answers to a message as they come, until its turn is over."""
    conversations, told = request.app[STATE].conversations, message.seq
    while conversations.is_typing(conversation_id):
        event = await subscription.next()
        if isinstance(event, MessageEvent) and event.message.reply_to == message.seq:
            told = event.message.seq
            yield event.message
    for one in (await conversations.transcript(conversation_id, told))[1]:
        if one.reply_to == message.seq:
            yield one


async def _key(request: web.Request, scope: Scope) -> ApiKey:
    """The key of the request. Raises ``Problem`` 401 and 403."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    found = None
    if scheme.lower() == "bearer" and given.startswith(clients.MARK):
        found = await request.app[STATE].database.read(clients.known, given.strip())
    if found is None:
        raise Problem(401, "key")
    if scope not in found.scopes:
        raise Problem(403, "scope")
    return found


async def _own(request: web.Request, scope: Scope) -> str:
    """The conversation of the address, if it is the client's. Raises ``Problem`` 401, 403 and 404."""
    key, conversation_id = await _key(request, scope), request.match_info["conversation"]
    if not await request.app[STATE].database.read(clients.owns, key.client, conversation_id):
        raise Problem(404, "gone")
    return conversation_id


def _idempotency_key(request: web.Request) -> str:
    given = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(given):
        raise Problem(400, "idempotency_key")
    return given


def _incoming(body: dict[str, Any], key: str) -> Incoming:
    client_id = f"api-{hashlib.sha256(key.encode()).hexdigest()[:40]}"
    if "button" in body:
        return Chosen(client_id, message=number(body, "message"), button=number(body, "button"))
    return Said(client_id, field(body, "text", str))


def _same(message: Message, incoming: Incoming) -> bool:
    """Whether a message that was sent before said the same."""
    if isinstance(incoming, Said):
        return message.text == mask(readable(incoming.text)).text
    return message.payload is not None


def _begin(client: str, wanted: str, session: Session, seal: Seal, conversation_id: str) -> None:
    clients.begin(session, seal, conversation_id, client, wanted)


async def _conversation(request: web.Request, conversation_id: str, status: int = 200) -> web.Response:
    conversations = request.app[STATE].conversations
    conversation, found = await conversations.transcript(conversation_id, query_number(request, "after"))
    content = {
        "id": conversation.id,
        "language": conversation.language,
        "messages": [rendered(one) for one in found],
        "typing": conversations.is_typing(conversation_id),
    }
    return web.json_response(content, status=status, headers={"Cache-Control": "no-store"})


async def _stream(request: web.Request) -> web.StreamResponse:
    stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    await stream.prepare(request)
    return stream


async def _send(stream: web.StreamResponse, kind: str, message: Message) -> None:
    data = json.dumps(rendered(message), ensure_ascii=False)
    await stream.write(f"id: {message.seq}\nevent: {kind}\ndata: {data}\n\n".encode())
