"""What happens when: birthdays that cost points, results and profiles that expire, deadlines, work complete or lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from bot.assessment.crs.reading import spouse_columns
from bot.assessment.dates import age_on, years_after
from bot.assessment.invitation import InvitationCheck, invitation_check
from bot.assessment.model import LanguageResult
from bot.assessment.periods import ends
from bot.assessment.reason import NO_VALUES
from bot.assessment.work import JobList, WorkCount, criteria_for, day_lost, first_day, job_list
from bot.facts import Profile
from bot.rules import Rules
from bot.rules.score import score_rules

Kind = Literal["birthday", "expiry", "deadline", "completion", "loss", "check"]
NEXT_BIRTHDAYS = 2
PROGRAMS = ("cec", "fsw", "fst")
SUBMITTED = "submitted"
EXPIRING = (("eca", "eca_issued_on", "validity.eca"), ("profile", "profile_submitted_on", "validity.profile"))
SCORED = ("crs_canadian", "crs_foreign")


class Event(NamedTuple):
    """One thing on the timeline. ``on`` None: it will come, but the day is not known.

    An expiry names the first day on which the thing no longer counts; a deadline the last day in time. ``past``:
    the day lies before the day of the assessment. ``person``: a licensed person is offered with it.
    """

    id: str
    kind: Kind
    on: date | None
    values: Mapping[str, Any] = NO_VALUES
    rule: str | None = None
    past: bool = False
    person: bool = False


class Timeline(NamedTuple):
    """Events by day, those without a day last, and the check of an invitation, where there is one."""

    events: tuple[Event, ...]
    invitation: InvitationCheck | None = None


def timeline(
    profile: Profile,
    rules: Rules,
    as_of: date,
    *,
    language: Iterable[LanguageResult],
    work: Mapping[str, WorkCount],
    jobs: JobList | None = None,
) -> Timeline:
    """Everything with a day that the facts name. ``work``: the counts by purpose on ``as_of``."""
    jobs = job_list(profile) if jobs is None else jobs
    check = invitation_check(profile, rules, as_of, work, jobs)
    events = [
        *_birthdays(profile, rules, as_of),
        *_expiries(profile, rules, as_of, language),
        *_deadlines(profile, rules, as_of),
        *_work(jobs, rules, as_of, work),
    ]
    if check is not None and check.answer != "yes":
        values = {"complete_on": check.complete_on}
        events.append(Event("invited_too_early", "check", check.invited_on, values, check.rule, person=True))
    return Timeline(tuple(sorted(events, key=_order)), check)


def _order(event: Event) -> tuple[bool, date, str]:
    return event.on is None, event.on or date.max, event.id


def _birthdays(profile: Profile, rules: Rules, as_of: date) -> Iterator[Event]:
    """The next birthdays on which the age earns less, with the points of each column that is possible."""
    born: date | None = profile.value("date_of_birth")
    age: int | None = age_on(born, as_of) if born is not None else profile.value("age")
    if age is None:
        return
    scale = score_rules(rules.last_complete_score()).age
    columns = [0 if with_spouse else 1 for with_spouse in spouse_columns(profile)[0]]
    found = 0
    for turning, less in scale.falls:
        if turning <= age:
            continue
        lost = sorted([less[column] for column in columns])
        if lost[-1] <= 0:
            continue
        values = {"age": turning, "points": lost[-1], "points_low": lost[0]}
        if born is None:
            yield Event("birthday", "birthday", None, values, scale.rule.rule_id)
            return
        yield Event("birthday", "birthday", years_after(born, turning), values, scale.rule.rule_id)
        found += 1
        if found == NEXT_BIRTHDAYS:
            return


def _expiries(profile: Profile, rules: Rules, as_of: date, language: Iterable[LanguageResult]) -> Iterator[Event]:
    for result in language:
        if result.expires_on is not None:
            values = {"test": result.test, "taken_on": result.taken_on, "costs": result.costs}
            rule = "validity.language_test"
            yield _dated(f"language_{result.of}", "expiry", result.expires_on, as_of, rule, values)
    for event_id, fact, rule in EXPIRING:
        if event_id == "profile" and profile.value("stage") == SUBMITTED:
            continue
        start: date | None = profile.value(fact)
        until = ends(start, rules, rule) if start is not None else None
        if until is not None:
            yield _dated(event_id, "expiry", until, as_of, rule, {"since": start})


def _deadlines(profile: Profile, rules: Rules, as_of: date) -> Iterator[Event]:
    if profile.value("stage") == SUBMITTED:
        return
    invited_on: date | None = profile.value("invited_on")
    rule = "deadlines.ita"
    until = ends(invited_on, rules, rule) if invited_on is not None else None
    if until is not None:
        values = {"invited_on": invited_on, "days": rules.value(rule)}
        yield _dated("ita", "deadline", until, as_of, rule, values, person=True)
    nomination = "deadlines.nomination_accept"
    if profile.value("provincial_nomination") is True and invited_on is None and rules.has(nomination):
        yield Event("nomination", "deadline", None, {"days": rules.value(nomination)}, nomination)


def _dated(
    event_id: str,
    kind: Kind,
    on: date,
    as_of: date,
    rule: str,
    values: Mapping[str, Any],
    *,
    person: bool = False,
) -> Event:
    past = on <= as_of if kind == "expiry" else on < as_of
    return Event(event_id, kind, on, values, rule, past, person)


def _work(jobs: JobList, rules: Rules, as_of: date, work: Mapping[str, WorkCount]) -> Iterator[Event]:
    """Days on which dated jobs reach a minimum or another year, or fall out of a window."""
    if not jobs.jobs:
        return
    for purpose in PROGRAMS:
        if purpose in work:
            yield from _program(jobs, rules, as_of, work[purpose])
    for purpose in SCORED:
        if purpose in work:
            yield from _points(jobs, rules.last_complete_score(), as_of, work[purpose])


def _program(jobs: JobList, rules: Rules, as_of: date, counted: WorkCount) -> Iterator[Event]:
    criteria = criteria_for(rules, counted.purpose)
    if criteria is None or criteria.min_hours is None:
        return
    values = {"hours": criteria.min_hours, "years": criteria.window_years}
    if counted.enough == "yes":
        lost = day_lost(jobs, criteria, as_of, criteria.min_hours)
        if lost is not None:
            rule = criteria.rule(".window_years")
            yield Event(f"work_lost.{counted.purpose}", "loss", lost, values, rule)
        return
    ready = first_day(jobs, criteria, as_of, criteria.min_hours, since=as_of)
    if ready is not None:
        yield Event(f"work_complete.{counted.purpose}", "completion", ready, values, criteria.rule(".min_hours"))


def _points(jobs: JobList, rules: Rules, as_of: date, counted: WorkCount) -> Iterator[Event]:
    """The day on which one more whole year counts for points, and the day on which one fewer does."""
    criteria = criteria_for(rules, counted.purpose)
    if criteria is None:
        return
    more = counted.years + 1
    if more <= criteria.window_years:
        ready = first_day(jobs, criteria, as_of, more * criteria.year_hours, since=as_of)
        if ready is not None:
            yield Event(f"year_complete.{counted.purpose}", "completion", ready, {"years": more}, "work.year_hours")
    if counted.years:
        lost = day_lost(jobs, criteria, as_of, counted.years * criteria.year_hours)
        if lost is not None:
            values = {"years": counted.years - 1, "window": criteria.window_years}
            yield Event(f"year_lost.{counted.purpose}", "loss", lost, values, criteria.rule(".window_years"))
