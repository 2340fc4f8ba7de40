"""WhatsApp over Meta's Cloud API: buttons, lists, statuses, the 24-hour window and one approved template.

Our key goes along as ``biz_opaque_callback_data`` and comes back in each status: so a message whose
answer was lost is recognised. A person is their business-scoped user id where WhatsApp gives one (a
telephone number may be hidden), else their number.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.channels.channel import DAY, Arrival, Hook, Limits, Outgoing, Parsed, Part, Receipt, State, Windows
from bot.channels.providers.meta import REASONS, MetaChannel, MetaKeys
from bot.channels.reading import identifier, json_object, objects, part, seconds
from bot.channels.splitting import shortened
from bot.knowledge.catalogue import Language, text

STATES: Final[dict[str, State]] = {"sent": "sent", "delivered": "delivered", "read": "read", "failed": "failed"}
FILES: Final = frozenset({"audio", "image", "video", "document", "sticker", "location", "contacts", "unsupported"})
TEMPLATE_LOCALES: Final[dict[Language, str]] = {"en": "en", "fr": "fr"}


class WhatsAppKeys(MetaKeys):
    switches: ClassVar = ("whatsapp_token", "whatsapp_phone_id")
    needed: ClassVar = ("meta_app_secret", "meta_verify_token", "whatsapp_token", "whatsapp_phone_id")

    whatsapp_token: SecretStr = SecretStr("")
    whatsapp_phone_id: str = ""
    whatsapp_template: str = ""


class WhatsApp(MetaChannel):
    keys = WhatsAppKeys
    name = "whatsapp"
    title = "WhatsApp (Meta)"
    token = "whatsapp_token"  # noqa: S105  (the name of a variable)
    limits = Limits(text=4096, beside_choices=1024, buttons=3, button_title=20, rows=10, row_title=24, row_detail=72)
    windows = Windows(machine=DAY)
    keywords = frozenset({"stop", "start", "help", "code"})
    variables: WhatsAppKeys

    def parse(self, hook: Hook) -> Parsed:
        body = json_object(hook.body)
        arrivals: list[Arrival] = []
        receipts: list[Receipt] = []
        ignored: list[str] = []
        for change in (change for entry in objects(body, "entry") for change in objects(entry, "changes")):
            value = part(change, "value", dict)
            about = value.get("metadata")
            ours = isinstance(about, dict) and str(about.get("phone_number_id")) == self.variables.whatsapp_phone_id
            if change.get("field") != "messages" or not ours:
                ignored.append(str(change.get("field")))
                continue
            for message in objects(value, "messages"):
                arrival = _arrival(message)
                if arrival is None:
                    ignored.append(str(message.get("type")))
                else:
                    arrivals.append(arrival)
            receipts.extend(_receipts(objects(value, "statuses")))
        return Parsed(tuple(arrivals), tuple(receipts), tuple(ignored))

    def render(self, part: Part) -> dict[str, Any]:
        if not part.choices:
            return {"type": "text", "text": {"body": part.text, "preview_url": False}}
        if len(part.choices) <= self.limits.buttons:
            action: dict[str, Any] = {
                "buttons": [{"type": "reply", "reply": {"id": c.id, "title": c.title}} for c in part.choices]
            }
            kind = "button"
        else:
            rows = [{"id": c.id, "title": c.title, **self._detail(c.title, c.whole)} for c in part.choices]
            action = {"button": text("channel.choose", part.language), "sections": [{"rows": rows}]}
            kind = "list"
        return {
            "type": "interactive",
            "interactive": {"type": kind, "body": {"text": part.text}, "action": action},
        }

    def _detail(self, title: str, whole: str) -> dict[str, str]:
        return {} if title == whole else {"description": shortened(whole, self.limits.row_detail)}

    async def send(self, http: ClientSession, outgoing: Outgoing) -> str:
        content = {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to" if outgoing.address.isdigit() else "recipient": outgoing.address,
            "biz_opaque_callback_data": outgoing.key,
            **outgoing.content,
        }
        body = await self.graph(http, "POST", f"{self.variables.whatsapp_phone_id}/messages", json=content)
        sent = body.get("messages")
        return str(sent[0].get("id", "")) if isinstance(sent, list) and sent and isinstance(sent[0], dict) else ""

    def template(self, language: Language) -> dict[str, Any] | None:
        name = self.variables.whatsapp_template
        if not name:
            return None
        return {"type": "template", "template": {"name": name, "language": {"code": TEMPLATE_LOCALES[language]}}}

    async def check(self, http: ClientSession) -> str:
        path = f"{self.variables.whatsapp_phone_id}?fields=display_phone_number,verified_name"
        body = await self.graph(http, "GET", path)
        return f"{body.get('verified_name', '?')} ({body.get('display_phone_number', '?')})"


def _arrival(message: dict[str, Any]) -> Arrival | None:
    """What a person did; None: nothing that is for us."""
    kind = part(message, "type", str)
    sender = identifier(message, "from_user_id" if message.get("from_user_id") else "from")
    number, when = identifier(message, "id"), seconds(message.get("timestamp"))
    match kind:
        case "text":
            return Arrival(sender, number, "text", when, part(part(message, "text", dict), "body", str))
        case "button":  # a quick reply of a template: its words count
            return Arrival(sender, number, "text", when, part(part(message, "button", dict), "text", str))
        case "interactive":
            chosen = part(message, "interactive", dict)
            reply = chosen.get(str(chosen.get("type")))
            return Arrival(sender, number, "choice", when, identifier(reply, "id")) if isinstance(reply, dict) else None
        case "request_welcome":
            return Arrival(sender, number, "start", when)
        case _ if kind in FILES:
            return Arrival(sender, number, "attachment", when, kind)
    return None


def _receipts(statuses: list[dict[str, Any]]) -> Iterator[Receipt]:
    for status in statuses:
        state = STATES.get(str(status.get("status")))
        if state is None:
            continue
        errors = objects(status, "errors")
        code = errors[0].get("code", 0) if errors else 0
        key = status.get("biz_opaque_callback_data")
        yield Receipt(
            state,
            identifier(status, "id"),
            key if isinstance(key, str) else "",
            REASONS.get(code if isinstance(code, int) else 0, "refused") if state == "failed" else None,
        )
