"""What somebody supposes is kept apart from what they tell; only what could move the points is tried."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.understanding.supposing import supposed

DAY = date(2026, 11, 26)


def tried(text: str, first_test: str = "ielts_general") -> dict[str, Any] | None:
    found = supposed(text, first_test=first_test, language=None, as_of=DAY)
    return None if found is None else found.facts


def each(value: float, prefix: str = "") -> dict[str, float]:
    return {f"{prefix}{ability}": value for ability in ("listening", "reading", "writing", "speaking")}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("What if I got 7.5 in every band?", each(7.5)),
        ("ok and with a nomination from Alberta?", {"provincial_nomination": True}),
        ("et avec une désignation de l'Ontario ?", {"provincial_nomination": True}),
        ("What would my score be if I had a PhD?", {"education": "doctorate"}),
        ("Combien de points si j'avais un doctorat ?", {"education": "doctorate"}),
        ("suppose my wife stays behind", {"spouse_accompanying": False}),
        ("Et si mon conjoint ne m'accompagne pas ?", {"spouse_accompanying": False}),
        ("how many points would I get with CLB 8 in speaking?", {"language_test": "clb", "speaking": 8}),
        ("what if we were 29", {"age": 29}),
        ("Imaginons que je termine un programme de 3 ans au Canada", {"canadian_study": "three_or_more_years"}),
    ],
)
def test_what_is_supposed_is_read_as_if_it_were_so(text: str, facts: dict[str, Any]) -> None:
    assert tried(text) == facts


def test_another_language_is_the_second_one_and_bare_levels_are_of_the_test_that_is_known() -> None:
    assert tried("what if I reach NCLC 8 in French?") == {"second_language_test": "nclc", **each(8, "second_")}
    assert tried("what if I reach CLB 8?", "tef_canada") == {"language_test": "nclc", **each(8)}
    assert tried("et si j'ai 6 partout à l'IELTS ?", "tcf_canada") == {
        "second_language_test": "ielts_general",
        **each(6, "second_"),
    }


def test_another_year_comes_on_top() -> None:
    found = supposed("what if I work another year abroad?", first_test="clb", language="en", as_of=DAY)
    assert found is not None
    assert (found.facts, found.more) == ({"foreign_work_years": 1}, ("foreign_work_years",))
    found = supposed("et si j'avais 2 ans de travail au Canada ?", first_test="clb", language="fr", as_of=DAY)
    assert found is not None
    assert (found.facts, found.more) == ({"canadian_work_years": 2}, ())


def test_what_is_told_beside_it_stays_in_the_message() -> None:
    found = supposed("I turned 34 last week. What if I get CLB 9? Thanks!", first_test="clb", language="en", as_of=DAY)
    assert found is not None
    assert found.rest == "I turned 34 last week. Thanks!"


@pytest.mark.parametrize(
    "text",
    [
        "what if my profile expires?",
        "what if I have no job offer?",
        "what if I don't have an ECA yet?",
        "et si je n'ai pas de diplôme canadien ?",
        "what if the next cut-off is 480?",
        "and with 2 kids?",
        "I have a nomination",
        "what if I have a criminal record?",
        "et si je dis que j'ai 3 ans de travail au Canada ?",
        "what if I claim two years of Canadian work?",
    ],
)
def test_a_rule_asked_about_a_plain_fact_and_an_untrue_claim_are_not_tried(text: str) -> None:
    assert tried(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "what if my wife was the principal applicant?",
        "and what if he applied and I came along?",
        "which of us has more points?",
        "Et si ma femme est la demandeuse principale ?",
        "lequel de nous deux a le plus de points ?",
    ],
)
def test_a_couple_may_ask_which_of_them_applies(text: str) -> None:
    found = supposed(text, first_test="clb", language=None, as_of=DAY, partnered=True)
    assert found is not None
    assert found.swapped
    alone = supposed(text, first_test="clb", language=None, as_of=DAY)
    assert alone is None or not alone.swapped
