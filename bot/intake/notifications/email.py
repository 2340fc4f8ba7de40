"""E-mail to the firm's own people about leads, through the firm's SMTP server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
    """The e-mail for an event: what happened and where to look, nothing a visitor said."""
    data: Mapping[str, Any] = event["data"]
    key = f"alert.{event['type'].replace('.', '_')}"
    words = {
        "firm": firm,
        "lead": data.get("lead") or ", ".join(data.get("leads", ())),
        "reason": text(f"order.{data['reason']}", language, on=_day(data)) if "reason" in data else "",
        "status": text(f"status.{data['status']}", language) if "status" in data else "",
        "purpose": text(f"purpose.{data['purpose']}", language) if "purpose" in data else "",
        **{name: value for name, value in data.items() if isinstance(value, int)},
    }
    subject = text(f"{key}.subject" if f"{key}.subject" in catalogue() else "alert.other.subject", language, **words)
    lines = [text(f"{key}.line" if f"{key}.line" in catalogue() else "alert.other.line", language, **words)]
    contact = event.get("contact")
    if contact:
        lines.append(text("alert.contact", language, name=contact["name"], contact=contact["contact"]))
    if "lead" in data:
        number = int(str(data["lead"]).removeprefix("L-"))
        lines.append(text("alert.open", language, address=f"{public_url}/staff/leads/{number}"))
    if event["type"] == "digest":
        lines.append(text("alert.open", language, address=f"{public_url}/staff/today"))
    lines.append(text("alert.why_you", language, firm=firm))
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = subject, sender, to
    mail["Date"], mail["Message-ID"] = formatdate(), make_msgid(str(event["id"]), domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content("\n\n".join(lines) + "\n")
    return mail


def _day(data: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(data["due_on"]) if data.get("due_on") else None
