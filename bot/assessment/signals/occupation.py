"""Signals of occupation and work: codes, hours, and work that does not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.assessment.case import Case
from bot.assessment.signals.common import Found, Look, jobs, work_fact
from bot.assessment.work import teer_of
from bot.rules.noc import unit_groups

IN_PROCESS = frozenset({"in_pool", "invited", "submitted"})


def _work_claimed(case: Case) -> Found:
    fact = work_fact(case)
    if fact is not None:
        return (fact,), {}
    return None


def _noc_missing(case: Case) -> Found:
    fact = work_fact(case)
    if fact is None or case.profile.knows("noc"):
        return None
    if fact != "jobs" or any(job.noc is None for job in jobs(case)):
        return ("noc", fact), {}
    return None


def _codes(case: Case) -> Iterator[tuple[str, str]]:
    if case.profile.knows("noc"):
        yield "noc", case.profile.value("noc")
    yield from (("jobs", job.noc) for job in jobs(case) if job.noc is not None)


def _noc_claimed(case: Case) -> Found:
    for fact, code in _codes(case):
        return (fact,), {"noc": code}
    return None


def _noc_not_in_list(case: Case) -> Found:
    known = unit_groups(case.rules)
    for fact, code in _codes(case):
        if known and code not in known:
            return (fact,), {"noc": code}
    return None


def _noc_and_teer_differ(case: Case) -> Found:
    for job in jobs(case):
        if job.noc is not None and job.teer is not None and teer_of(job.noc) != job.teer:
            return ("jobs",), {"noc": job.noc, "teer": job.teer}
    return None


def _noc_not_skilled(case: Case) -> Found:
    rule = "programs.skilled_teers"
    for fact, code in _codes(case):
        if case.rules.has(rule) and teer_of(code) not in case.rules.value(rule):
            return (fact,), {"noc": code, "teer": teer_of(code)}
    return None


def _years_and_jobs_differ(case: Case) -> Found:
    """Dated jobs give fewer whole years than the plain number, as far as the window reaches back."""
    if not jobs(case):
        return None
    for purpose, fact in (("crs_canadian", "canadian_work_years"), ("crs_foreign", "foreign_work_years")):
        counted, said = case.work.get(purpose), case.profile.value(fact)
        if counted is None or said is None:
            continue
        window = case.as_of.year - counted.since.year
        if counted.years_high < min(int(said), window):
            return (fact, "jobs"), {"said": int(said), "counted": counted.years_high}
    return None


def _ledger(reason_id: str) -> Look:
    """The ledger of some purpose gives this reason for a job."""

    def look(case: Case) -> Found:
        for counted in case.work.values() if jobs(case) else ():
            for entry in counted.ledger:
                for line in entry.reasons:
                    if line.id == reason_id:
                        return ("jobs",), dict(line.values)
        return None

    return look


def _in_canada(reason_id: str) -> Look:
    """A job in Canada does not count for the Canadian Experience Class or for points, for this reason."""

    def look(case: Case) -> Found:
        for purpose in ("cec", "crs_canadian") if jobs(case) else ():
            counted = case.work.get(purpose)
            for entry in counted.ledger if counted is not None else ():
                if entry.job.place == "canada" and any(line.id == reason_id for line in entry.reasons):
                    return ("jobs",), {}
        return None

    return look


def _work_undated(case: Case) -> Found:
    fact = work_fact(case)
    if fact not in {None, "jobs"} and case.profile.value("stage") in IN_PROCESS:
        return (str(fact),), {}
    return None


SIGNALS: Mapping[str, Look] = {
    "work_claimed": _work_claimed,
    "noc_missing": _noc_missing,
    "noc_claimed": _noc_claimed,
    "noc_not_in_list": _noc_not_in_list,
    "noc_and_teer_differ": _noc_and_teer_differ,
    "noc_not_skilled": _noc_not_skilled,
    "years_and_jobs_differ": _years_and_jobs_differ,
    "hours_over_cap": _ledger("over_weekly_cap"),
    "jobs_overlap": _ledger("overlap"),
    "work_undated": _work_undated,
    "unauthorized_work": _in_canada("unauthorized"),
    "self_employed_work": _in_canada("self_employed"),
    "student_work": _in_canada("student"),
    "remote_work": _in_canada("remote"),
}
