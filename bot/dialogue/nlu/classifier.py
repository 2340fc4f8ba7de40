"""Rasa component: the intent of a message and, for a question, the topic of the knowledge base.

Questions are one intent (``faq``) whose training examples name their topic in Rasa's own intent
metadata. One flat classifier ranks intents and topics together; a message carries the ranked
topics as ``topics``, and where it asks several questions, the topics of each as ``questions``.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.dialogue.nlu.background import topic_texts
from bot.dialogue.nlu.model import Ranking, TextClassifier
from bot.dialogue.nlu.several import parts

FAQ = "faq"
TOPICS = "topics"
QUESTIONS = "questions"
ASKED = 0.6
"""From this certainty on a part of a message is a question of its own."""
KNOWN_WORDS = "known_words"
RANKING = "intent_ranking"
_QUESTION = re.compile(r"[^.,;:!?\n]{8,}\?(?=\W*$)")
_FILE = "classifier.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentAndTopicClassifier(IntentClassifier, GraphComponent):
    """Ranks intents and topics with one light classifier over both languages."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``ranking``: how many intents and topics are kept with a message."""
        return {"ranking": 5}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: TextClassifier | None = None
    ) -> None:
        self._ranking: int = config["ranking"]
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentAndTopicClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentAndTopicClassifier:
        with model_storage.read_from(resource) as directory:
            return cls(config, model_storage, resource, TextClassifier.load(Path(directory) / _FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """What Rasa's cache cannot see: the code and words around this component, and the knowledge base's texts."""
        digest = hashlib.sha256(repr(topic_texts()).encode())
        here = Path(__file__).parent
        for path in sorted([*here.glob("*.py"), *here.glob("*.yml")]):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        examples = [
            (example.get(TEXT), _label(example)) for example in training_data.intent_examples if example.get(TEXT)
        ]
        self._model = TextClassifier.train(*zip(*examples, strict=True), background=topic_texts())
        with self._storage.write_to(self._resource) as directory:
            self._model.save(Path(directory) / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text and self._model is not None and message.get(INTENT) is None:  # not where it is sure already
                self._fill(message, self._rank(self._model, text))
                self._tell_questions_apart(message, self._model, text)
        return messages

    def _tell_questions_apart(self, message: Message, model: TextClassifier, text: str) -> None:
        """Where parts of the message are surely about different topics, each is a question."""
        pieces = parts(text)
        if len(pieces) == 1:
            return
        rankings = [_topics(model.rank(piece, most=3 * self._ranking))[: self._ranking] for piece in pieces]
        sure = {ranking[0]["topic"]: ranking for ranking in rankings if ranking and ranking[0]["confidence"] >= ASKED}
        if len(sure) > 1:
            message.set(QUESTIONS, list(sure.values()), add_to_output=True)

    def _rank(self, model: TextClassifier, text: str) -> Ranking:
        """The whole message, or the question at its end where that says more: facts often come first."""
        whole = model.rank(text, most=3 * self._ranking)
        question = _QUESTION.search(text)
        if question is None or question.group() == text:
            return whole
        part = model.rank(question.group(), most=3 * self._ranking)
        is_topic = part.labels[0][0].startswith(f"{FAQ}/")
        return part if is_topic and part.labels[0][1] > whole.labels[0][1] else whole

    def _fill(self, message: Message, ranking: Ranking) -> None:
        intents: dict[str, float] = {}
        for label, probability in ranking.labels:
            intent, _, _ = label.partition("/")
            intents[intent] = intents.get(intent, 0.0) + probability
        ranked = sorted(intents.items(), key=lambda item: -item[1])[: self._ranking]
        intent_ranking = [{"name": name, "confidence": confidence} for name, confidence in ranked]
        message.set(INTENT, intent_ranking[0], add_to_output=True)
        message.set(RANKING, intent_ranking, add_to_output=True)
        message.set(KNOWN_WORDS, ranking.known)
        message.set(TOPICS, _topics(ranking)[: self._ranking], add_to_output=True)


def _topics(ranking: Ranking) -> list[dict[str, Any]]:
    """The topics of a ranking, best first."""
    start = f"{FAQ}/"
    return [
        {"topic": label.removeprefix(start), "confidence": probability}
        for label, probability in ranking.labels
        if label.startswith(start)
    ]


def _label(example: Message) -> str:
    """``faq/<topic>`` for a question, else the intent."""
    metadata = (example.get(METADATA) or {}).get(METADATA_INTENT) or {}
    return f"{FAQ}/{metadata['topic']}" if "topic" in metadata else str(example.get(INTENT))
