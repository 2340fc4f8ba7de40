"""The selection grid of the Federal Skilled Worker Program, written down a second time (IRPR ss. 78-83)."""

from __future__ import annotations

import pytest

from bot.assessment import Selection
from tests.assessment.people import COUPLE, SINGLE, assessed, levels

FIRST = {0: 0, 6: 0, 7: 4, 8: 5, 9: 6, 10: 6, 12: 6}
EDUCATION = {
    "none": 0,
    "secondary": 5,
    "one_year": 15,
    "two_year": 19,
    "bachelor": 21,
    "two_or_more": 22,
    "master": 23,
    "professional": 23,
    "doctorate": 25,
}
EXPERIENCE = {0: 0, 0.9: 0, 1: 9, 2: 11, 3: 11, 4: 13, 5: 13, 6: 15, 9: 15}
AGE = {
    17: 0,
    **dict.fromkeys(range(18, 36), 12),
    36: 11,
    37: 10,
    38: 9,
    39: 8,
    40: 7,
    41: 6,
    42: 5,
    43: 4,
    44: 3,
    45: 2,
    46: 1,
    47: 0,
    60: 0,
}
ADAPTABILITY = {
    "canadian_work": 10,
    "canadian_study": 5,
    "spouse_canadian_study": 5,
    "spouse_canadian_work": 5,
    "spouse_language": 5,
    "relative_in_canada": 5,
}
NO_ADAPTABILITY = dict.fromkeys(ADAPTABILITY, False)


def grid(base=SINGLE, **changes) -> Selection:
    found = assessed(base, **changes).program("fsw").selection
    assert found is not None
    return found


def factor(name: str, base=SINGLE, **changes) -> int:
    found = next(item for item in grid(base, **changes).factors if item.id == name)
    assert found.low == found.points == found.high <= found.maximum
    return found.points


@pytest.mark.parametrize("level", FIRST)
def test_first_language_each_ability_by_itself(level):
    for ability in range(4):
        four = [0, 0, 0, 0]
        four[ability] = level
        assert factor("language", first_language=levels(*four)) == FIRST[level]


@pytest.mark.parametrize(("four", "expected"), [((5, 5, 5, 5), 4), ((10, 10, 10, 10), 4), ((10, 10, 10, 4), 0)])
def test_second_language_only_with_all_four_abilities(four, expected):
    found = factor("language", first_language=levels(0), second_language=levels(*four, language="french"))
    assert found == expected


@pytest.mark.parametrize("education", EDUCATION)
def test_education(education):
    assert factor("education", education=education) == EDUCATION[education]


@pytest.mark.parametrize("years", EXPERIENCE)
def test_experience(years):
    assert factor("experience", fsw={"work_years": years}) == EXPERIENCE[years]


def test_experience_adds_work_here_and_abroad():
    assert factor("experience", canadian_work_years=2, foreign_work_years=2) == 13


@pytest.mark.parametrize("age", AGE)
def test_age(age):
    assert factor("age", age=age) == AGE[age]


@pytest.mark.parametrize(("arranged", "expected"), [(True, 10), (False, 0)])
def test_arranged_employment(arranged, expected):
    assert factor("arranged_employment", fsw={"arranged_employment": arranged}) == expected
    elements = {"arranged_employment": arranged, "adaptability": NO_ADAPTABILITY}
    assert factor("adaptability", COUPLE, fsw=elements) == expected / 2


@pytest.mark.parametrize("element", ADAPTABILITY)
def test_adaptability(element):
    elements = {"adaptability": {**NO_ADAPTABILITY, element: True}}
    assert factor("adaptability", COUPLE, fsw=elements) == ADAPTABILITY[element]


