"""Years of work in Canada and outside, in one breath, when both are asked for."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.reader import read

ASKED = ("canadian_work_years", "foreign_work_years")


@pytest.mark.parametrize(
    ("text", "language", "canadian", "foreign"),
    [
        ("none here in Canada, 8 years elsewhere", "en", 0, 8),
        ("rien au Canada, 9 ans ailleurs", "fr", 0, 9),
        ("1 an au Canada, 6 ans ailleurs", "fr", 1, 6),
        ("3 years in Canada, 2 years elsewhere", "en", 3, 2),
        ("no Canadian experience, 6 years abroad", "en", 0, 6),
        ("zéro au Canada, 4 à l'étranger", "fr", 0, 4),
        ("2 and 3", "en", 2, 3),
    ],
)
def test_both_are_read(text: str, language: str, canadian: float, foreign: float) -> None:
    reading = read(text, asked=ASKED[0], together=ASKED, language=language, as_of=date(2026, 11, 26))
    assert {found.fact: found.value for found in reading.facts} == dict(zip(ASKED, (canadian, foreign), strict=True))
    assert not reading.not_taken


def test_a_partners_years_are_not_the_second_number() -> None:
    text = "8 years as a baker in Fes, and she has 5 as a florist"
    reading = read(text, asked=ASKED[0], together=ASKED, language="en", as_of=date(2026, 11, 26), partnered=True)
    assert {found.fact: found.value for found in reading.facts} == {"foreign_work_years": 8}
