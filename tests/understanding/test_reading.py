"""What is taken from a message and what is not, case by case (``cases/*.yml``)."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.facts import vocabulary
from bot.understanding import read

TODAY = date(2026, 11, 22)
CASES = [
    pytest.param(case, id=f"{path.stem}:{case['text'][:60]}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.yml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    reading = read(case["text"], asked=case.get("asked"), as_of=TODAY, partnered=case.get("partnered", False))
    found = {one.fact: one.value for one in reading.facts}
    if case.get("also") == "any":
        assert {fact: found.get(fact) for fact in case["facts"]} == case["facts"]
    else:
        assert found == case["facts"]
    for fact in case.get("not", ()):
        assert fact not in found
    left = {(one.fact, one.reason) for one in reading.not_taken}
    assert set(case.get("left", {}).items()) <= left
    assert reading.state == case.get("state")


WORDS = st.sampled_from(
    [
        "i",
        "my",
        "wife",
        "husband",
        "am",
        "is",
        "not",
        "have",
        "has",
        "no",
        "if",
        "need",
        "31",
        "7",
        "7.5",
        "8777",
        "years",
        "months",
        "in",
        "canada",
        "india",
        "ielts",
        "celpip",
        "clb",
        "nclc",
        "tef",
        "l",
        "r",
        "w",
        "s",
        "listening",
        "reading",
        "writing",
        "speaking",
        "each",
        "all",
        "except",
        "overall",
        "masters",
        "bachelor",
        "phd",
        "diploma",
        "wes",
        "eca",
        "single",
        "married",
        "pr",
        "citizen",
        "brother",
        "cousin",
        "sister",
        "nomination",
        "job",
        "offer",
        "noc",
        "21231",
        "2174",
        "15k",
        "$",
        "cad",
        "lakh",
        "since",
        "march",
        "2023",
        "02/03/1990",
        "and",
        ",",
        ".",
        "?",
        "(",
        ")",
        ":",
        "-",
        "\n",
        "je",
        "suis",
        "ma",
        "femme",
        "mon",
        "mari",
        "j'ai",
        "ans",
        "au",
        "depuis",
        "célibataire",
        "marié",
        "maîtrise",
        "sœur",
        "canadienne",
        "pas",
        "de",
    ]
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join))
ASKED = st.one_of(st.none(), st.sampled_from(sorted(vocabulary())))


@settings(max_examples=400, deadline=None)
@given(TEXTS, ASKED)
def test_any_text_is_read_within_the_vocabulary(text, asked):
    reading = read(text, asked=asked, as_of=TODAY)
    for one in reading.facts:
        assert vocabulary()[one.fact].accepts(one.value), one
    for one in (*reading.facts, *reading.not_taken):
        start, end = one.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == one.said
    facts = [one.fact for one in reading.facts]
    assert len(facts) == len(set(facts))


@settings(max_examples=100, deadline=None)
@given(TEXTS, ASKED)
def test_reading_is_deterministic(text, asked):
    assert read(text, asked=asked, as_of=TODAY) == read(text, asked=asked, as_of=TODAY)
