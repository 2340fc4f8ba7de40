"""Slack's Web API, and its signed events and interactions."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from tests.simulators.base import Shown, Simulator

TOKEN = "xoxb-simulated-token"
SECRET = "simulated-signing-secret"


class SlackSimulator(Simulator):
    path = "/webhooks/slack"

    @property
    def keys(self) -> dict[str, str]:
        return {"slack_token": TOKEN, "slack_signing_secret": SECRET, "slack_api": self.url}

    def routes(self, router: web.UrlDispatcher) -> None:
        router.add_post("/{method}", self._call)

    async def _call(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        match request.match_info["method"]:
            case "auth.test":
                return web.json_response({"ok": True, "team": "The firm", "user": "assistant"})
            case "conversations.history":
                form = await request.post()
                newest = [
                    {"ts": shown.raw["ts"], "text": shown.text, "metadata": shown.raw["metadata"]}
                    for shown in reversed(self.received[str(form["channel"])])
                ]
                return web.json_response({"ok": True, "messages": newest[: int(str(form["limit"]))]})
            case "chat.postMessage":
                return await self._post(request)
        return web.json_response({"ok": False, "error": "unknown_method"})

    async def _post(self, request: web.Request) -> web.Response:
        headers = {"Retry-After": str(self.retry_after)}
        throttled = web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if (failed := await self.failing(request, throttled)) is not None:
            return failed
        content = await request.json()
        channel = content["channel"]
        if channel in self.closed_to:
            return web.json_response({"ok": False, "error": "channel_not_found"})
        buttons: dict[str, str] = {}
        for block in content["blocks"]:
            if block["type"] == "section" and not 0 < len(block["text"]["text"]) <= 3000:
                return web.json_response({"ok": False, "error": "invalid_blocks"})
            elements = block.get("elements", [])
            if len(elements) > 25 or len({e["action_id"] for e in elements}) < len(elements):
                return web.json_response({"ok": False, "error": "invalid_blocks"})
            for element in elements:
                if len(element["text"]["text"]) > 75:
                    return web.json_response({"ok": False, "error": "invalid_blocks"})
                buttons[element["text"]["text"]] = element.get("value") or element["url"]
        stamp = self.stamp()
        shown = content["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        self.received[channel].append(Shown(shown, buttons, content | {"ts": stamp}))
        return self.done(request, web.json_response({"ok": True, "ts": stamp, "channel": channel}))

    def stamp(self) -> str:
        return f"{int(time.time())}.{self.number() % 1_000_000:06d}"

    async def says(self, channel: str, text: str, *, ts: str = "", again: int = 0, **more: Any) -> int:
        return await self.deliver(self.event(channel, text=text, ts=ts or self.stamp(), **more), again=again)

    async def edits(self, channel: str, ts: str, text: str) -> int:
        changed = {"user": "U1", "text": text, "ts": ts, "edited": {"user": "U1", "ts": self.stamp()}}
        before = {"user": "U1", "text": "before", "ts": ts}
        event = self.event(channel, subtype="message_changed", message=changed, previous_message=before)
        del event["event"]["user"]
        return await self.deliver(event)

    async def presses(self, channel: str, title: str) -> int:
        shown = next(one for one in reversed(self.received[channel]) if title in one.buttons)
        value = shown.buttons[title]
        action = {"type": "button", "action_id": value, "value": value, "action_ts": self.stamp()}
        payload = {"type": "block_actions", "user": {"id": "U1"}, "channel": {"id": channel}, "actions": [action]}
        return await self.interacts(payload)

    async def interacts(self, payload: dict[str, Any]) -> int:
        body = urlencode({"payload": json.dumps(payload)}).encode()
        return await self.post(body, self.signed(body, "application/x-www-form-urlencoded"))

    def event(self, channel: str, **more: Any) -> dict[str, Any]:
        event = {"type": "message", "channel": channel, "channel_type": "im", "user": "U1", **more}
        return {
            "type": "event_callback",
            "event_id": f"Ev{self.number()}",
            "event_time": int(time.time()),
            "event": event,
        }

    async def deliver(self, body: dict[str, Any], *, again: int = 0, secret: str = SECRET, late: float = 0) -> int:
        raw = json.dumps(body).encode()
        return await self.post(raw, self.signed(raw, "application/json", secret, late), again=again)

    @staticmethod
    def signed(body: bytes, content_type: str, secret: str = SECRET, late: float = 0) -> dict[str, str]:
        stamp = str(int(time.time() - late))
        signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
        assert signature
        return {"Content-Type": content_type, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
