"""What the documents and the risks of one person are decided on: the profile and what was already worked out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from bot.assessment.funds import Funds
from bot.assessment.history import PoliceCertificate
from bot.assessment.model import LanguageResult, Program, ProgramId
from bot.assessment.reason import Answer
from bot.assessment.timeline import Timeline
from bot.assessment.work import WorkCount
from bot.facts import Profile
from bot.rules import Rules

FUNDED: tuple[ProgramId, ...] = ("fsw", "fst")


class Case(NamedTuple):
    """One person on one day. ``work``: counts by purpose.

    ``columns``: whether a partner comes along who is neither citizen nor permanent resident: one answer where it is
    certain, both where it is not. ``asked_for_funds``: whether funds may be asked for.
    """

    profile: Profile
    rules: Rules
    as_of: date
    columns: tuple[bool, ...]
    language: tuple[LanguageResult, ...]
    programs: tuple[Program, ...]
    work: Mapping[str, WorkCount]
    timeline: Timeline
    funds: Funds | None
    police: tuple[PoliceCertificate, ...] | None
    asked_for_funds: bool

    @property
    def with_spouse(self) -> bool:
        """Whether such a partner is certain."""
        return self.columns == (True,)

    @property
    def may_have_spouse(self) -> bool:
        """Whether there may be such a partner."""
        return True in self.columns

    def answer(self, program_id: str) -> Answer:
        """The answer of one program."""
        return next(program.answer for program in self.programs if program.id == program_id)


def asked_for_funds(programs: Iterable[Program]) -> bool:
    """Whether funds may be asked for: CEC does not fit, and FSW or FST may, funds apart."""
    by_id = {program.id: program for program in programs}
    if by_id["cec"].answer == "yes":
        return False
    return any(
        all(condition.id.endswith(".funds") for condition in by_id[name].conditions if condition.met is False)
        for name in FUNDED
    )
