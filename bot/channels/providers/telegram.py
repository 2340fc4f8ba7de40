"""Telegram: the Bot API by webhook, with inline keyboards, edits and callback queries.

Signed by the secret token that was given when the webhook was registered. A bot cannot write first;
a person who blocked it cannot be reached. Limits count UTF-16 units.
"""

from __future__ import annotations

import hmac
import json
from typing import Any, ClassVar, Final

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.channels.calling import TOO_MANY, call
from bot.channels.channel import (
    Arrival,
    Channel,
    ForgedError,
    Hook,
    Limits,
    Outgoing,
    Parsed,
    Part,
    PermanentError,
    Reason,
    Reply,
    TemporaryError,
)
from bot.channels.keys import Keys
from bot.channels.reading import identifier, json_object, now, part, seconds
from bot.channels.splitting import utf16

HEADER: Final = "x-telegram-bot-api-secret-token"
SENT_TO_US: Final = (
    *("voice", "audio", "video", "video_note", "photo", "document", "sticker", "animation", "location"),
    *("contact", "poll", "venue", "dice", "story"),
)
"""Kinds of messages that hold no text."""
_GONE: Final[tuple[tuple[str, Reason], ...]] = (
    ("blocked", "blocked"),
    ("deactivated", "unknown_person"),
    ("chat not found", "unknown_person"),
    ("kicked", "blocked"),
)


class TelegramKeys(Keys):
    switches: ClassVar = ("telegram_token", "telegram_secret")
    needed: ClassVar = ("telegram_token", "telegram_secret")

    forms: ClassVar = {
        "telegram_token": (r"\d+:[A-Za-z0-9_-]{20,}", "it looks like 123456:ABC…, as @BotFather gave it"),
        "telegram_secret": (r"[A-Za-z0-9_-]{16,256}", "16 to 256 letters, digits, dashes and underscores"),
    }

    telegram_token: SecretStr = SecretStr("")
    telegram_secret: SecretStr = SecretStr("")
    telegram_api: str = "https://api.telegram.org"


class Telegram(Channel):
    keys = TelegramKeys
    name = "telegram"
    title = "Telegram"
    limits = Limits(text=4096, units=utf16, buttons=20, button_title=60, links=True)
    variables: TelegramKeys

    def verify(self, hook: Hook) -> None:
        given = hook.headers.get(HEADER, "").encode()
        if not hmac.compare_digest(given, self.variables.telegram_secret.get_secret_value().encode()):
            raise ForgedError

    def parse(self, hook: Hook) -> Parsed:
        update = json_object(hook.body)
        identifier(update, "update_id")
        if "callback_query" in update:
            return self._pressed(part(update, "callback_query", dict))
        for kind in ("message", "edited_message"):
            if kind in update:
                return self._message(part(update, kind, dict), edited=kind == "edited_message")
        return Parsed(ignored=tuple(key for key in update if key != "update_id"))

    def _message(self, message: dict[str, Any], *, edited: bool) -> Parsed:
        chat = part(message, "chat", dict)
        if chat.get("type") != "private":
            return Parsed(ignored=("group",))
        sender, number = identifier(chat, "id"), identifier(message, "message_id")
        speaker = message.get("from")
        tag = speaker.get("language_code") if isinstance(speaker, dict) else None
        language = tag if isinstance(tag, str) else ""
        when = seconds(message.get("date")) + int(number) % 1_000_000 / 1e6 if number.isdigit() else 0.0
        words = message.get("text")
        if isinstance(words, str):
            if edited:
                mark = f"{sender}:{number}:{identifier(message, 'edit_date')}"
                return _one(Arrival(sender, mark, "edit", when, words, f"{sender}:{number}", language))
            command, _, rest = words.partition(" ")
            if command == "/start" and not rest:
                return _one(Arrival(sender, f"{sender}:{number}", "start", when, words, language=language))
            if command == "/start":  # a link t.me/NAME?start=CODE
                words = f"CODE {rest}"
            return _one(Arrival(sender, f"{sender}:{number}", "text", when, words, language=language))
        kind = next((kind for kind in SENT_TO_US if kind in message), None)
        if kind is None or edited:
            return Parsed(ignored=("service",))
        return _one(Arrival(sender, f"{sender}:{number}", "attachment", when, kind, language=language))

    def _pressed(self, query: dict[str, Any]) -> Parsed:
        """A button of an inline keyboard; Telegram takes its acknowledgement as the answer to the webhook."""
        done = Reply(
            json.dumps({"method": "answerCallbackQuery", "callback_query_id": identifier(query, "id")}),
            "application/json",
        )
        speaker, message = part(query, "from", dict), query.get("message")
        data = query.get("data")
        if not isinstance(message, dict) or not isinstance(data, str):
            return Parsed(ignored=("inline",), reply=done)
        sender = identifier(part(message, "chat", dict), "id")
        tag = speaker.get("language_code")
        pressed = Arrival(
            sender,
            f"q:{identifier(query, 'id')}",
            "choice",
            now(),
            data,
            language=tag if isinstance(tag, str) else "",
        )
        return Parsed(arrivals=(pressed,), reply=done)

    def render(self, part: Part) -> dict[str, Any]:
        rows = [[{"text": choice.title, "callback_data": choice.id}] for choice in part.choices]
        rows += [[{"text": link.title[:60], "url": link.url}] for link in part.links]
        content: dict[str, Any] = {"text": part.text, "link_preview_options": {"is_disabled": True}}
        return content | ({"reply_markup": {"inline_keyboard": rows}} if rows else {})

    async def send(self, http: ClientSession, outgoing: Outgoing) -> str:
        body = await self._call(http, "sendMessage", {"chat_id": outgoing.address, **outgoing.content})
        result = body.get("result")
        return str(result.get("message_id", "")) if isinstance(result, dict) else ""

    async def check(self, http: ClientSession) -> str:
        result = (await self._call(http, "getMe", {})).get("result")
        return f"@{result.get('username', '?')}" if isinstance(result, dict) else "?"

    async def _call(self, http: ClientSession, method: str, content: dict[str, Any]) -> dict[str, Any]:
        token = self.variables.telegram_token.get_secret_value()
        url = f"{self.variables.telegram_api}/bot{token}/{method}"
        status, body, _ = await call(http, "POST", url, json=content)
        if body.get("ok") is True:
            return body
        said = str(body.get("description", status))
        if status == TOO_MANY:
            parameters = body.get("parameters")
            wait = parameters.get("retry_after", 0) if isinstance(parameters, dict) else 0
            raise TemporaryError(said, float(wait), throttled=True)
        if status in (401, 404):
            raise TemporaryError(f"TELEGRAM_TOKEN is not known to Telegram ({said})", throttled=False)
        for words, reason in _GONE:
            if words in said.lower():
                raise PermanentError(reason, said)
        raise PermanentError("refused", said)


def _one(arrival: Arrival) -> Parsed:
    return Parsed(arrivals=(arrival,))
