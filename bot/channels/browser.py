"""The renderer of our own web channel: a message as the JSON that widget and plain page draw."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from bot.intake.messages import Message
from bot.knowledge.answer import Button
from bot.knowledge.typography import printed

LINKS: Final = ("https://", "http://", "mailto:", "tel:")
"""Addresses that a button or a source may lead to."""


def rendered(message: Message) -> dict[str, Any]:
    """The message without anything that is the server's own business: a button's payload never leaves it."""
    answer = message.answer
    drawn: dict[str, Any] = {
        "id": message.seq,
        "from": message.sender,
        "at": message.created_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "language": message.language,
        "kind": message.kind,
        "text": message.text,
        "lines": [],
        "buttons": [],
        "table": None,
        "sources": [],
        "notices": [],
        "card": None,
        "author": None,
    }
    if message.client_id is not None:
        drawn["client_id"] = message.client_id
    if answer is not None:
        content = {
            "lines": list(answer.lines),
            "buttons": [_button(place, button) for place, button in enumerate(answer.buttons)],
            "table": asdict(answer.table) if answer.table else None,
            "sources": [asdict(source) for source in answer.sources if source.url.startswith(LINKS)],
            "notices": list(answer.notices),
            "card": answer.card,
        }
        drawn |= printed(content, answer.language)
        drawn["author"] = answer.author
    return drawn


def _button(place: int, button: Button) -> dict[str, Any]:
    drawn: dict[str, Any] = {"id": place, "title": button.title}
    if button.href and button.href.startswith(LINKS):
        drawn["href"] = button.href
    return drawn
