"""A result in words: every id that the engine gives has a text in both languages, and none says too much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.assessment import assess
from bot.facts import Profile, vocabulary
from bot.knowledge.catalogue import LANGUAGES, catalogue
from bot.knowledge.results import condition_text, result_card, result_lines
from bot.rules import rulebook
from bot.rules.score import score_rules
from tests.assessment.people import COUPLE, SINGLE, assessed, levels, score
from tests.assessment.strategies import ANY_PROFILE, DAYS

CARD = {"kind", "heading", "rules", "as_of", "sections", "total", "programs", "lines", "parts", "notes"}
UNFILLED = re.compile(r"None(?! in Canada)|{")
"""A place that nothing filled; "None in Canada" is an answer about study."""
AFTER = date(2026, 11, 22)


def strings(node: Any) -> Iterator[str]:
    """Every text of a card."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for entry in node.values():
            yield from strings(entry)
    elif isinstance(node, list):
        for entry in node:
            yield from strings(entry)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(profile=ANY_PROFILE, day=DAYS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_result_can_be_said(profile, day, language):
    found = assess(profile, day)
    card = result_card(found, language)
    assert set(card) == CARD
    said = result_lines(found, language)
    assert 0 < len(said) <= 8
    assert "{" not in "".join(said) + "".join(card["notes"])
    for program in card["programs"]:
        for condition in program["conditions"]:
            assert condition["text"]
    for section in card["sections"]:
        assert (section["points"] is None) == (section["low"] != section["high"])
    assert not [line for line in strings(card) if UNFILLED.search(line)], "a place that nothing filled"
    assert [part["id"] for part in card["parts"]][:2] == ["moves", "rounds"]
    for part in card["parts"]:
        assert part["title"]
        assert all(item["label"] for item in part["items"])


def test_every_factor_and_every_row_has_a_text():
    """Every row of every table, through a person who stands in it."""
    tables = score_rules(rulebook().at(date(2026, 11, 2)))
    people = [
        *({"age": age} for age in range(len(tables.age.cells) + 1)),
        *({"education": level} for level in vocabulary()["education"].values),
        *({"first_language": levels(level)} for level in range(11)),
        *({"second_language": levels(level, language="french")} for level in range(11)),
        *({"canadian_work_years": years, "foreign_work_years": 5 - years} for years in range(6)),
        *({"canadian_study": study} for study in vocabulary()["canadian_study"].values),
        *({"job_offer": offer} for offer in vocabulary()["job_offer"].values),
        *({"certificate_of_qualification": True, "first_language": levels(level)} for level in (4, 5, 7)),
        *({"first_language": levels(7, language="french"), "second_language": levels(level)} for level in (0, 5)),
        {"provincial_nomination": True, "sibling_in_canada": True},
    ]
    rows = set()
    for changes in people:
        found = assessed(COUPLE, **changes)
        for language in LANGUAGES:
            rows |= {(line["label"], line["detail"]) for line in result_card(found, language)["lines"]}
    assert all(label and detail for label, detail in rows)
    assert {"20 to 29", "20 à 29", "45 or more", "45 ou plus", "17 or less"} <= {detail for _, detail in rows}


def test_every_state_of_every_condition_has_a_text():
    conditions = catalogue().under("assessment.condition")
    names = {key.rpartition(".")[0] for key in conditions}
    emitted = {
        condition.id
        for base in (SINGLE, {**SINGLE, "noc": None})
        for program in assessed(base).programs
        for condition in program.conditions
    }
    assert names == emitted
    for name in names - {"outside_quebec"}:
        assert {f"{name}.met", f"{name}.not_met", f"{name}.unknown"} <= set(conditions)


def test_after_the_change_the_score_is_never_called_current():
    for language, until in (("en", "until November 2, 2026"), ("fr", "jusqu’au 2 novembre 2026")):
        found = assessed(on=AFTER)
        card = result_card(found, language)
        assert until in card["rules"]
        line = next(line for line in result_lines(found, language) if str(score().total) in line)
        assert until in line
        assert any("2026" in note for note in card["notes"])


def test_before_the_change_the_day_is_named():
    assert result_card(assessed(), "en")["rules"] == "Rules in force on November 2, 2026"


def test_the_answer_comes_first():
    first = result_lines(assessed(canadian_work_years=1, funds_amount=0), "en")[0]
    assert first == "On the facts you gave, you may be eligible for: Canadian Experience Class."


def test_a_range_has_no_points():
    card = result_card(assessed(age=None), "en")
    assert card["total"]["points"] is None
    assert card["total"]["low"] < card["total"]["high"]


def test_nothing_known_is_said_too():
    found = assess(Profile(), AFTER)
    assert result_lines(found, "fr")[0].startswith("On ne peut pas encore le dire")


def test_a_limit_is_explained():
    card = result_card(assessed(education="master", canadian_work_years=2, first_language=levels(9)), "en")
    details = [line["detail"] for line in card["lines"] if line["label"] == "Education with work in Canada"]
    assert details == [
        "two or more credentials or an advanced degree; whole years: 2 or more; 0 of 50 counted because of a limit"
    ]


def test_why_work_does_not_count_is_part_of_the_condition():
    program = assessed(canadian_work_years=2, canadian_work_recent=False).program("cec")
    condition = next(item for item in program.conditions if item.id == "cec.work")
    assert "in the last 3 years" in condition_text(condition, "en")
    assert condition_text(condition, "en").count(".") >= 3
