"""The WebSocket of the browser: what happens in a conversation, as it happens.

The browser says ``hello`` with the number of the last message it has and gets ``welcome`` with all
later ones; from then on it hears everything. What it sends is acknowledged by ``received``.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from aiohttp import WSCloseCode, WSMsgType, web

from bot.channels.browser import rendered
from bot.channels.hub import (
    Event,
    LanguageEvent,
    MessageEvent,
    RestartingEvent,
    Subscription,
    TroubleEvent,
    TypingEvent,
)
from bot.channels.trouble import trouble
from bot.knowledge.catalogue import Language
from bot.web.api import check_rate
from bot.web.problems import Problem, as_problem
from bot.web.requests import BODY_BYTES, field, incoming, number, parsed
from bot.web.state import STATE, State
from bot.web.visitors import SUBPROTOCOL, conversation_of, foreign_origin, language_of

HEARTBEAT_SECONDS: Final = 25
BAD_FRAMES: Final = 10
"""Frames that are none of ours, after which the connection is closed."""

routes = web.RouteTableDef()


@routes.get("/api/ws")
async def socket(request: web.Request) -> web.WebSocketResponse:
    foreign_origin(request)
    conversation_id = conversation_of(request)
    state = request.app[STATE]
    ws = web.WebSocketResponse(
        heartbeat=HEARTBEAT_SECONDS, max_msg_size=BODY_BYTES, protocols=(SUBPROTOCOL,), compress=False
    )
    await ws.prepare(request)
    state.sockets.add(ws)
    try:
        with state.conversations.hub.subscription(conversation_id) as subscription:
            await _Line(request, ws, state, conversation_id, subscription).talk()
    finally:
        state.sockets.discard(ws)
    return ws


class _Line:
    """One open tab."""

    def __init__(
        self,
        request: web.Request,
        ws: web.WebSocketResponse,
        state: State,
        conversation_id: str,
        subscription: Subscription,
    ) -> None:
        self._request = request
        self._ws = ws
        self._state = state
        self._conversation_id = conversation_id
        self._subscription = subscription
        self._language: Language = language_of(request)
        self._last = 0
        self._teller: asyncio.Task[None] | None = None
        self._bad = 0

    async def talk(self) -> None:
        async with self._told():
            async for frame in self._ws:
                if frame.type is not WSMsgType.TEXT:
                    await self._ws.close(code=WSCloseCode.UNSUPPORTED_DATA)
                    return
                await self._hear(frame.data)
                if self._bad >= BAD_FRAMES:
                    await self._ws.close(code=WSCloseCode.POLICY_VIOLATION)

    @asynccontextmanager
    async def _told(self) -> AsyncIterator[None]:
        try:
            yield
        finally:
            if self._teller is not None:
                self._teller.cancel()
                await asyncio.gather(self._teller, return_exceptions=True)

    async def _hear(self, data: str) -> None:
        client_id: str | None = None
        try:
            content = parsed(data)
            if isinstance(content.get("client_id"), str):
                client_id = content["client_id"][:64]
            await self._obey(content)
        except Exception as error:  # the line outlives whatever one frame does
            found = as_problem(error, "/api/ws")
            self._bad += found.status == web.HTTPBadRequest.status_code
            await self._refuse(found, client_id)
            if found.code == "gone" or (found.code == "storage" and self._teller is None):
                await self._ws.close(code=WSCloseCode.TRY_AGAIN_LATER)

    async def _obey(self, content: dict[str, Any]) -> None:
        conversations = self._state.conversations
        match content.get("type"):
            case "ping":
                await self._send({"type": "pong"})
            case "hello":
                await self._welcome(number(content, "after") if "after" in content else 0)
            case "say" | "choose":
                arrived = incoming(content)
                check_rate(self._request, self._conversation_id)
                message, new = await conversations.receive(self._conversation_id, arrived, self._subscription)
                if not new:
                    await self._send({"type": "received", "client_id": message.client_id, "message": rendered(message)})
            case "language":
                asked = field(content, "language", str)
                if asked not in self._state.firm.languages:
                    raise Problem(400, "request")
                check_rate(self._request, self._conversation_id)
                await conversations.switch_language(self._conversation_id, self._state.firm.language(asked))
            case _:
                raise Problem(400, "request")

    async def _welcome(self, after: int) -> None:
        if self._teller is not None:
            return
        conversation, found = await self._state.conversations.transcript(self._conversation_id, after)
        self._language = conversation.language
        self._last = found[-1].seq if found else after
        await self._send(
            {
                "type": "welcome",
                "conversation": conversation.id,
                "messages": [rendered(message) for message in found],
                "typing": self._state.conversations.is_typing(self._conversation_id),
                **self._state.setting(conversation.language),
            }
        )
        self._teller = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        with contextlib.suppress(ConnectionError):
            while not self._subscription.behind:
                for frame in self._frames(await self._subscription.next()):
                    await self._send(frame)
            await self._ws.close(code=WSCloseCode.TRY_AGAIN_LATER)

    def _frames(self, event: Event) -> list[dict[str, Any]]:
        match event:
            case MessageEvent(message, client_id):
                if client_id is not None:
                    self._last = max(self._last, message.seq)
                    return [{"type": "received", "client_id": client_id, "message": rendered(message)}]
                if message.seq <= self._last:
                    return []  # it was in the welcome
                self._last = message.seq
                return [{"type": "message", "message": rendered(message)}]
            case TypingEvent(on):
                return [{"type": "typing", "on": on}]
            case LanguageEvent(language):
                self._language = language
                return [{"type": "language", **self._state.setting(language)}]
            case TroubleEvent(refusal, language, client_id):
                text = trouble(refusal, language)
                return [{"type": "error", "code": refusal, "text": text, "client_id": client_id}]
            case RestartingEvent():
                return [{"type": "restarting"}]

    async def _refuse(self, found: Problem, client_id: str | None) -> None:
        text = trouble(found.code, self._language, error=found.error)
        await self._send({"type": "error", "code": found.code, "text": text, "client_id": client_id})

    async def _send(self, frame: dict[str, Any]) -> None:
        with contextlib.suppress(ConnectionError):
            await self._ws.send_str(json.dumps(frame, ensure_ascii=False, separators=(",", ":")))
