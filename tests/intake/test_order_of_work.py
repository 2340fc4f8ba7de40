"""Who needs a person first: by deadline and harm, never by who can pay."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assessment import assess
from bot.assessment.signals import SIGNALS
from bot.facts import Profile
from bot.intake.brief import CONTRADICTIONS, DOUBTFUL, brief
from bot.intake.order import Sign, order_of_work, place
from bot.knowledge.catalogue import LANGUAGES, catalogue, text
from tests.assessment.strategies import ANY_PROFILE

DAY = date(2026, 11, 25)
PATIENT = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIGNS: tuple[Sign, ...] = ("detention", "removal", "fairness_letter", "refusal", "trouble", "crisis")


def stands(signs: tuple[str, ...] = (), **facts: Any) -> tuple[int, str]:
    found = place(assess(Profile.of(**facts), DAY), signs)
    return found.priority, found.reason


@pytest.mark.parametrize("sign", SIGNS[:5])
def test_harm_that_was_told_in_words_comes_first(sign: str) -> None:
    assert stands((sign,), age=30) == (1, sign)


def test_harm_that_is_a_fact_comes_first() -> None:
    assert stands(fairness_letter=True) == (1, "fairness_letter")
    assert stands(past_refusal=True) == (1, "refusal")
    assert stands(stage="trouble") == (1, "trouble")


def test_an_invitation_that_runs_comes_before_anything_that_ends_later() -> None:
    invited = place(assess(Profile.of(stage="invited", invited_on=DAY - timedelta(days=20)), DAY))
    assert (invited.priority, invited.reason, invited.due_event) == (2, "ita_running", "ita")
    assert invited.due_on == DAY + timedelta(days=40)
    assert stands(stage="invited", invited_on=DAY - timedelta(days=90)) == (2, "ita_over")


def test_something_that_changes_soon_comes_before_a_complete_assessment() -> None:
    soon = place(assess(Profile.of(eca="done", eca_issued_on=date(2022, 1, 10), education="master"), DAY))
    assert (soon.priority, soon.reason, soon.due_on) == (3, "soon", date(2027, 1, 10))
    later = place(assess(Profile.of(eca="done", eca_issued_on=date(2024, 1, 10), education="master"), DAY))
    assert later.priority == 5
    assert later.due_on == date(2029, 1, 10)


def test_nothing_known_is_the_rest() -> None:
    assert stands() == (5, "rest")


@PATIENT
@given(profile=ANY_PROFILE, signs=st.sets(st.sampled_from(SIGNS)))
def test_everybody_has_exactly_one_place(profile: Profile, signs: set[str]) -> None:
    found = place(assess(profile, DAY), signs)
    assert 1 <= found.priority <= 5
    assert found == place(assess(profile, DAY), sorted(signs))
    assert found.key <= (5, date.max)
    for language in LANGUAGES:
        assert text(f"order.{found.reason}", language, on=found.due_on or DAY)


@PATIENT
@given(profile=ANY_PROFILE, amount=st.integers(0, 1_000_000))
def test_money_moves_nobody(profile: Profile, amount: int) -> None:
    richer = profile.having(funds_amount=float(amount))
    assert place(assess(richer, DAY)) == place(assess(profile, DAY))


@PATIENT
@given(profile=ANY_PROFILE, signs=st.sets(st.sampled_from(SIGNS), min_size=1))
def test_telling_of_harm_never_moves_anybody_down(profile: Profile, signs: set[str]) -> None:
    assert place(assess(profile, DAY), signs).key <= place(assess(profile, DAY)).key


def test_every_reason_has_its_words_and_every_id_exists() -> None:
    for rule in order_of_work().places:
        assert f"order.{rule.reason}" in catalogue()
    assert set(SIGNALS) >= CONTRADICTIONS
    assert all(f"sign.{sign}" in catalogue() for sign in SIGNS)
    assert {"language_estimated"} <= DOUBTFUL


def test_a_brief_says_what_contradicts_what_is_unproven_and_what_is_urgent() -> None:
    found = brief(
        Profile.of(age=40, date_of_birth=date(1994, 5, 1), stage="in_pool", language_test="none", education="master"),
        DAY,
    )
    assert found.contradictions == 1
    assert [one["id"] for one in found.details["contradictions"]] == ["age_and_birth_differ"]
    assert found.urgent  # two answers that cannot both be true are a risk of misrepresentation (R15)
    assert "language" in [gap["id"] for gap in found.details["gaps"]]
    assert brief(Profile.of(age=30), DAY, ["crisis"]).urgent
