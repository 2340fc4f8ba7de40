"""What moves the score: every gain is a real second assessment, cut by the limit it names, in a fixed order."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assessment import assess
from bot.assessment.gains import Change, Gain, Gains
from bot.assessment.partner import NOTES, PartnerComparison
from bot.facts import Known, Profile
from bot.knowledge.catalogue import LANGUAGES, catalogue
from bot.rules import RuleBook, rulebook
from tests.assessment.profiles import profiles

DAY, AFTER = date(2026, 11, 2), date(2026, 11, 22)
ABILITIES = ("reading", "writing", "listening", "speaking")
SINGLE = Profile.of(
    age=29,
    marital_status="single",
    education="bachelor",
    canadian_study="none",
    eca="done",
    language_test="clb",
    listening=9,
    reading=8,
    writing=7,
    speaking=8,
    second_language_test="none",
    canadian_work_years=1,
    foreign_work_years=3,
    noc="21231",
    certificate_of_qualification=False,
    provincial_nomination=False,
    job_offer="none",
    sibling_in_canada=False,
)
COUPLE = SINGLE.having(
    marital_status="married",
    spouse_citizen_or_pr=False,
    spouse_accompanying=True,
    spouse_education="bachelor",
    spouse_language_test="clb",
    spouse_listening=6,
    spouse_reading=6,
    spouse_writing=6,
    spouse_speaking=6,
    spouse_canadian_work_years=0,
)


FRENCH_FIRST = SINGLE.having(
    language_test="nclc",
    listening=6,
    reading=7,
    writing=7,
    speaking=7,
    second_language_test="clb",
    second_listening=5,
    second_reading=5,
    second_writing=4,
    second_speaking=6,
)
PEOPLE = {
    "single": SINGLE,
    "couple": COUPLE,
    "one step from level 9 in all": SINGLE.having(reading=9, writing=8, listening=9, speaking=9),
    "below what earns anything": SINGLE.having(reading=3, writing=0, listening=4, speaking=2, education="secondary"),
    "French first": FRENCH_FIRST,
    "uneven partner": COUPLE.having(spouse_listening=9, spouse_reading=9, spouse_writing=4, spouse_speaking=7),
    "nominee with a doctorate": COUPLE.having(provincial_nomination=True, education="doctorate"),
    "trade": SINGLE.having(certificate_of_qualification=True, noc="72106", writing=4),
}


def gains(profile: Profile = SINGLE, day: date = DAY) -> Gains:
    return assess(profile, day).gains


def alone(found: Gains, change: str, **values: Any) -> Gain:
    (gain,) = [
        one for one in found.alone if one.changes[0].id == change and values.items() <= one.changes[0].values.items()
    ]
    return gain


def changed(profile: Profile, change: Change) -> Profile:
    """The profile with the change made to its facts, for a second assessment from the start."""
    level = change.values.get("level")
    ability = change.values.get("ability")
    match change.id:
        case "first_language_up" | "first_language_to":
            return profile.having(**{ability: level})
        case "first_language_all_to":
            return profile.having(**{name: max(profile.value(name), level) for name in ABILITIES})
        case "french_to" if profile.value("language_test") == "nclc":
            return profile.having(**{name: max(profile.value(name), level) for name in ABILITIES})
        case "french_to":
            return profile.having(second_language_test="nclc", **{f"second_{name}": level for name in ABILITIES})
        case "spouse_language_to":
            names = [f"spouse_{name}" for name in ABILITIES]
            return profile.having(**{name: max(profile.value(name), level) for name in names})
        case "canadian_year":
            return profile.having(canadian_work_years=change.values["years"])
        case "foreign_year":
            return profile.having(foreign_work_years=change.values["years"])
        case "education":
            return profile.having(education=level)
        case "canadian_study":
            return profile.having(canadian_study=level)
        case "nomination":
            return profile.having(provincial_nomination=True)
        case "certificate":
            return profile.having(certificate_of_qualification=True)
    raise AssertionError(change.id)


@pytest.mark.parametrize("profile", PEOPLE.values(), ids=PEOPLE)
def test_every_gain_is_what_a_second_assessment_gives(profile: Profile) -> None:
    found = gains(profile)
    base = assess(profile, DAY).score.total
    assert found.base == base
    assert found.exact
    for gain in (*found.alone, *found.pairs):
        other = profile
        for change in gain.changes:
            other = changed(other, change)
        assert gain.total == assess(other, DAY).score.total, gain.changes
        assert gain.points == gain.total - base


def under(most: int) -> RuleBook:
    """The rules with another limit of the whole, invented."""
    rule = rulebook()["crs.grand_total"]
    versions = tuple(replace(version, value=most) if version.value else version for version in rule.versions)
    return RuleBook({**rulebook(), rule.id: replace(rule, versions=versions)})


@pytest.mark.parametrize("profile", [SINGLE, COUPLE], ids=["single", "couple"])
@pytest.mark.parametrize("above", [-10, 0, 1, 20, 50, 100])
def test_the_limit_of_the_whole_cuts_every_gain_as_a_second_assessment_does(profile: Profile, above: int) -> None:
    """An invented limit that lies so many points above what this person has."""
    base, own = assess(profile, DAY).score.total, gains(profile)
    assert base is not None
    book = under(base + above)
    found = assess(profile, DAY, book).gains
    assert found.base == min(base, base + above)
    for gain, before in zip((*found.alone, *found.pairs), (*own.alone, *own.pairs), strict=True):
        other = profile
        for change in gain.changes:
            other = changed(other, change)
        assert gain.total == assess(other, DAY, book).score.total == min(before.total, base + above)
        assert (gain.points, gain.unlimited) == (gain.total - found.base, before.unlimited)
        assert ("crs.grand_total" in gain.limits) is (before.total - gain.total > base - found.base)


def test_what_is_run_again() -> None:
    found = gains(COUPLE)
    kinds = list(dict.fromkeys(gain.changes[0].id for gain in found.alone))
    assert kinds == [
        "first_language_up",
        "first_language_to",
        "first_language_all_to",
        "french_to",
        "canadian_year",
        "foreign_year",
        "education",
        "canadian_study",
        "nomination",
        "certificate",
        "spouse_language_to",
    ]
    assert len(found.pairs) == 36
    assert all(len(gain.changes) == 2 for gain in found.pairs)


def test_the_order_does_not_follow_the_points() -> None:
    points = [gain.points for gain in gains().alone]
    assert points != sorted(points)
    assert points != sorted(points, reverse=True)


def changes_of(profile: Profile, kind: str) -> list[dict[str, Any]]:
    """What the changes of a kind lead to."""
    return [dict(gain.changes[0].values) for gain in gains(profile).alone if gain.changes[0].id == kind]


def test_each_change_goes_as_far_as_it_says() -> None:
    assert changes_of(SINGLE, "canadian_year") == [{"years": 2}]
    assert changes_of(SINGLE, "foreign_year") == [{"years": 4}]
    assert changes_of(SINGLE, "french_to") == [{"level": 7}]
    assert changes_of(SINGLE, "first_language_all_to") == [{"level": 9}]


def test_a_credential_that_earns_the_same_as_the_one_before_it_is_not_told() -> None:
    """A professional degree earns what a master's earns."""
    levels = [values["level"] for values in changes_of(SINGLE, "education")]
    assert levels == ["two_or_more", "master", "doctorate"]


