"""What the score reads of a person, every value settled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

Levels = tuple[int, int, int, int]
NO_LEVELS: Levels = (0, 0, 0, 0)


class Candidate(TypedDict):
    """One person with every fact settled. Never changed in place; a dictionary, because it is copied most.

    Levels stand in the order reading, writing, listening, speaking, the lowest of them beside them, because most of
    what reads levels reads only that; whole years; ``education``, ``job_offer`` and ``canadian_study`` are rows of
    their tables. ``occupation``: NOC code of the work in Canada; ``offer_level``: level of the offered occupation on
    the high-wage list.
    """

    with_spouse: bool
    age: int
    education: str
    first: Levels
    first_lowest: int
    first_is_french: bool
    second: Levels
    second_lowest: int
    canadian_years: int
    foreign_years: int
    certificate: bool
    nomination: bool
    job_offer: str
    canadian_study: str
    sibling: bool
    spouse_education: str
    spouse_first: Levels
    spouse_canadian_years: int
    occupation: str | None
    offer_level: str | None


def changed(candidate: Candidate, fields: Mapping[str, Any]) -> Candidate:
    """The candidate with other values in some fields."""
    return {**candidate, **fields}  # type: ignore[typeddict-item]


def with_lowest(name: str, levels: Levels) -> dict[str, Any]:
    """The fields of a candidate that levels decide; of a spouse nothing reads the lowest."""
    return {name: levels} if name == "spouse_first" else {name: levels, f"{name}_lowest": min(levels)}
