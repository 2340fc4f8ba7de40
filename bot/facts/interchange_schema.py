"""The keys of the interchange profile and what each may hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.facts.faults import shown

Language = Literal["english", "french"]
Test = Literal["ielts_general", "celpip_general", "pte_core", "tef_canada", "tcf_canada", "none"]
Education = Literal[
    "none", "secondary", "one_year", "two_year", "bachelor", "two_or_more", "master", "professional", "doctorate"
]

TEST_LANGUAGE: Mapping[str, Language] = {
    "ielts_general": "english",
    "celpip_general": "english",
    "pte_core": "english",
    "clb": "english",
    "tef_canada": "french",
    "tcf_canada": "french",
    "nclc": "french",
}
LEVELS_OF: Mapping[str, str] = {"english": "clb", "french": "nclc"}
ABILITIES = ("listening", "reading", "writing", "speaking")


def _iso(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{shown(value)} is not a day like 2026-11-02") from None
    return value


def _whole(value: Any) -> Any:
    """3.0 is a whole number in JSON."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Day = Annotated[date, BeforeValidator(_iso)]
Whole = Annotated[int, BeforeValidator(_whole)]
Years = Annotated[float, Field(ge=0, le=60)]
Score = Annotated[float, Field(ge=0, le=699)]


def check_order(start: date, end: date | None) -> None:
    """Raise ValueError for a span that ends before it starts."""
    if end is not None and end < start:
        raise ValueError(f"to: {end} lies before from: {start}")


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True, use_attribute_docstrings=True)


class LanguageResult(_Part):
    """One test result; CLB or NCLC levels when ``test`` is null (0: below 4; above 10 counts as 10).

    ``test: none`` says that no test was taken; only then may ``language`` be left out.
    """

    language: Language | None = None
    test: Test | None = None
    listening: Score | None = None
    reading: Score | None = None
    writing: Score | None = None
    speaking: Score | None = None
    taken_on: Day | None = None
    """Day of the test; results count for less than two years."""

    @model_validator(mode="after")
    def _test_of_language(self) -> LanguageResult:
        if self.test == "none":
            if any(getattr(self, ability) is not None for ability in ABILITIES):
                raise ValueError("test: none has no scores; leave them out or name the test")
        elif self.language is None:
            raise ValueError("language: say english or french")
        elif self.test is not None and TEST_LANGUAGE[self.test] != self.language:
            raise ValueError(f"test: {self.test} is not a test of {self.language}")
        return self

    @property
    def test_fact(self) -> str:
        """The value of the fact ``language_test``."""
        return self.test or LEVELS_OF[self.language or "english"]


class JobEntry(_Part):
    """One job; ``to`` left out: it goes on. ``hours`` a week."""

    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")
    noc: Annotated[str, Field(pattern=r"^\d{5}$")] | None = None
    """NOC 2021 code, five digits as text."""
    teer: Annotated[Whole, Field(ge=0, le=5)] | None = None
    """TEER category, where the code is not known."""
    hours: Annotated[float, Field(gt=0, le=168)] = 30.0
    """Hours a week."""
    place: Literal["canada", "abroad"] = "abroad"
    """Where the person was while working."""
    status: Literal["employee", "self_employed", "student"] = "employee"
    """student: while studying full time."""
    authorized: bool = True
    """Whether the person was permitted to work in Canada."""
    paid: bool = True
    remote: bool = False
    """Whether the employer was in another country."""
    publicly_funded_physician: bool = False
    """Self-employed in publicly funded medical services."""
    title: str | None = None

    @model_validator(mode="after")
    def _in_order(self) -> JobEntry:
        check_order(self.start, self.end)
        return self


class StayEntry(_Part):
    """A stay in a country; ``to`` left out: still there."""

    country: Annotated[str, Field(min_length=1)]
    start: Day = Field(alias="from")
    end: Day | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> StayEntry:
        check_order(self.start, self.end)
        return self


