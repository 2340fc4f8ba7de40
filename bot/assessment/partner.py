"""Spouse comparison: the same couple scored each way the rules allow, as facts and without a recommendation.

Whether a partner comes along is a fact to be declared truly, and a partner who stays behind is declared and
examined too; the notes say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, NamedTuple

from bot.assessment.crs.reading import Reading, read
from bot.assessment.crs.score import Results, Scored, counted
from bot.assessment.language import language_results
from bot.assessment.work import WorkCount
from bot.facts import PARTNERED, Known, Profile
from bot.rules import Rules

ScenarioId = Literal["accompanying", "not_accompanying", "partner_principal", "partner_principal_alone"]
SCENARIOS: tuple[ScenarioId, ...] = (
    "accompanying",
    "not_accompanying",
    "partner_principal",
    "partner_principal_alone",
)
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


class Scenario(NamedTuple):
    """One way of standing: the score from ``low`` to ``high``, and the facts that would narrow it."""

    id: ScenarioId
    low: int
    high: int
    exact: bool
    open: tuple[str, ...]


class PartnerComparison(NamedTuple):
    """The scenarios in a fixed order, on one set of points. ``notes``: ids of texts that go with it."""

    rule_set: str
    in_force_until: date | None
    scenarios: tuple[Scenario, ...]
    notes: tuple[str, ...] = NOTES


def partner_for(
    profile: Profile, as_of: date, rules: Rules, results: Results, work: Mapping[str, WorkCount], scored: Scored
) -> PartnerComparison | None:
    """The comparison; None without a partner, or where the partner is a citizen or permanent resident of Canada.

    ``work``: what counts on the day for the person, by purpose; of the partner only plain years can be known.
    ``scored``: the profile as it is. The partner as principal applicant is scored on what is known of them, which
    rarely includes age and work abroad; a nomination of their own is taken not to be there. A brother or sister in
    Canada of either counts where both come.
    """
    if profile.value("marital_status") not in PARTNERED or profile.value("spouse_citizen_or_pr") is True:
        return None
    complete, tables = rules.last_complete_score(), scored.tables
    if complete is not rules:
        results = language_results(profile, as_of, complete)

    def reading(of: Profile, their: Results, counts: Mapping[str, WorkCount]) -> Reading:
        return read(of, as_of, complete, tables.rules, their, counts, columns=(True,))

    person = scored.reading if True in scored.reading.columns else reading(profile, results, work)
    # In the column that is certain the person is counted already.
    ways = [
        scored if scored.reading.columns == (comes,) else counted(tables, person.only(comes)) for comes in (True, False)
    ]
    traded = {"first": results["spouse"], "second": None, "spouse": results["first"]}
    partner, sibling = reading(_traded(profile), traded, {}), profile.value(SIBLING)
    both = partner if sibling is None else partner.knowing(SIBLING, {"sibling": sibling})
    ways += [counted(tables, both), counted(tables, partner.only(False))]
    return PartnerComparison(
        rule_set=tables.rules.id,
        in_force_until=tables.rules.effective_to,
        scenarios=tuple([_scenario(name, way) for name, way in zip(SCENARIOS, ways, strict=True)]),
    )


def _scenario(name: ScenarioId, scored: Scored) -> Scenario:
    low, high = scored.low, scored.high
    return Scenario(name, low, high, low == high, tuple([width.fact for width in scored.widths]))


def _traded(profile: Profile) -> Profile:
    """The couple with the partner as principal applicant: what is known of each changes places."""
    facts = {fact: profile[fact] for fact in OF_THE_COUPLE}
    for theirs, own in TRADED.items():
        facts[own], facts[theirs] = profile[theirs], profile[own]
    return Profile().with_facts({**facts, "provincial_nomination": Known(False, source="derived")})
