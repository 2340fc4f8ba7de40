"""The official points of 2025-03-25, written down a second time, cell by cell: [with a spouse, without]."""

from __future__ import annotations

import pytest

from tests.assessment.people import COUPLE, SINGLE, levels, points, score, section

COLUMNS = [(0, COUPLE), (1, SINGLE)]

AGE = {
    **dict.fromkeys(range(18), (0, 0)),
    18: (90, 99),
    19: (95, 105),
    **dict.fromkeys(range(20, 30), (100, 110)),
    30: (95, 105),
    31: (90, 99),
    32: (85, 94),
    33: (80, 88),
    34: (75, 83),
    35: (70, 77),
    36: (65, 72),
    37: (60, 66),
    38: (55, 61),
    39: (50, 55),
    40: (45, 50),
    41: (35, 39),
    42: (25, 28),
    43: (15, 17),
    44: (5, 6),
    **dict.fromkeys((45, 46, 50, 60, 80, 120), (0, 0)),
}
EDUCATION = {
    "none": (0, 0),
    "secondary": (28, 30),
    "one_year": (84, 90),
    "two_year": (91, 98),
    "bachelor": (112, 120),
    "two_or_more": (119, 128),
    "master": (126, 135),
    "professional": (126, 135),
    "doctorate": (140, 150),
}
FIRST_LANGUAGE = {
    0: (0, 0),
    1: (0, 0),
    2: (0, 0),
    3: (0, 0),
    4: (6, 6),
    5: (6, 6),
    6: (8, 9),
    7: (16, 17),
    8: (22, 23),
    9: (29, 31),
    10: (32, 34),
    11: (32, 34),
    12: (32, 34),
}
SECOND_LANGUAGE = {0: 0, 3: 0, 4: 0, 5: 1, 6: 1, 7: 3, 8: 3, 9: 6, 10: 6, 12: 6}
CANADIAN_WORK = {0: (0, 0), 0.9: (0, 0), 1: (35, 40), 1.9: (35, 40), 2: (46, 53), 3: (56, 64), 4: (63, 72), 5: (70, 80)}
SPOUSE_EDUCATION = {
    "none": 0,
    "secondary": 2,
    "one_year": 6,
    "two_year": 7,
    "bachelor": 8,
    "two_or_more": 9,
    "master": 10,
    "professional": 10,
    "doctorate": 10,
}
SPOUSE_LANGUAGE = {0: 0, 4: 0, 5: 1, 6: 1, 7: 3, 8: 3, 9: 5, 10: 5}
SPOUSE_WORK = {0: 0, 1: 5, 2: 7, 3: 8, 4: 9, 5: 10, 9: 10}

# Rows: one credential; two or more, or advanced. Columns: all abilities at 7; all at 9.
EDUCATION_LANGUAGE = {"none": (0, 0), "one": (13, 25), "advanced": (25, 50)}
# Columns: one year of work in Canada; two or more.
EDUCATION_CANADIAN_WORK = {"none": (0, 0), "one": (13, 25), "advanced": (25, 50)}
FOREIGN_LANGUAGE = {0: (0, 0), 1: (13, 25), 2: (13, 25), 3: (25, 50), 4: (25, 50)}
FOREIGN_CANADIAN_WORK = {0: (0, 0), 1: (13, 25), 2: (13, 25), 3: (25, 50), 9: (25, 50)}
LEVELS_OF_EDUCATION = {
    "none": "none",
    "secondary": "none",
    "one_year": "one",
    "two_year": "one",
    "bachelor": "one",
    "two_or_more": "advanced",
    "master": "advanced",
    "professional": "advanced",
    "doctorate": "advanced",
}


@pytest.mark.parametrize(("column", "base"), COLUMNS)
@pytest.mark.parametrize("age", AGE)
def test_age(age, column, base):
    assert points(score(base, age=age), "core.age") == AGE[age][column]