def test_nothing_is_told_that_is_reached_already() -> None:
    assert changes_of(SINGLE.having(**dict.fromkeys(ABILITIES, 9)), "first_language_all_to") == []
    french = dict.fromkeys([f"second_{name}" for name in ABILITIES], 7)
    assert changes_of(SINGLE.having(second_language_test="nclc", **french), "french_to") == []
    assert changes_of(COUPLE.having(spouse_writing=9), "spouse_language_to") == [{"level": 7}, {"level": 9}]
    seven = dict.fromkeys([f"spouse_{name}" for name in ABILITIES], 7)
    assert changes_of(COUPLE.having(**seven), "spouse_language_to") == [{"level": 9}]


def test_one_ability_below_the_highest_band_is_told_once() -> None:
    """To bring the only one that is lower to level 9 is to bring all four there."""
    almost = SINGLE.having(reading=9, writing=7, listening=9, speaking=9)
    assert changes_of(almost, "first_language_to") == []
    assert changes_of(almost, "first_language_all_to") == [{"level": 9}]


def test_of_the_steps_of_a_partner_the_highest_stands_in_the_pairs() -> None:
    paired = {
        change.values["level"] for gain in gains(COUPLE).pairs for change in gain.changes if "spouse" in change.id
    }
    assert paired == {9}


def test_an_expired_result_has_no_levels_to_go_up_from() -> None:
    old = SINGLE.having(language_test="ielts_general", language_taken_on=date(2024, 11, 2))
    kinds = {gain.changes[0].id for gain in gains(old).alone}
    assert not {kind for kind in kinds if kind.startswith("first_language")}
    assert "french_to" in kinds


def test_somebody_without_any_test_may_still_take_one_in_french() -> None:
    untested = SINGLE.without(*ABILITIES, "second_language_test").having(language_test="none")
    assert changes_of(untested, "french_to") == [{"level": 7}]


def test_a_nomination_gives_six_hundred() -> None:
    gain = alone(gains(), "nomination")
    assert (gain.points, gain.unlimited, gain.limits) == (600, 600, ())