@pytest.mark.parametrize("element", [name for name in ADAPTABILITY if name.startswith("spouse")])
@pytest.mark.parametrize("changes", [{"spouse_accompanying": False}, {"spouse_citizen_or_pr": True}])
def test_the_partner_counts_only_when_accompanying_and_not_canadian(element, changes):
    elements = {"adaptability": {**NO_ADAPTABILITY, element: True}}
    assert factor("adaptability", COUPLE, fsw=elements, **changes) == 0


def test_adaptability_is_limited_to_10():
    elements = {"arranged_employment": True, "adaptability": dict.fromkeys(ADAPTABILITY, True)}
    assert factor("adaptability", COUPLE, fsw=elements) == 10


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"canadian_work_years": 1}, 10),
        ({"canadian_work_years": 0.5}, 0),
        ({"sibling_in_canada": True}, 5),
        ({"canadian_study": "three_or_more_years"}, 5),
    ],
)
def test_adaptability_follows_from_other_facts(changes, expected):
    known = {"relative_in_canada": None if "sibling_in_canada" in changes else False}
    assert factor("adaptability", fsw={"adaptability": known}, **changes) == expected


@pytest.mark.parametrize(
    ("spouse", "expected"),
    [
        ({"language": levels(4)}, 5),
        ({"language": levels(4, 4, 4, 3)}, 0),
        ({"language": levels(0), "canadian_work_years": 1}, 5),
        ({"language": levels(4), "canadian_work_years": 1}, 10),
    ],
)
def test_adaptability_of_the_partner_follows_from_other_facts(spouse, expected):
    assert factor("adaptability", COUPLE, spouse={"canadian_work_years": 0, **spouse}) == expected


def test_the_whole_grid_is_100():
    found = grid(
        COUPLE,
        age=30,
        education="doctorate",
        first_language=levels(9),
        second_language=levels(5, language="french"),
        fsw={"work_years": 6, "arranged_employment": True, "adaptability": dict.fromkeys(ADAPTABILITY, True)},
    )
    assert found.total == found.maximum == 100 == sum(item.maximum for item in found.factors)
    assert [item.maximum for item in found.factors] == [28, 25, 15, 12, 10, 10]


@pytest.mark.parametrize(("age", "total", "met"), [(35, 67, True), (36, 66, False)])
def test_the_pass_mark_is_67(age, total, met):
    """Level 7 (16), two languages (4), bachelor (21), four years (13), and 13 more or less."""
    found = assessed(
        age=age,
        education="bachelor",
        first_language=levels(7),
        second_language=levels(5, language="french"),
        fsw={"work_years": 1, "adaptability": {**NO_ADAPTABILITY, "relative_in_canada": True}},
    )
    program = found.program("fsw")
    assert program.selection is not None
    assert program.selection.total == total
    assert next(item.met for item in program.conditions if item.id == "fsw.points") is met


LEVELS_BUT_SPEAKING = {"language": "english", "test": None, "reading": 9, "writing": 9, "listening": 9}
FRENCH_BUT_SPEAKING = {"language": "french", "test": None, "reading": 5, "writing": 5, "listening": 5}
UNTESTED = {"test": "none"}
SPOUSE = {"education": "none", "canadian_work_years": 0, "language": levels(0)}
UNCODED = {"from": "2020-01-01", "to": "2020-12-29", "place": "canada"}
"""364 days of 30 hours a week are just a year."""


