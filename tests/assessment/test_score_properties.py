"""What holds for every profile and every day."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.assessment import Score, assess
from bot.facts import Known, Profile
from bot.rules import rulebook
from tests.assessment.strategies import ABILITIES, ANY_PROFILE, DAYS, complete

COMPLETE_DAYS = st.dates(min_value=date(2017, 6, 6), max_value=date(2026, 11, 2))
SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
# Groups of facts of which one alone says nothing: taken away together.
TOGETHER = {
    "language_test": ("language_test", *ABILITIES),
    "second_language_test": ("second_language_test", *(f"second_{ability}" for ability in ABILITIES)),
    "spouse_language_test": ("spouse_language_test", *(f"spouse_{ability}" for ability in ABILITIES)),
}


def of(facts: dict, day: date) -> Score:
    return assess(Profile.of(**facts), day).crs


def adds_up(found: Score) -> None:
    assert found.low is not None
    assert found.high is not None
    assert found.total == sum(line.points for line in found.lines) == sum(part.points for part in found.sections)
    assert 0 <= found.low <= found.high <= 1200
    assert found.total == found.low
    for part in found.sections:
        assert 0 <= part.low <= part.points <= part.high <= part.maximum


@SLOW
@given(profile=ANY_PROFILE, day=DAYS)
def test_no_profile_raises_and_every_total_adds_up(profile, day):
    found = assess(profile, day)
    assert found.to_dict()["as_of"] == day.isoformat()
    adds_up(found.score)
    assert (found.crs.total is None) == (day >= date(2026, 11, 3))
    assert {program.answer for program in found.programs} <= {"yes", "no", "cannot_tell"}
    for program in found.programs:
        met = [condition.met for condition in program.conditions]
        if program.answer == "yes":
            assert all(met)
        if program.answer == "no":
            assert False in met
            assert program.missing == ()


@SLOW
@given(facts=complete(), day=COMPLETE_DAYS)
def test_a_complete_profile_has_one_total(facts, day):
    found = of(facts, day)
    assert found.status == "computed"
    assert found.low == found.total == found.high
    assert found.widths == ()
    adds_up(found)


@SLOW
@given(facts=complete(), day=COMPLETE_DAYS, data=st.data())
def test_a_range_holds_every_completion(facts, day, data):
    names = [name for name in facts if name.split("_")[-1] not in ABILITIES and name != "eca"]
    gone = data.draw(st.sets(st.sampled_from(names), min_size=1, max_size=6))
    removed = {name for fact in gone for name in TOGETHER.get(fact, (fact,))}
    partial = of({name: value for name, value in facts.items() if name not in removed}, day)
    whole = of(facts, day)
    assert partial.low is not None
    assert partial.high is not None
    assert whole.total is not None
    assert partial.low <= whole.total <= partial.high
    for width in partial.widths:
        assert 0 < width.points <= partial.high - partial.low
    for before, after in zip(partial.sections, whole.sections, strict=True):
        assert before.low <= after.points <= before.high


@SLOW
@given(facts=complete(), day=COMPLETE_DAYS, data=st.data())
def test_a_missing_ability_gives_a_range_that_holds_it(facts, day, data):
    prefix = data.draw(st.sampled_from(["", "second_", "spouse_"]))
    gone = data.draw(st.sets(st.sampled_from(ABILITIES), min_size=1))
    partial = of({name: value for name, value in facts.items() if name not in {f"{prefix}{a}" for a in gone}}, day)
    whole = of(facts, day).total
    assert partial.low <= whole <= partial.high


@SLOW
@given(facts=complete(), day=COMPLETE_DAYS, data=st.data())
def test_better_language_never_lowers_a_score(facts, day, data):
    name = data.draw(st.sampled_from([f"{prefix}{a}" for prefix in ("", "second_", "spouse_") for a in ABILITIES]))
    better = {**facts, name: data.draw(st.integers(facts[name], 12))}
    assert of(better, day).total >= of(facts, day).total


@SLOW
@given(facts=complete(), day=COMPLETE_DAYS, data=st.data())
def test_the_order_of_the_facts_does_not_matter(facts, day, data):
    shuffled = dict(data.draw(st.permutations(list(facts.items()))))
    assert assess(Profile.of(**shuffled), day).to_dict() == assess(Profile.of(**facts), day).to_dict()


@SLOW
@given(facts=complete(), day=COMPLETE_DAYS)
def test_where_a_fact_came_from_does_not_matter(facts, day):
    said = Profile({name: Known(value, "said", "words") for name, value in facts.items()})
    assert assess(said, day).crs == of(facts, day)


@SLOW
@given(day=DAYS)
def test_any_day_picks_exactly_one_set_and_its_points_stand_that_day(day):
    versions = [version for version in rulebook()["crs.set"].versions if version.effective_from <= day]
    standing = [version for version in versions if version.effective_to is None or day <= version.effective_to]
    assert len(standing) == 1
    assert assess(Profile(), day).rule_set == standing[0].value


@SLOW
@given(facts=complete(), day=COMPLETE_DAYS)
def test_no_line_is_older_or_younger_than_its_day(facts, day):
    for line in of(facts, day).lines:
        version = rulebook().at(day).version(line.rule)
        assert line.since == version.effective_from <= day
        assert version.effective_to is None or day <= version.effective_to
