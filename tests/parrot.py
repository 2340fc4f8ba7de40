"""A dialogue for tests of everything around it: it repeats what it hears, and does odd things when told to."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections import Counter
from pathlib import Path

from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import Language


class Parrot:
    """Implements ``bot.channels.turns.Dialogue``.

    ``raise``: the turn fails. ``hang``: it never ends. ``slow``: it takes ``pause`` seconds. ``die``: the
    process is killed before the turn. ``die after``: it is killed once the dialogue has kept its replies.
    ``ask age``: the answer asks for a fact. ``choices``: it has buttons. ``en français``: it answers in French.

    ``kept``: a file that outlives the process, as the tracker store of the real dialogue does.
    """

    def __init__(self, kept: Path | None = None, *, pause: float = 0.3) -> None:
        self.pause = pause
        self.heard: list[tuple[str, str, str | None, bool]] = []
        self.languages: list[Language] = []
        self.running: Counter[str] = Counter()
        self.most_at_once = 0
        self.most_in_one_conversation = 0
        self.broken: Exception | None = None
        self._kept = kept

    async def greet(self, conversation_id: str, message_id: str, *, language: Language, channel: str) -> list[Answer]:
        hello = "Bonjour" if language == "fr" else "Hello"
        return self._keep(message_id, [Answer(language, (hello,), buttons=(Button("Yes", "/affirm"),))])

    async def turn(
        self,
        conversation_id: str,
        message_id: str,
        text: str,
        *,
        language: Language,
        channel: str,
        asked: str | None,
        is_payload: bool,
    ) -> list[Answer]:
        self.heard.append((conversation_id, text, asked, is_payload))
        self.languages.append(language)
        self.running[conversation_id] += 1
        self.most_at_once = max(self.most_at_once, self.running.total())
        self.most_in_one_conversation = max(self.most_in_one_conversation, self.running[conversation_id])
        try:
            return await self._answers(message_id, text, language, is_payload)
        finally:
            self.running[conversation_id] -= 1

    async def _answers(self, message_id: str, text: str, language: Language, is_payload: bool) -> list[Answer]:
        if self.broken:
            raise self.broken
        if text.startswith("slow") or text == "die soon":
            await asyncio.sleep(self.pause)
        match text:
            case "raise":
                raise RuntimeError("an action of the test failed")
            case "hang":
                await asyncio.Event().wait()
            case "unwritable":
                return [Answer(language, ("\ud800",))]
            case "silence":
                return []
            case "die":
                os.kill(os.getpid(), signal.SIGKILL)
            case "die after":
                self._keep(message_id, [Answer(language, ("I was killed.",))])
                os.kill(os.getpid(), signal.SIGKILL)
            case "ask age":
                return self._keep(message_id, [Answer(language, ("How old are you?",), kind="question", asks="age")])
            case "choices":
                buttons = (
                    Button("Single", '/inform{"marital_status": "single"}'),
                    Button("Read", href="https://a.example"),
                )
                return self._keep(message_id, [Answer(language, ("Choose.",), buttons=buttons, asks="marital_status")])
            case "en français" | "/switch_to_french":
                return self._keep(message_id, [Answer("fr", ("Bonjour",))])
        kind = "payload" if is_payload else "text"
        return self._keep(message_id, [Answer(language, (f"{kind}: {text}",))])

    async def replies_to(self, conversation_id: str, message_id: str) -> list[Answer] | None:
        if self.broken:
            raise self.broken
        replies = self._replies().get(message_id)
        return None if replies is None else [Answer.from_dict(reply) for reply in replies]

    def _keep(self, message_id: str, answers: list[Answer]) -> list[Answer]:
        if self._kept:
            replies = self._replies() | {message_id: [answer.to_dict() for answer in answers]}
            self._kept.write_text(json.dumps(replies), encoding="utf-8")
        return answers

    def _replies(self) -> dict[str, list[dict[str, object]]]:
        if self._kept and self._kept.exists():
            return dict(json.loads(self._kept.read_text(encoding="utf-8")))
        return {}
