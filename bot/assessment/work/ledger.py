"""From dated jobs to the hours that count, with a line for each job."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot.assessment.reason import Answer, Reason, reason
from bot.assessment.work.hours import DAYS_OF_A_WEEK, Span, capped, credited, runs, total, years_before
from bot.assessment.work.judging import judge, teer_of
from bot.assessment.work.model import Criteria, Entry
from bot.facts import Job

ENDLESS = date.max.toordinal()


class Judged(NamedTuple):
    """A job with its occupation, the verdict on it, and its days as a span."""

    job: Job
    noc: str | None
    counts: Answer
    reasons: tuple[Reason, ...]
    span: Span


class Count(NamedTuple):
    """Hours that count for certain and at most, the occupation counted, the ledger, and what would settle it."""

    hours: float
    hours_high: float
    noc: str | None
    ledger: tuple[Entry, ...]
    assumptions: tuple[Reason, ...]
    open: tuple[str, ...] = ()


class JobList:
    """The jobs of a person, oldest first whatever the order given, each judged once per set of criteria.

    The only job without a NOC code is taken to be in the main occupation, unless its TEER speaks against that.
    """

    __slots__ = ("_judged", "assumptions", "jobs", "main_noc", "nocs", "spans")

    def __init__(self, jobs: Iterable[Job], main_noc: str | None) -> None:
        self.jobs = sorted(jobs, key=_order)
        self.main_noc = main_noc
        nameless = [job for job in self.jobs if job.noc is None]
        assumed = (
            nameless[0]
            if main_noc is not None and len(nameless) == 1 and nameless[0].teer in (None, teer_of(main_noc))
            else None
        )
        self.spans = [_span(job) for job in self.jobs]
        self.nocs = [main_noc if job is assumed else job.noc for job in self.jobs]
        self.assumptions = () if assumed is None else (reason("main_occupation", noc=main_noc),)
        self._judged: dict[int, tuple[Criteria, list[Judged]]] = {}

    def judged(self, criteria: Criteria) -> list[Judged]:
        """Every job with its verdict."""
        kept = self._judged.get(id(criteria))
        if kept is not None:
            return kept[1]
        found = [
            Judged(job, noc, *judge(job, noc, criteria), span)
            for job, noc, span in zip(self.jobs, self.nocs, self.spans, strict=True)
        ]
        # The criteria are kept with their verdicts, so that no other object can get their id meanwhile.
        self._judged[id(criteria)] = (criteria, found)
        return found


def _span(job: Job) -> Span:
    end = ENDLESS if job.end is None else min(job.end.toordinal() + 1, ENDLESS)
    return job.start.toordinal(), end, job.hours


def count(jobs: JobList, criteria: Criteria, as_of: date) -> Count:
    """The hours that the jobs give up to the day before ``as_of``."""
    everything = jobs.judged(criteria)
    first, after = years_before(as_of, criteria.window_years).toordinal(), as_of.toordinal()
    noc, spans, hours = _best(certain(jobs, criteria), criteria, first, after)
    high = hours
    if criteria.main_occupation or any(one.counts == "cannot_tell" for one in everything):
        high = max(hours, _best(groups(everything, criteria, certain=False), criteria, first, after)[2])
    hours, high = min(hours, criteria.most_hours), min(high, criteria.most_hours)
    return Count(
        hours,
        high,
        noc if criteria.one_occupation else None,
        _ledger(everything, spans, criteria, as_of, jobs.main_noc),
        jobs.assumptions,
        _open(everything) if high > hours else (),
    )


def _open(everything: Sequence[Judged]) -> tuple[str, ...]:
    """Jobs that may count, or be of one occupation; where all are clear, which occupation is the main one."""
    unclear = any(one.counts == "cannot_tell" or (one.counts == "yes" and one.noc is None) for one in everything)
    return ("jobs",) if unclear else ("noc",)


def certain(jobs: JobList, criteria: Criteria) -> list[tuple[str | None, list[Span]]]:
    """The spans that count for certain, as ``groups`` has them; in the main occupation where only that one counts."""
    found = groups(jobs.judged(criteria), criteria, certain=True)
    if criteria.main_occupation and jobs.main_noc is not None:
        return [(noc, spans) for noc, spans in found if noc == jobs.main_noc]
    return found


def groups(found: Sequence[Judged], criteria: Criteria, *, certain: bool) -> list[tuple[str | None, list[Span]]]:
    """The spans whose hours may be added up, by occupation where only one counts and by run where no break may be.

    ``certain`` False: as if everything open were settled in the person's favour.
    """
    counted = [one for one in found if one.counts == "yes" or (one.counts == "cannot_tell" and not certain)]
    sorted_by_noc: list[tuple[str | None, list[Span]]] = []
    if not criteria.one_occupation:
        sorted_by_noc.append((None, [one.span for one in counted]))
    else:
        nameless = [one.span for one in counted if one.noc is None]
        for noc in sorted({one.noc for one in counted if one.noc is not None}):
            spans = [one.span for one in counted if one.noc == noc]
            sorted_by_noc.append((noc, spans if certain else sorted(spans + nameless)))
        if certain:
            sorted_by_noc.extend((None, [span]) for span in nameless)
        else:
            sorted_by_noc.append((None, nameless))
    if not criteria.continuous:
        return [(noc, spans) for noc, spans in sorted_by_noc if spans]
    return [(noc, run) for noc, spans in sorted_by_noc for run in runs(spans)]


def hours_by_occupation(
    entries: Iterable[Entry], main_noc: str | None, week_cap: float
) -> list[tuple[str | None, int | None, float]]:
    """NOC code, TEER where there is no code, and hours of each occupation that counts or may count.

    Each is counted as if it were the only one: a week with work in two of them is a week in both, whichever began
    first. Of jobs without either nothing more is known; where they count, they were taken to be in the main one.
    """
    spans: dict[tuple[str | None, int | None], list[Span]] = {}
    for job, counts, _, start, end, _ in entries:
        if counts != "no" and start is not None and end is not None:
            nameless = job.noc is None and job.teer is None
            noc = main_noc if nameless and counts == "yes" else job.noc
            teer = job.teer if noc is None else None
            spans.setdefault((noc, teer), []).append((start.toordinal(), end.toordinal() + 1, job.hours))
    return [(noc, teer, total(capped(own, week_cap), 0, ENDLESS)) for (noc, teer), own in spans.items()]


def _best(
    candidates: Sequence[tuple[str | None, list[Span]]], criteria: Criteria, first: int, after: int
) -> tuple[str | None, list[Span], float]:
    best: tuple[str | None, list[Span], float] = (None, [], 0.0)
    for noc, spans in candidates:
        hours = total(capped(spans, criteria.week_cap), first, after)
        if hours > best[2]:
            best = (noc, spans, hours)
    return best


def _ledger(
    found: Sequence[Judged], chosen: list[Span], criteria: Criteria, as_of: date, main_noc: str | None
) -> tuple[Entry, ...]:
    """Hours are credited to the chosen spans; every other job says why it is not among them."""
    window = years_before(as_of, criteria.window_years)
    first, after = window.toordinal(), as_of.toordinal()
    earned: dict[Span, list[float]] = {}
    for span, hours in zip(chosen, credited(chosen, criteria.week_cap, first, after), strict=True):
        earned.setdefault(span, []).append(hours)
    lines = []
    for one in found:
        began, ended, _ = one.span
        start, end, hours = max(began, first), min(ended, after), 0.0
        counts, reasons = one.counts, one.reasons
        inside = start < end
        if counts == "yes":
            if began >= after:
                counts, reasons = "no", (*reasons, reason("not_begun", start=one.job.start))
            elif not inside:
                rule = criteria.rule(".window_years")
                counts, reasons = "no", (*reasons, reason("outside_window", rule, years=criteria.window_years))
            elif earned.get(one.span):
                hours = earned[one.span].pop(0)
                reasons = (*reasons, *_shortfalls(one, hours, criteria, window, end - start))
            else:
                counts, why = _left_out(one, criteria, main_noc)
                reasons = (*reasons, why)
        first_day = date.fromordinal(start) if inside else None
        last_day = date.fromordinal(end - 1) if inside else None
        lines.append(Entry(one.job, counts, hours, first_day, last_day, reasons))
    return tuple(lines)


def _shortfalls(one: Judged, hours: float, criteria: Criteria, window: date, days: int) -> list[Reason]:
    found = []
    if one.job.start < window:
        found.append(reason("before_window", criteria.rule(".window_years"), since=window, years=criteria.window_years))
    if one.job.hours > criteria.week_cap:
        found.append(reason("over_weekly_cap", "work.weekly_cap", hours=one.job.hours, cap=criteria.week_cap))
    alone = round(days * min(one.job.hours, criteria.week_cap) / DAYS_OF_A_WEEK, 6)
    if hours < alone:
        found.append(reason("overlap", "work.weekly_cap", cap=criteria.week_cap, lost=round(alone - hours)))
    return found


def _left_out(one: Judged, criteria: Criteria, main_noc: str | None) -> tuple[Answer, Reason]:
    """Why a job that could count is not among the chosen ones, which are of one occupation."""
    if one.noc is None:
        return "cannot_tell", reason("noc_unknown")
    if criteria.main_occupation and main_noc is not None and one.noc != main_noc:
        return "no", reason("not_main_occupation", noc=one.noc, main=main_noc)
    if criteria.continuous:
        return "no", reason("not_in_the_longest_run", criteria.rule(".continuous"))
    return "no", reason("other_occupation")


def _order(job: Job) -> tuple[Any, ...]:
    """Oldest first; the rest only makes the order the same for every order in which the jobs were given."""
    end = date.max if job.end is None else job.end
    kind = (job.place, job.status, job.authorized, job.paid, job.remote, job.publicly_funded_physician)
    return (job.start, end, job.noc or "", -1 if job.teer is None else job.teer, -job.hours, *kind, job.title or "")
