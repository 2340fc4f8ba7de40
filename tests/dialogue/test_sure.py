"""Messages whose facts say what they are for need no classifier; all others are weighed with what it found."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.runtime import prepare

prepare()

from rasa.shared.nlu.training_data.message import Message  # noqa: E402

from bot.dialogue.nlu.reader import FactReader  # noqa: E402
from bot.dialogue.nlu.second_reading import second_reading  # noqa: E402
from bot.dialogue.nlu.settler import FALLBACK, IntentSettler  # noqa: E402


def _read(text: str, asked: str | None) -> Message:
    message = Message({"text": text, "metadata": {"asked": asked, "language": "en"}})
    FactReader().process([message])
    return message


def _settled(text: str, asked: str | None, name: str, confidence: float, known: int = 1) -> Any:
    message = _read(text, asked)
    assert message.get("intent") is None, "no classifier would have been asked"
    message.set("intent", {"name": name, "confidence": confidence})
    message.set("known_words", known)
    IntentSettler(IntentSettler.get_default_config()).process([message])
    return message.get("intent")["name"]


@pytest.mark.parametrize(
    ("text", "asked", "intent"),
    [
        ("31", "age", "inform"),
        ("I am single", "marital_status", "inform"),
        ("L 8 R 7 W 7 S 7.5", "listening", "inform"),
        ("no idea", "funds_amount", "dont_know"),
        ("I'd rather not say", "age", "rather_not_say"),
        ("yes", "summary_confirmed", "affirm"),
        ("non", "handoff_consent", "deny"),
        ("I want to kill myself", "age", "crisis"),
        ("jane@example.com", "contact_reach", "inform"),
        ("Mark Point", "contact_name", "inform"),
        ("call me rahul", "contact_name", "inform"),
    ],
)
def test_facts_that_say_it_all(text: str, asked: str, intent: str) -> None:
    assert _read(text, asked).get("intent") == {"name": intent, "confidence": 1.0}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("31", "marital_status"),
        ("31?", "age"),
        ("single, go back", "marital_status"),
        ("célibataire, recommencer", "marital_status"),
        ("how long is a profile valid", "age"),
        ("jane", "contact_name"),
        ("👍", "age"),
    ],
)
def test_all_others_go_to_the_classifier(text: str, asked: str) -> None:
    assert _read(text, asked).get("intent") is None


def test_a_fact_outweighs_small_talk_and_a_certain_command_outweighs_a_fact() -> None:
    assert _settled("thanks, and by the way I am 31 years old now", "marital_status", "thanks", 0.9) == "inform"
    assert _settled("stop it all, I was 31 then", "marital_status", "cancel", 0.9) == "cancel"


def test_what_nobody_can_be_sure_of_is_asked_back() -> None:
    assert _settled("👍", "age", "affirm", 0.9, known=0) == FALLBACK
    assert _settled("blue green", "age", "affirm", 0.2) == FALLBACK


@pytest.mark.parametrize("code", ["H556-R3S6", "4PHD-2K2C", "TCF3-NMAG", "M83GAERA", "6m2a qyj7"])
def test_no_fact_is_read_in_a_code(code: str) -> None:
    for text in (code, f"resume {code}", f"je reprends avec {code}"):
        message = _read(text, "age")
        assert message.get("intent")["name"] == "resume"
        assert {one["entity"] for one in message.get("entities")} <= {"language"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("what if I learn French?", "faq"),
        ("si j'améliore mon anglais", "faq"),
        ("let us speak French", None),
        ("en anglais svp", None),
    ],
)
def test_who_speaks_about_a_language_does_not_switch_to_it(text: str, meant: str | None) -> None:
    ranking = [{"name": "switch_to_french", "confidence": 0.8}, {"name": "faq", "confidence": 0.1}]
    found = second_reading(ranking, text)
    assert (found and found["name"]) == meant


def test_a_life_in_danger_need_only_be_not_unlikely() -> None:
    assert second_reading([{"name": "skip", "confidence": 0.6}, {"name": "crisis", "confidence": 0.35}], "")
    assert not second_reading([{"name": "skip", "confidence": 0.6}, {"name": "crisis", "confidence": 0.2}], "")
    assert not second_reading([{"name": "faq", "confidence": 0.6}, {"name": "crisis", "confidence": 0.35}], "")


@pytest.mark.parametrize(
    ("text", "asked", "intent"),
    [
        ("we have lived together for three years", "marital_status", "inform"),
        ("we have lived together for three years, is it enough?", "marital_status", "faq"),
    ],
)
def test_a_statement_that_answers_is_no_question(text: str, asked: str, intent: str) -> None:
    assert _settled(text, asked, "faq", 0.8) == intent
