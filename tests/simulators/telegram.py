"""Telegram's Bot API and its webhook deliveries."""

from __future__ import annotations

import json
import time
from typing import Any

from aiohttp import web

from bot.channels.splitting import utf16
from tests.simulators.base import Shown, Simulator

TOKEN = "123456:AAE-simulated_token_of_the_tests"
SECRET = "simulated-secret_1"


class TelegramSimulator(Simulator):
    path = "/webhooks/telegram"

    @property
    def keys(self) -> dict[str, str]:
        return {"telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api": self.url}

    def __init__(self) -> None:
        super().__init__()
        self.blocked: set[str] = set()
        self.answered_queries: list[str] = []

    def routes(self, router: web.UrlDispatcher) -> None:
        router.add_post("/bot{token}/{method}", self._call)

    async def _call(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return _failed(401, "Unauthorized")
        content = await request.json()
        if request.match_info["method"] == "getMe":
            return web.json_response({"ok": True, "result": {"id": 1, "is_bot": True, "username": "firm_bot"}})
        throttled = web.json_response(
            {
                "ok": False,
                "error_code": 429,
                "description": "Too Many Requests: retry after 1",
                "parameters": {"retry_after": self.retry_after},
            },
            status=429,
        )
        if (failed := await self.failing(request, throttled)) is not None:
            return failed
        person, text = str(content["chat_id"]), content.get("text", "")
        if person in self.blocked:
            return _failed(403, "Forbidden: bot was blocked by the user")
        if not text or utf16(text) > 4096:
            return _failed(400, "Bad Request: message is too long" if text else "Bad Request: message text is empty")
        buttons = {}
        for row in content.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if len(button.get("callback_data", "x").encode()) > 64:
                    return _failed(400, "Bad Request: BUTTON_DATA_INVALID")
                buttons[button["text"]] = button.get("callback_data") or button["url"]
        self.received[person].append(Shown(text, buttons, content))
        result = {"message_id": self.number(), "chat": {"id": content["chat_id"]}, "date": int(time.time())}
        return self.done(request, web.json_response({"ok": True, "result": result}))

    async def says(self, person: int, text: str, *, date: float | None = None, again: int = 0, **more: Any) -> int:
        return await self.deliver(self.message(person, text, date=date, **more), again=again)

    async def presses(self, person: int, title: str) -> int:
        shown = next(one for one in reversed(self.received[str(person)]) if title in one.buttons)
        query = {
            "id": str(self.number()),
            "from": {"id": person, "is_bot": False},
            "message": {"message_id": 1, "date": int(time.time()), "chat": {"id": person, "type": "private"}},
            "data": shown.buttons[title],
        }
        return await self.deliver({"update_id": self.number(), "callback_query": query})

    async def edits(self, person: int, message_id: int, text: str) -> int:
        message = self.message(person, text)["message"] | {"message_id": message_id, "edit_date": int(time.time())}
        return await self.deliver({"update_id": self.number(), "edited_message": message})

    def message(self, person: int, text: str, *, date: float | None = None, **more: Any) -> dict[str, Any]:
        message = {
            "message_id": self.number(),
            "from": {"id": person, "is_bot": False, "first_name": "P", "language_code": "en"},
            "chat": {"id": person, "type": "private"},
            "date": int(time.time()) if date is None else date,
        }
        return {"update_id": self.number(), "message": message | ({"text": text} if text else {}) | more}

    async def deliver(self, update: dict[str, Any], *, again: int = 0, secret: str = SECRET) -> int:
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
        return await self.post(json.dumps(update).encode(), headers, again=again)


def _failed(status: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": description}, status=status)
