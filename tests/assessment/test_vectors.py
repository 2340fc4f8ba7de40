"""Whole profiles whose score is known, and what a score says of its days."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assessment import assess
from bot.facts import Profile
from bot.rules import RuleDateError, rulebook
from tests.assessment.people import (
    ABILITIES,
    BEFORE_THE_CHANGE,
    COUPLE,
    SINGLE,
    assessed,
    levels,
    profile,
    score,
    scores,
    section,
)


def test_the_worked_example_of_the_official_page():
    """IRCC, "Check your score": 415 core, 88 transferability, 30 additional."""
    found = score(
        age=25,
        education="master",
        first_language=levels(9, 10, 9, 10),
        canadian_work_years=1,
        foreign_work_years=1,
        canadian_study="three_or_more_years",
    )
    assert (section(found, "core"), section(found, "transferability"), section(found, "additional")) == (415, 88, 30)
    assert found.total == 533


def test_a_single_bachelor_with_three_years_abroad():
    found = score(age=29, education="bachelor", first_language=levels(9), foreign_work_years=3)
    assert (section(found, "transferability"), section(found, "additional"), found.total) == (75, 0, 429)


def test_a_couple():
    found = score(
        COUPLE,
        age=33,
        education="master",
        first_language=levels(10),
        canadian_work_years=1,
        foreign_work_years=1,
        spouse={"education": "bachelor", "language": levels(7), "canadian_work_years": 0},
    )
    assert found.total == 477


def test_a_day_before_the_first_rules_is_an_error():
    with pytest.raises(RuleDateError, match="2017-06-06"):
        assess(Profile(), date(2017, 6, 5))


@pytest.mark.parametrize(
    ("day", "rule_set"),
    [
        (date(2017, 6, 6), "crs-2017-06-06"),
        (date(2020, 10, 19), "crs-2017-06-06"),
        (date(2020, 10, 20), "crs-2020-10-20"),
        (date(2025, 3, 24), "crs-2020-10-20"),
        (date(2025, 3, 25), "crs-2025-03-25"),
        (date(2026, 11, 2), "crs-2025-03-25"),
        (date(2026, 11, 3), "crs-2026-11-03"),
        (date(2030, 1, 1), "crs-2026-11-03"),
    ],
)
def test_any_day_picks_one_set_of_points(day, rule_set):
    assert assessed(on=day).rule_set == rule_set


@pytest.mark.parametrize("day", [date(2026, 11, 3), date(2026, 11, 22), date(2031, 5, 1)])
def test_from_2026_11_03_there_is_no_total(day):
    found = assessed(on=day).crs
    assert found.status == "rules_incomplete"
    assert (found.total, found.low, found.high, found.lines) == (None, None, None, ())
    previous = found.previous
    assert previous is not None
    assert previous.rule_set == "crs-2025-03-25"
    assert previous.in_force_until == date(2026, 11, 2)
    assert previous.total == score().total


def test_from_2026_11_03_the_programs_ask_for_a_check():
    assert {program.needs_official_check for program in assessed().programs} == {None}
    assert {program.needs_official_check for program in assessed(on=date(2026, 11, 3)).programs} == {date(2026, 10, 1)}


def test_birthdays_count_on_the_day():
    born = {"age": None, "date_of_birth": "1996-05-05"}
    assert score(on=date(2026, 5, 4), **born).total == score(age=29).total
    assert score(on=date(2026, 5, 5), **born).total == score(age=30).total


def test_an_expired_result_earns_nothing_and_says_what_that_costs():
    taken = date(2024, 6, 1)
    ielts = scores("ielts_general", 7, 7, 8, 7, taken_on=taken)
    valid = assessed(on=date(2026, 5, 31), first_language=ielts)
    expired = assessed(on=date(2026, 6, 1), first_language=ielts)
    assert valid.crs.total is not None
    assert not valid.language[0].expired
    assert expired.language[0].expired
    assert expired.language[0].expires_on == date(2026, 6, 1)
    assert expired.language[0].costs == valid.crs.total - (expired.crs.total or 0)
    assert expired.program("fsw").answer == "no"


def test_an_expired_assessment_of_education_earns_nothing():
    issued = {"issued_on": "2021-06-01"}
    assert score(on=date(2026, 5, 31), eca=issued).total == score().total
    assert score(on=date(2026, 6, 1), eca=issued).total == score(education="none").total


@pytest.mark.parametrize("status", ["not_done", "in_progress"])
def test_a_foreign_credential_without_assessment_earns_nothing(status):
    found = assessed(eca={"status": status})
    assert found.crs.total == score(education="none").total
    assert "assessment.note.eca_missing" in {note.id for note in found.notes}


@pytest.mark.parametrize("status", ["not_done", "in_progress"])
@pytest.mark.parametrize("degree", ["bachelor", "two_or_more", "master"])
def test_a_foreign_degree_without_assessment_leaves_the_short_canadian_diploma_alone(degree, status):
    """Two years in Canada are no bachelor's degree: the degree is from elsewhere and needs its own assessment."""
    studied = {"canadian_study": "one_or_two_years"}
    found = assessed(**studied, education=degree, eca={"status": status})
    assert found.crs.total == score(**studied, education="one_year").total
    assert score(**studied, education=degree, eca={"status": "done"}).total > found.crs.total
    assert {"R6", "R12"} <= {risk.rule.id for risk in found.risks}
    assert "assessment.note.canadian_diploma_alone" in {note.id for note in found.notes}
    diploma = assessed(**studied, education="one_year")
    assert in_the_grid(found) == in_the_grid(diploma)
    assert next(c for c in found.program("fsw").conditions if c.id == "fsw.education").met


