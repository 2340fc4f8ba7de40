"""Slack: direct messages to the app by the Events API, buttons by interactivity, blocks to answer.

Signed over time and body, five minutes at most. Our key is the message's ``metadata``, and a message
whose answer was lost is looked up by it in the history.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final
from urllib.parse import parse_qsl

from aiohttp import ClientSession
from pydantic import SecretStr
from slack_sdk.signature import SignatureVerifier

from bot.channels.calling import TOO_MANY, call, retry_after
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
    UnreadableError,
)
from bot.channels.keys import Keys
from bot.channels.reading import identifier, json_object, objects, part, seconds

EVENT: Final = "assistant_message"
TAKEN: Final = Reply("{}", "application/json")
PASSING: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout", "accesslimited"})
TOKENS: Final = frozenset({"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"})
REASONS: Final[dict[str, Reason]] = {
    "channel_not_found": "unknown_person",
    "user_not_found": "unknown_person",
    "is_archived": "blocked",
    "user_disabled": "unknown_person",
    "messages_tab_disabled": "blocked",
}
LOOKED_AT: Final = 50
"""Messages of the history in which a lost one is looked for."""

_LINK = re.compile(r"<(?!@|#|!)([^<>|]+)(?:\|([^<>]*))?>")


def escaped(text: str) -> str:
    """Text as Slack takes it: three characters have a meaning there."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class SlackKeys(Keys):
    switches: ClassVar = ("slack_token", "slack_signing_secret")
    needed: ClassVar = ("slack_token", "slack_signing_secret")
    forms: ClassVar = {"slack_token": (r"xoxb-[A-Za-z0-9-]+", "it begins with xoxb- (Bot User OAuth Token)")}

    slack_token: SecretStr = SecretStr("")
    slack_signing_secret: SecretStr = SecretStr("")
    slack_api: str = "https://slack.com/api"


