"""The result for one profile on one day: score and programs at once, everything else when it is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from bot.assessment.case import Case, asked_for_funds
from bot.assessment.categories import HIGHEST_LEVEL, CategoryResult, categories_for, french_levels
from bot.assessment.crs import Scored as CountedScore
from bot.assessment.documents import Document, documents_for
from bot.assessment.encoding import core_to_dict, parts_to_dict
from bot.assessment.funds import Funds, funds_for
from bot.assessment.gains import Gains, gains_for
from bot.assessment.history import PoliceCertificate, police_certificates
from bot.assessment.model import LanguageResult, Program, ProgramId, Score
from bot.assessment.once import once
from bot.assessment.partner import PartnerComparison, partner_for
from bot.assessment.reason import Reason
from bot.assessment.risks import Risk, risks_for
from bot.assessment.rounds import Rounds, Scored, rounds_for
from bot.assessment.timeline import Timeline, timeline
from bot.assessment.work import JobList, WorkCount
from bot.facts import Profile
from bot.rules import Rules


class Subject(NamedTuple):
    """What an assessment was made of: the profile, the rules of the day, and the test results by whose they are.

    ``jobs``: judged for each purpose once; ``scored``: the count under the last complete set of points.
    """

    profile: Profile
    rules: Rules
    results: Mapping[str, LanguageResult | None]
    jobs: JobList
    scored: CountedScore


@dataclass(frozen=True)
class Assessment:
    """The result for one profile on one day. ``assumptions`` and ``notes`` are texts by their full id.

    ``work``: what counts, by purpose. The parts below it are worked out from ``subject`` when they are first asked for.
    """

    as_of: date
    rule_set: str
    crs: Score
    language: tuple[LanguageResult, ...]
    programs: tuple[Program, ...]
    assumptions: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    work: Mapping[str, WorkCount]
    subject: Subject = field(repr=False, compare=False)

    def program(self, program_id: ProgramId) -> Program:
        """One program by its id."""
        return next(program for program in self.programs if program.id == program_id)

    @property
    def score(self) -> Score:
        """The score that can be shown: of the day, or under the last complete set where the day's is not complete."""
        return self.crs.previous or self.crs

    @once
    def categories(self) -> tuple[CategoryResult, ...]:
        """Every category of the day: in, out or cannot tell."""
        subject = self.subject
        french = french_levels(subject.results, subject.rules)
        return categories_for(subject.profile, subject.rules, self.as_of, french, subject.jobs)

    @once
    def rounds(self) -> Rounds:
        """The newest rounds the person could have stood in, against the score that can be shown."""
        scored = self.subject.scored
        return rounds_for(
            self.subject.profile,
            self.subject.rules,
            self.as_of,
            score=Scored(scored.tables.rules.id, scored.low, scored.high),
            programs={program.id: program.answer for program in self.programs},
            categories=self.categories,
        )

    @once
    def timeline(self) -> Timeline:
        """What happens when, and the check of an invitation."""
        subject, as_of = self.subject, self.as_of
        return timeline(
            subject.profile, subject.rules, as_of, language=self.language, work=self.work, jobs=subject.jobs
        )

    @once
    def funds(self) -> Funds | None:
        """Funds needed against funds named."""
        return funds_for(self.subject.profile, self.subject.rules)

    @once
    def police(self) -> tuple[PoliceCertificate, ...] | None:
        """Countries that a police certificate is asked for; None where no stays are known."""
        return police_certificates(self.subject.profile, self.subject.rules, self.as_of)

    @once
    def documents(self) -> tuple[Document, ...]:
        """The documents that apply or may apply."""
        return documents_for(self._case)

    @once
    def risks(self) -> tuple[Risk, ...]:
        """The risks that the facts show."""
        return risks_for(self._case)

    @once
    def gains(self) -> Gains:
        """What would move the score, alone and in pairs."""
        highest = self.subject.rules.last_complete_score().value(HIGHEST_LEVEL)
        return gains_for(self.subject.scored, self.subject.results, highest)

    @once
    def partner(self) -> PartnerComparison | None:
        """The spouse comparison; None where there is nothing to compare."""
        subject = self.subject
        return partner_for(subject.profile, self.as_of, subject.rules, subject.results, self.work, subject.scored)

    @once
    def _case(self) -> Case:
        return Case(
            profile=self.subject.profile,
            rules=self.subject.rules,
            as_of=self.as_of,
            columns=self.subject.scored.reading.columns,
            language=self.language,
            programs=self.programs,
            work=self.work,
            timeline=self.timeline,
            funds=self.funds,
            police=self.police,
            asked_for_funds=asked_for_funds(self.programs),
        )

    def to_dict(self, *, complete: bool = False) -> dict[str, Any]:
        """The assessment as plain JSON data; ``complete``: with every part, gains and comparison too."""
        return {**core_to_dict(self), **parts_to_dict(self)} if complete else core_to_dict(self)
