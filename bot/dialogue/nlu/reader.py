"""Rasa component: the facts in a message, read in the light of what was asked.

Each fact becomes an entity of its own name, so that slots fill by plain ``from_entity`` mappings,
also when the message asks a question at the same time. What was seen but not taken (an impossible
score, an ambiguous date, the partner's results) becomes a ``not_taken`` entity for the next action
to talk about.

The component also settles the intent where the words alone cannot: a bare "7.5" or "no" after a
question informs; "👍" or "???" is nothing the assistant can rely on, never a silent yes.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.dialogue.nlu.classifier import FAQ, KNOWN_WORDS
from bot.facts import vocabulary
from bot.facts.encoding import UNKNOWN_WORD, encode_value
from bot.intake.saved import code_in
from bot.understanding import Reading, alarm, contacts, read, read_correction, signs, yes_no

NOT_TAKEN = "not_taken"
LANGUAGE = "language"
SIGN = "sign"
INFORM = "inform"
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
UNDOING = frozenset({"start_over", "go_back", "undo"})
"""Intents that no answer outweighs by being most of the message."""
UNDER_AGE = "under_age"
RESUME = "resume"
CORRECT = "correct"
CODE_WORDS = 8
"""A code in so short a message is there to go on with."""
CONTACT_AGE = 14
"""Below this age no contact data is taken without a parent (Quebec's Law 25)."""
FREE_TEXT = frozenset({"contact_name", "contact_reach"})
"""Questions whose answer can be any words."""
CONFIRMATIONS = frozenset({"summary_confirmed", "handoff_consent", "settled"})
SWITCHES = frozenset({"switch_to_english", "switch_to_french"})
MOSTLY = 0.6
"""A message of which so much states facts, one of them asked for, is an answer, whatever it sounds like."""
CLEARLY = 4
"""From so many words on, a message in the other official language moves the conversation to it."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactReader(GraphComponent):
    """Text to facts, by the rules of ``bot.understanding``; deterministic, nothing to train."""

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
    ) -> FactReader:
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            metadata = message.get("metadata") or {}
            asked = metadata.get("asked")
            if asked == "settled" and yes_no(text) is None:
                asked = metadata.get("in_doubt")
            reading = read(
                text,
                asked=asked if asked in vocabulary() else None,
                language=metadata.get("language"),
                as_of=date.today(),
            )
            correction = self._correction(text, reading, asked, metadata)
            reading = correction or reading
            entities = _entities(reading, asked)
            seen = signs(text, date.today())
            if asked not in FREE_TEXT:
                entities += _language(reading, text, metadata.get("language"))
                entities += [_entity(SIGN, sign, (0, len(text)), text) for sign in seen]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            if correction is not None:
                message.set(INTENT, {"name": CORRECT, "confidence": 1.0}, add_to_output=True)
            found = {e["entity"]: e["value"] for e in entities}
            self._settle_intent(message, reading, asked, found, alarm(seen))
        return messages

    def _correction(self, text: str, reading: Reading, asked: str | None, metadata: dict[str, Any]) -> Reading | None:
        """ "No, 33" after an age: nothing in the message answers the question, but the answer before it is changed."""
        answered = metadata.get("answered")
        if reading.facts or reading.state or asked in FREE_TEXT or answered not in vocabulary():
            return None
        return read_correction(text, answered=answered, language=metadata.get("language"), as_of=date.today())

    def _settle_intent(
        self, message: Message, reading: Reading, asked: str | None, found: dict[str, Any], called: str | None
    ) -> None:
        """``called``: what the words of the message call for, whatever else is in it."""
        intent = message.get(INTENT) or {"name": None, "confidence": 0.0}
        if called is not None:
            name, confidence = called, 1.0
        else:
            name, confidence = self._intent(message, intent["name"], intent["confidence"], reading, asked, found)
        if name != intent["name"]:
            message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
        if name in SWITCHES:  # "je voudrais parler anglais" is about English, and French all the same
            kept = [e for e in message.get(ENTITIES) if e["entity"] != LANGUAGE]
            message.set(ENTITIES, kept, add_to_output=True)

    def _intent(
        self,
        message: Message,
        name: str | None,
        confidence: float,
        reading: Reading,
        asked: str | None,
        found: dict[str, Any],
    ) -> tuple[str | None, float]:
        """The intent after everything else that is known of the message has been weighed."""
        taken = found.keys() - {NOT_TAKEN, LANGUAGE, SIGN}
        likely = confidence >= self._commanding
        text = message.get(TEXT)
        if code_in(text) and len(text.split()) <= CODE_WORDS:
            return RESUME, 1.0
        if _is_young(found.get("age")):
            return UNDER_AGE, 1.0
        if name == UNDER_AGE:
            name = None
        if asked in FREE_TEXT and (not likely or _reachable(message.get(TEXT))):
            return INFORM, 1.0
        if reading.state is not None:
            return ("dont_know" if reading.state == UNKNOWN_WORD else "rather_not_say"), 1.0
        if asked in CONFIRMATIONS and not taken and (said := yes_no(message.get(TEXT))) is not None:
            return ("affirm" if said else "deny"), 1.0
        if asked in taken and name not in UNDOING and _is_all(reading, text):
            return INFORM, 1.0
        answered = asked in taken and name not in KEPT and confidence < self._certain
        if taken and (name is None or name in OUTWEIGHED or answered or not likely):
            return INFORM, 1.0
        unsure = name in {None, INFORM} or confidence < self._threshold or not message.get(KNOWN_WORDS)
        return (FALLBACK if unsure and not taken else name), confidence


def _is_all(reading: Reading, text: str) -> bool:
    """Whether the facts are most of what was said: "outside Quebec" answers, "outside Quebec, is it bad?" asks."""
    told = {place for item in reading.facts for place in range(*item.span)}
    letters = [place for place, letter in enumerate(text) if letter.isalnum()]
    return "?" not in text and sum(place in told for place in letters) >= MOSTLY * len(letters)


def _is_young(age: Any) -> bool:
    return isinstance(age, int) and age < CONTACT_AGE


def _reachable(text: str) -> bool:
    found = contacts(text)
    return bool(found.emails or found.phones)


def _entities(reading: Reading, asked: str | None) -> list[dict[str, Any]]:
    found = [
        {**_entity(item.fact, encode_value(item.value), item.span, item.said), "certainty": item.certainty}
        for item in reading.facts
    ]
    if reading.state is not None and asked in vocabulary():
        found.append(_entity(asked, reading.state, (0, 0), ""))
    found.extend(
        _entity(
            NOT_TAKEN,
            {
                "fact": item.fact,
                "reason": item.reason,
                "said": item.said,
                "options": encode_value(tuple(item.options)),
                "value": encode_value(item.value),
            },
            item.span,
            item.said,
        )
        for item in reading.not_taken
    )
    return found


def _language(reading: Reading, text: str, spoken: str | None) -> list[dict[str, Any]]:
    """The language of the message, where it clearly is not the one of the conversation."""
    if reading.language in {None, spoken} or spoken is None or len(text.split()) < CLEARLY:
        return []
    return [_entity(LANGUAGE, reading.language, (0, len(text)), text)]


def _entity(name: str, value: Any, span: tuple[int, int], said: str) -> dict[str, Any]:
    return {
        "entity": name,
        "value": value,
        "start": span[0],
        "end": span[1],
        "said": said,
        "extractor": "FactReader",
    }


__all__ = ["FALLBACK", "FAQ", "INFORM", "NOT_TAKEN", "FactReader"]
