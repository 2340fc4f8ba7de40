"""What was understood of a message: facts found, things seen but not taken, and the language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from bot.understanding.language import Language

Certainty = Literal["certain", "likely"]
State = Literal["unknown", "declined"]
Reason = Literal[
    "other_person",  # somebody else's: a cousin's score, a friend's age
    "question",  # asked about, not stated
    "hypothetical",  # "if I get CLB 9"
    "target",  # hoped for, planned, needed
    "negated",  # "not 7"
    "past",  # "when I was 25"
    "ambiguous_date",  # 02/03/1990; options: the two dates
    "incomplete_date",  # a year alone; value: the year
    "impossible_value",  # 7.3 in IELTS, 210 years old; value: what was said
    "academic_test",  # IELTS or PTE Academic; options: the test that counts
    "not_accepted_test",  # TOEFL, Duolingo, DELF
    "two_results",  # two different values of one fact; options: the values
    "unclear_ability",  # one number with no ability, an overall score
    "unclear_order",  # four numbers whose order nobody named
    "unclear_level",  # a diploma whose level cannot be told; options: the levels
    "unclear_person",  # the partner's or one's own; options: the two facts
    "unclear_place",  # work, but where; value: years; options: the facts it could be
    "unclear_amount",  # "a few years", "less than a year"
    "unclear_status",  # a brother in Canada, but PR or not
    "engaged",  # a fiancé; options: what the status may be today
    "interest_letter",  # a province's interest or invitation is not a nomination
    "unfinished",  # studies under way or given up
    "pending",  # applied for and not decided: a nomination, a divorce
    "cousin",  # not a brother or sister
    "other_relative",  # an in-law or another relative whose tie decides
    "old_noc",  # four digits of a former classification
    "part_time",  # hours that are not full time; value: the years said
    "self_employed",
    "unpaid",  # volunteering: no wages
    "student_work",
    "remote",
    "other_currency",  # value: the amount; options: the currency
    "contradiction",  # does not fit with another fact of the same message; options: both values
    "out_of_range",
]


@dataclass(frozen=True, slots=True)
class Found:
    """A fact. ``span``: half-open place of ``said`` in the message; ``estimated``: called a guess;
    ``certainty`` likely: inferred, worth saying back."""

    fact: str
    value: Any
    span: tuple[int, int]
    said: str
    estimated: bool = False
    certainty: Certainty = "certain"


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Something that looked like a fact and was not taken. ``value``: what it would have been, if known."""

    fact: str | None
    span: tuple[int, int]
    said: str
    reason: Reason
    options: tuple[Any, ...] = ()
    value: Any = None


@dataclass(frozen=True, slots=True)
class Reading:
    """``state``: the whole message says "I don't know" or "I'd rather not say"."""

    facts: tuple[Found, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    language: Language | None = None
    state: State | None = None

    def value(self, fact: str) -> Any:
        """The value found for this fact, or None."""
        return next((found.value for found in self.facts if found.fact == fact), None)
