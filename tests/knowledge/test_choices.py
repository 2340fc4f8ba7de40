"""Every button of a question answers it: with values that the facts can have, for everything that was asked for."""

import json

import pytest

from bot.facts import Profile, vocabulary
from bot.facts.encoding import readable_profile
from bot.facts.questions import asked_together
from bot.knowledge.catalogue import LANGUAGES, Language
from bot.knowledge.wording import choices

APPLIES = {"spouse_citizen_or_pr": False, "language_test": "clb", "second_language_test": "nclc", "education": "master"}
"""Answers before, without which a question for several facts makes no sense."""


def told(payload: str) -> dict[str, object]:
    """The facts in a payload such as ``/inform{"age": 31}``."""
    return dict(json.loads(payload[payload.index("{") :]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fact_id", list(vocabulary()))
@pytest.mark.parametrize("before", [{}, APPLIES], ids=["at first", "later"])
def test_a_button_tells_facts_that_were_asked_for(before: dict[str, object], fact_id: str, language: Language) -> None:
    profile = readable_profile({fact: value for fact, value in before.items() if fact != fact_id})
    asked = set(asked_together(profile, fact_id))
    buttons = choices(profile, fact_id, language)
    assert len({button.title for button in buttons}) == len(buttons)
    for button in buttons:
        facts = told(button.payload)
        assert facts
        assert facts.keys() <= asked, button
        assert len(readable_profile(facts)) == len(facts), button
    assert told(buttons[-1].payload).keys() == asked


def test_none_of_these_is_said_of_all_that_is_open() -> None:
    profile = Profile.of(past_refusal=True)
    none = told(choices(profile, "fairness_letter", "en")[0].payload)
    assert none == {"fairness_letter": False, "criminal_record": False, "medical_concern": False}
