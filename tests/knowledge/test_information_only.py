"""A firm without a licensee: answers offer no person, no appointment and no fee (R-05)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.facts import Profile
from bot.knowledge.catalogue import LANGUAGES, Language
from bot.knowledge.firm import FirmWords
from bot.knowledge.topics import answer, topics

FIRM = FirmWords(
    name="Maple Crossing",
    register_url="https://college-ic.ca/register",
    contact="+1 555 0100",
    booking_url="https://firm.example/book",
    fees_url="https://firm.example/fees",
)
"""Everything is configured but the licensee."""

PUBLIC_CONSULTATION = {"reform_proposal", "high_wage"}
"""Topics that speak of the government's public consultation."""
FORBIDDEN = re.compile(
    r"\bconsultations?\b|https://firm\.example/|\bour (?:lawyer|licensee|team)\b|\bnotre (?:avocat|équipe)\b",
    re.IGNORECASE,
)
URGENT = {"refused", "fairness_letter", "removal_order", "inadmissibility"}
PERSON = URGENT | {"previous_refusal", "misrepresentation", "criminal_record", "medical_inadmissibility"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_offered_that_nobody_may_give(language: Language) -> None:
    for topic, entry in topics().items():
        for more in (False, True) if entry.more else (False,):
            said = answer(topic, language=language, as_of=date(2026, 11, 25), profile=Profile(), firm=FIRM, more=more)
            words = "\n".join((*said.lines, *said.notices, *(button.title for button in said.buttons)))
            assert topic in PUBLIC_CONSULTATION or not FORBIDDEN.search(words), f"{topic}: {FORBIDDEN.search(words)}"
            assert not any(button.payload in ("/ask_person", "/book_consultation") for button in said.buttons), topic
            assert said.lines, topic


@pytest.mark.parametrize("topic", sorted(URGENT))
def test_urgent_matters_name_the_public_register(topic: str) -> None:
    for language in LANGUAGES:
        said = answer(topic, language=language, as_of=date(2026, 11, 25), profile=Profile(), firm=FIRM)
        assert FIRM.register_url in said.lines[-1]


@pytest.mark.parametrize("topic", sorted(PERSON))
def test_with_a_licensee_a_person_is_offered_where_judgment_is_needed(topic: str) -> None:
    firm = FirmWords(
        "Maple Crossing", FIRM.register_url, contact="+1 555 0100", licensee="Ana Tran", licence_no="R000000"
    )
    said = answer(topic, language="en", as_of=date(2026, 11, 25), profile=Profile(), firm=firm)
    assert said.buttons[-1].payload == "/ask_person"
    assert (topics()[topic].notice == "urgent") is (topic in URGENT)
