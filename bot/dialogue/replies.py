"""Rasa's output channel of a turn: it only collects, our channels send."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

from bot.knowledge.answer import Answer, Button


class Replies(OutputChannel):
    """Collects the answers of one turn."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []

    @classmethod
    def name(cls) -> str:
        return "express_entry_assistant"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.answers.append(answer_from(message))


def answer_from(message: dict[str, Any]) -> Answer:
    """Our answer in a bot message; one of a foreign action server is taken as plain text with buttons."""
    if "answer" in message:
        return Answer.from_dict(message["answer"])
    buttons = tuple(Button(b["title"], b.get("payload", "")) for b in message.get("buttons") or ())
    return Answer("en", (message.get("text") or "",), buttons=buttons)