def test_the_limit_of_one_change_is_named_beside_another_too() -> None:
    pairs = {tuple(change.id for change in gain.changes): gain.limits for gain in gains().pairs}
    assert pairs["first_language_all_to", "nomination"] == ("crs.transferability.foreign_cap",)
    assert pairs["french_to", "nomination"] == ("crs.additional_cap",)
    assert pairs["canadian_year", "nomination"] == alone(gains(), "canadian_year").limits


def test_a_limit_that_takes_points_is_named() -> None:
    """Three years abroad pay 25 with CLB 7 and 50 with CLB 9, but work abroad earns 50 in all."""
    gain = alone(gains(), "first_language_all_to")
    assert (gain.points, gain.unlimited) == (gain.unlimited - 25, gain.points + 25)
    assert gain.limits == ("crs.transferability.foreign_cap",)
    full = gains(SINGLE.having(reading=9, writing=9, speaking=9))
    certificate = alone(full, "certificate")
    assert (certificate.points, certificate.unlimited) == (12, 50)
    assert certificate.limits == ("crs.transferability_cap",)


def test_one_ability_alone_does_not_open_the_column_that_all_four_open() -> None:
    found = gains()
    to_nine = [gain for gain in found.alone if gain.changes[0].values.items() >= {"level": 9}.items()]
    single_steps = {
        gain.changes[0].values["ability"]: gain.points for gain in to_nine if "ability" in gain.changes[0].values
    }
    assert set(single_steps) == {"reading", "writing", "speaking"}
    assert alone(found, "first_language_all_to").points > sum(single_steps.values())


@pytest.mark.parametrize("reading", [5, 7, 8, 9])
def test_no_change_of_one_ability_is_told_twice(reading: int) -> None:
    found = gains(SINGLE.having(reading=reading))
    told = [
        (gain.changes[0].values["ability"], gain.changes[0].values["level"])
        for gain in found.alone
        if "ability" in gain.changes[0].values
    ]
    assert len(told) == len(set(told))
    assert {("reading", 10 if reading == 9 else reading + 1), ("writing", 8), ("writing", 9)} <= set(told)


def test_two_changes_together_are_not_the_sum_where_a_limit_bites() -> None:
    found = gains()
    (pair,) = [
        gain for gain in found.pairs if [change.id for change in gain.changes] == ["first_language_all_to", "education"]
    ]
    assert (
        pair.points
        != alone(found, "first_language_all_to").points + alone(found, "education", level="two_or_more").points
    )


def test_a_fact_that_is_not_known_has_no_gain() -> None:
    kinds = {gain.changes[0].id for gain in gains(SINGLE.without("canadian_work_years", "second_language_test")).alone}
    assert not {"canadian_year", "french_to"} & kinds
    assert not gains(SINGLE.without("canadian_work_years")).exact


def test_a_second_nomination_or_a_level_above_ten_is_not_offered() -> None:
    top = SINGLE.having(provincial_nomination=True, listening=10, reading=10, writing=10, speaking=10)
    kinds = {gain.changes[0].id for gain in gains(top).alone}
    assert not {"nomination", "first_language_up", "first_language_to", "first_language_all_to"} & kinds


def test_french_as_the_first_language_is_raised_in_place() -> None:
    french = SINGLE.having(language_test="nclc", listening=6, reading=7, writing=7, speaking=7)
    gain = alone(gains(french), "french_to")
    expected = assess(french.having(listening=7), DAY).score.total
    assert gain.total == expected


def test_after_the_change_gains_stand_on_the_earlier_rules() -> None:
    found = gains(day=AFTER)
    assert (found.rule_set, found.in_force_until) == ("crs-2025-03-25", date(2026, 11, 2))


def test_every_change_has_its_words() -> None:
    for gain in gains(COUPLE).alone:
        for language in LANGUAGES:
            assert catalogue().say(f"gains.change.{gain.changes[0].id}", language, **gain.changes[0].values)
    assert set(catalogue().under("gains.change")) == {gain.changes[0].id for gain in gains(COUPLE).alone}


def comparison(profile: Profile = COUPLE, day: date = DAY) -> PartnerComparison:
    found = assess(profile, day).partner
    assert found is not None
    return found


@pytest.mark.parametrize(
    "couple", [COUPLE, COUPLE.without("spouse_education"), COUPLE.without("spouse_education", "age")]
)
def test_a_partner_who_comes_or_stays_is_two_assessments(couple: Profile) -> None:
    for told in (couple, couple.having(spouse_accompanying=False), couple.without("spouse_accompanying")):
        by_id = {scenario.id: scenario for scenario in comparison(told).scenarios}
        for name, comes in (("accompanying", True), ("not_accompanying", False)):
            score = assess(couple.having(spouse_accompanying=comes), DAY).score
            assert (by_id[name].low, by_id[name].high) == (score.low, score.high)
            assert by_id[name].open == tuple(width.fact for width in score.widths)
            assert by_id[name].exact is (score.status == "computed")


