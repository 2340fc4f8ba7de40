"""Facebook Messenger and Instagram: quick replies, postbacks, echoes, delivery, the windows of both.

24 hours for the machine; seven days for a person of the firm, with the human-agent tag. On Messenger our
key is the message's ``metadata`` and comes back in its echo.
"""

from __future__ import annotations

from typing import Any, ClassVar, Final

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.channels.channel import DAY, Arrival, Hook, Limits, Outgoing, Parsed, Part, Receipt, Windows
from bot.channels.providers.meta import MetaChannel, MetaKeys
from bot.channels.reading import identifier, json_object, objects, part, seconds
from bot.channels.splitting import utf8

MILLISECONDS: Final = 1000.0
START: Final = "GET_STARTED"
"""Payload of the button with which a person begins (set it as the page's "get started")."""
EVENTS: Final = ("message", "postback", "delivery", "message_edit")


class MessengerKeys(MetaKeys):
    switches: ClassVar = ("messenger_token", "messenger_page_id")
    needed: ClassVar = ("meta_app_secret", "meta_verify_token", "messenger_token", "messenger_page_id")

    messenger_token: SecretStr = SecretStr("")
    messenger_page_id: str = ""


class InstagramKeys(MetaKeys):
    switches: ClassVar = ("instagram_token", "instagram_id")
    needed: ClassVar = ("meta_app_secret", "meta_verify_token", "instagram_token", "instagram_id")

    instagram_token: SecretStr = SecretStr("")
    instagram_id: str = ""
    instagram_app_secret: SecretStr = SecretStr("")
    instagram_api: str = "https://graph.instagram.com"


class Messenger(MetaChannel):
    keys: ClassVar[type[MetaKeys]] = MessengerKeys
    name = "messenger"
    title = "Messenger"
    token = "messenger_token"  # noqa: S105  (the name of a variable)
    limits = Limits(text=2000, buttons=13, button_title=20)
    windows = Windows(machine=DAY, human=7 * DAY)
    has_metadata: ClassVar[bool] = True

    @property
    def account(self) -> str:
        return self.variables.value("messenger_page_id")

    def parse(self, hook: Hook) -> Parsed:
        body = json_object(hook.body)
        arrivals: list[Arrival] = []
        receipts: list[Receipt] = []
        ignored: list[str] = []
        for entry in objects(body, "entry"):
            for event in objects(entry, "messaging"):
                kind = next((kind for kind in EVENTS if kind in event), None)
                if kind is None:
                    ignored.extend(key for key in event if key not in ("sender", "recipient", "timestamp"))
                elif kind == "delivery":
                    mids = part(event, "delivery", dict).get("mids")
                    receipts.extend(Receipt("delivered", str(mid)) for mid in (mids if isinstance(mids, list) else ()))
                elif kind == "message" and part(event, "message", dict).get("is_echo"):
                    receipts.extend(self._echo(event["message"]))
                else:
                    found = _arrival(event, kind)
                    ignored.extend([] if found else [kind])
                    arrivals.extend([found] if found else [])
            ignored.extend(key for key in entry if key in ("standby", "changes"))
        return Parsed(tuple(arrivals), tuple(receipts), tuple(ignored))

    def _echo(self, message: dict[str, Any]) -> list[Receipt]:
        """What the page sent; with our key it is one of ours."""
        key = message.get("metadata")
        return [Receipt("sent", identifier(message, "mid"), key)] if isinstance(key, str) and key else []

    def render(self, part: Part) -> dict[str, Any]:
        replies = [{"content_type": "text", "title": c.title, "payload": c.id} for c in part.choices]
        return {"text": part.text, **({"quick_replies": replies} if replies else {})}

    async def send(self, http: ClientSession, outgoing: Outgoing) -> str:
        message = {**outgoing.content, **({"metadata": outgoing.key} if self.has_metadata else {})}
        content: dict[str, Any] = {"recipient": {"id": outgoing.address}, "message": message}
        content |= (
            {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"} if outgoing.late else {"messaging_type": "RESPONSE"}
        )
        body = await self.graph(http, "POST", f"{self.account}/messages", json=content)
        return str(body.get("message_id", ""))

    async def check(self, http: ClientSession) -> str:
        return str((await self.graph(http, "GET", f"{self.account}?fields=name")).get("name", "?"))


class Instagram(Messenger):
    keys = InstagramKeys
    name = "instagram"
    title = "Instagram"
    token = "instagram_token"  # noqa: S105  (the name of a variable)
    limits = Limits(text=1000, units=utf8, buttons=13, button_title=20)
    has_metadata = False

    @property
    def account(self) -> str:
        return self.variables.value("instagram_id")

    @property
    def api(self) -> str:
        return f"{self.variables.value('instagram_api')}/{self.variables.meta_version}"

    @property
    def app_secret(self) -> str:
        return self.variables.value("instagram_app_secret") or super().app_secret

    async def check(self, http: ClientSession) -> str:
        return "@" + str((await self.graph(http, "GET", f"{self.account}?fields=username")).get("username", "?"))


def _arrival(event: dict[str, Any], kind: str) -> Arrival | None:
    sender = identifier(part(event, "sender", dict), "id")
    when, about = seconds(event.get("timestamp"), MILLISECONDS), part(event, kind, dict)
    number = identifier(about, "mid")
    if kind == "postback":
        payload = part(about, "payload", str)
        return Arrival(sender, number, "start" if payload == START else "choice", when, payload)
    words = about.get("text")
    if kind == "message_edit":
        edited = f"{number}:{identifier(about, 'num_edit')}"
        return Arrival(sender, edited, "edit", when, words, number) if isinstance(words, str) else None
    reply = about.get("quick_reply")
    if isinstance(reply, dict):
        return Arrival(sender, number, "choice", when, part(reply, "payload", str))
    attached = objects(about, "attachments")
    if attached:
        return Arrival(sender, number, "attachment", when, str(attached[0].get("type", "file"))[:20])
    return Arrival(sender, number, "text", when, words) if isinstance(words, str) else None
