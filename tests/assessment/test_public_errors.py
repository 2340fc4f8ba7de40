"""Errors that public calculators make, each by its name."""

from __future__ import annotations

from datetime import date

import pytest

from tests.assessment.people import COUPLE, SINGLE, assessed, levels, points, score, scores, section

ALL_CREDENTIALS = {"first_language": levels(9), "canadian_work_years": 2}


def test_a_single_bachelors_is_not_paid_25_and_50():
    assert points(score(education="bachelor", first_language=levels(7)), "transferability.education_language") == 13
    assert points(score(education="bachelor", first_language=levels(9)), "transferability.education_language") == 25


@pytest.mark.parametrize("education", ["two_or_more", "master", "professional", "doctorate"])
def test_a_masters_is_not_paid_13_and_25(education):
    assert points(score(education=education, first_language=levels(7)), "transferability.education_language") == 25
    assert points(score(education=education, first_language=levels(9)), "transferability.education_language") == 50


@pytest.mark.parametrize("education", ["one_year", "two_year"])
def test_short_credentials_are_not_left_out(education):
    found = score(education=education, **ALL_CREDENTIALS)
    assert points(found, "transferability.education_language") == 25
    assert points(found, "transferability.education_canadian_work") == 25


def test_the_limit_of_a_group_is_50():
    found = score(education="master", **ALL_CREDENTIALS)
    assert (
        points(found, "transferability.education_language") + points(found, "transferability.education_canadian_work")
        == 50
    )
    cut = [line for line in found.lines if line.cap == "crs.transferability.education_cap"]
    assert [(line.row_points, line.points) for line in cut] == [(50, 0)]


def test_the_limit_of_all_groups_is_100():
    found = score(education="master", foreign_work_years=3, certificate_of_qualification=True, **ALL_CREDENTIALS)
    assert section(found, "transferability") == 100
    assert any(line.cap == "crs.transferability_cap" for line in found.lines)


def test_every_group_counts_not_only_one():
    found = score(
        education="bachelor", foreign_work_years=1, first_language=levels(7), certificate_of_qualification=False
    )
    assert section(found, "transferability") == 13 + 13


def test_the_limit_of_additional_points_is_600():
    found = score(
        provincial_nomination=True,
        sibling_in_canada=True,
        canadian_study="three_or_more_years",
        first_language=levels(7, language="french"),
    )
    assert section(found, "additional") == 600


def test_a_total_is_never_above_1200():
    found = score(
        age=25,
        education="doctorate",
        first_language=levels(10),
        second_language=levels(10, language="french"),
        canadian_work_years=5,
        foreign_work_years=3,
        provincial_nomination=True,
        sibling_in_canada=True,
        canadian_study="three_or_more_years",
    )
    assert found.total == 1200


@pytest.mark.parametrize("offer", ["major_group_00", "other"])
def test_a_job_offer_earns_nothing_from_2025_03_25(offer):
    before, after = date(2025, 3, 24), date(2025, 3, 25)
    paid = {"major_group_00": 200, "other": 50}[offer]
    assert points(score(on=before, job_offer=offer), "additional.job_offer") == paid
    assert points(score(on=after, job_offer=offer), "additional.job_offer") == 0


def test_the_french_bonus_is_not_swapped():
    """The higher amount goes with good English, the lower one with weak or no English."""
    french = levels(7, language="french")
    assert points(score(first_language=french), "additional.french") == 25
    assert points(score(first_language=french, second_language=levels(4)), "additional.french") == 25
    assert points(score(first_language=french, second_language=levels(5)), "additional.french") == 50


def test_mixed_english_does_not_reach_the_higher_french_bonus():
    found = score(first_language=levels(7, language="french"), second_language=levels(9, 9, 9, 4))
    assert points(found, "additional.french") == 25


def test_the_french_bonus_is_paid_beside_second_language_points():
    found = score(first_language=levels(9), second_language=levels(7, language="french"))
    assert points(found, "additional.french") == 50
    assert points(found, "core.second_language") == 12


def test_the_french_bonus_was_15_and_30_until_2020_10_19():
    french = levels(7, language="french")
    for day, low, high in ((date(2020, 10, 19), 15, 30), (date(2020, 10, 20), 25, 50)):
        assert points(score(on=day, first_language=french), "additional.french") == low
        assert points(score(on=day, first_language=french, second_language=levels(5)), "additional.french") == high


