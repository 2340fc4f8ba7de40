"""What the documents and the risks of one person are decided on: the profile and what was already worked out of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from bot.assessment.crs.reading import spouse_columns
from bot.assessment.funds import Funds
from bot.assessment.history import PoliceCertificate
from bot.assessment.model import LanguageResult, Program
from bot.assessment.reason import Answer
from bot.assessment.timeline import Timeline
from bot.assessment.work import WorkCount
from bot.facts import Profile
from bot.rules import Rules

FUNDED = frozenset({"fsw", "fst"})


class Case(NamedTuple):
    """One person on one day. ``work``: counts by purpose."""

    profile: Profile
    rules: Rules
    as_of: date
    language: tuple[LanguageResult, ...]
    programs: tuple[Program, ...]
    work: Mapping[str, WorkCount]
    timeline: Timeline
    funds: Funds | None
    police: tuple[PoliceCertificate, ...] | None

    @property
    def with_spouse(self) -> bool:
        """Whether a partner who comes along and is neither citizen nor permanent resident is certain."""
        return spouse_columns(self.profile)[0] == (True,)

    @property
    def may_have_spouse(self) -> bool:
        """Whether there may be such a partner."""
        return True in spouse_columns(self.profile)[0]

    def answer(self, program_id: str) -> Answer:
        """The answer of one program."""
        return next(program.answer for program in self.programs if program.id == program_id)

    @property
    def asked_for_funds(self) -> bool:
        """Whether funds may be asked for: CEC does not fit, and FSW or FST may, funds apart."""
        if self.answer("cec") == "yes":
            return False
        return any(
            program.id in FUNDED
            and all(condition.id.endswith(".funds") for condition in program.conditions if condition.met is False)
            for program in self.programs
        )
