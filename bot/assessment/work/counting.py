"""How much work counts for a purpose: from dated jobs, from plain years, or from both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.assessment.periods import MONTHS_OF_A_YEAR
from bot.assessment.reason import Answer, Reason
from bot.assessment.work.criteria import PURPOSES, criteria_for
from bot.assessment.work.hours import years_before
from bot.assessment.work.ledger import Count, JobList, count
from bot.assessment.work.model import Basis, Criteria, WorkCount
from bot.assessment.work.years import FACT_OF, Years, from_years
from bot.facts import Job, Profile
from bot.facts.profile import Place
from bot.rules import Rules

ANYWHERE: Sequence[Place] = ("abroad", "canada")
NO_YEARS, NO_COUNT = Years(), Count(0.0, 0.0, None, (), ())
FOR_POINTS = ("crs_canadian", "crs_foreign")


def work_for(profile: Profile, rules: Rules, as_of: date, purpose: str) -> WorkCount | None:
    """The work that counts for a purpose on ``as_of``; None where the rules do not establish what counts.

    ``rules`` may be those of another day than ``as_of``: a score under earlier rules, with the work done until now.
    """
    criteria = criteria_for(rules, purpose)
    return None if criteria is None else count_work(profile, criteria, as_of)


def work_for_all(
    profile: Profile, rules: Rules, as_of: date, purposes: Iterable[str] = PURPOSES, jobs: JobList | None = None
) -> dict[str, WorkCount]:
    """The counts of every purpose that the rules establish, by purpose; those for points under complete rules."""
    jobs = job_list(profile) if jobs is None else jobs
    complete = rules.last_complete_score()
    found = {}
    for purpose in purposes:
        criteria = criteria_for(complete if purpose in FOR_POINTS else rules, purpose)
        if criteria is not None:
            found[purpose] = count_work(profile, criteria, as_of, jobs)
    return found


def job_list(profile: Profile) -> JobList:
    """The jobs of a profile, to be counted for several purposes."""
    return JobList(profile.value("jobs", ()), profile.value("noc"))


def count_work(profile: Profile, criteria: Criteria, as_of: date, jobs: JobList | None = None) -> WorkCount:
    """The work that meets the criteria on ``as_of``.

    Dated jobs come before plain years; a place without any job in the list is taken from the plain years.
    """
    jobs = job_list(profile) if jobs is None else jobs
    places = _without_jobs(profile, criteria, jobs.jobs)
    years = from_years(profile, criteria, places) if places else NO_YEARS
    counted = count(jobs, criteria, as_of) if jobs.jobs else NO_COUNT
    hours, high = _together(criteria, counted, years)
    year = criteria.year_hours
    return WorkCount(
        purpose=criteria.purpose,
        basis=_basis(profile, jobs.jobs, years),
        since=years_before(as_of, criteria.window_years),
        hours=hours,
        hours_high=high,
        years=int(hours // year),
        years_high=int(high // year),
        months=int(hours * MONTHS_OF_A_YEAR // year),
        months_high=int(high * MONTHS_OF_A_YEAR // year),
        min_hours=criteria.min_hours,
        enough=_enough(criteria, hours, high),
        noc=_occupation(profile, criteria, counted, hours),
        ledger=counted.ledger,
        reasons=(*years.reasons, *_why(counted)),
        assumptions=(*years.assumptions, *counted.assumptions),
        open=(*years.open, *counted.open),
        rules=criteria.rules,
    )


def _without_jobs(profile: Profile, criteria: Criteria, jobs: Sequence[Job]) -> Sequence[Place]:
    """The places whose plain years are needed.

    A list of jobs stands for all work, so that a place nobody asked about has none; somebody who was asked about a
    place without a job in the list, and does not know or say, may have worked there.
    """
    places: Sequence[Place] = ANYWHERE if criteria.place is None else (criteria.place,)
    if not profile.knows("jobs"):
        return places
    with_jobs = {job.place for job in jobs}
    return [place for place in places if place not in with_jobs and not profile.is_open(FACT_OF[place])]


def _together(criteria: Criteria, counted: Count, years: Years) -> tuple[float, float]:
    if years is NO_YEARS:
        return counted.hours, counted.hours_high
    if counted is NO_COUNT:
        return years.hours, years.hours_high
    low = max(counted.hours, years.hours) if criteria.one_occupation else counted.hours + years.hours
    return min(low, criteria.most_hours), min(counted.hours_high + years.hours_high, criteria.most_hours)


def _enough(criteria: Criteria, hours: float, high: float) -> Answer:
    if criteria.min_hours is None or hours >= criteria.min_hours:
        return "yes"
    return "no" if high < criteria.min_hours else "cannot_tell"


def _why(counted: Count) -> tuple[Reason, ...]:
    """The reasons of the ledger's jobs, each once."""
    return tuple({line.id: line for entry in counted.ledger for line in entry.reasons}.values())


def _occupation(profile: Profile, criteria: Criteria, counted: Count, hours: float) -> str | None:
    if not criteria.one_occupation or not hours:
        return None
    return counted.noc if counted.hours else profile.value("noc")


def _basis(profile: Profile, jobs: Sequence[Job], years: Years) -> Basis:
    if jobs:
        return "jobs"
    if years.given:
        return "years"
    return "jobs" if profile.knows("jobs") else "none"
