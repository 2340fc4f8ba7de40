"""Lengths of work as a person reads them: years, half years, or years and months, never more than there are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.wording import value_text


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0, "0 years", "0 an"),
        (1, "1 year", "1 an"),
        (2.5, "2.5 years", "2,5 ans"),
        (2.16, "2 years and 2 months", "2 ans et 2 mois"),
        (0.66, "8 months", "8 mois"),
        (1.83, "1 year and 10 months", "1 an et 10 mois"),
        (0.93, "11 months", "11 mois"),
        (0.99, "11 months", "11 mois"),
        (1.08, "1 year and 1 month", "1 an et 1 mois"),
        (3.99, "3 years and 11 months", "3 ans et 11 mois"),
        (0.02, "0 months", "0 mois"),
    ],
)
def test_years_of_work_in_words(value: float, english: str, french: str) -> None:
    assert value_text("canadian_work_years", value, "en") == english
    assert value_text("canadian_work_years", value, "fr") == french


@given(months=st.integers(0, 600))
def test_whole_months_come_back_as_they_were(months: int) -> None:
    said = value_text("foreign_work_years", round(months / 12, 2), "en")
    years = re.search(r"([\d.]+) years?", said)
    rest = re.search(r"(\d+) months?", said)
    assert (float(years[1]) * 12 if years else 0) + (int(rest[1]) if rest else 0) == months


@given(value=st.floats(0, 50).map(lambda number: round(number, 2)))
def test_no_year_is_shown_before_it_is_full(value: float) -> None:
    years = re.search(r"^([\d.]+) years?", value_text("canadian_work_years", value, "en"))
    assert float(years[1] if years else 0) <= value
