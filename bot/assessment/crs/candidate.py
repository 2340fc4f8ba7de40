"""What the score reads of a person, every value settled."""

from __future__ import annotations

from typing import NamedTuple

Levels = tuple[int, int, int, int]
NO_LEVELS: Levels = (0, 0, 0, 0)


class Candidate(NamedTuple):
    """One person with every fact settled.

    Levels stand in the order reading, writing, listening, speaking; whole years; ``education``, ``job_offer`` and
    ``canadian_study`` are rows of their tables. ``occupation``: NOC code of the work in Canada;
    ``offer_level``: level of the offered occupation on the high-wage list.
    """

    with_spouse: bool
    age: int
    education: str
    first: Levels
    first_is_french: bool
    second: Levels
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

    @property
    def french(self) -> Levels:
        return self.first if self.first_is_french else self.second

    @property
    def english(self) -> Levels:
        return self.second if self.first_is_french else self.first
