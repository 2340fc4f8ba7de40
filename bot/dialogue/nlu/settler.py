"""Rasa component: the intent of a message after everything that is known of it has been weighed.

The classifier knows the words, ``FactReader`` the facts and the question that was asked. A fact outweighs small talk;
a command that is certain outweighs an answer; "👍" or "???" is nothing the assistant can rely on, never a silent yes.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.nlu.classifier import FAQ, KNOWN_WORDS, RANKING
from bot.dialogue.nlu.reader import FREE_TEXT, INFORM, LANGUAGE, READ, SURE, UNDER_AGE, Read, is_all, open_as
from bot.dialogue.nlu.second_reading import SWITCHES, second_reading

FALLBACK = "nlu_fallback"
OUTWEIGHED = frozenset(
    {"affirm", "deny", "dont_know", "rather_not_say", "chitchat", "greet", "switch_to_english", "switch_to_french"}
    | {"hold_on", "thanks", "goodbye", "save", "rate", "resume", "rephrase", "skip"}
)
"""Intents that a fact in the message always outweighs."""
KEPT = frozenset(
    {FAQ, "correct", "undo", "why_asked", "ask_person", "crisis", "urgent_trouble", "lie_request", "advice_request"}
)
"""Intents that stand beside an answer to the question at hand, if they are likely enough."""
ENDING = frozenset({"goodbye"})
"""Intents that nobody is taken to mean on a guess while a question is waiting for an answer."""
UNDOING = frozenset({"start_over", "go_back", "undo"})
"""Intents that no answer outweighs by being most of the message."""
_ASKS = re.compile(
    r"\?|\b(?:what|how|which|when|why|who|where|can|could|do|does|did|is|are|will|would|should|may|might|must|whether|if"
    r"|explain|tell|quel\w*|quoi|comment|pourquoi|quand|combien|est-ce|peut(?![ -][eê]tre)|peux|puis|faut|dois|doit"
    r"|si|expli\w+|qu\w*)\b",
    re.IGNORECASE,
)
"""Without a question mark or one of these words a message asks nothing."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class IntentSettler(GraphComponent):
    """Settles what the classifier found by what was read. Nothing to train."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``threshold``: below this confidence an intent is a guess; ``commanding``: above it, it outweighs facts;
        ``certain``: above it, it outweighs an answer to the very question that was asked."""
        return {"threshold": 0.3, "commanding": 0.5, "certain": 0.75}

    def __init__(self, config: dict[str, Any]) -> None:
        self._threshold: float = config["threshold"]
        self._commanding: float = config["commanding"]
        self._certain: float = config["certain"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentSettler:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            seen = message.get(READ)
            if seen is None or message.get(SURE):
                continue
            intent = message.get(INTENT) or {"name": None, "confidence": 0.0}
            if (meant := second_reading(message.get(RANKING) or (), message.get(TEXT))) is not None:
                intent = meant
                message.set(INTENT, meant, add_to_output=True)
            name, confidence = self._settled(message, intent["name"], intent["confidence"], seen)
            if name != intent["name"]:
                message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
            if name in SWITCHES:  # "je voudrais parler anglais" is about English, and French all the same
                kept = [e for e in message.get(ENTITIES) if e["entity"] != LANGUAGE]
                message.set(ENTITIES, kept, add_to_output=True)
        return messages

    def _settled(self, message: Message, name: str | None, confidence: float, seen: Read) -> tuple[str | None, float]:
        asked, taken = seen.asked, seen.taken
        likely = confidence >= self._commanding
        if name == UNDER_AGE:  # a likeness is no reason to send somebody away: the reader has to find the age
            name = None
        if name in ENDING and asked is not None and not likely:
            name = None
        if asked in FREE_TEXT and not likely:
            return INFORM, 1.0
        if seen.reading.state is not None:
            return open_as(seen.reading), 1.0
        tells = (taken and name not in UNDOING | KEPT) or (seen.answers and name not in UNDOING)
        if tells and is_all(seen.reading, message.get(TEXT)):
            return INFORM, 1.0
        if taken and name == FAQ and not _ASKS.search(message.get(TEXT)):
            return INFORM, 1.0
        answered = seen.answers and name not in KEPT and confidence < self._certain
        if taken and (name is None or name in OUTWEIGHED or answered or not likely):
            return INFORM, 1.0
        unsure = name in {None, INFORM} or confidence < self._threshold or not message.get(KNOWN_WORDS)
        return (FALLBACK if unsure and not taken else name), confidence
