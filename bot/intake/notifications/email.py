"""E-mail to the firm's own people about leads, through the firm's SMTP server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from bot.intake.notifications.webhook import DeliveryError
from bot.knowledge.catalogue import Language, catalogue, text

SECONDS: Final = 20
PORTS: Final = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An SMTP server and the sender. ``secure``: TLS from the first byte; else STARTTLS where it is offered."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    secure: bool = False

    @classmethod
    def of(cls, url: str, sender: str) -> Mailbox:
        """``smtp://user:password@host:587`` or ``smtps://…``."""
        parts = urlsplit(url)
        return cls(
            host=parts.hostname or "",
            port=parts.port or PORTS[parts.scheme],
            sender=sender,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            secure=parts.scheme == "smtps",
        )

    async def send(self, message: EmailMessage) -> None:
        """Hand a message to the server. Raises ``DeliveryError``; final where the server refuses it for good."""
        try:
            await aiosmtplib.send(
                message,
                hostname=self.host,
                port=self.port,
                username=self.user or None,
                password=self.password or None,
                use_tls=self.secure,
                start_tls=False if self.secure else None,
                timeout=SECONDS,
            )
        except aiosmtplib.SMTPResponseException as error:
            raise DeliveryError(f"answered {error.code}", final=500 <= error.code < 600) from None
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = {refused.code for refused in error.recipients}
            raise DeliveryError("recipient refused", final=min(codes) >= 500) from None
        except (aiosmtplib.SMTPException, OSError) as error:
            raise DeliveryError(type(error).__name__) from None


def message(
    event: Mapping[str, Any], to: str, *, sender: str, firm: str, public_url: str, language: Language
) -> EmailMessage:
    """The e-mail for an event: what happened, why it counts and where to look; nothing a visitor said.

    Raises KeyError for a type of event that no words were written for.
    """
    data: Mapping[str, Any] = event["data"]
    key = f"alert.{_words_of(event['type'], data)}"
    reason = text(f"order.{data['reason']}", language, on=_day(data)) if "reason" in data else ""
    words = {
        "firm": firm,
        "lead": data.get("lead") or ", ".join(data.get("leads", ())),
        "reason": reason,
        "status": text(f"status.{data['status']}", language) if "status" in data else "",
        "purpose": text(f"purpose.{data['purpose']}", language) if "purpose" in data else "",
        **{name: value for name, value in data.items() if isinstance(value, int)},
    }
    parts = [text(f"{key}.line", language, **words)]
    if "why" in data:
        parts.append(text(f"alert.why.{data['why']}", language))
    if reason:
        parts.append("\n".join(_about(event, reason, language)))
    page = _page(event["type"], data)
    if page:
        parts.append(text("alert.open", language, address=f"{public_url}/staff/{page}"))
    parts.append(text("alert.why_you", language, firm=firm, address=f"{public_url}/staff/subscribers"))
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = text(f"{key}.subject", language, **words), _named(firm, sender), to
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(str(event["id"]), domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n\n".join(parts) + "\n")
    mail["Content-Language"] = language
    return mail


def _words_of(type_: str, data: Mapping[str, Any]) -> str:
    if type_ == "consent.changed":
        return "consent_given" if data["granted"] else "consent_refused"
    return type_.replace(".", "_")


def _about(event: Mapping[str, Any], reason: str, language: Language) -> list[str]:
    """What one needs to know of a lead before the page is opened; name and contact where they were allowed."""
    data, contact = event["data"], event.get("contact")
    came = data["channel"]
    channel = "console.channel_web" if came == "web" else f"console.settings.name.{came}"
    spoken = text("language_name.french" if data["language"] == "fr" else "language_name.english", language)
    lines = [
        text("alert.reason", language, reason=reason),
        text("alert.language", language, language=spoken),
        text("alert.channel", language, channel=text(channel, language) if channel in catalogue() else came),
    ]
    return [*lines, text("alert.contact", language, **contact)] if contact else lines


def _page(type_: str, data: Mapping[str, Any]) -> str:
    """The page of the console to look at; empty: none."""
    if "lead" in data:
        return f"leads/{int(str(data['lead']).removeprefix('L-'))}"
    return "today" if type_ == "digest" else ""


def _named(firm: str, sender: str) -> Address:
    """The sender as a mail program shows it: the firm's name, and the address."""
    return Address(display_name=firm, addr_spec=sender)


def _day(data: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(data["due_on"]) if data.get("due_on") else None
