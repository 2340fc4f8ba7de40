"""A dialogue that answers from ``script.yml``, so that the browser has every kind of message to show."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from actions.assess import result
from bot.assessment import assess
from bot.facts.interchange import from_interchange
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import LANGUAGES, Language

FOLDER = Path(__file__).parent
LONGEST_WAIT = 20.0
IELTS = {"listening": 8, "reading": 7, "writing": 7.5, "speaking": 7.5}

LONG = "sixty-lines"
"""Asks for an answer that is taller than any window."""

EXAMPLE = "worked example"
"""Asks for the product's own result of IRCC's worked example, not for the scripted one."""

WORDS: dict[str, list[str]] = {
    "money": ["funds", "question"],
    "funds": ["funds", "question"],
    "fonds": ["funds", "question"],
    "argent": ["funds", "question"],
    "result": ["result"],
    "résultat": ["result"],
    "summary": ["summary"],
    "single": ["marital_status_taken"],
    "bonjour": ["french"],
}
"""What is answered to a message with one of these words in it."""

PAYLOADS: dict[str, list[str]] = {
    "/start_assessment": ["start", "question"],
    "/confirm": ["result"],
    "/explain_result": ["result_with_a_range"],
    "/switch_to_english": ["english"],
    "/switch_to_french": ["french"],
}


class ScriptedDialogue:
    """Implements ``bot.channels.turns.Dialogue``. ``gate``: while it is not set, answers wait."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.heard: list[str] = []
        self._script: dict[str, Any] = yaml.safe_load((FOLDER / "script.yml").read_text(encoding="utf-8"))

    async def greet(self, conversation_id: str, message_id: str, *, language: Language, channel: str) -> list[Answer]:
        return self._answers(["identity", "ways_in"], language)

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
        self.heard.append(text)
        await asyncio.to_thread(self.gate.wait, LONGEST_WAIT)
        if is_payload:
            return self._answers(PAYLOADS.get(text, ["marital_status_taken"]), language)
        for word, names in WORDS.items():
            if word in text.casefold():
                return self._answers(names, language)
        if EXAMPLE in text:
            return [worked_example(language)]
        if LONG in text:
            return [Answer(language, tuple(f"Line {number} of sixty." for number in range(1, 61)))]
        noted = {"en": "I noted", "fr": "C’est noté"}
        return [Answer(language, (f"{noted[language]}: {text}",))]

    async def replies_to(self, conversation_id: str, message_id: str) -> list[Answer] | None:
        return None

    def _answers(self, names: list[str], language: Language) -> list[Answer]:
        return [self._answer(name, self._script[name].get("language", language)) for name in names]

    def _answer(self, name: str, language: Language) -> Answer:
        answer = {"language": language, **in_language(self._script[name], language)}
        if answer.get("kind") == "result":
            answer["card"] = card(language, known=name == "result")
        return Answer.from_dict(answer)


def card(language: Language, *, known: bool = True) -> dict[str, Any]:
    """The result of the worked example; not ``known``: without the language test, so that much is open."""
    shown = in_language(yaml.safe_load((FOLDER / "result.yml").read_text(encoding="utf-8")), language)
    every = {"source": shown.pop("source"), "since": shown.pop("since")}
    shown["lines"] = [{**line, **every} for line in shown["lines"]]
    shown["parts"] = (worked_example(language).card or {})["parts"]
    if not known:
        for part in (shown["sections"][0], shown["sections"][2], shown["lines"][2], shown["lines"][5], shown["total"]):
            part["points"] = None
        shown["sections"][0] |= {"low": 285, "high": 415}
        shown["sections"][2] |= {"low": 50, "high": 100}
        shown["total"] |= {"low": 315, "high": 539}
    return shown


def worked_example(language: Language) -> Answer:
    """The product's own result: 533 points under the grid of March 25, 2025."""
    facts = {
        "age": 25,
        "marital_status": "single",
        "destination": "outside_quebec",
        "education": "master",
        "canadian_study": "three_or_more_years",
        "first_language": {"language": "english", "test": "ielts_general", **IELTS},
        "second_language": {"test": "none"},
        "canadian_work_years": 1,
        "foreign_work_years": 1,
        "certificate_of_qualification": False,
        "provincial_nomination": False,
        "sibling_in_canada": False,
        "job_offer": "none",
    }
    return result(assess(from_interchange(facts), date(2026, 11, 22)), language)


def in_language(node: Any, language: Language) -> Any:
    """The node with each pair of texts replaced by the one in ``language``."""
    if isinstance(node, dict):
        if set(node) == set(LANGUAGES):
            return node[language]
        return {key: in_language(child, language) for key, child in node.items()}
    if isinstance(node, list):
        return [in_language(child, language) for child in node]
    return node
