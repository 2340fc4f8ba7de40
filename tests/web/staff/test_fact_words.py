"""Facts as the firm's people read them."""

from __future__ import annotations

import pytest

from bot.facts.encoding import profile_from
from bot.knowledge.catalogue import Language
from bot.web.staff.fact_words import fact_lines

JOBS = [
    {"title": "Engineer", "noc": "21300", "start": "2020-02-01", "hours": 37.5},
    {"start": "2018-01-01", "end": "2019-06-30", "place": "canada", "status": "student", "authorized": False},
]
STAYS = [
    {"country": "CL", "start": "2015-01-01"},
    {"country": "Yugoslavia", "start": "1980-01-01", "end": "1990-05-01"},
]


@pytest.mark.parametrize(
    ("language", "fact", "value", "lines"),
    [
        ("en", "age", 31, ["31 years"]),
        ("en", "noc", "21300", ["21300 · Civil engineers"]),
        ("en", "noc", "99999", ["99999"]),
        ("en", "noc", "declined", ["Rather not say"]),
        (
            "en",
            "jobs",
            JOBS,
            [
                "Engineer · 21300 · Civil engineers · Feb 1, 2020 – today · 37.5 hours a week · abroad",
                "Jan 1, 2018 – Jun 30, 2019 · 30 hours a week · in Canada · while a full-time student"
                " · not permitted to work",
            ],
        ),
        (
            "fr",
            "countries",
            STAYS,
            ["Chili · 1er janv. 2015 – aujourd’hui", "Yugoslavia · 1er janv. 1980 – 1er mai 1990"],
        ),
    ],
)
def test_a_fact_in_words(language: Language, fact: str, value: object, lines: list[str]) -> None:
    assert list(fact_lines(profile_from({fact: value}), fact, language)) == lines