class Slack(Channel):
    keys = SlackKeys
    name = "slack"
    title = "Slack"
    limits = Limits(text=3000, units=lambda text: len(escaped(text)), buttons=25, button_title=75, links=True)
    variables: SlackKeys

    def verify(self, hook: Hook) -> None:
        verifier = SignatureVerifier(self.variables.slack_signing_secret.get_secret_value())
        try:
            genuine = verifier.is_valid_request(hook.body, dict(hook.headers))
        except (ValueError, TypeError):  # a time that is no number, a body that is no text
            genuine = False
        if not genuine:
            raise ForgedError

    def parse(self, hook: Hook) -> Parsed:
        if hook.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return self._interaction(hook.body)
        body = json_object(hook.body)
        match body.get("type"):
            case "url_verification":
                return Parsed(reply=Reply(part(body, "challenge", str)))
            case "event_callback":
                return self._event(part(body, "event", dict))
        return Parsed(ignored=(str(body.get("type")),))

    def _event(self, event: dict[str, Any]) -> Parsed:
        kind, subtype = event.get("type"), event.get("subtype")
        if kind != "message" or event.get("channel_type") != "im" or event.get("bot_id"):
            return Parsed(ignored=(str(kind),))
        sender = identifier(event, "channel")
        if subtype == "message_changed":
            return self._edited(event, sender)
        if subtype not in (None, "file_share") or not event.get("user"):
            return Parsed(ignored=(str(subtype),))
        stamp = identifier(event, "ts")
        words, files = event.get("text"), objects(event, "files")
        if files:
            return _one(Arrival(sender, f"{sender}:{stamp}", "attachment", seconds(stamp), "file"))
        if not isinstance(words, str):
            raise UnreadableError("text")
        return _one(Arrival(sender, f"{sender}:{stamp}", "text", seconds(stamp), plain(words)))

    @staticmethod
    def _edited(event: dict[str, Any], sender: str) -> Parsed:
        message = part(event, "message", dict)
        edited = message.get("edited")
        before = event.get("previous_message")
        same = isinstance(before, dict) and before.get("text") == message.get("text")  # a link was unfurled
        if not isinstance(edited, dict) or message.get("bot_id") or same:
            return Parsed(ignored=("message_changed",))
        stamp, when = identifier(message, "ts"), identifier(edited, "ts")
        number = f"{sender}:{stamp}"
        words = plain(part(message, "text", str))
        return _one(Arrival(sender, f"{number}:{when}", "edit", seconds(when), words, number))

    @staticmethod
    def _interaction(body: bytes) -> Parsed:
        try:
            fields = dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
        except (UnicodeDecodeError, ValueError):
            raise UnreadableError("no form") from None
        if "payload" not in fields:
            return Parsed(ignored=("command",))
        payload = json_object(fields["payload"].encode())
        if payload.get("type") != "block_actions":
            return Parsed(ignored=(str(payload.get("type")),), reply=TAKEN)
        sender = identifier(part(payload, "channel", dict), "id")
        arrivals = []
        for action in objects(payload, "actions"):
            if action.get("type") == "button" and "value" in action:
                stamp = identifier(action, "action_ts")
                number = f"a:{sender}:{stamp}:{action.get('action_id')}"
                arrivals.append(Arrival(sender, number, "choice", seconds(stamp), identifier(action, "value")))
        return Parsed(arrivals=tuple(arrivals), reply=TAKEN)

    def render(self, part: Part) -> dict[str, Any]:
        said = escaped(part.text)
        blocks: list[dict[str, Any]] = [{"type": "section", "text": {"type": "mrkdwn", "text": said}}]
        buttons: list[dict[str, Any]] = [
            {"type": "button", "text": _label(c.title), "value": c.id, "action_id": c.id} for c in part.choices
        ]
        buttons += [
            {"type": "button", "text": _label(link.title[:75]), "url": link.url, "action_id": f"link.{place}"}
            for place, link in enumerate(part.links)
        ]
        if buttons:
            blocks.append({"type": "actions", "elements": buttons})
        return {"text": said, "blocks": blocks, "unfurl_links": False, "unfurl_media": False}

    async def send(self, http: ClientSession, outgoing: Outgoing) -> str:
        metadata = {"event_type": EVENT, "event_payload": {"key": outgoing.key}}
        content = {"channel": outgoing.address, "metadata": metadata, **outgoing.content}
        return str((await self._call(http, "chat.postMessage", json=content)).get("ts", ""))

    async def find(self, http: ClientSession, outgoing: Outgoing) -> str | None:
        form = {"channel": outgoing.address, "limit": str(LOOKED_AT), "include_all_metadata": "true"}
        body = await self._call(http, "conversations.history", data=form)
        for message in objects(body, "messages"):
            metadata = message.get("metadata")
            payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
            if isinstance(payload, dict) and payload.get("key") == outgoing.key:
                return str(message.get("ts", ""))
        return None

    async def check(self, http: ClientSession) -> str:
        body = await self._call(http, "auth.test")
        return f"{body.get('user', '?')} in {body.get('team', '?')}"

    async def _call(self, http: ClientSession, method: str, **options: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.variables.slack_token.get_secret_value()}"}
        url = f"{self.variables.slack_api}/{method}"
        status, body, answered = await call(http, "POST", url, headers=headers, **options)
        if body.get("ok") is True:
            return body
        error = str(body.get("error", status))
        if status == TOO_MANY or error in ("ratelimited", "rate_limited"):
            raise TemporaryError(error, retry_after(answered), throttled=True)
        if error in PASSING:
            raise TemporaryError(error)
        if error in TOKENS:
            raise TemporaryError(f"SLACK_TOKEN is not accepted by Slack ({error})")
        raise PermanentError(REASONS.get(error, "refused"), error)


def plain(words: str) -> str:
    """What a person typed: links without their marks, the three characters as themselves."""
    shown = _LINK.sub(lambda link: link[2] or link[1].removeprefix("mailto:").removeprefix("tel:"), words)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _label(title: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": title, "emoji": False}


def _one(arrival: Arrival) -> Parsed:
    return Parsed(arrivals=(arrival,))
