"""Signals of history: gaps, stays, contradictions, and earlier trouble."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise

from bot.assessment.case import Case
from bot.assessment.dates import age_on
from bot.assessment.history import job_gaps
from bot.assessment.signals.common import INVITED, Found, Look, jobs, known


def _job_gap(case: Case) -> Found:
    for start, end in job_gaps(case.profile):
        return ("jobs",), {"start": start, "end": end}
    return None


def _stays_unknown(case: Case) -> Found:
    if case.profile.value("stage") in INVITED and not case.profile.knows("countries"):
        return ("countries",), {}
    return None


def _stays_overlap(case: Case) -> Found:
    for before, stay in pairwise(sorted(case.profile.value("countries", ()), key=lambda stay: stay.start)):
        if before.end is None or stay.start < before.end:
            return ("countries",), {"on": stay.start}
    return None


def _stay_dates_reversed(case: Case) -> Found:
    for stay in case.profile.value("countries", ()):
        if stay.end is not None and stay.end < stay.start:
            return ("countries",), {"start": stay.start, "end": stay.end}
    return None


def _police_needed(case: Case) -> Found:
    if case.police:
        return ("countries",), {"countries": len(case.police)}
    return None


def _age_and_birth_differ(case: Case) -> Found:
    born: date | None = case.profile.value("date_of_birth")
    age = case.profile.value("age")
    if born is not None and age is not None and age_on(born, case.as_of) != age:
        return ("age", "date_of_birth"), {"age": age, "counted": age_on(born, case.as_of)}
    return None


def _dates_reversed(case: Case) -> Found:
    for job in jobs(case):
        if job.end is not None and job.end < job.start:
            return ("jobs",), {"start": job.start, "end": job.end}
    return None


SIGNALS: Mapping[str, Look] = {
    "job_gap": _job_gap,
    "stays_unknown": _stays_unknown,
    "stays_overlap": _stays_overlap,
    "stay_dates_reversed": _stay_dates_reversed,
    "police_needed": _police_needed,
    "age_and_birth_differ": _age_and_birth_differ,
    "dates_reversed": _dates_reversed,
    "past_refusal": known("past_refusal", True),
    "fairness_letter": known("fairness_letter", True),
    "criminal_record": known("criminal_record", True),
    "medical_concern": known("medical_concern", True),
}
