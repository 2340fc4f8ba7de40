"""Every button under a question says the fact that it answers and a value which that fact can have."""

from __future__ import annotations

import json

import pytest

from bot.facts import Known, Unknown, vocabulary
from bot.facts.encoding import decode
from bot.knowledge.catalogue import LANGUAGES, Language
from bot.knowledge.wording import choices


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact_id", list(vocabulary()))
def test_each_button_answers_its_question(fact_id: str, language: Language) -> None:
    buttons = choices(fact_id, language)
    meant = []
    for button in buttons:
        intent, _, told = button.payload.removeprefix("/").partition("{")
        [(fact, value)] = json.loads("{" + told).items()
        assert fact == fact_id
        found = decode(fact, value)
        assert isinstance(found, Known if intent == "inform" else Unknown)
        meant.append(found)
    assert isinstance(meant[-1], Unknown)
    assert len({button.title for button in buttons}) == len(buttons) == len(set(map(repr, meant)))