@pytest.mark.parametrize(
    ("name", "changes", "low", "high"),
    [
        ("age", {"age": None}, 0, 12),
        ("language", {"first_language": LEVELS_BUT_SPEAKING}, 18, 24),
        ("language", {"first_language": None}, 0, 24),
        ("language", {"first_language": None, "second_language": None}, 0, 28),
        ("language", {"first_language": UNTESTED, "second_language": None}, 0, 24),
        ("language", {"second_language": None}, 16, 20),
        ("language", {"second_language": FRENCH_BUT_SPEAKING}, 16, 20),
        ("language", {"second_language": {**FRENCH_BUT_SPEAKING, "reading": 4}}, 16, 16),
        ("education", {"education": None}, 0, 25),
        ("education", {"education": None, "eca": {"status": "not_done"}}, 0, 0),
        ("education", {"eca": {"status": "not_done"}}, 0, 0),
        ("education", {"eca": {"status": "in_progress"}}, 0, 21),
        ("experience", {"canadian_work_years": 1, "foreign_work_years": None}, 9, 15),
        ("arranged_employment", {"job_offer": None}, 0, 10),
        ("arranged_employment", {"job_offer": "other"}, 0, 10),
        ("adaptability", {"canadian_work_years": None}, 0, 10),
        ("adaptability", {"jobs": [UNCODED], "noc": None, "canadian_work_years": None}, 0, 10),
        (
            "adaptability",
            {"canadian_study": "one_or_two_years", "fsw": {"adaptability": {"relative_in_canada": False}}},
            0,
            5,
        ),
        ("adaptability", {"fsw": {"adaptability": {"canadian_study": False}}}, 0, 5),
    ],
)
def test_what_is_not_known_gives_a_range(name: str, changes: dict, low: int, high: int) -> None:
    found = grid(**changes)
    item = next(item for item in found.factors if item.id == name)
    assert (item.low, item.high) == (low, high)
    assert found.high - found.low >= high - low


@pytest.mark.parametrize(
    ("changes", "low", "high"),
    [
        ({}, 0, 0),
        ({"spouse": {**SPOUSE, "language": {**LEVELS_BUT_SPEAKING}}}, 0, 5),
        ({"spouse": {**SPOUSE, "language": {**LEVELS_BUT_SPEAKING, "reading": 3}}}, 0, 0),
        ({"spouse": {**SPOUSE, "language": UNTESTED}}, 0, 0),
        ({"spouse": {**SPOUSE, "language": None}}, 0, 5),
        ({"spouse": {**SPOUSE, "canadian_work_years": None}}, 0, 5),
        ({"spouse": {**SPOUSE, "canadian_work_years": 1}}, 5, 5),
        ({"spouse": {**SPOUSE, "canadian_work_years": 1}, "spouse_accompanying": None}, 0, 5),
        ({"spouse_accompanying": None}, 0, 0),
    ],
)
def test_what_is_not_known_of_the_partner_gives_a_range(changes: dict, low: int, high: int) -> None:
    item = next(item for item in grid(COUPLE, **changes).factors if item.id == "adaptability")
    assert (item.low, item.high) == (low, high)


@pytest.mark.parametrize(
    ("four", "total", "facts"),
    [
        ((9, 9, 9, 9), 66, ("foreign_work_years",)),
        ((7, 8, 8, 8), 61, ("foreign_work_years",)),
        ((7, 7, 8, 8), 60, ("foreign_work_years", "adaptability_relative_in_canada")),
    ],
)
def test_no_more_facts_are_named_than_can_close_the_gap_to_the_pass_mark(four: tuple, total: int, facts: tuple) -> None:
    """Work abroad can add 6 points to the 9 that are certain, a relative 5."""
    found = assessed(
        age=35,
        first_language=levels(*four),
        canadian_work_years=1,
        foreign_work_years=None,
        fsw={"adaptability": {"canadian_work": False, "canadian_study": False}},
    ).program("fsw")
    assert found.selection.low == total
    assert next(item.facts for item in found.conditions if item.id == "fsw.points") == facts


def test_what_would_settle_study_in_canada_is_the_study_itself_where_some_is_known() -> None:
    for known, fact in (("one_or_two_years", "adaptability_canadian_study"), (None, "canadian_study")):
        found = assessed(
            age=35,
            first_language=levels(9),
            canadian_study=known,
            foreign_work_years=1,
            fsw={"adaptability": {"relative_in_canada": False}},
        ).program("fsw")
        assert next(item.facts for item in found.conditions if item.id == "fsw.points") == (fact,)
