"""A question that is left out could not have changed anything; what is asked is enough."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assessment import assess
from bot.assessment.relevance import next_question, questions, topics
from bot.facts import UNKNOWN, Known, Profile, vocabulary
from bot.facts.questions import asked_together, open_questions

AS_OF = date(2026, 11, 25)
SCORES = {"ielts_general": (4, 6, 7, 8), "clb": (4, 7, 9), "nclc": (5, 7, 9), "tef_canada": (250, 350, 450)}
ABILITIES = ("listening", "reading", "writing", "speaking")


def answer(draw: Any, fact_id: str, profile: Profile) -> Any:
    """An answer a person could give, of those that tell the rules apart."""
    fact = vocabulary()[fact_id]
    if fact_id.rsplit("_", 1)[-1] in ABILITIES:
        test = profile.value(f"{fact_id[: -len(fact_id.rsplit('_', 1)[-1])]}language_test")
        return draw(st.sampled_from(SCORES[test]))
    if fact_id == "second_language_test":
        return draw(st.sampled_from(["none", "none", "nclc"]))
    if fact_id.endswith("language_test"):
        return draw(st.sampled_from(["none", *SCORES]))
    match fact.type:
        case "boolean":
            return draw(st.booleans())
        case "choice":
            return draw(st.sampled_from(fact.values))
        case "date":
            return date(2026, 3, 12)
        case "noc":
            return draw(st.sampled_from(["21231", "72310", "31301", "65200"]))
    numbers = {"age": (19, 30, 46), "family_size": (1, 3), "funds_amount": (0, 16000, 60000)}
    return draw(st.sampled_from(numbers.get(fact_id, (0, 1, 3))))


def answered(draw: Any, profile: Profile, asked: str) -> Profile:
    """The profile once the question for a fact is answered, with whatever else it asks for."""
    for fact_id in asked_together(profile, asked):
        if profile.applies(fact_id):
            profile = Profile({**profile, fact_id: Known(answer(draw, fact_id, profile))})
    return profile


def outputs(profile: Profile) -> tuple[Any, ...]:
    found = assess(profile, AS_OF)
    programs = tuple((program.id, program.answer) for program in found.programs)
    categories = tuple((category.id, category.answer) for category in found.categories)
    return found.score.low, found.score.high, found.score.status, programs, categories


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_answers_to_the_questions_left_out_change_nothing(data: st.DataObject) -> None:
    profile = Profile()
    while asked := next_question(profile, (), AS_OF):
        assert asked == questions(profile, (), AS_OF)[0]
        profile = answered(data.draw, profile, asked)
    complete = profile
    while left := open_questions(complete):
        complete = answered(data.draw, complete, left[0])
    assert outputs(profile) == outputs(complete)


@pytest.mark.parametrize(
    ("facts", "left_out"),
    [
        ({"canadian_work_years": 0, "foreign_work_years": 0}, {"family_size", "funds_amount"}),
        ({"destination": "quebec", "canadian_work_years": 0, "foreign_work_years": 4}, {"family_size", "funds_amount"}),
    ],
    ids=["nobody who never worked is asked for funds", "nor somebody who goes to Quebec"],
)
def test_questions_that_nothing_waits_for(facts: dict[str, Any], left_out: set[str]) -> None:
    person = Profile.of(
        stage="considering",
        destination="outside_quebec",
        age=30,
        marital_status="single",
        education="master",
        canadian_study="none",
        eca="done",
        language_test="ielts_general",
        listening=8,
        reading=7,
        writing=7,
        speaking=7,
    )
    asked = questions(person.having(**facts), (), AS_OF)
    assert left_out.isdisjoint(asked)
    assert "provincial_nomination" in asked
    skilled = person.having(canadian_work_years=0, foreign_work_years=4, noc="21231")
    assert left_out <= set(questions(skilled, (), AS_OF))


def test_topics_left_shrink_to_nothing() -> None:
    profile = Profile()
    seen = []
    while asked := questions(profile, (), AS_OF):
        seen.append(topics(profile, (), AS_OF))
        profile = Profile({**profile, asked[0]: UNKNOWN})
    assert seen[0][0] == "situation"
    assert topics(profile, (), AS_OF) == []
