"""Years of work without a place, after what the conversation has told already."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.reader import read
from bot.understanding.worked import in_their_place

ON = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "known", "facts"),
    [
        ("6 years, as I told you, all of it in surgery wards", {"foreign_work_years": 6}, {"foreign_work_years": 6}),
        ("I have 6 years of experience", {"canadian_work_years": 0}, {"foreign_work_years": 6}),
        ("I have 6 years of experience", {"canadian_work_years": 2}, {}),
        ("I have 6 years of experience", {"canadian_work_years": 0, "foreign_work_years": 4}, {}),
        ("I have 6 years of experience", {}, {}),
    ],
)
def test_the_place_is_asked_only_where_it_is_not_known(text, known, facts):
    reading = in_their_place(read(text, as_of=ON), known)
    assert {found.fact: found.value for found in reading.facts} == facts
    assert bool(facts) is not any(item.reason == "unclear_place" for item in reading.not_taken)
