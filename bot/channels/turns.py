"""One turn: what the dialogue answers to one message, whatever happens on the way."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from typing import Final, Protocol

from bot.channels.counting import FAILED, TURN, count
from bot.channels.incoming import speakable
from bot.channels.outage import Outage, is_outage
from bot.intake.messages import GREETING, Message
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language

log = logging.getLogger(__name__)

ATTEMPTS: Final = 3
"""Starts of the process, or reconnections to the database, after which a message is given up."""

Apology = Callable[[Language, str], Answer]
"""What a visitor reads when a turn fails: from the language and the id under which it was logged."""


class Dialogue(Protocol):
    """The dialogue as channels use it. ``message_id`` is the same when a message is worked on again."""

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
        """Answers to what a visitor wrote, or to the payload of a button.

        ``asked``: the fact that the message answers to, as far as the channel can tell.
        """
        ...

    async def greet(self, conversation_id: str, message_id: str, *, language: Language, channel: str) -> list[Answer]:
        """How a conversation begins."""
        ...

    async def replies_to(self, conversation_id: str, message_id: str) -> list[Answer] | None:
        """Answers that the dialogue gave to this message before the process ended; None: not worked on."""
        ...


class Turns:
    """Asks the dialogue. Never raises what a turn raises: the visitor gets an apology instead."""

    def __init__(self, dialogue: Dialogue, outage: Outage, apology: Apology, *, timeout: float) -> None:
        self._dialogue = dialogue
        self._outage = outage
        self._apology = apology
        self._timeout = timeout

    async def answers(
        self, message: Message, *, language: Language, channel: str, asked: str | None, again: bool
    ) -> tuple[list[Answer], bool]:
        """The answers, and whether the turn went well.

        ``again``: the message may have been worked on before; what was answered then is given again.
        While the database is away this waits, and then asks again.
        """
        if message.attempts > ATTEMPTS:
            return [self.apologize(message, language, RuntimeError(f"given up after {ATTEMPTS} attempts"))], False
        for attempt in range(ATTEMPTS):
            try:
                async with asyncio.timeout(self._timeout):
                    with TURN.time():
                        answers = await self._ask(message, language, channel, asked, again or attempt > 0)
                for answer in answers:
                    count(answer)
                return answers, True
            except Exception as error:
                if not is_outage(error) or attempt == ATTEMPTS - 1:
                    return [self.apologize(message, language, error)], False
                self._outage.begin(error)
            await self._outage.wait()
        raise AssertionError("unreachable")

    async def _ask(
        self, message: Message, language: Language, channel: str, asked: str | None, again: bool
    ) -> list[Answer]:
        conversation_id = message.conversation_id
        if again:
            known = await self._dialogue.replies_to(conversation_id, message.id)
            if known is not None:
                return known
        if message.kind == GREETING:
            return await self._dialogue.greet(conversation_id, message.id, language=language, channel=channel)
        return await self._dialogue.turn(
            conversation_id,
            message.id,
            speakable(message.text or "") if message.payload is None else message.payload,
            language=language,
            channel=channel,
            asked=asked if message.payload is None else message.asked,
            is_payload=message.payload is not None,
        )

    def apologize(self, message: Message, language: Language, error: BaseException) -> Answer:
        """Log what went wrong under an id and tell the visitor the id."""
        FAILED.inc()
        error_id = secrets.token_hex(4)
        log.error("turn %s failed, error %s", message.id, error_id, exc_info=error)
        return self._apology(language, error_id)
