"""What people say to choose one of the readings they were offered."""

from __future__ import annotations

import pytest

from bot.understanding.choosing import chosen

WORK = [{"canadian_work_years": 3}, {"foreign_work_years": 3}]
WHOSE = [{"listening": 7}, {"spouse_listening": 7}]
DAYS = [{"language_taken_on": "2026-04-09"}, {"language_taken_on": "2026-09-04"}]


@pytest.mark.parametrize(
    ("text", "reason", "choices", "number"),
    [
        ("in Canada", "unclear_place", WORK, 0),
        ("Calgary mostly", "unclear_place", WORK, 0),
        ("not in Canada", "unclear_place", WORK, 1),
        ("overseas, in Kenya", "unclear_place", WORK, 1),
        ("à l'étranger", "unclear_place", WORK, 1),
        ("mine", "unclear_person", WHOSE, 0),
        ("that's my husband's", "unclear_person", WHOSE, 1),
        ("c'est à elle", "unclear_person", WHOSE, 1),
        ("september", "ambiguous_date", DAYS, 1),
        ("the 9th of April", "ambiguous_date", DAYS, 0),
        ("the second one", "two_results", DAYS, 1),
        ("le premier", "contradiction", DAYS, 0),
    ],
)
def test_a_word_is_enough_to_choose(text, reason, choices, number):
    assert chosen(text, choices, reason) == choices[number]


@pytest.mark.parametrize(
    ("text", "reason", "choices"),
    [
        ("yes", "unclear_place", WORK),
        ("half in Canada, half in India", "unclear_place", WORK),
        ("does it matter if it was in Canada?", "unclear_place", WORK),
        ("ours", "unclear_person", WHOSE),
        ("may", "ambiguous_date", DAYS),
    ],
)
def test_what_fits_none_or_both_chooses_none(text, reason, choices):
    assert chosen(text, choices, reason) is None
