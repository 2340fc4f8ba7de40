"""What a licensed person has to see of a lead in one minute, as data: flags, timeline, evidence gaps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.assessment import Assessment, assess
from bot.assessment.documents import Document
from bot.assessment.encoding import plain
from bot.assessment.model import PROGRAMS
from bot.facts import Profile
from bot.intake.order import Place, place

CONTRADICTIONS: Final = frozenset(
    {
        "years_and_jobs_differ",
        "age_and_birth_differ",
        "dates_reversed",
        "stays_overlap",
        "stay_dates_reversed",
        "jobs_overlap",
        "noc_and_teer_differ",
        "family_too_small",
    }
)
"""Signals that say that two of the facts cannot both be true."""
DOUBTFUL: Final = frozenset({"language_estimated", "language_needed", "expired"})
URGENT_PRIORITY: Final = 1


@dataclass(frozen=True, slots=True)
class Brief:
    """An assessment as a lead keeps it.

    ``assessment``: the result, as it was shown; ``details``: ``risks``, ``contradictions``, ``gaps``,
    ``timeline`` and ``signs`` by ids and values, for which the knowledge base has the words.
    """

    as_of: date
    rule_set: str
    place: Place
    urgent: bool
    contradictions: int
    high_risks: int
    score_low: int | None
    score_high: int | None
    programs: Mapping[str, str]
    assessment: Mapping[str, Any]
    details: Mapping[str, Any]


def brief(profile: Profile, as_of: date, signs: Collection[str] = ()) -> Brief:
    """The brief of these facts on a day. ``signs``: see ``order.Sign``."""
    return brief_of(assess(profile, as_of), signs)


def brief_of(assessment: Assessment, signs: Collection[str] = ()) -> Brief:
    """The brief of an assessment that was made already."""
    standing = place(assessment, signs)
    contradictions = _contradictions(assessment)
    score = assessment.score
    return Brief(
        as_of=assessment.as_of,
        rule_set=assessment.rule_set,
        place=standing,
        urgent=bool(signs)
        or standing.priority == URGENT_PRIORITY
        or any(risk.rule.urgent for risk in assessment.risks),
        contradictions=len(contradictions),
        high_risks=sum(risk.rule.severity == "high" for risk in assessment.risks),
        score_low=score.low,
        score_high=score.high,
        programs={program: assessment.program(program).answer for program in PROGRAMS},
        assessment=assessment.to_dict(),
        details={
            "risks": [
                {
                    "id": risk.id,
                    "name": risk.rule.name,
                    "severity": risk.rule.severity,
                    "urgent": risk.rule.urgent,
                    "facts": list(risk.facts),
                    "signals": plain(risk.signals),
                }
                for risk in assessment.risks
            ],
            "contradictions": contradictions,
            "gaps": [plain(document) for document in assessment.documents if _unproven(document, assessment.as_of)],
            "timeline": plain(assessment.timeline.events),
            "open": [width.fact for width in score.widths],
            "signs": sorted(signs),
        },
    )


def _urgent(assessment: Assessment, standing: Place, signs: Collection[str]) -> bool:
    first = standing.priority == URGENT_PRIORITY
    return first or bool(signs) or any(risk.rule.urgent for risk in assessment.risks)


def _contradictions(assessment: Assessment) -> list[dict[str, Any]]:
    found = {signal.id: signal for risk in assessment.risks for signal in risk.signals if signal.id in CONTRADICTIONS}
    return [plain(signal) for signal in found.values()]


def _unproven(document: Document, as_of: date) -> bool:
    """Whether the proof is missing, undated, estimated or over."""
    dated = document.rule is not None and document.rule.startswith("validity.")
    return bool(
        document.open
        or (dated and (document.valid_from is None or (document.valid_until or as_of) <= as_of))
        or any(reason.id in DOUBTFUL for reason in document.reasons)
    )
