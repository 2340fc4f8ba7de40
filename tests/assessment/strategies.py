"""Hypothesis strategies for profiles: complete ones, and ones in which anything may be missing."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from bot.facts import DECLINED, NOT_ASKED, UNKNOWN, Job, Known, Profile, Stay, vocabulary
from bot.facts.vocabulary import FactType

ABILITIES = ("reading", "writing", "listening", "speaking")
DAYS = st.dates(min_value=date(2017, 6, 6), max_value=date(2035, 12, 31))
LEVELS = st.integers(min_value=0, max_value=12)
JOBS = st.builds(
    Job,
    start=st.dates(min_value=date(2005, 1, 1), max_value=date(2030, 1, 1)),
    end=st.none() | st.dates(min_value=date(2005, 1, 1), max_value=date(2030, 1, 1)),
    noc=st.sampled_from([None, "21231", "72310", "65200", "63200", "00012"]),
    teer=st.none() | st.integers(min_value=0, max_value=5),
    hours=st.sampled_from([10.0, 20.0, 30.0, 37.5, 60.0]),
    place=st.sampled_from(["canada", "abroad"]),
    status=st.sampled_from(["employee", "self_employed", "student"]),
    authorized=st.booleans(),
    paid=st.booleans(),
    remote=st.booleans(),
    publicly_funded_physician=st.booleans(),
)
STAYS = st.builds(Stay, country=st.sampled_from(["IN", "Brazil"]), start=st.dates(), end=st.none())


def value(fact: FactType) -> st.SearchStrategy[Any]:
    """Any value that a fact accepts."""
    match fact.type:
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(min_value=int(fact.min or 0), max_value=int(fact.max or 0))
        case "number":
            high = fact.max or 0.0
            return st.floats(fact.min or 0.0, high) | st.integers(0, min(int(high), 12)).map(float)
        case "date":
            return st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))
        case "choice":
            return st.sampled_from(fact.values)
        case "noc":
            return st.sampled_from(["21231", "72310", "65200", "63200", "00012", "99999"])
        case "jobs":
            return st.lists(JOBS, max_size=4).map(tuple)
    return st.lists(STAYS, max_size=2).map(tuple)


def _fact(fact: FactType) -> st.SearchStrategy[Any]:
    return st.sampled_from([NOT_ASKED, UNKNOWN, DECLINED]) | value(fact).map(Known)


ANY_PROFILE: st.SearchStrategy[Profile] = st.fixed_dictionaries(
    {fact.id: _fact(fact) for fact in vocabulary().values()}
).map(Profile)


@st.composite
def four(draw: st.DrawFn, prefix: str, test: str) -> dict[str, Any]:
    """One result as levels."""
    return {f"{prefix}language_test": test, **{f"{prefix}{ability}": draw(LEVELS) for ability in ABILITIES}}


@st.composite
def complete(draw: st.DrawFn) -> dict[str, Any]:
    """Every fact that the score reads, as plain values."""
    french_first = draw(st.booleans())
    first, second = ("nclc", "clb") if french_first else ("clb", "nclc")
    education = vocabulary()["education"].values
    return {
        "age": draw(st.integers(0, 70)),
        "marital_status": draw(st.sampled_from(vocabulary()["marital_status"].values)),
        "spouse_citizen_or_pr": draw(st.booleans()),
        "spouse_accompanying": draw(st.booleans()),
        "education": draw(st.sampled_from(education)),
        "canadian_study": draw(st.sampled_from(vocabulary()["canadian_study"].values)),
        "eca": draw(st.sampled_from(["done", "not_needed"])),
        **draw(four("", first)),
        **draw(four("second_", second)),
        "canadian_work_years": draw(st.integers(0, 7)),
        "foreign_work_years": draw(st.integers(0, 5)),
        "certificate_of_qualification": draw(st.booleans()),
        "provincial_nomination": draw(st.booleans()),
        "job_offer": draw(st.sampled_from(vocabulary()["job_offer"].values)),
        "sibling_in_canada": draw(st.booleans()),
        "spouse_education": draw(st.sampled_from(education)),
        **draw(four("spouse_", "clb")),
        "spouse_canadian_work_years": draw(st.integers(0, 6)),
    }
