"""Whether a job counts for a purpose, and every reason why it does not."""

from __future__ import annotations

from collections.abc import Iterator

from bot.assessment.reason import Answer, Reason, reason
from bot.assessment.work.model import Criteria
from bot.facts import Job

SELF_EMPLOYED, STUDENT, UNAUTHORIZED = "self_employment", "work_while_full_time_student", "unauthorized_work"


def teer_of(noc: str) -> int:
    """The TEER category of a NOC 2021 code: its second digit."""
    return int(noc[1])


def judge(job: Job, noc: str | None, criteria: Criteria) -> tuple[Answer, tuple[Reason, ...]]:
    """Whether work of this job counts, dates and hours apart. ``noc``: its code, if it has one.

    The place of a job is where the person was when doing it; a remote job has its employer in another country.
    """
    against = [
        *_pay_and_place(job, criteria),
        *_status(job, criteria, criteria.excluded),
        *_occupation(job, noc, criteria),
    ]
    if against:
        return "no", tuple(against)
    open_points = [*_unclear_occupation(job, noc, criteria), *_status(job, criteria, criteria.silent)]
    if open_points:
        return "cannot_tell", tuple(open_points)
    if job.status == "self_employed" and job.publicly_funded_physician and SELF_EMPLOYED in criteria.excluded:
        return "yes", (reason("physician_exception", "cec.physician_exception"),)
    return "yes", ()


def _pay_and_place(job: Job, criteria: Criteria) -> Iterator[Reason]:
    if job.end is not None and job.end < job.start:
        yield reason("dates_reversed", start=job.start, end=job.end)
    if not job.paid:
        yield reason("unpaid")
    if not job.hours > 0:
        yield reason("no_hours")
    if criteria.place is None:
        return
    if job.place != criteria.place:
        yield reason("abroad" if job.place == "abroad" else "in_canada")
    elif job.place == "canada" and job.remote:
        yield reason("remote")


def _status(job: Job, criteria: Criteria, kinds: frozenset[str]) -> Iterator[Reason]:
    excepted = criteria.physicians and job.publicly_funded_physician
    if SELF_EMPLOYED in kinds and job.status == "self_employed" and not excepted:
        yield reason("self_employed", criteria.rule(".excludes", ".student_work_counts"))
    if STUDENT in kinds and job.status == "student":
        yield reason("student", criteria.rule(".excludes", ".student_work_counts"))
    if UNAUTHORIZED in kinds and job.place == "canada" and not job.authorized:
        yield reason("unauthorized", criteria.rule(".excludes", ".student_work_counts"))


def _occupation(job: Job, noc: str | None, criteria: Criteria) -> Iterator[Reason]:
    teer = teer_of(noc) if noc is not None else job.teer
    if criteria.teers is not None and teer is not None and teer not in criteria.teers:
        yield reason("not_skilled", "programs.skilled_teers", teer=teer)
    if noc is None:
        return
    if criteria.codes is not None and noc not in criteria.codes:
        yield reason("not_listed", noc=noc)
    if criteria.trades is not None and noc not in criteria.trades:
        yield reason("not_a_trade", "fst.trades.include_major_groups", noc=noc)


def _unclear_occupation(job: Job, noc: str | None, criteria: Criteria) -> Iterator[Reason]:
    if noc is not None:
        return
    if criteria.codes is not None or criteria.trades is not None:
        yield reason("noc_unknown")
    elif criteria.teers is not None and job.teer is None:
        yield reason("teer_unknown", "programs.skilled_teers")
