"""Facts in words: labels, values, questions and reasons, in the visitor's language."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from bot.facts import Declined, Known, Profile, Unknown, vocabulary
from bot.facts.encoding import DECLINED_WORD, UNKNOWN_WORD
from bot.facts.questions import asked_together, joint_question
from bot.knowledge.answer import Answer, Button, Source
from bot.knowledge.catalogue import Language, day, number, text
from bot.knowledge.figures import Figures, in_words
from bot.knowledge.occupations import occupation

ROUNDED = 0.09
"""What two decimals of a year can be short of, in months."""


def label(fact_id: str, language: Language) -> str:
    """The fact's short name, as in a summary."""
    return text(f"fact.{fact_id}.label", language)


def value_text(fact_id: str, value: Any, language: Language) -> str:
    """A value as a person reads it: ``3 years``, ``Master's degree``, ``yes``."""
    fact = vocabulary()[fact_id]
    match fact.type:
        case "boolean":
            return text("value.yes" if value else "value.no", language)
        case "choice":
            return text(f"fact.{fact_id}.value.{value}", language)
        case "date":
            return day(value if isinstance(value, date) else date.fromisoformat(value), language)
        case "integer" | "number":
            return _amount(value, fact.unit, language)
        case "noc":
            return occupation(value, language)
        case "jobs" | "stays":
            return number(len(value), language)
    return str(value)


def _amount(value: float, unit: str | None, language: Language) -> str:
    """A number with its unit; scores stand alone."""
    if unit not in ("years", "people", "cad"):
        return number(value, language)
    if unit == "years" and value * 2 % 1:
        return _years_and_months(value, language)
    return _counted(value, unit, language)


def _years_and_months(value: float, language: Language) -> str:
    """``1 year and 10 months`` for 1.83; what is not a whole month yet is left out."""
    years, months = divmod(int(value * 12 + ROUNDED), 12)
    parts = [_counted(years, "years", language)] if years else []
    parts += [_counted(months, "months", language)] if months or not years else []
    return text("unit.and", language, years=parts[0], months=parts[1]) if len(parts) > 1 else parts[0]


def _counted(value: float, unit: str, language: Language) -> str:
    one = value == 1 if language == "en" else value < 2
    return text(f"unit.{unit}_one" if one and unit != "cad" else f"unit.{unit}", language, value=value)


def fact_text(profile: Profile, fact_id: str, language: Language) -> str:
    """What is known of a fact, in words; empty when it was not asked."""
    fact = profile[fact_id]
    match fact:
        case Known(value):
            return value_text(fact_id, value, language)
        case Unknown():
            return text("value.unknown", language)
        case Declined():
            return text("value.declined", language)
    return ""


def facts_line(profile: Profile, fact_ids: Iterable[str], language: Language) -> str:
    """``Age: 31; Education: Master's degree`` for the facts that are not open."""
    return "; ".join(fact_line(profile, fact_id, language) for fact_id in fact_ids if not profile.is_open(fact_id))


def fact_line(profile: Profile, fact_id: str, language: Language) -> str:
    """``Age: 31``, and ``Âge : 31`` in French."""
    return text("pair", language, label=label(fact_id, language), value=fact_text(profile, fact_id, language))


def question(profile: Profile, fact_id: str, language: Language) -> str:
    """The question for a fact, or for all it is asked together with."""
    joint = joint_question(profile, fact_id)
    if joint is None:
        return fact_words(fact_id, "question", language)
    asked = asked_together(profile, fact_id)
    if joint.holding and len(asked) < len(joint.facts):
        options = [text(f"question.{joint.id}.option.{fact}", language) for fact in asked]
        return text(f"question.{joint.id}.more", language, options=", ".join(map(uncapitalized, options)))
    return text(f"question.{joint.id}.ask", language, earlier=Numbers(language))


def uncapitalized(words: str) -> str:
    """The words as they stand within a sentence."""
    return words[:1].lower() + words[1:]


def asked_words(profile: Profile, fact_id: str, part: str, language: Language) -> str:
    """Another text of the question that asks for a fact: ``why`` it is asked, the ``form`` of an answer."""
    joint = joint_question(profile, fact_id)
    return fact_words(fact_id, part, language) if joint is None else text(f"question.{joint.id}.{part}", language)


def fact_words(fact_id: str, part: str, language: Language) -> str:
    """A text of a fact with its figures: ``question`` for it alone, ``why`` it is asked, ``form`` of an answer."""
    return text(f"fact.{fact_id}.{part}", language, earlier=Numbers(language))


class Numbers:
    """``{earlier:ID}`` in a text: the figure of a rule with its unit, the last one established if it is incomplete."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def __format__(self, rule_id: str) -> str:
        return in_words(Figures(date.today()).earlier(rule_id), self._language)


def choices(profile: Profile, fact_id: str, language: Language) -> tuple[Button, ...]:
    """Buttons with the possible answers to the question for a fact, each also typable.

    "I don't know" comes last; "rather not say" where everything that is asked for is sensitive.
    """
    joint, asked = joint_question(profile, fact_id), asked_together(profile, fact_id)
    if joint is not None:
        buttons = [
            Button(text(f"question.{joint.id}.option.{name}", language), payload("inform", told))
            for name, told in joint.choices(asked).items()
        ]
    else:
        fact = vocabulary()[fact_id]
        values: tuple[Any, ...] = (True, False) if fact.type == "boolean" else fact.values
        told = [(value_text(fact_id, value, language), {fact_id: value}) for value in values]
        buttons = [Button(title, payload("inform", facts)) for title, facts in told]
    private = vocabulary()[fact_id].type == "boolean" and vocabulary()[fact_id].privacy == "sensitive"
    return (*buttons, declined(asked, language) if private else unknown(asked, language))


def unknown(asked: Iterable[str], language: Language, key: str = "value.unknown") -> Button:
    """The button that leaves open the facts that are asked for; ``key``: the text on it."""
    return Button(text(key, language), payload("dont_know", dict.fromkeys(asked, UNKNOWN_WORD)))


def declined(asked: Iterable[str], language: Language) -> Button:
    """ "Rather not say" as the answer to the facts that are asked for."""
    return Button(text("value.declined", language), payload("rather_not_say", dict.fromkeys(asked, DECLINED_WORD)))


def payload(intent: str, entities: dict[str, Any] | None = None) -> str:
    """A Rasa payload: ``/inform{"age": 31}``."""
    return f"/{intent}{json.dumps(entities, ensure_ascii=False) if entities else ''}"


def source_line(source: Source, language: Language) -> str:
    """A source in one line: title, the day it was last confirmed, address."""
    key = "faq.source" if source.dated else "faq.link"
    return text(key, language, title=source.title, on=source.dated, url=source.url)


def plain(answer: Answer) -> str:
    """An answer as plain text, for ``rasa shell`` and channels that have nothing else."""
    parts = [answer.author, *answer.lines] if answer.author else list(answer.lines)
    if answer.table is not None:
        parts.append(answer.table.caption)
        parts.extend(" - ".join(row) for row in answer.table.rows)
    parts.extend(source_line(source, answer.language) for source in answer.sources)
    parts.extend(answer.notices)
    return "\n".join(parts)
