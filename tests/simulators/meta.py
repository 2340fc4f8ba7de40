"""Meta's Graph API for WhatsApp, Messenger and Instagram, with signed webhooks, statuses and echoes."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from abc import ABC, abstractmethod
from collections import Counter
from typing import Any, ClassVar

from aiohttp import web

from tests.simulators.base import Shown, Simulator

APP_SECRET = "0123456789abcdef0123456789abcdef"
VERIFY = "simulated-verify-token"
TOKEN = "EAAG-simulated-token"
ACCOUNT = "106540352242922"


class MetaSimulator(Simulator, ABC):
    """What the three have in common."""

    shared: ClassVar = {"meta_app_secret": APP_SECRET, "meta_verify_token": VERIFY}

    def __init__(self) -> None:
        super().__init__()
        self.blocked: set[str] = set()
        self.statuses_on = True

    def routes(self, router: web.UrlDispatcher) -> None:
        router.add_post("/{version}/{account}/messages", self._messages)
        router.add_get("/{version}/{account}", self._about)

    def _refusal(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _failed(401, 190, "Invalid OAuth access token.")
        if request.match_info["account"] != ACCOUNT or not request.match_info["version"].startswith("v"):
            return _failed(400, 100, "Unsupported get request.", 33)
        return None

    async def _about(self, request: web.Request) -> web.Response:
        about = {"name": "The firm", "username": "firm", "verified_name": "The firm", "display_phone_number": "+1 555"}
        return self._refusal(request) or web.json_response(about)

    async def _messages(self, request: web.Request) -> web.Response:
        if (refused := self._refusal(request)) is not None:
            return refused
        if (failed := await self.failing(request, self.throttled())) is not None:
            return failed
        return self.done(request, self.take(await request.json()))

    def throttled(self) -> web.Response:
        headers = {"Retry-After": str(self.retry_after)}
        return _failed(429, 4, "Application request limit reached", headers=headers)

    @abstractmethod
    def take(self, content: dict[str, Any]) -> web.Response:
        """The provider's answer to a message."""

    async def deliver(self, body: dict[str, Any], *, again: int = 0, secret: str = APP_SECRET) -> int:
        raw = json.dumps(body, ensure_ascii=True).encode()
        signature = "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()
        headers = {"Content-Type": "application/json", "X-Hub-Signature-256": signature}
        return await self.post(raw, headers, again=again)

    async def shakes_hands(self, token: str = VERIFY, mode: str = "subscribe") -> tuple[int, str]:
        asked = {"hub.mode": mode, "hub.verify_token": token, "hub.challenge": "1158201444"}
        async with self.http.get(self.webhook, params=asked) as response:
            return response.status, await response.text()


class WhatsAppSimulator(MetaSimulator):
    path = "/webhooks/whatsapp"

    @property
    def keys(self) -> dict[str, str]:
        own = {"whatsapp_token": TOKEN, "whatsapp_phone_id": ACCOUNT, "whatsapp_template": "news"}
        return self.shared | own | {"meta_api": self.url}

    def __init__(self) -> None:
        super().__init__()
        self.crowded: Counter[str] = Counter()
        """How many more messages to a person are refused by the limit of the pair."""

    def throttled(self) -> web.Response:
        return _failed(400, 130429, "Cloud API message throughput has been reached.")

    def take(self, content: dict[str, Any]) -> web.Response:
        if content.get("messaging_product") != "whatsapp":
            return _failed(400, 100, "The parameter messaging_product is required.")
        person = str(content.get("to") or content.get("recipient"))
        kind = content["type"]
        if self.crowded[person] > 0:
            self.crowded[person] -= 1
            return _failed(400, 131056, "(Business Account, Consumer Account) pair rate limit hit")
        if person in self.closed_to and kind != "template":
            number = f"wamid.{self.number()}"
            self._status(number, person, "failed", content, errors=[{"code": 131047, "title": "Re-engagement message"}])
            return _taken(number)
        if (wrong := _wrong(content)) is not None:
            return _failed(400, 131009, wrong)
        number = f"wamid.{self.number()}"
        self.received[person].append(_shown(content))
        self._status(number, person, "sent", content)
        self._status(number, person, "delivered", content)
        return _taken(number)

    def _status(self, number: str, person: str, state: str, content: dict[str, Any], **more: Any) -> None:
        status = {
            "id": number,
            "status": state,
            "timestamp": str(int(time.time())),
            "recipient_id": person,
            "biz_opaque_callback_data": content.get("biz_opaque_callback_data"),
            **more,
        }
        if self.statuses_on:
            self.background(self.deliver(self.value(statuses=[status])))

    async def says(self, person: str, text: str, *, at: float | None = None, again: int = 0, **more: Any) -> int:
        message = self.message(person, at=at, type="text", text={"body": text}) | more
        return await self.deliver(self.value(messages=[message]), again=again)

    async def presses(self, person: str, title: str) -> int:
        shown = next(one for one in reversed(self.received[person]) if title in one.buttons)
        kind = "button_reply" if shown.raw["interactive"]["type"] == "button" else "list_reply"
        reply = {"type": kind, kind: {"id": shown.buttons[title], "title": title}}
        return await self.deliver(self.value(messages=[self.message(person, type="interactive", interactive=reply)]))

    def message(self, person: str, *, at: float | None = None, **more: Any) -> dict[str, Any]:
        stamp = str(int(time.time() if at is None else at))
        who = {"from": person} if person.isdigit() else {"from_user_id": person}
        return {**who, "id": f"wamid.{self.number()}", "timestamp": stamp, **more}

    @staticmethod
    def value(**content: Any) -> dict[str, Any]:
        about = {"display_phone_number": "15550100", "phone_number_id": ACCOUNT}
        value = {"messaging_product": "whatsapp", "metadata": about, **content}
        change = {"value": value, "field": "messages"}
        return {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}