@pytest.mark.parametrize(
    "changes", [{"spouse_accompanying": False}, {"spouse_citizen_or_pr": True, "spouse_accompanying": True}]
)
def test_a_partner_who_stays_behind_or_is_canadian_does_not_change_the_column(changes):
    couple = score(COUPLE, spouse={"education": "doctorate"}, **changes)
    assert couple.with_spouse is False
    assert couple.total == score(SINGLE).total
    assert section(couple, "spouse") == 0


@pytest.mark.parametrize("status", ["single", "separated", "divorced", "widowed"])
def test_without_a_partner_the_column_is_the_one_without(status):
    assert score(COUPLE, marital_status=status).with_spouse is False


def test_the_second_language_is_limited_to_22_with_a_spouse():
    french = levels(9, language="french")
    assert points(score(SINGLE, second_language=french), "core.second_language") == 24
    found = score(COUPLE, second_language=french)
    assert points(found, "core.second_language") == 22
    assert any(line.cap == "crs.core.second_language_cap" for line in found.lines)


def test_two_years_abroad_are_not_three():
    assert points(score(foreign_work_years=2, first_language=levels(9)), "transferability.foreign_language") == 25
    assert points(score(foreign_work_years=2.99, first_language=levels(9)), "transferability.foreign_language") == 25


def test_the_lowest_ability_opens_a_combination_not_the_average():
    found = score(education="master", first_language=levels(10, 10, 10, 6))
    assert points(found, "transferability.education_language") == 0


def test_level_4_earns_points():
    assert points(score(first_language=levels(4)), "core.first_language") == 24


@pytest.mark.parametrize("level", [11, 12])
def test_levels_above_10_count_as_10(level):
    assert score(first_language=levels(level)).total == score(first_language=levels(10)).total


@pytest.mark.parametrize(
    ("age", "with_spouse", "without"),
    [
        (18, 90, 99),
        (19, 95, 105),
        (36, 65, 72),
        (37, 60, 66),
        (38, 55, 61),
        (39, 50, 55),
        (40, 45, 50),
        (41, 35, 39),
        (42, 25, 28),
        (43, 15, 17),
        (44, 5, 6),
    ],
)
def test_ages_are_not_read_from_the_wrong_column(age, with_spouse, without):
    assert points(score(COUPLE, age=age), "core.age") == with_spouse
    assert points(score(SINGLE, age=age), "core.age") == without


def test_ielts_listening_7_is_level_7():
    found = score(first_language=scores("ielts_general", 6.5, 6.5, 7.0, 6.5))
    rows = {line.factor: line.row for line in found.lines if line.factor.startswith("core.first_language")}
    assert rows == {
        "core.first_language.reading": "8",
        "core.first_language.writing": "8",
        "core.first_language.listening": "7",
        "core.first_language.speaking": "8",
    }


def test_pte_reading_50_is_level_5():
    found = score(first_language=scores("pte_core", 50, 60, 50, 59))
    rows = {line.factor: line.row for line in found.lines if line.factor.startswith("core.first_language")}
    assert rows["core.first_language.reading"] == "5"
    assert rows["core.first_language.writing"] == "6"


def test_tef_is_read_on_the_scale_that_express_entry_takes():
    found = score(first_language=scores("tef_canada", 207, 310, 249, 310, language="french"))
    assert points(found, "additional.french") == 25
    assert points(found, "core.first_language") == 4 * 17


def test_tef_scores_of_the_699_scale_are_left_open_not_paid():
    found = score(first_language=scores("tef_canada", 546, 558, 546, 556, language="french"))
    assert found.status == "range"


def test_an_old_certificate_threshold_is_not_used():
    found = score(education="secondary", certificate_of_qualification=True, first_language=levels(5, 5, 5, 5))
    assert points(found, "transferability.certificate_language") == 25
    found = score(education="secondary", certificate_of_qualification=True, first_language=levels(7, 7, 7, 6))
    assert points(found, "transferability.certificate_language") == 25


def test_the_second_language_never_meets_the_minimum_of_fsw_and_pays_once():
    """CLB 6 in the first language is not mended by the second, which pays 4 points from level 5 and no more."""
    short = assessed(first_language=levels(6), second_language=levels(10, language="french"))
    assert short.program("fsw").answer == "no"
    for level, extra in ((4, 0), (5, 4), (10, 4)):
        grid = assessed(first_language=levels(7), second_language=levels(level, language="french"))
        alone = assessed(first_language=levels(7))
        language = [found.program("fsw").selection.factors[0].points for found in (grid, alone)]
        assert language[0] - language[1] == extra
