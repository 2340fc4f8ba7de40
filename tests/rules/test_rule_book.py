"""What the rules of a day say of themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import RuleBook, RuleDateError, RulesError, UnknownRuleError, rulebook
from bot.rules.checking import check_book, faults
from bot.rules.inventory import inventory
from bot.rules.programs import program_rules
from tests.rules.invented import changed

TODAY = date(2026, 11, 22)
DAYS = st.dates(min_value=date(2017, 6, 6), max_value=date(2040, 1, 1))


def test_the_rules_fit_together_on_every_day():
    assert list(faults(rulebook())) == []
    check_book(rulebook())


@settings(deadline=None)
@given(day=DAYS)
def test_every_reference_of_a_day_stands_on_that_day(day):
    rules = rulebook().at(day)
    for reference_id in rules.references():
        value = rules.reference(reference_id)
        assert value.effective_from <= day
        assert value.effective_to is None or day <= value.effective_to
        assert (value.value is None) == (value.missing is not None)
        assert value.sources
        assert value.sources[0].url.startswith("https://")


def test_versions_follow_each_other_without_gap():
    for rule in rulebook().values():
        for version, following in zip(rule.versions, rule.versions[1:], strict=False):
            assert version.effective_to == following.effective_from - timedelta(days=1), rule.id


def test_a_rule_stands_from_its_first_day_to_its_last_one():
    book = changed("validity.eca", effective_from=date(2026, 4, 15), effective_to=date(2026, 6, 15))
    assert [book.at(date(2026, 4, day)).has("validity.eca") for day in (14, 15, 16)] == [False, True, True]
    assert [book.at(date(2026, 6, day)).has("validity.eca") for day in (14, 15, 16)] == [True, True, False]


def test_the_first_day_of_the_rules_is_looked_at_too():
    assert rulebook().edges()[0] == rulebook().first_day == date(2017, 6, 6)


def test_two_books_are_never_the_same():
    one, other = RuleBook(rulebook()), RuleBook(rulebook())
    assert [held == one for held in (one, other)] == [True, False]


def test_a_day_before_the_first_rules_is_an_error():
    with pytest.raises(RuleDateError, match="the rules start on 2017-06-06; no rule stands for 2017-06-05"):
        rulebook().at(date(2017, 6, 5))


def test_a_rule_that_starts_later_says_when():
    with pytest.raises(RuleDateError, match=r"funds.table starts on 2021-07-15; no rule stands for 2020-01-01"):
        rulebook().at(date(2020, 1, 1)).reference("funds.table")
    assert rulebook().at(date(2020, 1, 1)).first_day("funds.table") == date(2021, 7, 15)


@pytest.mark.parametrize("reference_id", ["deadlines.itaa", "deadlines.ita.days", "", "crs", "crs.core.age.30.nobody"])
def test_an_unknown_reference_is_an_error(reference_id):
    with pytest.raises(UnknownRuleError, match="assistant rules --references"):
        rulebook().at(date(2026, 5, 5)).reference(reference_id)


@pytest.mark.parametrize(
    ("reference_id", "value", "unit"),
    [
        ("deadlines.ita", 60, "calendar_days"),
        ("deadlines.nomination_accept", 30, "calendar_days"),
        ("deadlines.profile_draft", 60, "days"),
        ("deadlines.biometrics", 30, "days"),
        ("validity.profile", 12, "months"),
        ("validity.language_test", 2, "years"),
        ("validity.eca", 5, "years"),
        ("validity.medical", 12, "months"),
        ("processing.standard", 6, "months"),
        ("processing.standard_share", 80, "percent"),
        ("misrepresentation.bar", 5, "years"),
        ("funds.table.1", 15263, "cad"),
        ("funds.table.7", 40392, "cad"),
        ("funds.table.additional", 4112, "cad"),
        ("fees.processing_principal", 990, "cad"),
        ("fees.processing_spouse", 990, "cad"),
        ("fees.processing_child", 270, "cad"),
        ("fees.rprf_adult", 600, "cad"),
        ("fees.rprf_child", 0, "cad"),
        ("biometrics.fee_individual", 85, "cad"),
        ("biometrics.fee_family_max", 170, "cad"),
        ("biometrics.age_min", 14, "years"),
        ("biometrics.age_max", 79, "years"),
        ("documents.police.min_months", 6, "months"),
        ("documents.police.window_years", 10, "years"),
        ("documents.police.since_age", 18, "years"),
        ("documents.police.issued_within_months", 6, "months"),
        ("documents.medical.reuse_years", 5, "years"),
        ("work.year_hours", 1560, "hours"),
        ("work.weekly_cap", 30, "hours_per_week"),
        ("cec.min_hours", 1560, "hours"),
        ("cec.work.window_years", 3, "years"),
        ("cec.language.1", 7, "level"),
        ("cec.language.3", 5, "level"),
        ("fsw.min_hours", 1560, "hours"),
        ("fsw.work.window_years", 10, "years"),
        ("fsw.pass_mark", 67, "points"),
        ("fsw.language", 7, "level"),
        ("fst.min_hours", 3120, "hours"),
        ("fst.work.window_years", 5, "years"),
        ("fst.language.speaking", 5, "level"),
        ("fst.language.writing", 4, "level"),
        ("noc.count", 516, "codes"),
    ],
)
def test_figures_of_today(reference_id, value, unit):
    found = rulebook().at(TODAY).reference(reference_id)
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (date(2017, 6, 6), 90),
        (date(2018, 6, 25), 90),
        (date(2018, 6, 26), 60),
        (date(2021, 6, 29), 60),
        (date(2026, 11, 22), 60),
    ],
)
def test_the_days_after_an_invitation_through_time(day, days):
    assert rulebook().at(day).value("deadlines.ita") == days


@pytest.mark.parametrize(
    ("day", "principal", "spouse", "child", "right"),
    [
        (date(2020, 4, 30), 825, 825, 225, 500),
        (date(2022, 4, 29), 825, 825, 225, 500),
        (date(2022, 4, 30), 850, 850, 230, 515),
        (date(2024, 4, 29), 850, 850, 230, 515),
        (date(2024, 4, 30), 950, 950, 260, 575),
        (date(2026, 4, 29), 950, 950, 260, 575),
        (date(2026, 4, 30), 990, 990, 270, 600),
    ],
)
def test_fees_through_time(day, principal, spouse, child, right):
    rules = rulebook().at(day)
    names = ("processing_principal", "processing_spouse", "processing_child", "rprf_adult", "rprf_child")
    assert [rules.value(f"fees.{name}") for name in names] == [principal, spouse, child, right, 0]


@pytest.mark.parametrize(
    ("first", "last", "amounts", "additional"),
    [
        (date(2021, 7, 15), date(2022, 6, 8), (13213, 16449, 20222, 24553, 27847, 31407, 34967), 3560),
        (date(2022, 6, 9), date(2023, 4, 24), (13310, 16570, 20371, 24733, 28052, 31638, 35224), 3586),
        (date(2023, 4, 25), date(2024, 5, 27), (13757, 17127, 21055, 25564, 28994, 32700, 36407), 3706),
        (date(2024, 5, 28), date(2025, 7, 6), (14690, 18288, 22483, 27297, 30690, 34917, 38875), 3958),
        (date(2025, 7, 7), date(2026, 6, 30), (15263, 19001, 23360, 28362, 32168, 36280, 40392), 4112),
    ],
)
def test_settlement_funds_through_time(first, last, amounts, additional):
    for day in (first, last):
        found = rulebook().at(day).value("funds.table")
        assert tuple(found[str(size)] for size in range(1, 8)) == amounts
        assert found["additional"] == additional


def test_each_person_beyond_seven_adds_to_the_funds():
    funds = program_rules(rulebook().at(date(2024, 6, 1))).funds
    needed = [14690, 18288, 22483, 27297, 30690, 34917, 38875, 42833, 46791]
    assert [funds.required(size) for size in range(1, 10)] == needed


def test_the_funds_of_2025_are_not_current_after_june_2026():
    assert not rulebook().at(date(2026, 6, 30)).reference("funds.table").stale
    found = rulebook().at(date(2026, 7, 1)).reference("funds.table")
    assert found.stale
    assert found.needs_official_check == date(2026, 6, 30)
    assert "July 2026" in (found.check_reason or "")


@pytest.mark.parametrize(
    ("day", "upfront"),
    [(date(2023, 9, 30), True), (date(2023, 10, 1), False), (date(2025, 8, 20), False), (date(2025, 8, 21), True)],
)
def test_when_the_medical_examination_comes_first(day, upfront):
    assert rulebook().at(day).value("documents.medical.upfront") is upfront


def test_rounds_are_stale_after_60_days():
    assert not rulebook().at(date(2026, 11, 30)).reference("rounds.history").stale
    assert rulebook().at(date(2026, 12, 1)).reference("rounds.history").stale


def test_a_set_completed_by_nobody_has_values_only_where_something_is_established():
    rules = rulebook().at(date(2026, 11, 3))
    with_value = {version.rule_id for version in rules.under("crs") if version.value is not None}
    assert with_value == {
        "crs.set",
        "crs.high_wage.size",
        "crs.high_wage.levels",
        "crs.high_wage.unlisted_points",
    }
    for version in rules.under("crs"):
        if version.value is None:
            assert (version.status, version.missing) == ("incomplete", "not_established")
    assert rules.value("crs.high_wage.size") == 186
    assert rules.value("crs.high_wage.levels") == [2.0, 1.5, 1.3]
    assert rules.value("crs.high_wage.unlisted_points") == 0
    assert rules.reference("crs.set").status == "incomplete"
    assert rules.last_complete_score().as_of == date(2026, 11, 2)


def test_the_programs_are_kept_and_marked_for_a_check():
    value = rulebook().at(date(2026, 11, 3)).reference("fsw.pass_mark")
    assert (value.value, value.needs_official_check) == (67, date(2026, 10, 1))
    assert rulebook().at(date(2026, 11, 2)).reference("fsw.pass_mark").needs_official_check is None


def test_the_inventory_lists_every_rule():
    entries = list(inventory(rulebook(), TODAY))
    assert [entry.id for entry in entries] == list(rulebook())
    assert all(entry.verified_on and entry.source for entry in entries if entry.status)
    later = list(inventory(rulebook(), date(2018, 1, 1)))
    assert {entry.status for entry in later if entry.id == "funds.table"} == {None}


def test_the_inventory_says_why_a_rule_is_to_be_checked_from_the_first_day_of_doubt():
    version = rulebook()["fsw.pass_mark"].versions[-1]
    since = version.needs_check_since
    for day, why in ((since - timedelta(days=1), None), (since, version.check_reason)):
        (entry,) = [entry for entry in inventory(rulebook(), day) if entry.id == "fsw.pass_mark"]
        assert entry.check_reason == why
    assert version.check_reason
    (not_yet,) = [entry for entry in inventory(rulebook(), date(2018, 1, 1)) if entry.id == "funds.table"]
    assert (not_yet.effective_from, not_yet.stale, not_yet.source) == (None, False, None)


@pytest.mark.parametrize(
    ("rule_id", "changes", "named"),
    [
        ("noc.count", {"value": 515}, r"noc/noc2021.yml: noc.unit_groups: has 516 rows, noc.count differs"),
        ("categories.stem.codes", {"value": ["99999"]}, r"categories/occupations.yml: .*99999 is not in the"),
        (
            "crs.high_wage.size",
            {"effective_from": date(2026, 11, 4)},
            r"crs/high_wage.yml: .*not the first day of a set",
        ),
        ("language.highest_score.ielts_general", {"value": {"reading": 9}}, r"do not fit together"),
        ("cec.language", {"value": {"one": 7}}, r"do not fit together"),
    ],
)
def test_what_does_not_fit_together_is_named(rule_id, changes, named):
    with pytest.raises(RulesError, match=named):
        check_book(changed(rule_id, **changes))
