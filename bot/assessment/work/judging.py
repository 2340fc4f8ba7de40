"""Whether a job counts for a purpose, and every reason why it does not."""

from __future__ import annotations

from bot.assessment.reason import Answer, Reason, reason
from bot.assessment.work.model import Criteria
from bot.facts import Job

SELF_EMPLOYED, STUDENT, UNAUTHORIZED = "self_employment", "work_while_full_time_student", "unauthorized_work"
EXCLUSIONS = (".excludes", ".student_work_counts")


def teer_of(noc: str) -> int:
    """The TEER category of a NOC 2021 code: its second digit."""
    return int(noc[1])


def judge(job: Job, noc: str | None, criteria: Criteria) -> tuple[Answer, tuple[Reason, ...]]:
    """Whether work of this job counts, dates and hours apart. ``noc``: its code, if it has one.

    The place of a job is where the person was when doing it; a remote job has its employer in another country.
    """
    against: list[Reason] = []
    _pay_and_place(job, criteria, against)
    _status(job, criteria, criteria.excluded, against)
    exists = noc is None or criteria.exists(noc)
    if exists:
        _occupation(job, noc, criteria, against)
    if against:
        return "no", tuple(against)
    unclear: list[Reason] = []
    if not exists:
        unclear.append(reason("noc_not_found", "noc.unit_groups", noc=noc))
    elif noc is None:
        _unclear_occupation(job, criteria, unclear)
    _status(job, criteria, criteria.silent, unclear)
    if unclear:
        return "cannot_tell", tuple(unclear)
    if job.status == "self_employed" and job.publicly_funded_physician and SELF_EMPLOYED in criteria.excluded:
        return "yes", (reason("physician_exception", "cec.physician_exception"),)
    return "yes", ()


def _pay_and_place(job: Job, criteria: Criteria, found: list[Reason]) -> None:
    if job.end is not None and job.end < job.start:
        found.append(reason("dates_reversed", start=job.start, end=job.end))
    if not job.paid:
        found.append(reason("unpaid"))
    if not job.hours > 0:
        found.append(reason("no_hours"))
    if criteria.place is None:
        return
    if job.place != criteria.place:
        found.append(reason("abroad" if job.place == "abroad" else "in_canada"))
    elif job.place == "canada" and job.remote:
        found.append(reason("remote"))


def _status(job: Job, criteria: Criteria, kinds: frozenset[str], found: list[Reason]) -> None:
    if job.status == "self_employed" and SELF_EMPLOYED in kinds:
        if not (criteria.physicians and job.publicly_funded_physician):
            found.append(reason("self_employed", criteria.rule(*EXCLUSIONS)))
    elif job.status == "student" and STUDENT in kinds:
        found.append(reason("student", criteria.rule(*EXCLUSIONS)))
    if not job.authorized and job.place == "canada" and UNAUTHORIZED in kinds:
        found.append(reason("unauthorized", criteria.rule(*EXCLUSIONS)))


def _occupation(job: Job, noc: str | None, criteria: Criteria, found: list[Reason]) -> None:
    teer = teer_of(noc) if noc is not None else job.teer
    if criteria.teers is not None and teer is not None and teer not in criteria.teers:
        found.append(reason("not_skilled", "programs.skilled_teers", teer=teer))
    if noc is None:
        teers = criteria.trades.teers if criteria.trades is not None else frozenset()
        if teers and teer is not None and teer not in teers:
            found.append(reason("no_trade_of_teer", "fst.trades.include_major_groups", teer=teer))
        return
    if criteria.codes is not None and noc not in criteria.codes:
        found.append(reason("not_listed", noc=noc))
    if criteria.trades is not None and noc not in criteria.trades:
        found.append(reason("not_a_trade", "fst.trades.include_major_groups", noc=noc))


def _unclear_occupation(job: Job, criteria: Criteria, found: list[Reason]) -> None:
    if criteria.codes is not None or criteria.trades is not None:
        found.append(reason("noc_unknown"))
    elif criteria.teers is not None and job.teer is None:
        found.append(reason("teer_unknown", "programs.skilled_teers"))
