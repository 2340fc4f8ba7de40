"""Rasa component: the facts in a message, read in the light of what was asked.

Each fact becomes an entity of its own name, so that slots fill by plain ``from_entity`` mappings,
also when the message asks a question at the same time. What was seen but not taken (an impossible
score, an ambiguous date, the partner's results) becomes a ``not_taken`` entity for the next action
to talk about.

Where the facts say by themselves what the message is for (a bare "7.5" or "no" after a question), the intent is
sure and no classifier is asked; otherwise ``settler`` weighs what the classifier found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.facts import vocabulary
from bot.facts.encoding import UNKNOWN_WORD, encode_value
from bot.intake.saved import code_in, without_code
from bot.understanding import Reading, Sign, alarm, contacts, none_of_these, read, read_correction, signs, yes_no
from bot.understanding.choosing import chosen
from bot.understanding.names import is_name
from bot.understanding.reading import Found
from bot.understanding.second_test import of_the_first_language, of_the_other_language
from bot.understanding.supposing import Supposition, supposed
from bot.understanding.worked import in_their_place

READ = "read"
"""Under this key the message carries a ``Read`` to the components after this one."""
SURE = "sure"
"""Set where the intent is sure: nothing that is likely outweighs it."""
NOT_TAKEN = "not_taken"
LANGUAGE = "language"
SIGN = "sign"
SUPPOSED = "supposed"
INFORM = "inform"
UNDER_AGE = "under_age"
RESUME = "resume"
CORRECT = "correct"
SUPPOSE = "suppose"
CODE_WORDS = 8
"""A code in so short a message is there to go on with."""
ANSWERED: frozenset[Sign] = frozenset({"refusal", "fairness_letter"})
"""Signs that the question about the visitor's history asks for."""
CONTACT_AGE = 14
"""Below this age no contact data is taken without a parent (Quebec's Law 25)."""
NAME = "contact_name"
FREE_TEXT = frozenset({NAME, "contact_reach"})
"""Questions whose answer can be any words."""
CONFIRMATIONS = frozenset({"summary_confirmed", "handoff_consent", "settled"})
MOSTLY = 0.6
"""A message of which so much states facts, one of them asked for, is an answer, whatever it sounds like."""
_WORD = re.compile(r"\d+|[^\W\d_]{2,}")
"""Numbers and words; a single letter ("I", the "L" of "L 8") says nothing by itself."""
_MAY_UNDO = re.compile(
    r"\b(?:back|undo|undone|start|restart|over|again|previous|revert|reset|scratch"
    r"|retour\w*|reven\w+|annul\w*|recommenc\w*|repart\w*|précéd\w+|arrière|début|zéro|défai\w*)\b",
    re.IGNORECASE,
)
"""Words of those who want to go back: however much of the message states a fact, the classifier is asked."""
CLEARLY = 4
"""From so many words on, a message in the other official language moves the conversation to it."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in a message. ``asked``: the fact it may answer; ``found``: values by the name of their entity.

    ``together``: every fact that was asked for, where the question asked for several at once.
    """

    asked: str | None
    reading: Reading
    found: dict[str, Any]
    together: tuple[str, ...] = ()

    @property
    def answers(self) -> bool:
        """Whether the message states a fact that was asked for."""
        return not self.taken.isdisjoint({self.asked, *self.together})

    @property
    def taken(self) -> set[str]:
        """The facts that the message states."""
        return self.found.keys() - {NOT_TAKEN, LANGUAGE, SIGN, SUPPOSED}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactReader(GraphComponent):
    """Text to facts, by the rules of ``bot.understanding``; deterministic, nothing to train."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FactReader:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            metadata = message.get("metadata") or {}
            asked = metadata.get("asked")
            if asked == "settled" and yes_no(text) is None and not none_of_these(text):
                asked = metadata.get("in_doubt")
            if metadata.get("consent_asked") and yes_no(text) is not None:
                asked = None  # a plain word to the consent that was asked for
            told = without_code(text) if goes_on(text) else text
            supposition = _supposition(told, asked, metadata)
            told = supposition.rest if supposition else told
            together = tuple(metadata.get("together") or ()) if asked else ()
            reading = read(
                told,
                asked=asked if asked in vocabulary() else None,
                together=together,
                language=metadata.get("language"),
                as_of=date.today(),
                partnered=bool(metadata.get("partnered")),
            )
            reading = of_the_first_language(reading, metadata.get("first_test"))
            reading = of_the_other_language(reading, metadata.get("first_test"), told, asked=asked)
            reading = in_their_place(reading, metadata.get("worked") or {})
            reading = _chosen(told, reading, metadata)
            correction = self._correction(told, reading, asked, metadata)
            reading = correction or reading
            entities = _entities(reading, asked)
            seen = [sign for sign in signs(told, date.today()) if not _asked_about(sign, asked)]
            if supposition:
                entities.append(_entity(SUPPOSED, _encoded(supposition), (0, len(text)), text))
            if asked not in FREE_TEXT:
                entities += _language(reading, text, metadata.get("language"))
                entities += [_entity(SIGN, sign, (0, len(text)), text) for sign in seen]
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
            found = {entity["entity"]: entity["value"] for entity in entities}
            message.set(READ, Read(asked, reading, found, together))
            name = alarm(seen) or (SUPPOSE if supposition else sure(text, message.get(READ)))
            name = name or (CORRECT if correction else None)
            if name is not None:
                message.set(INTENT, {"name": name, "confidence": 1.0}, add_to_output=True)
                message.set(SURE, True)
        return messages

    def _correction(self, text: str, reading: Reading, asked: str | None, metadata: dict[str, Any]) -> Reading | None:
        """ "No, 33" after an age: nothing in the message answers the question, but the answer before it is changed."""
        answered = metadata.get("answered")
        if reading.facts or reading.state or asked in FREE_TEXT or answered not in vocabulary():
            return None
        return read_correction(text, answered=answered, language=metadata.get("language"), as_of=date.today())


def _supposition(text: str, asked: str | None, metadata: dict[str, Any]) -> Supposition | None:
    """What the message supposes, once there are points that it could change."""
    if asked in FREE_TEXT or not metadata.get("scored"):
        return None
    return supposed(
        text,
        first_test=metadata.get("first_test"),
        language=metadata.get("language"),
        as_of=date.today(),
        partnered=bool(metadata.get("partnered")),
    )


def _encoded(supposition: Supposition) -> dict[str, Any]:
    facts = {fact: encode_value(value) for fact, value in supposition.facts.items()}
    return {"facts": facts, "more": list(supposition.more), "swapped": supposition.swapped}


def _chosen(text: str, reading: Reading, metadata: dict[str, Any]) -> Reading:
    """The reading with what the words choose of a doubt: "in Canada" after "was it in Canada or abroad?"."""
    doubt = metadata.get("doubt")
    if metadata.get("asked") != "settled" or doubt is None or reading.facts:
        return reading
    choice = chosen(text, doubt["choices"], doubt.get("reason", ""))
    if choice is None:
        return reading
    found = tuple(Found(fact, value, (0, len(text)), text) for fact, value in choice.items())
    return replace(reading, facts=found, not_taken=())


def goes_on(text: str) -> bool:
    """Whether a message brings a code to go on with."""
    return code_in(text) is not None and len(text.split()) <= CODE_WORDS


def sure(text: str, seen: Read) -> str | None:
    """The intent of a message whose facts say it; None: the classifier has to be asked."""
    asked, reading = seen.asked, seen.reading
    if goes_on(text):
        return RESUME
    if _is_young(seen.found.get("age")):
        return UNDER_AGE
    if asked in FREE_TEXT:
        return INFORM if _reachable(text) or (asked == NAME and is_name(text)) else None
    if reading.state is not None:
        return open_as(reading)
    if asked == "settled" and none_of_these(text):
        return "deny"
    if asked in CONFIRMATIONS and not seen.taken and (said := yes_no(text)) is not None:
        return "affirm" if said else "deny"
    if seen.answers and is_all(reading, text) and not _MAY_UNDO.search(text):
        return INFORM
    return None


def open_as(reading: Reading) -> str:
    """The intent of somebody who leaves a question open."""
    return "dont_know" if reading.state == UNKNOWN_WORD else "rather_not_say"


def is_all(reading: Reading, text: str) -> bool:
    """Whether the facts are most of what was said: "outside Quebec" answers, "outside Quebec, is it bad?" asks."""
    told = {place for item in reading.facts for place in range(*item.span)}
    letters = [place for word in _WORD.finditer(text) for place in range(*word.span())]
    return "?" not in text and sum(place in told for place in letters) >= MOSTLY * len(letters)


def _asked_about(sign: Sign, asked: str | None) -> bool:
    """Whether it was asked about: then it is an answer, with a word of its own, and no alarm."""
    return sign in ANSWERED and asked in vocabulary() and vocabulary()[asked].topic == "history"


def _is_young(age: Any) -> bool:
    return isinstance(age, int) and age < CONTACT_AGE


def _reachable(text: str) -> bool:
    found = contacts(text)
    return bool(found.emails or found.phones)


def _entities(reading: Reading, asked: str | None) -> list[dict[str, Any]]:
    found = [
        {
            **_entity(item.fact, encode_value(item.value), item.span, item.said),
            "certainty": item.certainty,
            "estimated": item.estimated,
        }
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