class MessengerSimulator(MetaSimulator):
    path = "/webhooks/messenger"
    account_key, token_key, api_key = "messenger_page_id", "messenger_token", "meta_api"
    about = "page"

    @property
    def keys(self) -> dict[str, str]:
        return self.shared | {self.token_key: TOKEN, self.account_key: ACCOUNT, self.api_key: self.url}

    def fits(self, text: str) -> bool:
        return len(text) <= 2000

    def take(self, content: dict[str, Any]) -> web.Response:
        person, message = content["recipient"]["id"], content["message"]
        if person in self.blocked:
            return _failed(400, 551, "This person isn't available right now.", 1545041)
        if person in self.closed_to and content.get("tag") != "HUMAN_AGENT":
            return _failed(400, 10, "This message is sent outside of allowed window.", 2018278)
        replies = message.get("quick_replies", [])
        if not message["text"] or not self.fits(message["text"]):
            return _failed(400, 100, "Length of param message[text] must be less than or equal to 2000")
        if len(replies) > 13 or any(len(reply["title"]) > 20 for reply in replies):
            return _failed(400, 100, "Too many quick replies, or a title that is too long")
        buttons = {reply["title"]: reply["payload"] for reply in replies}
        number = f"m_{self.number()}"
        self.received[person].append(Shown(message["text"], buttons, content))
        if self.statuses_on:
            echo = {"mid": number, "text": message["text"], "is_echo": True, "app_id": 1}
            if self.about == "page" and "metadata" in message:
                echo["metadata"] = message["metadata"]
            self.background(self.deliver(self.event(ACCOUNT, recipient={"id": person}, message=echo)))
            self.background(self.deliver(self.event(person, delivery={"mids": [number], "watermark": 1})))
        return web.json_response({"recipient_id": person, "message_id": number})

    async def says(self, person: str, text: str, *, at: float | None = None, again: int = 0, **more: Any) -> int:
        message = {"mid": f"m_{self.number()}", "text": text, **more}
        return await self.deliver(self.event(person, at=at, message=message), again=again)

    async def presses(self, person: str, title: str) -> int:
        shown = next(one for one in reversed(self.received[person]) if title in one.buttons)
        return await self.says(person, title, quick_reply={"payload": shown.buttons[title]})

    def event(self, person: str, *, at: float | None = None, **content: Any) -> dict[str, Any]:
        stamp = int((time.time() if at is None else at) * 1000)
        event = {"sender": {"id": person}, "recipient": {"id": ACCOUNT}, "timestamp": stamp, **content}
        return {"object": self.about, "entry": [{"id": ACCOUNT, "time": stamp, "messaging": [event]}]}


class InstagramSimulator(MessengerSimulator):
    path = "/webhooks/instagram"
    account_key, token_key, api_key = "instagram_id", "instagram_token", "instagram_api"
    about = "instagram"

    def fits(self, text: str) -> bool:
        return len(text.encode()) <= 1000


def _wrong(content: dict[str, Any]) -> str | None:
    """What is wrong with a WhatsApp message, as the documentation's limits say."""
    if content["type"] == "text":
        return None if 0 < len(content["text"]["body"]) <= 4096 else "Param text.body"
    if content["type"] == "template":
        return None
    interactive = content["interactive"]
    action = interactive["action"]
    if not 0 < len(interactive["body"]["text"]) <= 1024:
        return "Param body"
    if interactive["type"] == "button":
        titles = [button["reply"]["title"] for button in action["buttons"]]
        return None if len(set(titles)) == len(titles) <= 3 and all(0 < len(t) <= 20 for t in titles) else "Buttons"
    rows = [row for section in action["sections"] for row in section["rows"]]
    fits = len(rows) <= 10 and all(len(r["title"]) <= 24 and len(r.get("description", "")) <= 72 for r in rows)
    return None if fits and len(action["button"]) <= 20 else "Rows"


def _shown(content: dict[str, Any]) -> Shown:
    if content["type"] == "text":
        return Shown(content["text"]["body"], raw=content)
    if content["type"] == "template":
        return Shown(f"[{content['template']['name']} {content['template']['language']['code']}]", raw=content)
    interactive = content["interactive"]
    action = interactive["action"]
    rows = [row for section in action.get("sections", []) for row in section["rows"]]
    pressed = {button["reply"]["title"]: button["reply"]["id"] for button in action.get("buttons", [])}
    return Shown(interactive["body"]["text"], pressed | {row["title"]: row["id"] for row in rows}, content)


def _taken(number: str) -> web.Response:
    return web.json_response({"messaging_product": "whatsapp", "messages": [{"id": number}]})


def _failed(
    status: int, code: int, message: str, subcode: int = 0, headers: dict[str, str] | None = None
) -> web.Response:
    error = {"message": message, "type": "OAuthException", "code": code, "error_subcode": subcode}
    return web.json_response({"error": error}, status=status, headers=headers)
