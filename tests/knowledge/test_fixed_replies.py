"""Fixed replies: urgent matters name whom to speak with; without a licensee nobody is promised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from bot.knowledge.catalogue import LANGUAGES, Language, catalogue
from bot.knowledge.firm import FirmWords
from bot.knowledge.replies import fixed_reply

REGISTER = "https://college-ic.ca/register"
FIRM = FirmWords("Maple Crossing", REGISTER, contact="+1 555 0100", licensee="Ana Tran", licence_no="R000000")
INFORMATION_ONLY = FirmWords("Maple Crossing", REGISTER, contact="+1 555 0100")
DOMAIN = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))
NAMED = {name for entry in DOMAIN["intents"] for name in ([entry] if isinstance(entry, str) else entry)}
INTENTS = sorted(set(catalogue().under("reply")) & NAMED)
PERSON = re.compile(r"a person\b|une personne\b(?! de moins)", re.IGNORECASE)
WARNED_OF = {"lie_request"}
"""Speaks of persons whom the law bars."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_urgent_matters_name_the_shortest_time_limit_and_whom_to_speak_with(language: Language) -> None:
    said = fixed_reply("urgent_trouble", language, FIRM)
    assert said is not None
    assert {"en": "15 days", "fr": "15 jours"}[language] in said.lines[1]
    assert FIRM.contact in said.lines[-1]
    alone = fixed_reply("urgent_trouble", language, INFORMATION_ONLY)
    assert alone is not None
    assert REGISTER in alone.lines[-1]


@pytest.mark.parametrize("intent", INTENTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_licensee_no_reply_promises_a_person(intent: str, language: Language) -> None:
    said = fixed_reply(intent, language, INFORMATION_ONLY)
    assert said is not None
    assert intent in WARNED_OF or not any(PERSON.search(line) for line in said.lines)


def test_a_crisis_is_answered_the_same_everywhere() -> None:
    for firm in (FIRM, INFORMATION_ONLY):
        said = fixed_reply("crisis", "fr", firm)
        assert said is not None
        assert "9-8-8" in said.lines[0]


def test_an_intent_without_a_text_has_no_reply() -> None:
    assert fixed_reply("faq", "en", FIRM) is None