class SpouseEntry(_Part):
    """What counts of an accompanying spouse or partner."""

    education: Education | None = None
    language: LanguageResult | None = None
    canadian_work_years: Years | None = None


class AdaptabilityEntry(_Part):
    """Elements of adaptability in the selection grid of the Federal Skilled Worker Program."""

    spouse_language: bool | None = None
    canadian_study: bool | None = None
    spouse_canadian_study: bool | None = None
    canadian_work: bool | None = None
    spouse_canadian_work: bool | None = None
    relative_in_canada: bool | None = None


class SelectionEntry(_Part):
    """Facts that only the selection grid of the Federal Skilled Worker Program reads."""

    work_years: Years | None = None
    """Years of skilled work in the last ten, here and abroad; only where no jobs are given."""
    arranged_employment: bool | None = None
    """Whether points for arranged employment are awarded."""
    adaptability: AdaptabilityEntry | None = None


class EcaEntry(_Part):
    """Educational credential assessment; an entry with a day and no status is done."""

    issued_on: Day | None = None
    status: Literal["done", "in_progress", "not_done", "not_needed"] | None = None


class InterchangeProfile(_Part):
    """One person. Every key is optional."""

    stage: Literal["considering", "in_pool", "invited", "submitted", "trouble"] | None = None
    destination: Literal["outside_quebec", "quebec", "undecided"] | None = None
    age: Annotated[Whole, Field(ge=0, le=120)] | None = None
    date_of_birth: Day | None = None
    marital_status: Literal["single", "married", "common_law", "separated", "divorced", "widowed"] | None = None
    spouse_accompanying: bool | None = None
    spouse_citizen_or_pr: bool | None = None
    education: Education | None = None
    canadian_study: Literal["none", "one_or_two_years", "three_or_more_years"] | None = None
    first_language: LanguageResult | None = None
    second_language: LanguageResult | None = None
    canadian_work_years: Years | None = None
    """Years of skilled work in Canada in the last ten; only where no jobs in Canada are given."""
    canadian_work_recent: bool | None = None
    """Whether a year of that work lies in the last three years."""
    foreign_work_years: Years | None = None
    """Years of skilled work outside Canada in the last ten; only where no jobs abroad are given."""
    continuous_year: bool | None = None
    """Whether a year of work in one occupation was without a break."""
    jobs: list[JobEntry] | None = None
    """All jobs; of a place without any, the plain years count, and where there are none either, no work."""
    noc: Annotated[str, Field(pattern=r"^\d{5}$")] | None = None
    """NOC 2021 code of the main occupation, five digits as text."""
    certificate_of_qualification: bool | None = None
    provincial_nomination: bool | None = None
    sibling_in_canada: bool | None = None
    job_offer: Literal["none", "major_group_00", "other"] | None = None
    spouse: SpouseEntry | None = None
    fsw: SelectionEntry | None = None
    family_size: Annotated[Whole, Field(ge=1, le=30)] | None = None
    """The applicant, a partner and dependent children, also those who stay behind."""
    funds_amount: Annotated[float, Field(ge=0)] | None = None
    """Settlement funds in Canadian dollars."""
    eca: EcaEntry | None = None
    profile_submitted_on: Day | None = None
    invited_on: Day | None = None
    countries: list[StayEntry] | None = None
    past_refusal: bool | None = None
    fairness_letter: bool | None = None
    criminal_record: bool | None = None
    medical_concern: bool | None = None
    unknown: list[str] | None = None
    """Facts that the person was asked about and does not know."""
    declined: list[str] | None = None
    """Facts that the person would rather not tell."""

    @model_validator(mode="after")
    def _two_languages(self) -> InterchangeProfile:
        first, second = self.first_language, self.second_language
        if first and second and first.language and first.language == second.language:
            raise ValueError("second_language.language: must be the other official language")
        return self
