"""Rasa component: a message right after an answer is read as a follow-up of it, where it is one.

It becomes ``faq`` with ``follow_up``: the topic that answers, the aspect asked about, and the size of family, kind
of round or year that it names. A message that is surely about another topic is left alone, unless the topic before
answers just that. A question about rounds that names a kind or a year needs no answer before it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.nlu.classifier import FAQ, QUESTIONS, TOPICS
from bot.dialogue.nlu.follow_up import FAMILY_SIZE, follow_up, of_rounds
from bot.dialogue.nlu.reader import SURE
from bot.knowledge.finding import certain
from bot.knowledge.topics import topics

FOLLOW_UP = "follow_up"
SURE_OF_ANOTHER: Final = 0.6
"""From this certainty on a message is about another topic, however it begins."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class FollowUpReader(GraphComponent):
    """Reads a message in the light of the topic that was answered just before. Nothing to train."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FollowUpReader:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            metadata = message.get("metadata") or {}
            last = metadata.get("last_topic")
            if message.get(TEXT) and last in topics() and not message.get(SURE):
                self._read(message, last, metadata.get("last_follow_up"), metadata.get("asked"))
            if message.get(TEXT) and not message.get(FOLLOW_UP) and not message.get(SURE):
                self._narrow(message)
        return messages

    def _read(self, message: Message, last: str, before: dict[str, Any] | None, asked: str | None) -> None:
        text = message.get(TEXT)
        entities = message.get(ENTITIES, [])
        if "?" not in text and any(entity["entity"] == asked for entity in entities):
            return
        found = follow_up(text, last, before)
        if found is None:
            return
        named = (found.family_size, found.kind, found.year)
        answered_there = any(item is not None for item in named) or found.about in topics()[last].about
        if not answered_there and _about_another(message, last):
            return
        if found.family_size is not None:
            # A size that is asked for is not a size that is told.
            message.set(ENTITIES, [e for e in entities if e["entity"] != FAMILY_SIZE], add_to_output=True)
        message.set(INTENT, {"name": FAQ, "confidence": 1.0}, add_to_output=True)
        message.set(FOLLOW_UP, asdict(found), add_to_output=True)

    def _narrow(self, message: Message) -> None:
        ranking = [(item["topic"], item["confidence"]) for item in message.get(TOPICS) or []]
        topic = certain(ranking)
        if topic is None or message.get(INTENT, {}).get("name") != FAQ or message.get(QUESTIONS):
            return
        found = of_rounds(message.get(TEXT), topic)
        if found is not None:
            message.set(FOLLOW_UP, asdict(found), add_to_output=True)


def _about_another(message: Message, last: str) -> bool:
    ranking = message.get(TOPICS) or []
    return bool(ranking) and ranking[0]["topic"] != last and ranking[0]["confidence"] >= SURE_OF_ANOTHER
