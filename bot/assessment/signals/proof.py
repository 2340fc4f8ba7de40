"""Signals of proof: language results, credential assessments, funds, and claims that must be shown."""

from __future__ import annotations

from collections.abc import Mapping

from bot.assessment.case import Case
from bot.assessment.crs.reading import needs_assessment
from bot.assessment.signals.common import Found, Look, event, known
from bot.assessment.timeline import Event


def _language_expired(case: Case) -> Found:
    for result in case.language:
        if result.expired:
            return (_fact_of(result.of),), {"on": result.expires_on}
    return None


def _language_undated(case: Case) -> Found:
    for result in case.language:
        if result.test not in {"none", "clb", "nclc"} and result.taken_on is None:
            return (_fact_of(result.of),), {}
    return None


def _language_estimated(case: Case) -> Found:
    for result in case.language:
        if result.estimated:
            return (_fact_of(result.of).replace("taken_on", "test"),), {}
    return None


def _fact_of(whose: str) -> str:
    return {"first": "language_taken_on", "second": "second_language_taken_on", "spouse": "spouse_language_taken_on"}[
        whose
    ]


def _deadline(case: Case) -> Event | None:
    return next((event for event in case.timeline.events if event.id == "ita" and not event.past), None)


def _ends_before_deadline(prefix: str) -> Look:
    """Something expires between now and the last day to apply."""

    def look(case: Case) -> Found:
        deadline = _deadline(case)
        if deadline is None or deadline.on is None:
            return None
        for other in case.timeline.events:
            ahead = other.kind == "expiry" and other.id.startswith(prefix) and not other.past
            if ahead and other.on is not None and other.on <= deadline.on:
                return ("invited_on",), {"on": other.on, "deadline": deadline.on}
        return None

    return look


def _eca_missing(case: Case) -> Found:
    foreign = needs_assessment(case.profile) and case.profile.knows("canadian_study")
    if foreign and case.profile.value("eca") in {"not_done", "in_progress"}:
        return ("eca", "education"), {}
    return None


def _eca_undated(case: Case) -> Found:
    if case.profile.value("eca") == "done" and not case.profile.knows("eca_issued_on"):
        return ("eca_issued_on",), {}
    return None


def _funds_short(case: Case) -> Found:
    funds = case.funds
    if funds is not None and funds.enough == "no" and case.asked_for_funds:
        return ("funds_amount", "family_size"), {"needed": funds.needed, "named": funds.named}
    return None


def _funds_unknown(case: Case) -> Found:
    funds = case.funds
    if funds is not None and funds.enough == "cannot_tell" and case.asked_for_funds:
        return funds.open, {}
    return None


def _funds_table_old(case: Case) -> Found:
    funds = case.funds
    if funds is not None and funds.stale and funds.needed is not None and case.asked_for_funds:
        return ("funds_amount",), {"since": case.rules.version(funds.rule).effective_from}
    return None


SIGNALS: Mapping[str, Look] = {
    "language_expired": _language_expired,
    "language_ends_before_deadline": _ends_before_deadline("language"),
    "language_undated": _language_undated,
    "language_estimated": _language_estimated,
    "eca_missing": _eca_missing,
    "eca_expired": event("eca", past=True, facts=("eca_issued_on",)),
    "eca_ends_before_deadline": _ends_before_deadline("eca"),
    "eca_undated": _eca_undated,
    "funds_short": _funds_short,
    "funds_unknown": _funds_unknown,
    "funds_table_old": _funds_table_old,
    "relative_claimed": known("sibling_in_canada", True),
    "certificate_claimed": known("certificate_of_qualification", True),
    "nomination_claimed": known("provincial_nomination", True),
}
