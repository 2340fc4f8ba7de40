"""Twilio's Messages API, its signed webhooks and status callbacks, for SMS and WhatsApp."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from twilio.request_validator import RequestValidator

from tests.simulators.base import Shown, Simulator

ACCOUNT = "AC" + "0" * 32
TOKEN = "simulated-auth-token"
NUMBER = "+15550100"


class TwilioSimulator(Simulator):
    """``prefix`` ``whatsapp:`` makes it the WhatsApp side."""

    def __init__(self, prefix: str = "") -> None:
        super().__init__()
        self.prefix = prefix
        self.path = "/webhooks/whatsapp-twilio" if prefix else "/webhooks/sms"
        self.longest = 1600
        self.opted_out: set[str] = set()
        self.callbacks = True

    @property
    def keys(self) -> dict[str, str]:
        side = "whatsapp" if self.prefix else "sms"
        given = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": TOKEN, f"twilio_{side}_from": NUMBER}
        template = {"twilio_whatsapp_template_en": "HX1"} if self.prefix else {}
        return given | template | {"twilio_api": self.url}

    def routes(self, router: web.UrlDispatcher) -> None:
        router.add_post("/2010-04-01/Accounts/{account}/Messages.json", self._messages)
        router.add_get("/2010-04-01/Accounts/{account}.json", self._account)

    def _known(self, request: web.Request) -> bool:
        expected = "Basic " + base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        return request.headers.get("Authorization") == expected and request.match_info["account"] == ACCOUNT

    async def _account(self, request: web.Request) -> web.Response:
        if not self._known(request):
            return _failed(401, 20003, "Authenticate")
        return web.json_response({"sid": ACCOUNT, "friendly_name": "The firm"})

    async def _messages(self, request: web.Request) -> web.Response:
        if not self._known(request):
            return _failed(401, 20003, "Authenticate")
        form = await request.post()
        throttled = _failed(429, 20429, "Too Many Requests", {"Retry-After": str(self.retry_after)})
        if (failed := await self.failing(request, throttled)) is not None:
            return failed
        to, body = str(form["To"]), str(form.get("Body", ""))
        if not to.startswith(self.prefix) or form.get("From") != self.prefix + NUMBER:
            return _failed(400, 21211, "The 'To' number is not a valid phone number")
        person = to.removeprefix(self.prefix)
        if person in self.opted_out:
            return _failed(400, 21610, "Attempt to send to unsubscribed recipient")
        template = str(form.get("ContentSid", ""))
        if not body and not template:
            return _failed(400, 21602, "Message body is required")
        if len(body) > self.longest:
            return _failed(400, 21617, "The concatenated message body exceeds the 1600 character limit")
        sid, callback = f"SM{self.number():032x}", str(form["StatusCallback"])
        if person in self.closed_to and not template:
            self._later(callback, sid, person, "failed", ErrorCode="63016")
        else:
            self.received[person].append(Shown(body or f"[{template}]", raw=dict(form)))
            self._later(callback, sid, person, "sent")
        return self.done(request, web.json_response({"sid": sid, "status": "queued"}, status=201))

    def _later(self, url: str, sid: str, person: str, status: str, **more: str) -> None:
        if self.callbacks:
            fields = {"MessageSid": sid, "MessageStatus": status, "To": self.prefix + person, **more}
            self.background(self.deliver(fields, url))

    async def says(self, person: str, text: str, *, sid: str = "", again: int = 0, **more: str) -> int:
        fields = {
            "MessageSid": sid or f"SM{self.number():032x}",
            "SmsStatus": "received",
            "AccountSid": ACCOUNT,
            "From": self.prefix + person,
            "To": self.prefix + NUMBER,
            "Body": text,
            "NumMedia": "0",
            **more,
        }
        return await self.deliver(fields, again=again)

    async def deliver(
        self, fields: dict[str, str], url: str = "", *, again: int = 0, token: str = TOKEN, **headers: str
    ) -> int:
        url = url or self.webhook
        signature = RequestValidator(token).compute_signature(url, fields)
        sent = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature, **headers}
        return await self.post(urlencode(fields).encode(), sent, url, again=again)


def _failed(status: int, code: int, message: str, headers: dict[str, str] | None = None) -> web.Response:
    content: dict[str, Any] = {"code": code, "message": message, "status": status}
    return web.json_response(content, status=status, headers=headers)
