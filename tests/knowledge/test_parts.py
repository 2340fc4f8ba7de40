"""The parts of a result in words: what moves it, past rounds, categories, documents, risks, what happens when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.knowledge.catalogue import LANGUAGES, Language, catalogue
from bot.knowledge.parts import parts
from bot.rules import rulebook
from tests.assessment.people import COUPLE, SINGLE, assessed, levels, scores

AFTER = date(2026, 11, 22)
DAY = date(2026, 11, 2)


def part(name: str, base: dict[str, Any] = SINGLE, on: date = DAY, language: Language = "en", **changes: Any) -> dict:
    (found,) = [one for one in parts(assessed(base, on, **changes), language) if one["id"] == name]
    return found


def names(base: dict[str, Any] = SINGLE, **changes: Any) -> list[str]:
    return [one["id"] for one in parts(assessed(base, **changes), "en")]


def item(found: dict, label: str) -> dict:
    (one,) = [one for one in found["items"] if one["label"].startswith(label)]
    return one


def said(found: dict) -> str:
    lines = [*found["lead"], *found["notes"]]
    for one in found["items"]:
        lines += [one["label"], one["text"], *one["notes"]]
    return "\n".join(lines)


def test_a_part_without_anything_to_say_is_left_out():
    assert names(on=date(2017, 6, 6)) == ["moves", "rounds", "documents", "risks", "timeline"]


def test_every_change_stands_in_its_fixed_order_with_the_score_it_gives():
    found = part("moves", canadian_work_years=1, foreign_work_years=1, first_language=levels(9))
    rows = found["tables"][0]["rows"]
    base = assessed(canadian_work_years=1, foreign_work_years=1, first_language=levels(9)).score.total
    assert found["hint"] == f"{len(rows)} changes"
    assert all(row["total"] == base + row["points"] for row in rows)
    assert [row["label"] for row in rows if "French" in row["label"] or "nomination" in row["label"]] == [
        "French: NCLC 7 or more in all four abilities",
        "Provincial nomination through Express Entry",
    ]


def test_a_limit_that_cuts_a_change_is_named_with_what_the_tables_give():
    rows = part("moves", canadian_work_years=1, education="master", first_language=levels(9))["tables"][0]["rows"]
    (year,) = [row for row in rows if row["label"] == "Whole years of skilled work in Canada: 2"]
    assert year["detail"] == "The tables give 38. Limit: education in skill transferability."
    (free,) = [row for row in rows if row["label"].startswith("French")]
    assert free["detail"] == ""


def test_two_changes_go_by_their_short_names():
    found = part("moves", language="fr", canadian_work_years=1)
    labels = [row["label"] for row in found["tables"][1]["rows"]]
    assert "Français NCLC 7 + années de travail au Canada : 2" in labels
    assert "Désignation + certificat de métier" in labels


def test_figures_of_earlier_rules_say_so():
    assert "These figures are under the rules in force until November 2, 2026." in part("moves", on=AFTER)["lead"]
    assert not any("until" in line for line in part("moves")["lead"])


def test_open_facts_are_told_with_the_base():
    assert "Some facts are still open, so the base is what the known ones give." in part("moves", age=None)["lead"]
    assert not any("still open" in line for line in part("moves")["lead"])


def test_the_couple_is_compared_as_facts_with_the_duty_to_declare():
    couple = item(part("moves", COUPLE), "The two of you")
    exact = assessed(COUPLE).partner.scenarios[0]
    assert couple["notes"][0] == f"You apply, and your partner comes along: {exact.low}"
    assert " to " in couple["notes"][2], "what is not known of the partner gives a range"
    assert any("must be declared truly" in note for note in couple["notes"])
    assert not [one for one in part("moves")["items"] if one["label"] == "The two of you"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_limit_and_every_change_has_its_words(language):
    limits = {name for name in rulebook() if name.startswith("crs.") and name.endswith(("_cap", "grand_total"))}
    assert limits - {"crs.transferability.combination_cap"} == {
        f"crs.{name}" for name in catalogue().under("part.limit.crs")
    }
    long = set(catalogue().under("gains.change"))
    assert set(catalogue().under("gains.short")) == long - {"first_language_up", "first_language_to"}


@pytest.mark.parametrize(
    ("languages", "words"),
    [
        (levels(7), "The score is below it by {}."),
        (levels(10), "The score is above it by {}."),
    ],
)
def test_a_score_stands_above_or_below_a_round_without_a_sign(languages, words):
    changes = {"canadian_work_years": 5, "foreign_work_years": 3, "first_language": languages, "education": "master"}
    standing = assessed(**changes).rounds.standings[0]
    one = item(part("rounds", **changes), "Canadian Experience Class")
    assert one["text"].endswith(words.format(abs(standing.difference)))
    assert "Past rounds do not predict later ones." in part("rounds", **changes)["notes"]


def test_a_range_stands_on_both_sides_of_a_round():
    one = item(part("rounds", age=None, canadian_work_years=5, first_language=levels(10)), "Canadian Experience")
    assert "still lies on both sides" in one["text"] or " to " in one["text"]


def test_old_rounds_are_marked_with_their_limit():
    one = item(part("rounds", on=date(2026, 12, 20), canadian_work_years=2, first_language=levels(9)), "Canadian")
    assert "That round is more than 60 days old." in one["notes"]


def test_rounds_of_nominees_are_for_those_who_have_a_nomination():
    nominee = part("rounds", canadian_work_years=2, first_language=levels(9), provincial_nomination=True)
    other = part("rounds", canadian_work_years=2, first_language=levels(9))
    assert "Provincial nominees" in [one["label"] for one in nominee["items"]]
    assert "Provincial nominees" not in said(other)


def test_categories_are_in_open_or_out():
    found = part("categories", first_language=levels(7, language="french"), noc=None, canadian_work_years=1)
    assert item(found, "French-language proficiency")["text"].startswith("On the facts you gave, you may be in")
    assert "What would settle it: Main occupation (NOC)." in item(found, "Cannot tell yet")["notes"]
    assert item(found, "Not on the facts you gave")["text"] == "Skilled military recruits"
    assert found["hint"] == "1 you may be in"


def test_a_document_says_what_it_proves_and_until_when_it_counts():
    result = scores("ielts_general", 7, 7, 7, 7, taken_on=date(2026, 1, 15))
    found = part("documents", first_language=result)
    own = item(found, "Language test results")
    assert own["notes"] == [
        "It proves: First language test, Listening, Reading, Writing, Speaking, Test taken on.",
        "Valid from January 15, 2026; it no longer counts from January 15, 2028 on.",
    ]
    assert own["url"].startswith("https://www.canada.ca/en/")
    assert "The checklist in your account after an invitation is the one that binds." in found["notes"]


def test_documents_of_the_partner_and_open_ones_say_so():
    found = part("documents", {**COUPLE, "spouse": {"education": "bachelor"}}, canadian_study=None)
    labels = [one["label"] for one in found["items"]]
    assert "Proof of education (your partner)" in labels
    eca = item(found, "Educational credential assessment (ECA) – may be asked for")
    assert "That depends on: Study in Canada." in eca["notes"]


def test_a_risk_says_what_in_the_answers_brings_it_to_mind():
    found = part("risks", canadian_work_years=1, first_language={**levels(7), "test": "ielts_general"})
    one = item(found, "Expired language result")
    assert one["notes"] == ["The date of a language test is not known."]
    assert found["lead"][0].endswith("This is information, not advice.")


def test_the_next_day_is_told_before_the_timeline_is_opened():
    found = part("timeline", age=None, date_of_birth=date(1995, 4, 3))
    assert found["hint"] == "next: April 3, 2027"
    assert found["items"][0]["label"] == "April 3, 2027"
    assert found["items"][0]["text"].startswith("You turn 32 on April 3, 2027.")
    french = part("timeline", language="fr", age=None, date_of_birth=date(1995, 4, 3))
    assert french["hint"] == "prochaine date : 3 avril 2027"


def test_a_birthday_without_a_date_and_one_that_hangs_on_the_partner():
    assert part("timeline", age=31)["items"][0]["label"] == "Day not known yet"
    unsure = {**COUPLE, "spouse_accompanying": None, "age": None}
    ranged = part("timeline", unsure, date_of_birth=date(1982, 4, 3))
    assert "depending on your partner" in ranged["items"][0]["text"]


def test_an_invitation_before_the_work_was_complete_names_the_exceptions_and_a_person():
    jobs = [{"noc": "21231", "from": "2025-06-01", "hours": 40, "place": "canada"}]
    found = part("timeline", canadian_work_years=None, foreign_work_years=None, jobs=jobs, invited_on=date(2026, 5, 1))
    check = item(found, "May 1, 2026")
    assert "Counted from your jobs, it is complete on May 31, 2026." in check["notes"]
    assert "A birthday after the invitation is an exception in the law." in check["notes"]
    assert check["notes"][-1].startswith("What to do is a matter for a licensed professional.")
    assert item(found, "June 30, 2026 (past)")
