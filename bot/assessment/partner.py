"""Spouse comparison: the same couple scored each way the rules allow, as facts and without a recommendation.

Whether a partner comes along is a fact to be declared truly, and a partner who stays behind is declared and
examined too; the notes say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.assessment.crs.reading import PARTNERED
from bot.assessment.crs.score import on_set
from bot.assessment.language import language_result
from bot.assessment.model import LanguageResult, Score
from bot.assessment.work import WorkCount
from bot.facts import Known, Profile
from bot.rules import Rules

ScenarioId = Literal["accompanying", "not_accompanying", "partner_principal", "partner_principal_alone"]
TRADED = {
    "spouse_education": "education",
    "spouse_language_test": "language_test",
    "spouse_listening": "listening",
    "spouse_reading": "reading",
    "spouse_writing": "writing",
    "spouse_speaking": "speaking",
    "spouse_language_taken_on": "language_taken_on",
    "spouse_canadian_work_years": "canadian_work_years",
}
OF_THE_COUPLE = ("marital_status", "destination", "family_size", "funds_amount", "spouse_citizen_or_pr")
SIBLING = "sibling_in_canada"
NOTES = ("declare_truly", "declared_and_examined", "partner_facts", "person")


@dataclass(frozen=True, slots=True)
class Scenario:
    """One way of standing: the score from ``low`` to ``high``, and the facts that would narrow it."""

    id: ScenarioId
    low: int
    high: int
    exact: bool
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerComparison:
    """The scenarios in a fixed order, on one set of points. ``notes``: ids of texts that go with it."""

    rule_set: str
    in_force_until: date | None
    scenarios: tuple[Scenario, ...]
    notes: tuple[str, ...] = NOTES


def partner_for(profile: Profile, as_of: date, rules: Rules, work: Mapping[str, WorkCount]) -> PartnerComparison | None:
    """The comparison; None without a partner, or where the partner is a citizen or permanent resident of Canada.

    ``work``: what counts on the day for the person, by purpose; of the partner only plain years can be known.
    The partner as principal applicant is scored on what is known of them, which rarely includes age and work abroad;
    a nomination of their own is taken not to be there. A brother or sister in Canada of either counts where both come.
    """
    if profile.value("marital_status") not in PARTNERED or profile.value("spouse_citizen_or_pr") is True:
        return None
    complete = rules.last_complete_score()
    settled = profile.having(spouse_citizen_or_pr=False)
    other = _traded(settled)
    scores: tuple[tuple[ScenarioId, Score], ...] = (
        ("accompanying", _score(settled.having(spouse_accompanying=True), as_of, complete, work)),
        ("not_accompanying", _score(settled.having(spouse_accompanying=False), as_of, complete, work)),
        ("partner_principal", _score(_with_sibling(other, settled), as_of, complete, {})),
        ("partner_principal_alone", _score(other.having(spouse_accompanying=False), as_of, complete, {})),
    )
    shown = scores[0][1]
    return PartnerComparison(
        rule_set=shown.rule_set,
        in_force_until=shown.in_force_until,
        scenarios=tuple(_scenario(name, score) for name, score in scores),
    )


def _scenario(name: ScenarioId, score: Score) -> Scenario:
    return Scenario(
        id=name,
        low=score.low or 0,
        high=score.high or 0,
        exact=score.low == score.high,
        open=tuple(width.fact for width in score.widths),
    )


def _score(profile: Profile, as_of: date, rules: Rules, work: Mapping[str, WorkCount]) -> Score:
    whose: tuple[Literal["first", "second", "spouse"], ...] = ("first", "second", "spouse")
    results: Mapping[str, LanguageResult | None] = {one: language_result(profile, one, as_of, rules) for one in whose}
    return on_set(profile, as_of, rules, results, work)[0]


def _traded(profile: Profile) -> Profile:
    """The couple with the partner as principal applicant: what is known of each changes places."""
    facts = {fact: profile[fact] for fact in OF_THE_COUPLE}
    for theirs, own in TRADED.items():
        facts[own], facts[theirs] = profile[theirs], profile[own]
    return Profile({**facts, "provincial_nomination": Known(False, source="derived")})


def _with_sibling(other: Profile, profile: Profile) -> Profile:
    """The partner as principal applicant with the other one coming along, whose sibling counts too."""
    facts = {fact: other[fact] for fact in other}
    return Profile({**facts, SIBLING: profile[SIBLING], "spouse_accompanying": Known(True, source="derived")})
