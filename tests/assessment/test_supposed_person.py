"""A person with one thing otherwise: exactly that is otherwise, and what cannot be is not computed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.assessment import crs_score
from bot.assessment.supposing import suppose
from bot.facts import Profile
from bot.facts.profile import Job
from bot.rules import rulebook

DAY = date(2026, 11, 2)
NURSE = Profile.of(
    age=33,
    marital_status="single",
    education="bachelor",
    eca="not_done",
    canadian_study="none",
    language_test="ielts_general",
    listening=7.5,
    reading=7.0,
    writing=6.5,
    speaking=7.0,
    language_taken_on=date(2024, 6, 1),
    second_language_test="none",
    canadian_work_years=0,
    foreign_work_years=2,
    provincial_nomination=False,
)


def supposing(profile: Profile = NURSE, more: tuple[str, ...] = (), **facts: Any) -> Profile | None:
    found = suppose(profile, facts, more, DAY, rulebook().at(DAY))
    return None if found is None else found[0]


def test_a_level_of_one_ability_stands_beside_the_levels_of_the_others() -> None:
    other = supposing(language_test="clb", writing=9)
    assert other is not None
    assert [other.value(a) for a in ("listening", "reading", "writing", "speaking")] == [8, 9, 9, 9]


def test_a_new_result_is_not_as_old_as_the_one_it_replaces() -> None:
    other = supposing(listening=7.5, reading=7.0, writing=6.5, speaking=7.0)
    assert other is not None
    assert other.is_open("language_taken_on")
    assert crs_score(other, DAY).low > crs_score(NURSE, DAY).low  # NURSE's results have expired


def test_another_year_is_added_and_a_credential_to_come_is_assessed() -> None:
    other = supposing(more=("foreign_work_years",), foreign_work_years=1)
    assert other is not None
    assert other.value("foreign_work_years") == 3
    master = supposing(education="master")
    assert master is not None
    assert master.value("eca") == "done"


def test_one_score_of_the_test_that_is_known_leaves_the_others() -> None:
    other = supposing(speaking=8.0)
    assert other is not None
    assert [other.value(a) for a in ("listening", "reading", "writing", "speaking")] == [7.5, 7.0, 6.5, 8.0]


def test_another_year_where_none_was_told_is_the_first() -> None:
    other = supposing(NURSE.without("foreign_work_years"), more=("foreign_work_years",), foreign_work_years=1)
    assert other is not None
    assert other.value("foreign_work_years") == 1


def test_another_age_takes_the_place_of_the_day_of_birth_and_only_that() -> None:
    born = NURSE.without("age").having(date_of_birth=date(1993, 5, 1))
    younger = supposing(born, age=29)
    assert younger is not None
    assert younger.is_open("date_of_birth")
    nominated = supposing(born, provincial_nomination=True)
    assert nominated is not None
    assert nominated.value("date_of_birth") == date(1993, 5, 1)


def test_what_is_supposed_is_named_in_the_order_of_the_vocabulary_and_nothing_else() -> None:
    found = suppose(NURSE, {"provincial_nomination": True, "age": 30}, (), DAY, rulebook().at(DAY))
    assert found is not None
    assert found[1] == ("age", "provincial_nomination")


def test_a_partner_whose_status_is_not_known_may_be_supposed_to_stay() -> None:
    couple = NURSE.having(marital_status="married", spouse_accompanying=True)
    other = supposing(couple, spouse_accompanying=False)
    assert other is not None
    assert other.value("spouse_accompanying") is False


@pytest.mark.parametrize(
    "facts",
    [
        {"speaking": 300},  # not a score of the IELTS
        {"language_test": "celpip_general", "speaking": 9},  # the other three are IELTS scores
        {"language_test": "tef_canada"},  # a test without a score
        {"second_listening": 7},  # no second test
        {"spouse_accompanying": False},  # nobody to accompany
        {"age": 30, "spouse_education": "master"},  # the age alone would fit
    ],
)
def test_what_does_not_fit_the_person_is_not_computed(facts: dict[str, Any]) -> None:
    assert supposing(**facts) is None


def test_plain_years_are_not_supposed_beside_dated_jobs() -> None:
    dated = NURSE.having(jobs=(Job(date(2020, 1, 1), date(2022, 1, 1)),))
    assert supposing(dated, canadian_work_years=1) is None


def test_the_person_stays_as_they_are() -> None:
    before = dict(NURSE._facts)
    assert supposing(provincial_nomination=True) is not None
    assert NURSE._facts == before
