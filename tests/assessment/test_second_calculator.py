"""The engine against a second calculator: thousands of invented people, and not a point between the two."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from bot.assessment import Assessment, assess
from bot.facts.interchange import from_interchange
from bot.rules import rulebook
from bot.rules.language import language_rules
from tests.assessment.second_calculator import ABILITIES, bounds, columns, grid, level, sections
from tests.assessment.second_people import LAST_DAY, NOC_2021, any_day, part_of, whole_person
from tests.rules.test_language_tables import TABLES

PEOPLE = 300
LOWEST = 4
"""Below this level nothing is paid, so that the lower rows of some tables do not matter."""
SECTIONS = ("core", "spouse", "transferability", "additional")


def engine(person: dict[str, Any], on: date) -> Assessment:
    return assess(from_interchange(person), on)


@pytest.mark.parametrize("seed", range(2))
def test_a_person_who_told_everything_has_the_same_points_in_every_section(seed: int) -> None:
    random = Random(seed)
    for _ in range(PEOPLE):
        on = any_day(random)
        person = whole_person(random, on)
        (partner,) = columns(person) if len(columns(person)) == 1 else (False,)
        french = person["first_language"]["language"] == "french"
        expected = dict(zip(SECTIONS, sections(person, on, partner, french), strict=True))
        found = engine(person, on).crs
        assert {name: found.section(name).points for name in SECTIONS} == expected, (on, person)  # type: ignore[arg-type]
        assert (found.low, found.high) == bounds(person, on), (on, person)


def test_of_a_person_who_told_a_part_the_range_ends_at_the_same_points() -> None:
    random = Random(2)
    for _ in range(PEOPLE):
        on = any_day(random)
        person = part_of(whole_person(random, on), random)
        found = engine(person, on).crs
        assert (found.low, found.high) == bounds(person, on), (on, person)


def test_the_selection_grid_has_the_same_points_in_every_factor() -> None:
    random = Random(3)
    for _ in range(PEOPLE):
        on = NOC_2021 + timedelta(random.randrange((LAST_DAY - NOC_2021).days + 1))
        person = whole_person(random, on)
        selection = engine(person, on).program("fsw").selection
        assert selection is not None
        assert {factor.id: factor.points for factor in selection.factors} == grid(person, on), (on, person)


@pytest.mark.parametrize("test", TABLES)
def test_every_score_of_a_test_has_the_same_level(test: str) -> None:
    rules = language_rules(rulebook().at(LAST_DAY))
    for place, ability in enumerate(ABILITIES):
        top = TABLES[test][10][place]
        for score in (half / 2 for half in range(int(2 * top) + 1)):
            found = rules.level(test, ability, score)
            assert (found if found >= LOWEST else 0) == level(test, ability, score), (ability, score)
