"""A profile: four things a fact can be, what applies to whom, and what survives being stored."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts import DECLINED, NOT_ASKED, UNKNOWN, Job, Known, Profile, Stay, vocabulary
from bot.facts.encoding import profile_from, profile_to
from bot.facts.questions import asked_together, no_longer_applicable, open_questions

SCORES = ("listening", "reading", "writing", "speaking")


def value_of(fact_id: str) -> st.SearchStrategy:
    fact = vocabulary()[fact_id]
    match fact.type:
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(int(fact.min), int(fact.max))
        case "number":
            return st.floats(fact.min, fact.max, allow_nan=False)
        case "date":
            return st.dates(date(1900, 1, 1), date(2100, 1, 1))
        case "choice":
            return st.sampled_from(fact.values)
        case "noc":
            return st.from_regex(r"[0-9]{5}", fullmatch=True)
        case "jobs":
            job = st.builds(
                Job, start=st.dates(), noc=st.just("21231"), hours=st.floats(0, 100), place=st.just("canada")
            )
            return st.lists(job, max_size=3).map(tuple)
        case "stays":
            return st.lists(st.builds(Stay, country=st.just("IN"), start=st.dates()), max_size=3).map(tuple)


def fact_of(fact_id: str) -> st.SearchStrategy:
    return st.one_of(value_of(fact_id).map(Known), st.just(UNKNOWN), st.just(DECLINED), st.just(NOT_ASKED))


profiles = st.fixed_dictionaries({}, optional={f: fact_of(f) for f in vocabulary()}).map(Profile)


@given(profiles)
def test_a_stored_profile_comes_back_as_it_was(profile: Profile) -> None:
    assert profile_from(profile_to(profile)) == profile


def test_unknown_declined_and_not_asked_are_three_things() -> None:
    profile = Profile({"age": UNKNOWN, "funds_amount": DECLINED})
    assert profile["age"] == UNKNOWN
    assert profile["funds_amount"] == DECLINED
    assert profile["education"] == NOT_ASKED
    assert [profile.is_open(f) for f in ("age", "funds_amount", "education")] == [False, False, True]
    assert profile.value("age") is None


def test_a_value_outside_its_bounds_is_refused_with_the_name_of_the_fact() -> None:
    with pytest.raises(ValueError, match="age: 210"):
        Profile.of(age=210)
    with pytest.raises(KeyError, match="shoe_size"):
        Profile.of(shoe_size=42)


def test_a_single_person_is_not_asked_about_a_partner() -> None:
    single = open_questions(Profile.of(marital_status="single"))
    assert not [f for f in single if f.startswith("spouse")]


def test_a_partner_who_is_a_permanent_resident_is_not_asked_for_points() -> None:
    profile = Profile.of(marital_status="married", spouse_citizen_or_pr=True)
    assert not [f for f in open_questions(profile) if f.startswith("spouse")]


def test_an_accompanying_partner_brings_education_language_and_canadian_work() -> None:
    profile = Profile.of(marital_status="common_law", spouse_citizen_or_pr=False, spouse_accompanying=True)
    asked = open_questions(profile)
    assert {"spouse_education", "spouse_language_test", "spouse_canadian_work_years"} <= set(asked)


def test_the_four_scores_are_one_question_until_one_of_them_is_known() -> None:
    profile = Profile.of(language_test="ielts_general", language_taken_on=date(2026, 6, 15))
    assert asked_together(profile, "listening") == SCORES
    assert asked_together(profile.having(reading=7.0), "listening") == ("listening",)
    assert asked_together(profile, "age") == ("age",)


def test_the_day_of_the_test_is_asked_with_its_scores_where_there_is_one() -> None:
    assert asked_together(Profile.of(language_test="ielts_general"), "listening") == (*SCORES, "language_taken_on")
    assert asked_together(Profile.of(language_test="clb"), "listening") == SCORES


def test_what_may_hold_is_asked_at_once_for_all_that_is_open() -> None:
    history = ("past_refusal", "fairness_letter", "criminal_record", "medical_concern")
    assert asked_together(Profile(), "past_refusal") == history
    told = Profile({"past_refusal": Known(True), "criminal_record": DECLINED})
    assert asked_together(told, "fairness_letter") == ("fairness_letter", "medical_concern")
    assert asked_together(told.having(medical_concern=False), "fairness_letter") == ("fairness_letter",)


def test_a_question_for_two_facts_is_left_where_one_of_them_makes_no_sense() -> None:
    assert asked_together(Profile.of(education="master"), "canadian_study") == ("canadian_study", "eca")
    assert asked_together(Profile.of(education="none"), "canadian_study") == ("canadian_study",)


def test_what_hangs_on_a_changed_answer_no_longer_applies() -> None:
    profile = Profile.of(
        marital_status="married", spouse_citizen_or_pr=False, spouse_accompanying=True, spouse_education="master"
    )
    assert no_longer_applicable(profile) == []
    assert no_longer_applicable(profile.having(marital_status="divorced")) == [
        "spouse_citizen_or_pr",
        "spouse_accompanying",
        "spouse_education",
    ]


def test_a_skipped_question_is_not_open_and_an_unknown_one_is_not_asked_again() -> None:
    profile = Profile({"age": UNKNOWN})
    assert "age" not in open_questions(profile)
    assert "education" not in open_questions(profile, skipped=["education"])


def test_what_was_told_before_its_question_could_be_asked_stays() -> None:
    early = Profile.of(marital_status="married", spouse_education="master", listening=8.0)
    assert no_longer_applicable(early) == []
    assert no_longer_applicable(early.having(spouse_accompanying=False)) == ["spouse_education"]
    assert no_longer_applicable(early.having(language_test="none")) == ["listening"]
    assert no_longer_applicable(early.having(marital_status="single")) == ["spouse_education"]


@pytest.mark.parametrize(
    ("education", "canadian_study", "asked"),
    [
        ("bachelor", "one_or_two_years", True),
        ("two_year", "one_or_two_years", False),
        ("two_year", "none", True),
        ("master", "three_or_more_years", False),
    ],
)
def test_an_assessment_is_asked_for_where_the_diploma_must_be_a_foreign_one(education, canadian_study, asked):
    studied = Profile.of(education=education, canadian_study=canadian_study)
    assert ("eca" in open_questions(studied)) is asked
