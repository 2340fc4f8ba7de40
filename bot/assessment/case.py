"""What the documents and the risks of one person are decided on: the profile and what was already worked out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.assessment.crs.reading import spouse_columns
from bot.assessment.funds import Funds
from bot.assessment.history import PoliceCertificate
from bot.assessment.model import LanguageResult
from bot.assessment.reason import Answer
from bot.assessment.timeline import Timeline
from bot.assessment.work import WorkCount
from bot.facts import Profile
from bot.rules import Rules


@dataclass(frozen=True, slots=True)
class Case:
    """One person on one day. ``programs``: answers by program; ``work``: counts by purpose."""

    profile: Profile
    rules: Rules
    as_of: date
    language: tuple[LanguageResult, ...]
    programs: Mapping[str, Answer]
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
