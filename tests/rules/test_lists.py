"""Occupations, categories and rounds against their published totals."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from bot.rules import rulebook
from bot.rules.noc import unit_groups
from bot.rules.programs import program_rules

TODAY = rulebook().at(date(2026, 11, 2))
IN_2025 = rulebook().at(date(2025, 12, 31))


def codes(rules, category):
    return rules.value(f"categories.{category}.codes")


def test_516_unit_groups_by_teer():
    groups = unit_groups(TODAY)
    assert Counter(group.teer for group in groups.values()) == {0: 48, 1: 97, 2: 162, 3: 69, 4: 95, 5: 45}
    assert len(groups) == 516
    assert all(len(code) == 5 and int(code[1]) == group.teer for code, group in groups.items())
    assert groups["00012"].title.startswith("Senior managers - financial")
    assert groups["63200"].title == "Cooks"


@pytest.mark.parametrize(
    ("category", "count"),
    [
        ("healthcare", 37),
        ("stem", 11),
        ("trades", 25),
        ("education", 5),
        ("transport", 4),
        ("physicians", 3),
        ("senior_managers", 4),
        ("researchers", 2),
        ("military", 3),
    ],
)
def test_categories_of_2026(category, count):
    assert len(codes(TODAY, category)) == count
    assert set(codes(TODAY, category)) <= set(unit_groups(TODAY))


def test_changes_from_2025_to_2026():
    assert set(codes(TODAY, "trades")) - set(codes(IN_2025, "trades")) == {"63201"}
    assert set(codes(IN_2025, "trades")) - set(codes(TODAY, "trades")) == {"63200"}
    for category in ("healthcare", "stem", "education"):
        assert codes(TODAY, category) == codes(IN_2025, category)
    assert "agriculture" not in TODAY.value("categories.list")
    assert codes(IN_2025, "agriculture") == ["63201"]
    assert codes(IN_2025, "transport") == []


def test_healthcare_changes_of_2025():
    added = {"32104", "32123", "32111", "32129", "31120", "32124", "42201", "41300"}
    removed = {"41320", "42203", "31204", "33109", "32209", "32200"}
    assert added <= set(codes(IN_2025, "healthcare"))
    assert not removed & set(codes(IN_2025, "healthcare"))


def test_what_is_not_on_a_list():
    assert "21231" not in codes(TODAY, "stem")
    assert "21232" not in codes(TODAY, "stem")
    assert not {"00010", "00011"} & set(codes(TODAY, "senior_managers"))


@pytest.mark.parametrize(
    ("day", "months", "continuous"),
    [(date(2025, 2, 27), 6, True), (date(2026, 2, 17), 6, True), (date(2026, 2, 18), 12, False)],
)
def test_experience_for_categories(day, months, continuous):
    rules = rulebook().at(day)
    assert rules.value("categories.experience.months") == months
    assert rules.value("categories.experience.continuous") is continuous
    assert rules.value("categories.experience.window_years") == 3


def test_lists_of_2023_and_2024_were_not_collected():
    value = rulebook().at(date(2024, 5, 1)).reference("categories.stem.codes")
    assert (value.value, value.status, value.missing) == (None, "incomplete", "not_collected")


ROUNDS = TODAY.value("rounds.history")
OF_2026 = {
    "CEC": (17, 55250),
    "FRENCH": (10, 50500),
    "HEALTHCARE": (3, 11500),
    "PNP": (19, 9270),
    "TRADES": (2, 6500),
    "SENIOR_MANAGERS": (3, 1000),
    "PHYSICIANS": (3, 891),
    "TRANSPORT": (1, 300),
    "MILITARY": (1, 4),
}


def test_rounds_follow_each_other():
    assert [int(row["round"]) for row in ROUNDS] == list(range(331, 448))
    days = [date.fromisoformat(row["date"]) for row in ROUNDS]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (date(2025, 1, 7), date(2026, 10, 1))
    assert TODAY.value("rounds.last_on_scale") == 447


def test_rounds_of_2026_by_type():
    rounds: Counter[str] = Counter()
    invitations: Counter[str] = Counter()
    for row in ROUNDS:
        if row["date"] >= "2026":
            rounds[row["type"]] += 1
            invitations[row["type"]] += int(row["itas"])
    assert {name: (rounds[name], invitations[name]) for name in rounds} == OF_2026
    assert (sum(rounds.values()), sum(invitations.values())) == (59, 135215)


def test_no_general_round_in_2025_and_2026():
    assert not [row for row in ROUNDS if row["type"] in {"GENERAL", "general", "NO PROGRAM SPECIFIED"}]
    assert TODAY.value("rounds.last_general.on") == "2024-04-23"


@pytest.mark.parametrize(
    ("number", "day", "kind", "cut_off", "invitations"),
    [
        (346, "2025-05-12", "PNP", 706, 511),
        (380, "2025-11-25", "PNP", 699, 777),
        (397, "2026-02-19", "PHYSICIANS", 169, 391),
        (430, "2026-07-23", "MILITARY", 368, 4),
        (434, "2026-08-07", "TRANSPORT", 470, 300),
        (447, "2026-10-01", "TRADES", 476, 3500),
    ],
)
def test_single_rounds(number, day, kind, cut_off, invitations):
    row = ROUNDS[number - 331]
    assert (row["date"], row["type"], int(row["crs_cutoff"]), int(row["itas"])) == (day, kind, cut_off, invitations)


def test_trades_of_the_regulation():
    tables = program_rules(TODAY)
    assert tables is not None
    groups = unit_groups(TODAY)
    listed = {code for code in groups if code[:2] in {"72", "73", "82", "83", "92", "93"}}
    listed -= {code for code in groups if code[:3] in {"726", "932"}}
    listed |= {"63200", "63201", "63202", "62200"}
    assert tables.fst.trades == listed
