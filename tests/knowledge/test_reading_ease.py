"""The measure of reading ease: syllables as a person counts them, plain texts below hard ones."""

from __future__ import annotations

import pytest

from bot.knowledge.lint import read_ease
from bot.knowledge.reading import reading, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [("permit", 2), ("points", 1), ("table", 2), ("language", 2), ("rated", 2), ("CRS", 1), ("2026", 1), ("a", 1)],
)
def test_english_syllables(word: str, count: int) -> None:
    assert syllables(word, "en") == count


@pytest.mark.parametrize(
    ("word", "count"), [("demande", 2), ("règle", 1), ("étude", 2), ("évaluation", 4), ("IRCC", 1)]
)
def test_french_syllables(word: str, count: int) -> None:
    assert syllables(word, "fr") == count


def test_a_plain_text_reads_more_easily_than_an_official_one() -> None:
    plain = ["You can do it on your own.", "The forms are free."]
    official = ["Applicants are required to demonstrate continuous authorization throughout the applicable period."]
    assert reading(plain, "en").grade() < 4 < 12 < reading(official, "en").grade()


def test_plain_french_reads_more_easily_than_official_french() -> None:
    plain = ["Vous pouvez le faire seul.", "Les guides sont gratuits."]
    official = ["Les requérants doivent démontrer l’autorisation ininterrompue relativement à la période considérée."]
    assert reading(official, "fr").ease() < 40 < 80 < reading(plain, "fr").ease()


def test_names_of_the_field_and_places_to_fill_count_as_a_short_word() -> None:
    named = read_ease(["The Federal Skilled Worker Program needs {rule:fsw.pass_mark}."], "en")
    assert named == read_ease(["The name needs X."], "en")


def test_nothing_at_all_can_be_measured() -> None:
    assert reading([], "en").grade() < 0
