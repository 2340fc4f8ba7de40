"""People for the tests: every fact that the score reads is known, and each test changes what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.assessment import Assessment, Score, assess
from bot.facts import Profile
from bot.facts.interchange import from_interchange

BEFORE_THE_CHANGE = date(2026, 11, 2)
ABILITIES = ("reading", "writing", "listening", "speaking")


def levels(*four: float, language: str = "english") -> dict[str, Any]:
    """Levels in the order reading, writing, listening, speaking; one for all four."""
    values = four if len(four) == len(ABILITIES) else four * len(ABILITIES)
    return {"language": language, "test": None, **dict(zip(ABILITIES, values, strict=True))}


def scores(test: str, *four: float, language: str = "english", taken_on: date | None = None) -> dict[str, Any]:
    """Test scores in the order reading, writing, listening, speaking."""
    return {"language": language, "test": test, "taken_on": taken_on, **dict(zip(ABILITIES, four, strict=True))}


SINGLE: dict[str, Any] = {
    "destination": "outside_quebec",
    "age": 30,
    "marital_status": "single",
    "education": "bachelor",
    "canadian_study": "none",
    "eca": {"status": "done"},
    "first_language": levels(7),
    "second_language": {"test": "none"},
    "canadian_work_years": 0,
    "foreign_work_years": 0,
    "noc": "21231",
    "certificate_of_qualification": False,
    "provincial_nomination": False,
    "sibling_in_canada": False,
    "job_offer": "none",
    "family_size": 1,
    "funds_amount": 50000,
    "fsw": {"adaptability": {"relative_in_canada": False, "canadian_study": False}},
}
COUPLE: dict[str, Any] = {
    **SINGLE,
    "marital_status": "married",
    "spouse_accompanying": True,
    "spouse_citizen_or_pr": False,
    "spouse": {"education": "none", "language": levels(0), "canadian_work_years": 0},
    "family_size": 2,
    "fsw": {"adaptability": {"relative_in_canada": False, "canadian_study": False, "spouse_canadian_study": False}},
}


def profile(base: dict[str, Any] = SINGLE, **changes: Any) -> Profile:
    """A person with some facts changed; None takes one away."""
    return from_interchange({**base, **changes})


def assessed(base: dict[str, Any] = SINGLE, on: date = BEFORE_THE_CHANGE, **changes: Any) -> Assessment:
    """The assessment of a person with some facts changed."""
    return assess(profile(base, **changes), on)


def score(base: dict[str, Any] = SINGLE, on: date = BEFORE_THE_CHANGE, **changes: Any) -> Score:
    """The score of a person with some facts changed, under the rules of a day whose points are complete."""
    return assessed(base, on, **changes).crs


def points(found: Score, factor: str) -> int:
    """The points of a factor, of all its abilities together."""
    return sum(line.points for line in found.lines if line.factor == factor or line.factor.startswith(f"{factor}."))


def section(found: Score, name: str) -> int:
    """The points of a section."""
    return found.section(name).points  # type: ignore[arg-type]
