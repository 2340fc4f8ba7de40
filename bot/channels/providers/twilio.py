"""Twilio: SMS, and WhatsApp over Twilio. Requests are signed over the address and the form's fields.

The answer to a webhook is an empty TwiML document: every message goes out over the API. Our key stands
in the address of the status callback, by which a message of unknown fate is recognised.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl

from aiohttp import BasicAuth, ClientSession
from multidict import MultiDict
from pydantic import SecretStr
from twilio.request_validator import RequestValidator

from bot.channels.calling import TOO_MANY, call, retry_after
from bot.channels.channel import (
    DAY,
    Arrival,
    Channel,
    ForgedError,
    Hook,
    Keyword,
    Limits,
    Outgoing,
    Parsed,
    Part,
    PermanentError,
    Reason,
    Receipt,
    Reply,
    State,
    TemporaryError,
    UnreadableError,
    Windows,
)
from bot.channels.keys import Keys
from bot.channels.reading import identifier, now
from bot.knowledge.catalogue import Language

SIGNATURE: Final = "x-twilio-signature"
PREFIX: Final = "whatsapp:"
NOTHING: Final = Reply("<Response></Response>", "text/xml")
STATES: Final[dict[str, State]] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "failed",
    "failed": "failed",
}
OPT_OUT: Final[dict[str, Keyword]] = {"STOP": "stop", "START": "start", "HELP": "help"}
REASONS: Final[dict[int, Reason]] = {
    21610: "stopped",
    21211: "unknown_person",
    21614: "unknown_person",
    30003: "unknown_person",
    30004: "blocked",
    30005: "unknown_person",
    30006: "unknown_person",
    63003: "unknown_person",
    63016: "window_closed",
    63024: "unknown_person",
    63032: "blocked",
}
NOT_KNOWN: Final = (20003, 20404)
BUSY: Final = frozenset({20429, 63018, 63038, 14107, 30001})


class TwilioKeys(Keys):
    forms: ClassVar = {
        "twilio_account_sid": (r"AC[0-9a-fA-F]{32}", "it is AC and 32 hexadecimal digits"),
        "twilio_sms_from": (r"\+\d{6,15}|\d{3,8}|MG[0-9a-fA-F]{32}", "a number as +15550100, or MG…"),
        "twilio_whatsapp_from": (r"\+\d{6,15}|MG[0-9a-fA-F]{32}", "a number as +15550100, or MG…"),
    }

    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_api: str = "https://api.twilio.com"


class SmsKeys(TwilioKeys):
    switches: ClassVar = ("twilio_sms_from",)
    needed: ClassVar = ("twilio_account_sid", "twilio_auth_token", "twilio_sms_from")

    twilio_sms_from: str = ""


class WhatsAppKeys(TwilioKeys):
    switches: ClassVar = ("twilio_whatsapp_from",)
    needed: ClassVar = ("twilio_account_sid", "twilio_auth_token", "twilio_whatsapp_from")

    twilio_whatsapp_from: str = ""
    twilio_whatsapp_template_en: str = ""
    twilio_whatsapp_template_fr: str = ""


class Twilio(Channel):
    """What SMS and WhatsApp have in common. ``prefix``: what stands before a number."""

    keywords = frozenset({"stop", "start", "help", "code"})
    prefix: ClassVar[str] = ""
    variables: TwilioKeys

    @property
    @abstractmethod
    def sender(self) -> str:
        """The number that messages come from, or the messaging service."""

    def verify(self, hook: Hook) -> None:
        try:
            fields = _fields(hook)
            validator = RequestValidator(self.variables.twilio_auth_token.get_secret_value())
            genuine = validator.validate(hook.url, fields, hook.headers.get(SIGNATURE, ""))
        except (ValueError, UnreadableError):
            genuine = False
        if not genuine:
            raise ForgedError

    def parse(self, hook: Hook) -> Parsed:
        fields = dict(_fields(hook))
        status = fields.get("MessageStatus", "")
        if status and fields.get("SmsStatus") != "received":
            return self._receipt(fields, status, hook.query.get("key", ""))
        sender = identifier(fields, "From")
        if sender.startswith(PREFIX) != bool(self.prefix):
            return Parsed(ignored=("other channel",), reply=NOTHING)
        sender, number = sender.removeprefix(PREFIX), identifier(fields, "MessageSid")
        words = fields.get("ButtonText") or fields.get("ListTitle") or fields.get("Body") or ""
        keyword = OPT_OUT.get(fields.get("OptOutType", "").upper())
        if words.strip() or keyword:
            arrival = Arrival(sender, number, "text", now(), words, keyword=keyword)
        else:
            kind = "location" if "Latitude" in fields else fields.get("MediaContentType0", "file").partition("/")[0]
            arrival = Arrival(sender, number, "attachment", now(), kind)
        return Parsed(arrivals=(arrival,), reply=NOTHING)

    @staticmethod
    def _receipt(fields: dict[str, str], status: str, key: str) -> Parsed:
        state = STATES.get(status)
        if state is None:
            return Parsed(ignored=(status,), reply=NOTHING)
        code = fields.get("ErrorCode", "")
        reason = REASONS.get(int(code) if code.isascii() and code.isdigit() else 0, "refused")
        receipt = Receipt(state, identifier(fields, "MessageSid"), key, reason if state == "failed" else None)
        return Parsed(receipts=(receipt,), reply=NOTHING)

    def render(self, part: Part) -> dict[str, Any]:
        return {"Body": part.text}

    async def send(self, http: ClientSession, outgoing: Outgoing) -> str:
        service = self.sender.startswith("MG")
        form = {
            "To": self.prefix + outgoing.address,
            "MessagingServiceSid" if service else "From": self.sender if service else self.prefix + self.sender,
            "StatusCallback": f"{self.webhook}?key={outgoing.key}",
            **outgoing.content,
        }
        body = await self._call(http, "POST", "/Messages.json", data=form)
        return str(body.get("sid", ""))

    async def check(self, http: ClientSession) -> str:
        body = await self._call(http, "GET", ".json")
        return f"{body.get('friendly_name', '?')} ({self.sender})"

    async def _call(self, http: ClientSession, method: str, path: str, **options: Any) -> dict[str, Any]:
        account, token = self.variables.twilio_account_sid, self.variables.twilio_auth_token.get_secret_value()
        url = f"{self.variables.twilio_api}/2010-04-01/Accounts/{account}{path}"
        status, body, headers = await call(http, method, url, auth=BasicAuth(account, token), **options)
        if status < 300:
            return body
        code = body.get("code") if isinstance(body.get("code"), int) else 0
        said = f"{body.get('message', status)} ({code})"
        if status == TOO_MANY or code in BUSY:
            raise TemporaryError(said, retry_after(headers), throttled=True)
        if status == 401 or code in NOT_KNOWN:
            raise TemporaryError(f"TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not known to Twilio: {said}")
        raise PermanentError(REASONS.get(code or 0, "refused"), said)


class TwilioSms(Twilio):
    keys = SmsKeys
    name = "sms"
    title = "SMS (Twilio)"
    limits = Limits(text=320)
    carrier = True
    variables: SmsKeys

    @property
    def sender(self) -> str:
        return self.variables.twilio_sms_from


class TwilioWhatsApp(Twilio):
    keys = WhatsAppKeys
    name = "whatsapp-twilio"
    title = "WhatsApp (Twilio)"
    limits = Limits(text=1600)
    windows = Windows(machine=DAY)
    prefix = PREFIX
    variables: WhatsAppKeys

    @property
    def sender(self) -> str:
        return self.variables.twilio_whatsapp_from

    def template(self, language: Language) -> dict[str, Any] | None:
        found = self.variables.value(f"twilio_whatsapp_template_{language}")
        return {"ContentSid": found} if found else None


def _fields(hook: Hook) -> MultiDict[str]:
    """The form. Raises ``UnreadableError``."""
    try:
        return MultiDict(parse_qsl(hook.body.decode(), keep_blank_values=True, max_num_fields=500))
    except (UnicodeDecodeError, ValueError):
        raise UnreadableError("no form") from None
