"""A test told as the second one is the first one's where both are of one language; nothing else moves."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.reader import read
from bot.understanding.second_test import of_the_first_language

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