def in_the_grid(found):
    """The points for education in the selection grid."""
    return next(factor.points for factor in found.program("fsw").selection.factors if factor.id == "education")


def test_a_diploma_that_two_years_in_canada_account_for_needs_no_assessment():
    studied = {"canadian_study": "one_or_two_years", "education": "two_year"}
    assert score(**studied, eca={"status": "not_done"}).total == score(**studied, eca={"status": "done"}).total


def test_a_second_result_in_the_same_language_is_left_out():
    one = profile()
    both = one.having(
        second_language_test="clb", second_reading=9, second_writing=9, second_listening=9, second_speaking=9
    )
    found = assess(both, BEFORE_THE_CHANGE)
    assert found.crs.total == assess(one, BEFORE_THE_CHANGE).crs.total
    assert "assessment.note.same_language" in {note.id for note in found.notes}


def test_every_line_says_where_it_comes_from():
    for line in score(COUPLE, canadian_work_years=3, foreign_work_years=3).lines:
        assert line.source == rulebook().at(BEFORE_THE_CHANGE).reference(line.rule).sources[0].url
        assert line.since <= date(2026, 11, 2)
        assert line.rule.startswith("crs.")
        assert 0 <= line.points <= line.row_points <= line.maximum


def notes(base=SINGLE, **changes) -> set[str]:
    return {note.id for note in assessed(base, **changes).notes}


REAL = scores("ielts_general", 7, 7, 7, 7, taken_on=date(2026, 1, 1))
REAL_AND_NONE = {"first_language": REAL, "spouse": {"education": "none"}}
OLD = {**REAL, "taken_on": date(2024, 6, 1)}
OLD_FRENCH = scores("tef_canada", 240, 360, 290, 360, language="french", taken_on=date(2024, 6, 1))
LITTLE_FRENCH = {**OLD_FRENCH, **dict.fromkeys(ABILITIES, 100)}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"first_language": REAL}, set()),
        ({"first_language": OLD}, {"expired_first"}),
        ({"first_language": {**OLD, **dict.fromkeys(ABILITIES, 1)}}, {"expired_first"}),
        ({"first_language": levels(7)}, {"estimated_first"}),
        ({"first_language": {**REAL, "writing": 11}}, {"off_scale_first"}),
        ({"second_language": OLD_FRENCH}, {"expired_second"}),
        ({"second_language": LITTLE_FRENCH}, set()),
        ({"second_language": levels(8, language="french")}, {"estimated_second"}),
        ({"spouse": {"language": OLD}}, {"expired_spouse"}),
        ({"spouse": {"language": levels(7)}}, {"estimated_spouse"}),
        ({"spouse": {"language": levels(7)}, "spouse_accompanying": None}, {"estimated_spouse"}),
        ({"spouse": {"language": levels(7)}, "spouse_accompanying": False}, set()),
        ({"spouse": {"language": OLD}, "spouse_accompanying": False}, set()),
    ],
)
def test_what_is_wrong_with_a_test_result_is_said_where_something_hangs_on_it(changes, said):
    """An old second result that would earn nothing is not mentioned, nor one of a partner who stays behind."""
    found = {note.removeprefix("assessment.note.") for note in notes(COUPLE, **{**REAL_AND_NONE, **changes})}
    assert {note for note in found if note.startswith(("expired", "estimated", "off_scale"))} == said


def test_an_expired_result_says_since_when_and_what_a_valid_one_would_earn():
    (note,) = (item for item in assessed(first_language=OLD).notes if item.id == "assessment.note.expired_first")
    lacking = score(first_language=REAL).total - score(first_language=OLD).total
    assert (note.rule, note.values) == ("validity.language_test", {"on": date(2026, 6, 1), "points": lacking})


@pytest.mark.parametrize(
    ("status", "studied", "said"),
    [
        ("not_done", "none", True),
        ("in_progress", None, True),
        ("not_done", "three_or_more_years", False),
        ("done", "none", False),
    ],
)
def test_a_missing_assessment_is_said_of_a_credential_that_may_be_foreign(status, studied, said):
    assert ("assessment.note.eca_missing" in notes(eca={"status": status}, canadian_study=studied)) is said


def test_a_second_language_that_reaches_more_is_said():
    note = "assessment.note.second_language_first"
    french = levels(7, language="french")
    assert note in notes(first_language=levels(6), second_language=french)
    assert note not in notes(first_language=levels(7), second_language=french)
    assert note not in notes(first_language=levels(6), second_language=levels(6, language="french"))
    assert note in notes(first_language=levels(9, 9, 9, 6), second_language=french)
    assert note not in notes(first_language=levels(6), second_language=levels(9, 9, 9, 6, language="french"))
    assert note not in notes(first_language=levels(7, 7, 7, None), second_language=french)
    assert note not in notes(first_language=levels(6), second_language=levels(7, 7, 7, None, language="french"))
    assert note not in notes(first_language=OLD, second_language=french)
    assert note not in notes(first_language=levels(6), second_language=OLD_FRENCH)


def test_a_noc_code_that_does_not_exist_is_said():
    assert "assessment.note.noc_not_found" in notes(noc="99999")
    assert "assessment.note.noc_not_found" not in notes(noc="21231")
