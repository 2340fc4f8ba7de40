"""How much work counts for a purpose: from dated jobs, from plain years, or from both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.assessment.periods import MONTHS_OF_A_YEAR
from bot.assessment.reason import Answer, Reason
from bot.assessment.work.criteria import PURPOSES, criteria_for
from bot.assessment.work.hours import years_before
from bot.assessment.work.ledger import Count, count
from bot.assessment.work.model import Basis, Criteria, WorkCount
from bot.assessment.work.years import FACT_OF, Years, from_years
from bot.facts import Job, Profile
from bot.facts.profile import Place
from bot.rules import Rules


def work_for(profile: Profile, rules: Rules, as_of: date, purpose: str) -> WorkCount | None:
    """The work that counts for a purpose on ``as_of``; None where the rules do not establish what counts.

    ``rules`` may be those of another day than ``as_of``: a score under earlier rules, with the work done until now.
    """
    criteria = criteria_for(rules, purpose)
    return None if criteria is None else count_work(profile, criteria, as_of)


def work_for_all(profile: Profile, rules: Rules, as_of: date) -> dict[str, WorkCount]:
    """The counts of every purpose that the rules establish, by purpose."""
    counts = {purpose: work_for(profile, rules, as_of, purpose) for purpose in PURPOSES}
    return {purpose: counted for purpose, counted in counts.items() if counted is not None}


def count_work(profile: Profile, criteria: Criteria, as_of: date) -> WorkCount:
    """The work that meets the criteria on ``as_of``.

    Dated jobs come before plain years; a place without any job in the list is taken from the plain years.
    """
    jobs: Sequence[Job] = profile.value("jobs", ())
    places = _without_jobs(profile, criteria, jobs)
    years = from_years(profile, criteria, places) if places else None
    counted = count(jobs, criteria, as_of, profile.value("noc")) if jobs else None
    hours, high = _together(criteria, counted, years)
    unclear = counted is not None and counted.hours_high > counted.hours
    reasons = (*(years.reasons if years else ()), *_why(counted))
    return WorkCount(
        purpose=criteria.purpose,
        basis=_basis(profile, jobs, places, years),
        since=years_before(as_of, criteria.window_years),
        hours=hours,
        hours_high=high,
        years=int(hours // criteria.year_hours),
        years_high=int(high // criteria.year_hours),
        months=int(hours * MONTHS_OF_A_YEAR // criteria.year_hours),
        months_high=int(high * MONTHS_OF_A_YEAR // criteria.year_hours),
        min_hours=criteria.min_hours,
        enough=_enough(criteria, hours, high),
        noc=_occupation(profile, criteria, counted, hours),
        ledger=counted.ledger if counted else (),
        reasons=reasons,
        assumptions=(*(years.assumptions if years else ()), *(counted.assumptions if counted else ())),
        open=(*(years.open if years else ()), *(("jobs",) if unclear else ())),
        rules=criteria.rules,
    )


def _without_jobs(profile: Profile, criteria: Criteria, jobs: Sequence[Job]) -> list[Place]:
    """The places whose plain years are needed: all without a list of jobs, else those without a job that have years."""
    places: list[Place] = ["abroad", "canada"] if criteria.place is None else [criteria.place]
    if not profile.knows("jobs"):
        return places
    with_jobs = {job.place for job in jobs}
    return [place for place in places if place not in with_jobs and profile.knows(FACT_OF[place])]


def _together(criteria: Criteria, counted: Count | None, years: Years | None) -> tuple[float, float]:
    parts = [(part.hours, part.hours_high) for part in (counted, years) if part is not None]
    if not parts:
        return 0.0, 0.0
    add = max if criteria.one_occupation else sum
    low = min(add(low for low, _ in parts), criteria.most_hours)
    return low, min(sum(high for _, high in parts), criteria.most_hours)


def _enough(criteria: Criteria, hours: float, high: float) -> Answer:
    if criteria.min_hours is None or hours >= criteria.min_hours:
        return "yes"
    return "no" if high < criteria.min_hours else "cannot_tell"


def _why(counted: Count | None) -> tuple[Reason, ...]:
    """The reasons of the ledger's jobs, each once."""
    if counted is None:
        return ()
    return tuple({line.id: line for entry in counted.ledger for line in entry.reasons}.values())


def _occupation(profile: Profile, criteria: Criteria, counted: Count | None, hours: float) -> str | None:
    if not criteria.one_occupation or not hours:
        return None
    return counted.noc if counted is not None and counted.hours else profile.value("noc")


def _basis(profile: Profile, jobs: Sequence[Job], places: Sequence[Place], years: Years | None) -> Basis:
    if jobs:
        return "jobs"
    known = profile.knows("fsw_work_years") or any(profile.knows(FACT_OF[place]) for place in places)
    return "years" if years is not None and known else "jobs" if profile.knows("jobs") else "none"