def test_a_partner_as_principal_has_at_least_what_is_known_of_them() -> None:
    """The least is an age that earns nothing, no work abroad, no certificate and no study in Canada."""
    least = COUPLE.having(
        age=45,
        education="bachelor",
        canadian_work_years=0,
        foreign_work_years=0,
        spouse_canadian_work_years=1,
        **{name: COUPLE.value(f"spouse_{name}") for name in ABILITIES},
        **{f"spouse_{name}": COUPLE.value(name) for name in ABILITIES},
    )
    by_id = {scenario.id: scenario for scenario in comparison().scenarios}
    for name, comes in (("partner_principal", True), ("partner_principal_alone", False)):
        assert by_id[name].low == assess(least.having(spouse_accompanying=comes), DAY).score.total


def test_the_other_partner_as_principal_is_a_range_that_names_what_is_missing() -> None:
    by_id = {scenario.id: scenario for scenario in comparison().scenarios}
    other = by_id["partner_principal"]
    assert other.low < other.high
    assert "age" in other.open
    assert "provincial_nomination" not in other.open


def test_a_brother_or_sister_of_either_counts_where_both_come() -> None:
    """Of the one who then comes along it is known; of the partner alone nobody has said it."""
    scenarios = {
        known: {one.id: one for one in comparison(COUPLE.having(sibling_in_canada=known)).scenarios}
        for known in (True, False)
    }
    both = [scenarios[known]["partner_principal"] for known in (True, False)]
    assert both[0].low - both[1].low == both[0].high - both[1].high == 15
    assert "sibling_in_canada" not in both[0].open
    alone_now = [scenarios[known]["partner_principal_alone"] for known in (True, False)]
    assert alone_now[0] == alone_now[1]
    assert "sibling_in_canada" in alone_now[0].open
    nobody_said = {one.id: one for one in comparison(COUPLE.without("sibling_in_canada")).scenarios}
    assert "sibling_in_canada" in nobody_said["partner_principal"].open


def test_the_other_partner_is_scored_on_their_own_facts() -> None:
    """Age and the rest of the partner being what they may, the range holds every such person."""
    by_id = {scenario.id: scenario for scenario in comparison().scenarios}
    partner = Profile.of(
        age=35,
        marital_status="married",
        spouse_citizen_or_pr=False,
        spouse_accompanying=True,
        education="bachelor",
        canadian_study="none",
        eca="done",
        language_test="clb",
        listening=6,
        reading=6,
        writing=6,
        speaking=6,
        second_language_test="none",
        canadian_work_years=0,
        foreign_work_years=4,
        certificate_of_qualification=False,
        provincial_nomination=False,
        job_offer="none",
        sibling_in_canada=False,
        spouse_education="bachelor",
        spouse_language_test="clb",
        spouse_listening=9,
        spouse_reading=8,
        spouse_writing=7,
        spouse_speaking=8,
        spouse_canadian_work_years=1,
    )
    total = assess(partner, DAY).score.total
    assert by_id["partner_principal"].low <= total <= by_id["partner_principal"].high


@pytest.mark.parametrize(
    "facts", [{"marital_status": "single"}, {"spouse_citizen_or_pr": True}, {"marital_status": "divorced"}]
)
def test_nothing_is_compared_without_a_partner_who_could_come(facts: dict[str, Any]) -> None:
    assert assess(COUPLE.having(**facts), DAY).partner is None


def test_the_comparison_carries_its_notes_and_recommends_nothing() -> None:
    found = comparison()
    assert found.notes == NOTES
    assert set(catalogue().under("partner.note")) == set(NOTES)
    assert set(catalogue().under("partner.scenario")) == {scenario.id for scenario in found.scenarios}


@settings(max_examples=100, deadline=None)
@given(profiles, st.sampled_from([DAY, AFTER, date(2019, 1, 1)]))
def test_no_profile_raises(profile: Profile, day: date) -> None:
    found = gains(profile, day)
    for gain in (*found.alone, *found.pairs):
        assert gain.total == found.base + gain.points
        assert gain.points >= 0
    assert assess(profile, day).partner is None or found.rule_set == assess(profile, day).partner.rule_set


@settings(max_examples=40, deadline=None)
@given(st.permutations(list(COUPLE)))
def test_the_order_of_facts_does_not_matter(order: list[str]) -> None:
    shuffled = Profile({name: Known(COUPLE.value(name)) for name in order})
    assert gains(shuffled) == gains(COUPLE)