@pytest.mark.parametrize(("column", "base"), COLUMNS)
@pytest.mark.parametrize("education", EDUCATION)
def test_education(education, column, base):
    assert points(score(base, education=education), "core.education") == EDUCATION[education][column]


@pytest.mark.parametrize(("column", "base"), COLUMNS)
@pytest.mark.parametrize("level", FIRST_LANGUAGE)
def test_first_language_each_ability_by_itself(level, column, base):
    for ability in range(4):
        four = [0, 0, 0, 0]
        four[ability] = level
        assert points(score(base, first_language=levels(*four)), "core.first_language") == FIRST_LANGUAGE[level][column]


@pytest.mark.parametrize(("column", "base"), COLUMNS)
@pytest.mark.parametrize("level", SECOND_LANGUAGE)
def test_second_language_each_ability_by_itself(level, column, base):
    for ability in range(4):
        four = [0, 0, 0, 0]
        four[ability] = level
        found = score(base, second_language=levels(*four, language="french"))
        assert points(found, "core.second_language") == SECOND_LANGUAGE[level]


@pytest.mark.parametrize(("column", "base"), COLUMNS)
@pytest.mark.parametrize("years", CANADIAN_WORK)
def test_work_in_canada(years, column, base):
    assert points(score(base, canadian_work_years=years), "core.canadian_work") == CANADIAN_WORK[years][column]


@pytest.mark.parametrize("education", SPOUSE_EDUCATION)
def test_education_of_the_spouse(education):
    spouse = {**COUPLE["spouse"], "education": education}
    assert points(score(COUPLE, spouse=spouse), "spouse.education") == SPOUSE_EDUCATION[education]


@pytest.mark.parametrize("level", SPOUSE_LANGUAGE)
def test_language_of_the_spouse(level):
    for ability in range(4):
        four = [0, 0, 0, 0]
        four[ability] = level
        spouse = {**COUPLE["spouse"], "language": levels(*four)}
        assert points(score(COUPLE, spouse=spouse), "spouse.first_language") == SPOUSE_LANGUAGE[level]


@pytest.mark.parametrize("years", SPOUSE_WORK)
def test_work_of_the_spouse_in_canada(years):
    spouse = {**COUPLE["spouse"], "canadian_work_years": years}
    assert points(score(COUPLE, spouse=spouse), "spouse.canadian_work") == SPOUSE_WORK[years]


@pytest.mark.parametrize("education", LEVELS_OF_EDUCATION)
def test_education_with_language(education):
    at_7, at_9 = EDUCATION_LANGUAGE[LEVELS_OF_EDUCATION[education]]
    for four, expected in (
        ((6, 10, 10, 10), 0),
        ((7, 10, 10, 10), at_7),
        ((8, 8, 8, 8), at_7),
        ((10, 10, 10, 8), at_7),
        ((9, 9, 9, 9), at_9),
        ((10, 10, 10, 10), at_9),
    ):
        found = score(education=education, first_language=levels(*four))
        assert points(found, "transferability.education_language") == expected


@pytest.mark.parametrize("education", LEVELS_OF_EDUCATION)
def test_education_with_work_in_canada(education):
    one, two = EDUCATION_CANADIAN_WORK[LEVELS_OF_EDUCATION[education]]
    for years, expected in ((0, 0), (1, one), (2, two), (5, two)):
        found = score(education=education, canadian_work_years=years, first_language=levels(6))
        assert points(found, "transferability.education_canadian_work") == expected


@pytest.mark.parametrize("years", FOREIGN_LANGUAGE)
def test_work_abroad_with_language(years):
    at_7, at_9 = FOREIGN_LANGUAGE[years]
    for level, expected in ((6, 0), (7, at_7), (8, at_7), (9, at_9), (10, at_9)):
        found = score(education="secondary", foreign_work_years=years, first_language=levels(level))
        assert points(found, "transferability.foreign_language") == expected


