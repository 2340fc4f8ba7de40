"""What is not known: the range of a score, the column it is shown in, and what each open fact can move."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.assessment import Score, assess
from bot.facts import Job
from tests.assessment.people import BEFORE_THE_CHANGE, COUPLE, assessed, levels, points, profile, score

STRONG = {"education": "master", "language": levels(10), "canadian_work_years": 5}
WEAK = {"education": "none", "language": levels(0), "canadian_work_years": 0}


def widths(found: Score) -> dict[str, int]:
    return {width.fact: width.points for width in found.widths}


@pytest.mark.parametrize(("spouse", "with_spouse"), [(WEAK, True), (STRONG, False)])
def test_an_open_column_shows_the_lower_total_and_names_the_fact(spouse: dict[str, Any], with_spouse: bool) -> None:
    both = {comes: score(COUPLE, spouse=spouse, spouse_accompanying=comes) for comes in (True, False)}
    found = score(COUPLE, spouse=spouse, spouse_accompanying=None)
    assert found.status == "range"
    assert found.with_spouse is with_spouse
    assert found.low == found.total == both[with_spouse].total
    assert found.high == both[not with_spouse].total
    assert found.lines == both[with_spouse].lines
    assert widths(found) == {"spouse_accompanying": found.high - found.low}


def test_each_section_of_an_open_column_spans_both() -> None:
    both = [score(COUPLE, spouse=STRONG, spouse_accompanying=comes) for comes in (True, False)]
    found = score(COUPLE, spouse=STRONG, spouse_accompanying=None)
    for section in found.sections:
        apart = [one.section(section.id) for one in both]
        assert section.low == min(one.points for one in apart)
        assert section.high == max(one.points for one in apart)
        assert section.maximum == max(one.maximum for one in apart)


def test_a_column_that_makes_no_difference_is_a_range_of_one_number() -> None:
    """Not computed, for the lines are those of one column only."""
    person: dict[str, Any] = {"age": 18, "canadian_work_years": 2}
    person["spouse"] = {"education": "bachelor", "language": levels(9), "canadian_work_years": 0}
    for comes in (True, False):
        assert score(COUPLE, **person, spouse_accompanying=comes).total == 378
    found = score(COUPLE, **person, spouse_accompanying=None)
    assert (found.status, found.low, found.high, found.widths) == ("range", 378, 378, ())


def test_what_an_open_fact_moves_is_the_most_at_either_end() -> None:
    """A nomination moves 600 whatever else is open; a certificate only where the language is high enough."""
    open_facts: dict[str, Any] = {"provincial_nomination": None, "certificate_of_qualification": None}
    found = score(first_language=levels(7), **open_facts)
    assert widths(found) == {"provincial_nomination": 600, "certificate_of_qualification": 50}
    assert [width.fact for width in found.widths] == ["provincial_nomination", "certificate_of_qualification"]
    assert (found.low, found.high) == (
        score(first_language=levels(7)).total,
        score(first_language=levels(7)).total + 650,
    )
    assert widths(score(first_language=levels(4), **open_facts)) == {"provincial_nomination": 600}


def test_a_fact_that_pays_only_with_another_open_one_has_its_width() -> None:
    """Work abroad earns nothing without language or work in Canada: what it moves shows only at the high end."""
    found = score(first_language=levels(4), foreign_work_years=None, canadian_work_years=None)
    without = score(first_language=levels(4), canadian_work_years=5)
    assert widths(found)["foreign_work_years"] == found.high - without.total == 50


def test_an_open_column_moves_the_most_at_either_end_of_the_other_facts() -> None:
    """The columns lie further apart at one age than at another; both directions."""
    for spouse in (WEAK, STRONG):
        apart = [
            abs(
                score(COUPLE, spouse=spouse, age=age).total
                - score(COUPLE, spouse=spouse, age=age, spouse_accompanying=False).total
            )
            for age in (50, 25)
        ]
        assert apart[0] != apart[1]
        assert widths(score(COUPLE, spouse=spouse, age=None, spouse_accompanying=None))["spouse_accompanying"] == max(
            apart
        )


@pytest.mark.parametrize("second", [{"test": "none"}, {"language": "english", "test": "none"}])
def test_without_a_second_test_the_first_one_may_still_be_french(second: dict[str, Any]) -> None:
    """Nobody said which language comes first: French at level 7 with no English pays the lower bonus."""
    french = score(first_language=levels(10, language="french"), second_language=second)
    found = score(first_language=None, second_language=second)
    assert (found.high, widths(found)["language_test"]) == (french.total, french.total - found.low)


@pytest.mark.parametrize("education", ["secondary", "master"])
def test_an_open_fact_moves_the_most_of_both_columns(education: str) -> None:
    """A table pays more in the column without a spouse: that is what the fact can move."""
    ends = [score(COUPLE, education=education, age=age, spouse_accompanying=False).total for age in (50, 25)]
    found = score(COUPLE, education=education, age=None, spouse_accompanying=None)
    assert widths(found)["age"] == ends[1] - ends[0] == 110


@pytest.mark.parametrize("day", [BEFORE_THE_CHANGE, date(2026, 11, 22)], ids=["before the change", "after it"])
@pytest.mark.parametrize("years", [None, 5], ids=["no plain years", "other plain years"])
def test_the_years_of_the_score_are_those_of_dated_jobs(years: int | None, day: date) -> None:
    """Two years of full-time work in Canada and three of half-time work abroad; what was said in plain years is not."""
    jobs = (
        Job(date(2020, 1, 1), date(2022, 12, 31), "21231", hours=15.0),
        Job(date(2024, 1, 1), date(2026, 1, 31), "21231", place="canada"),
    )
    person = profile(canadian_work_years=years, foreign_work_years=years).having(jobs=jobs)
    plain = assessed(on=day, canadian_work_years=2, foreign_work_years=1).score
    found = assess(person, day).score
    assert found.low == found.high == plain.total
    assert [line.row for line in found.lines] == [line.row for line in plain.lines]


def test_a_job_whose_occupation_is_open_is_a_range_that_names_what_would_settle_it() -> None:
    person = profile(canadian_work_years=None).having(jobs=(Job(date(2024, 1, 1), place="canada"),))
    found = assess(person.without("noc"), BEFORE_THE_CHANGE).score
    none, two = (score(canadian_work_years=years, foreign_work_years=0).total for years in (0, 2))
    assert (found.low, found.high) == (none, two)
    assert widths(found) == {"jobs": two - none}


@pytest.mark.parametrize("language", ["english", "french"])
def test_a_second_language_alone_leaves_the_other_one_to_be_the_first(language: str) -> None:
    """French earns its own points as the first language too; English beside a first language never tested does not."""
    second, other = levels(8, language=language), {"english": "french", "french": "english"}[language]
    found = score(first_language=None, second_language=second)
    assert found.high == score(first_language=levels(10, language=other), second_language=second).total
    assert found.low == score(first_language={"test": "none"}, second_language=second).total


def test_an_ability_without_a_score_is_open_and_named() -> None:
    found = score(first_language=levels(7, 7, 7, None))
    ends = [score(first_language=levels(7, 7, 7, last)).total for last in (0, 10)]
    assert [found.low, found.high] == ends
    assert widths(found) == {"speaking": ends[1] - ends[0]}


@pytest.mark.parametrize(("first", "is_open"), [(levels(7), True), ({"test": "none"}, False)])
def test_a_second_language_is_open_only_beside_a_first_one(first: dict[str, Any], is_open: bool) -> None:
    assert ("second_language_test" in widths(score(first_language=first, second_language=None))) is is_open


@pytest.mark.parametrize("first", [None, {"test": "none"}], ids=["first not known", "first never tested"])
def test_only_french_earns_the_points_for_french(first: dict[str, Any] | None) -> None:
    """French at level 7 or more without English at 5 earns 25; the same levels of English earn none."""
    french, english = (
        score(first_language=first, second_language=levels(8, language=language)) for language in ("french", "english")
    )
    assert french.low - english.low == 25
    assert points(french, "additional.french") - points(english, "additional.french") == 25


def test_an_assessment_that_is_missing_leaves_points_only_where_the_credential_may_be_canadian() -> None:
    none, all_of_it = (score(education=level).total for level in ("none", "bachelor"))
    missing = {"eca": {"status": "not_done"}, "education": "bachelor"}
    known = score(**missing)
    assert (known.low, known.high) == (none, none)
    unknown = score(**missing, canadian_study=None)
    assert unknown.low == none
    assert widths(unknown) == {"canadian_study": unknown.high - none}
    assert unknown.high > all_of_it


@pytest.mark.parametrize(
    ("facts", "assumed"),
    [
        ({"eca": {"status": "done"}}, False),
        ({"eca": None}, True),
        ({"eca": None, "canadian_study": "one_or_two_years"}, True),
        ({"eca": None, "education": "none"}, False),
    ],
    ids=["an assessment", "none asked about", "a Canadian diploma may not be the one claimed", "no credential"],
)
def test_points_for_a_credential_say_that_an_assessment_was_taken_for_granted(facts: dict, assumed: bool) -> None:
    found = [line.id for line in assessed(**facts).assumptions]
    assert ("assessment.assumption.education_assessed" in found) is assumed
