"""The equivalency tables of the five tests, written down a second time: reading, writing, listening, speaking."""

from __future__ import annotations

from datetime import date

import pytest

from bot.rules import rulebook
from bot.rules.language import NotOnScaleError, language_rules

ABILITIES = ("reading", "writing", "listening", "speaking")
TABLES = {
    "celpip_general": {level: (level, level, level, level) for level in range(4, 11)},
    "ielts_general": {
        4: (3.5, 4.0, 4.5, 4.0),
        5: (4.0, 5.0, 5.0, 5.0),
        6: (5.0, 5.5, 5.5, 5.5),
        7: (6.0, 6.0, 6.0, 6.0),
        8: (6.5, 6.5, 7.5, 6.5),
        9: (7.0, 7.0, 8.0, 7.0),
        10: (8.0, 7.5, 8.5, 7.5),
    },
    "pte_core": {
        4: (33, 41, 28, 42),
        5: (42, 51, 39, 51),
        6: (51, 60, 50, 59),
        7: (60, 69, 60, 68),
        8: (69, 79, 71, 76),
        9: (78, 88, 82, 84),
        10: (88, 90, 89, 89),
    },
    "tcf_canada": {
        4: (342, 4, 331, 4),
        5: (375, 6, 369, 6),
        6: (406, 7, 398, 7),
        7: (453, 10, 458, 10),
        8: (499, 12, 503, 12),
        9: (524, 14, 523, 14),
        10: (549, 16, 549, 16),
    },
    "tef_canada": {
        4: (121, 181, 145, 181),
        5: (151, 226, 181, 226),
        6: (181, 271, 217, 271),
        7: (207, 310, 249, 310),
        8: (233, 349, 280, 349),
        9: (248, 371, 298, 371),
        10: (263, 393, 316, 393),
    },
    "tef_canada_2019": {
        4: (300, 300, 300, 300),
        5: (350, 350, 350, 350),
        6: (400, 400, 400, 400),
        7: (450, 450, 450, 450),
        8: (500, 500, 500, 500),
        9: (533, 533, 533, 533),
        10: (566, 566, 566, 566),
    },
    "tef_canada_2023": {
        4: (306, 268, 306, 328),
        5: (352, 330, 352, 387),
        6: (393, 379, 393, 422),
        7: (434, 428, 434, 456),
        8: (462, 472, 462, 494),
        9: (503, 512, 503, 518),
        10: (546, 558, 546, 556),
    },
}
HIGHEST = {
    "celpip_general": (12, 12, 12, 12),
    "ielts_general": (9, 9, 9, 9),
    "pte_core": (90, 90, 90, 90),
    "tcf_canada": (699, 20, 699, 20),
    "tef_canada": (300, 450, 360, 450),
    "tef_canada_2019": (699, 699, 699, 699),
    "tef_canada_2023": (699, 699, 699, 699),
}
STEP = {"ielts_general": 0.5}
TODAY = language_rules(rulebook().at(date(2026, 11, 22)))


@pytest.mark.parametrize("test", TABLES)
@pytest.mark.parametrize("place", range(4), ids=ABILITIES)
def test_every_row_and_the_score_just_below(test, place):
    for level, row in TABLES[test].items():
        assert TODAY.level(test, ABILITIES[place], row[place]) == level
        below = TODAY.level(test, ABILITIES[place], row[place] - STEP.get(test, 1))
        assert below == level - 1 if level > 4 else below < 4
        assert TODAY.lowest_score(test, ABILITIES[place], level) == row[place]


@pytest.mark.parametrize("test", HIGHEST)
@pytest.mark.parametrize("place", range(4), ids=ABILITIES)
def test_the_highest_score_is_level_10_and_there_is_nothing_above(test, place):
    assert TODAY.level(test, ABILITIES[place], HIGHEST[test][place]) == 10
    with pytest.raises(NotOnScaleError, match="the scale runs from 0 to"):
        TODAY.level(test, ABILITIES[place], HIGHEST[test][place] + 0.5)
    assert TODAY.level(test, ABILITIES[place], 0) == 0
    with pytest.raises(NotOnScaleError):
        TODAY.level(test, ABILITIES[place], -1)


@pytest.mark.parametrize("test", TABLES)
def test_no_table_is_missing_and_none_is_extra(test):
    assert set(TODAY.tables) == set(TABLES) == set(HIGHEST)


def test_pte_has_a_row_below_the_others():
    for ability, score in zip(ABILITIES, (24, 32, 18, 34), strict=True):
        assert TODAY.level("pte_core", ability, score) == 3
        assert TODAY.level("pte_core", ability, score - 1) == 0


@pytest.mark.parametrize(("level", "counts_as"), [(0, 0), (4, 4), (7.9, 7), (10, 10), (12, 10), (699, 10)])
def test_levels_stand_for_themselves_up_to_10(level, counts_as):
    assert TODAY.level("clb", "reading", level) == counts_as
    assert TODAY.level("nclc", "reading", level) == counts_as


def test_pte_core_is_accepted_from_2024_01_30():
    before, after = date(2024, 1, 29), date(2024, 1, 30)
    assert "pte_core" not in language_rules(rulebook().at(before)).accepted
    assert "pte_core" in language_rules(rulebook().at(after)).accepted
    with pytest.raises(NotOnScaleError):
        language_rules(rulebook().at(before)).level("pte_core", "reading", 60)


def test_the_five_tests_and_the_scale_of_express_entry():
    assert set(TODAY.accepted) == {"celpip_general", "ielts_general", "pte_core", "tef_canada", "tcf_canada"}
    assert rulebook().at(date(2026, 11, 22)).value("language.tef_scale") == "tef_canada"