@pytest.mark.parametrize("years", FOREIGN_CANADIAN_WORK)
def test_work_abroad_with_work_in_canada(years):
    one, two = FOREIGN_CANADIAN_WORK[years]
    for canadian, expected in ((0, 0), (1, one), (2, two), (5, two)):
        found = score(
            education="secondary", foreign_work_years=years, canadian_work_years=canadian, first_language=levels(6)
        )
        assert points(found, "transferability.foreign_canadian_work") == expected


@pytest.mark.parametrize(
    ("four", "expected"),
    [((4, 10, 10, 10), 0), ((5, 5, 5, 5), 25), ((6, 10, 10, 10), 25), ((7, 7, 7, 7), 50), ((10, 10, 10, 10), 50)],
)
def test_certificate_with_language(four, expected):
    found = score(education="secondary", certificate_of_qualification=True, first_language=levels(*four))
    assert points(found, "transferability.certificate_language") == expected
    without = score(education="secondary", first_language=levels(*four))
    assert points(without, "transferability.certificate_language") == 0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 0),
        ({"provincial_nomination": True}, 600),
        ({"job_offer": "major_group_00"}, 0),
        ({"job_offer": "other"}, 0),
        ({"canadian_study": "one_or_two_years"}, 15),
        ({"canadian_study": "three_or_more_years"}, 30),
        ({"sibling_in_canada": True}, 15),
        ({"second_language": levels(7, language="french"), "first_language": levels(4)}, 25),
        ({"second_language": levels(7, language="french"), "first_language": levels(5)}, 50),
        ({"second_language": levels(7, 7, 7, 6, language="french")}, 0),
        ({"first_language": levels(7, language="french")}, 25),
        ({"first_language": levels(7, language="french"), "second_language": levels(5)}, 50),
    ],
)
def test_additional_points(changes, expected):
    assert section(score(**changes), "additional") == expected


def test_published_maxima():
    """500; 460 and 40; 100; 600; 1,200."""
    best = {
        "age": 25,
        "education": "doctorate",
        "first_language": levels(10),
        "second_language": levels(10, language="french"),
        "canadian_work_years": 5,
        "foreign_work_years": 3,
        "certificate_of_qualification": True,
        "provincial_nomination": True,
        "sibling_in_canada": True,
        "canadian_study": "three_or_more_years",
    }
    single = score(**best)
    couple = score(COUPLE, **best, spouse={"education": "doctorate", "language": levels(10), "canadian_work_years": 5})
    assert [(item.points, item.maximum) for item in single.sections] == [(500, 500), (0, 0), (100, 100), (600, 600)]
    assert [(item.points, item.maximum) for item in couple.sections] == [(460, 460), (40, 40), (100, 100), (600, 600)]
    assert single.total == couple.total == single.maximum == 1200
    assert points(single, "core.first_language") == 136
    assert points(couple, "core.first_language") == 128
    without_nomination = score(**{**best, "provincial_nomination": False})
    assert without_nomination.total == 500 + 100 + 50 + 30 + 15


MAXIMA = {
    "core.age": (100, 110),
    "core.education": (140, 150),
    "core.first_language": (128, 136),
    "core.second_language": (24, 24),
    "core.canadian_work": (70, 80),
    "spouse.education": (10, 0),
    "spouse.first_language": (20, 0),
    "spouse.canadian_work": (10, 0),
    "transferability.education_language": (50, 50),
    "transferability.foreign_canadian_work": (50, 50),
    "transferability.certificate_language": (50, 50),
    "additional.provincial_nomination": (600, 600),
    "additional.french": (50, 50),
    "additional.canadian_study": (30, 30),
    "additional.sibling": (15, 15),
}


@pytest.mark.parametrize(("column", "base"), COLUMNS)
@pytest.mark.parametrize("factor", MAXIMA)
def test_the_maximum_of_each_factor(factor, column, base):
    found = score(base)
    lines = [line for line in found.lines if line.factor == factor or line.factor.startswith(f"{factor}.")]
    assert sum(line.maximum for line in lines) == MAXIMA[factor][column]
