"""A test told as the second one is the first one's where both are of one language; nothing else moves."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.reader import read
from bot.understanding.second_test import of_the_first_language, of_the_other_language

TEF = "TEF Canada, listening 290, reading 240, writing 370, speaking 375"


def taken(known: str | None, text: str = TEF) -> dict[str, object]:
    reading = read(text, asked="second_language_test", language="en", as_of=date(2026, 11, 26))
    return {found.fact: found.value for found in of_the_first_language(reading, known).facts}


@pytest.mark.parametrize("known", ["nclc", "tef_canada", "tcf_canada"])
def test_french_results_are_those_of_the_french_test_that_is_known(known: str) -> None:
    assert taken(known) == {
        "language_test": "tef_canada",
        "listening": 290,
        "reading": 240,
        "writing": 370,
        "speaking": 375,
    }


@pytest.mark.parametrize("known", ["ielts_general", "clb", None, "none"])
def test_beside_an_english_test_they_are_the_second_one(known: str | None) -> None:
    assert taken(known)["second_language_test"] == "tef_canada"
    assert "language_test" not in taken(known)


def moved(text: str, known: str | None, asked: str | None = None) -> dict[str, object]:
    reading = read(text, asked=asked, language="en", as_of=date(2026, 11, 26))
    return {found.fact: found.value for found in of_the_other_language(reading, known, text, asked=asked).facts}


@pytest.mark.parametrize("text", ["In English: CELPIP 7 in each", "en anglais, j'ai le CELPIP avec 7 partout"])
def test_a_test_in_the_other_language_is_the_second_one(text: str) -> None:
    for asked in (None, "language_test"):
        assert moved(text, "tcf_canada", asked)["second_language_test"] == "celpip_general"
        assert moved(text, "tcf_canada", asked)["second_writing"] == 7


@pytest.mark.parametrize(
    ("text", "known", "asked"),
    [
        ("No, IELTS", "tef_canada", "language_test"),
        ("actually I took the CELPIP General, 9 in each", "tef_canada", None),
        ("IELTS General", "tef_canada", "language_test"),
        ("CLB 8 in all four", "tef_canada", None),
        ("CELPIP General, 9 in each", "ielts_general", None),
        ("CELPIP General, 9 in each", None, None),
    ],
)
def test_a_correction_levels_and_a_test_in_the_same_language_are_of_the_first(
    text: str, known: str | None, asked: str | None
) -> None:
    assert "language_test" in moved(text, known, asked)
