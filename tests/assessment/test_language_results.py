"""What is known of a test result on a day: levels, expiry, estimates, and scores that its scale does not have."""

from datetime import date

import pytest

from bot.assessment.language import language_result, off_scale, off_scale_facts
from bot.facts import Known, Profile
from bot.rules import rulebook
from tests.assessment.people import ABILITIES

DAY = date(2026, 11, 2)
RULES = rulebook().at(DAY)
SCORES = dict.fromkeys(ABILITIES, 7.0)


def result(**facts):
    found = language_result(Profile.of(**{"language_test": "ielts_general", **SCORES, **facts}), "first", DAY, RULES)
    assert found is not None
    return found


def test_a_test_counts_until_the_day_two_years_later() -> None:
    for taken_on, expired in ((date(2024, 11, 2), True), (date(2024, 11, 3), False)):
        found = result(language_taken_on=taken_on)
        assert (found.expires_on, found.expired) == (date(2026, 11, taken_on.day), expired)
    assert result().expires_on is None


def test_levels_named_without_their_test_expire_with_the_day_of_the_test() -> None:
    old, new = (result(language_test="clb", language_taken_on=date(year, 11, 2)) for year in (2024, 2025))
    assert (old.expired, new.expired, new.expires_on) == (True, False, date(2027, 11, 2))
    assert not result(language_test="clb").expired


@pytest.mark.parametrize(
    ("facts", "estimated"),
    [
        ({"language_taken_on": date(2026, 11, 2)}, False),
        ({"language_taken_on": date(2026, 11, 3)}, True),
        ({"language_test": "clb"}, True),
    ],
    ids=["taken today", "taken tomorrow", "levels without a test"],
)
def test_a_plan_or_a_level_is_an_estimate(facts: dict, estimated: bool) -> None:
    assert result(**facts).estimated is estimated


def test_one_score_that_is_a_guess_makes_the_result_an_estimate() -> None:
    sure = Profile.of(language_test="ielts_general", **SCORES)
    guess = sure.with_facts({"writing": Known(7.0, estimated=True)})
    found = [language_result(profile, "first", DAY, RULES) for profile in (sure, guess)]
    assert [one is not None and one.estimated for one in found] == [False, True]


def test_a_score_that_the_scale_does_not_have_is_named_and_no_other() -> None:
    """A CELPIP level as an IELTS band, a TCF mark over 20; an ability without a score is open, not off the scale."""
    assert not off_scale(None)
    assert not off_scale(result())
    assert not off_scale(result(writing=None))
    odd = Profile.of(
        language_test="ielts_general",
        reading=7.0,
        writing=11.0,
        second_language_test="tcf_canada",
        second_speaking=25.0,
        second_reading=500.0,
    )
    assert off_scale(language_result(odd, "first", DAY, RULES))
    assert off_scale_facts(odd, DAY, RULES) == ("writing", "second_speaking")
    assert off_scale_facts(Profile.of(language_test="ielts_general", **SCORES), DAY, RULES) == ()


def test_a_second_language_without_a_test_is_told_from_one_that_nobody_asked_about() -> None:
    assert language_result(Profile(), "second", DAY, RULES) is None
    none = language_result(Profile.of(second_language_test="none"), "second", DAY, RULES)
    assert none is not None
    assert (none.language, [ability.level for ability in none.abilities]) == (None, [0, 0, 0, 0])
