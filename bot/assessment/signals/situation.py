"""Signals of situation: family, changes since a profile or an invitation, deadlines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.assessment.case import Case
from bot.assessment.signals.common import INVITED, Found, Look, event, jobs, known
from bot.facts import PARTNERED


def _partner_open(case: Case) -> Found:
    if case.profile.value("marital_status") not in PARTNERED:
        return None
    facts = ("spouse_citizen_or_pr", "spouse_accompanying")
    missing = tuple(fact for fact in facts if not case.profile.knows(fact) and case.profile.applies(fact))
    if missing:
        return missing, {}
    return None


def _partner_stays_behind(case: Case) -> Found:
    married = case.profile.value("marital_status") in PARTNERED
    if married and case.profile.value("spouse_accompanying") is False:
        return ("spouse_accompanying",), {}
    return None


def _family_too_small(case: Case) -> Found:
    size = case.profile.value("family_size")
    if size == 1 and case.profile.value("marital_status") in PARTNERED:
        return ("family_size", "marital_status"), {"family_size": size}
    return None


def _changed_since(fact: str) -> Look:
    """A job began or ended, a test was taken or an assessment issued after the day that a fact names."""

    def look(case: Case) -> Found:
        since: date | None = case.profile.value(fact)
        if since is None:
            return None
        for job in jobs(case):
            for on in (job.start, job.end):
                if on is not None and since < on <= case.as_of:
                    return (fact, "jobs"), {"since": since, "on": on}
        for other in ("language_taken_on", "second_language_taken_on", "eca_issued_on"):
            on = case.profile.value(other)
            if on is not None and since < on <= case.as_of:
                return (fact, other), {"since": since, "on": on}
        return None

    return look


def _no_program(case: Case) -> Found:
    if case.programs and all(program.answer == "no" for program in case.programs):
        return (), {}
    return None


def _invitation(answer: str) -> Look:
    def look(case: Case) -> Found:
        check = case.timeline.invitation
        if check is not None and check.answer == answer:
            return ("invited_on", "jobs"), {"invited_on": check.invited_on, "complete_on": check.complete_on}
        return None

    return look


SIGNALS: Mapping[str, Look] = {
    "partner_open": _partner_open,
    "common_law": known("marital_status", "common_law"),
    "separated": known("marital_status", "separated"),
    "partner_stays_behind": _partner_stays_behind,
    "family_too_small": _family_too_small,
    "changed_since_profile": _changed_since("profile_submitted_on"),
    "changed_since_invitation": _changed_since("invited_on"),
    "no_program": _no_program,
    "invited_too_early": _invitation("no"),
    "invitation_unclear": _invitation("cannot_tell"),
    "invited": known("stage", *INVITED),
    "ita_running": event("ita", past=False, facts=("invited_on",)),
    "ita_over": event("ita", past=True, facts=("invited_on",)),
    "profile_expired": event("profile", past=True, facts=("profile_submitted_on",)),
}
