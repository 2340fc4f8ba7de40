"""Rasa's agent inside our own process: one call is one turn."""

from __future__ import annotations

import gc
import json
import logging
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from bot.dialogue.runtime import prepare
from bot.intake.database import Database
from bot.knowledge import catalogue
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language
from bot.settings import Settings
from bot.understanding import is_masked

logger = logging.getLogger(__name__)


class DialogueError(RuntimeError):
    """A turn could not be finished. The conversation is where it was before the message."""


class RasaDialogue:
    """Turns messages into answers. Load it once per process with ``load``."""

    def __init__(self, agent: Any, store: Any) -> None:
        self._agent = agent
        self._store = store

    @classmethod
    async def load(
        cls, settings: Settings, model: Path, endpoints_file: Path, database: Database | None = None
    ) -> RasaDialogue:
        """Load a trained model; actions and conversations in this process unless ``endpoints.yml`` says otherwise.

        ``database``: the turn engine's, which writes the events of a turn together with its answers. Without one,
        events go at once into a database by these settings.
        """
        prepare()
        from rasa.core.agent import load_agent
        from rasa.core.utils import AvailableEndpoints

        from bot.dialogue.in_process_actions import InProcessActions
        from bot.dialogue.tracker_store import ConversationStore

        endpoints = AvailableEndpoints.read_endpoints(str(endpoints_file))
        own_store = endpoints.tracker_store is None
        endpoints.action = endpoints.action or InProcessActions()
        agent = await load_agent(model_path=str(model), endpoints=endpoints)
        if agent.processor is None:
            raise DialogueError(f"{model}: no usable model there. Train one with `make train`.")
        if own_store:
            store = ConversationStore(agent.domain, database or Database.of(settings), deferring=database is not None)
            # Not through the agent's own wrapper: that falls back to memory when the database is
            # away, and what was said then would be lost in silence.
            agent.tracker_store = agent.processor.tracker_store = store
        # Matrices of one message are small: a second thread costs more than it brings.
        threadpool_limits(limits=1, user_api="blas")
        # What is loaded stays: the collector need not look through it in the middle of a turn.
        gc.collect()
        gc.freeze()
        return cls(agent, agent.tracker_store)

    async def greet(self, conversation_id: str, message_id: str, *, language: Language, channel: str) -> list[Answer]:
        """The first words of a conversation."""
        payload = f"/greet{json.dumps({'language': language})}"
        return await self.turn(
            conversation_id, message_id, payload, language=language, channel=channel, asked=None, is_payload=True
        )

    async def turn(
        self,
        conversation_id: str,
        message_id: str,
        text: str,
        *,
        language: Language,
        channel: str,
        asked: str | None = None,
        is_payload: bool = False,
    ) -> list[Answer]:
        """The answers to one message. Raises ``DialogueError`` when it could not be worked on."""
        from rasa.core.channels.channel import UserMessage

        from bot.dialogue.in_process_actions import ActionFailedError
        from bot.dialogue.replies import Replies

        replies = Replies()
        message = UserMessage(
            text if is_payload else text.lstrip("/ "),
            replies,
            conversation_id,
            input_channel=channel,
            message_id=message_id,
            metadata={"language": language},
        )
        try:
            await self._agent.handle_message(message)
        except ActionFailedError as failure:
            raise DialogueError(f"the action {failure} failed") from failure.__cause__
        if not replies.answers:
            raise DialogueError("no action had anything to say")
        return told_of_masking(text, replies.answers)

    async def replies_to(self, conversation_id: str, message_id: str) -> list[Answer] | None:
        """What was answered to a message, from the stored conversation; None if it was never worked on."""
        from bot.dialogue.replies import answer_from

        stored = getattr(self._store, "stored", self._store.retrieve)
        tracker = await stored(conversation_id)
        answers: list[Answer] | None = None
        said = ""
        for event in tracker.events if tracker is not None else ():
            if event.type_name == "user":
                if answers is not None:
                    break
                answers = [] if event.message_id == message_id else None
                said = event.text or ""
            elif event.type_name == "bot" and answers is not None:
                answers.append(answer_from(event.message()))
        return told_of_masking(said, answers) if answers else answers

    async def understood(self, text: str) -> dict[str, Any]:
        """What Rasa's pipeline makes of a message on its own: intent, entities, ``topics``, ``questions``."""
        return dict(await self._agent.parse_message(text.lstrip("/ ")))

    async def erase(self, conversation_id: str) -> int:
        """Erase a conversation from Rasa's store; returns the number of events."""
        return int(await self._store.delete(conversation_id))


def told_of_masking(said: str, answers: list[Answer]) -> list[Answer]:
    """The answers, and before them a word to a visitor whose message held an identity number."""
    if not is_masked(said):
        return answers
    language = answers[-1].language
    return [Answer(language, (catalogue.text("masked", language),), kind="notice"), *answers]
