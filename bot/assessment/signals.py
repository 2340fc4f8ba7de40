"""What in the facts points to a risk: one function per signal, each with the facts that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.assessment.case import Case
from bot.assessment.dates import age_on
from bot.assessment.history import job_gaps
from bot.assessment.timeline import Event
from bot.assessment.work import teer_of
from bot.facts import Job
from bot.rules.noc import unit_groups

PARTNERED = frozenset({"married", "common_law"})
INVITED = frozenset({"invited"})
IN_PROCESS = frozenset({"in_pool", "invited", "submitted"})


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that was found: its id, the facts it rests on, and values for its text."""

    id: str
    facts: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)


Found = Iterator[tuple[tuple[str, ...], dict[str, Any]]]


def signals(case: Case) -> dict[str, Signal]:
    """Every signal of the case by id; where one is found more than once, the first stands."""
    found = {}
    for name, look in SIGNALS.items():
        for facts, values in look(case):
            found[name] = Signal(name, facts, values)
            break
    return found


def _known(fact: str, *values: Any) -> Callable[[Case], Found]:
    """The fact is known to be one of these values."""

    def look(case: Case) -> Found:
        if case.profile.value(fact) in values:
            yield (fact,), {}

    return look


def _work_fact(case: Case) -> str | None:
    """The fact under which work is claimed."""
    profile = case.profile
    if profile.value("jobs"):
        return "jobs"
    claimed = (fact for fact in ("canadian_work_years", "foreign_work_years") if (profile.value(fact) or 0) > 0)
    return next(claimed, None)


def _jobs(case: Case) -> tuple[Job, ...]:
    found: tuple[Job, ...] = case.profile.value("jobs", ())
    return found


def _work_claimed(case: Case) -> Found:
    fact = _work_fact(case)
    if fact is not None:
        yield (fact,), {}


def _noc_missing(case: Case) -> Found:
    fact = _work_fact(case)
    if fact is None or case.profile.knows("noc"):
        return
    if fact != "jobs" or any(job.noc is None for job in _jobs(case)):
        yield ("noc", fact), {}


def _codes(case: Case) -> Iterator[tuple[str, str]]:
    if case.profile.knows("noc"):
        yield "noc", case.profile.value("noc")
    yield from (("jobs", job.noc) for job in _jobs(case) if job.noc is not None)


def _noc_claimed(case: Case) -> Found:
    for fact, code in _codes(case):
        yield (fact,), {"noc": code}


def _noc_not_in_list(case: Case) -> Found:
    known = unit_groups(case.rules)
    for fact, code in _codes(case):
        if known and code not in known:
            yield (fact,), {"noc": code}


def _noc_and_teer_differ(case: Case) -> Found:
    for job in _jobs(case):
        if job.noc is not None and job.teer is not None and teer_of(job.noc) != job.teer:
            yield ("jobs",), {"noc": job.noc, "teer": job.teer}


def _noc_not_skilled(case: Case) -> Found:
    rule = "programs.skilled_teers"
    for fact, code in _codes(case):
        if case.rules.has(rule) and teer_of(code) not in case.rules.value(rule):
            yield (fact,), {"noc": code, "teer": teer_of(code)}


def _years_and_jobs_differ(case: Case) -> Found:
    """Dated jobs give fewer whole years than the plain number."""
    if not _jobs(case):
        return
    for purpose, fact in (("crs_canadian", "canadian_work_years"), ("crs_foreign", "foreign_work_years")):
        counted, said = case.work.get(purpose), case.profile.value(fact)
        if counted is None or said is None or counted.basis != "jobs" or not counted.ledger:
            continue
        if counted.years_high < int(said):
            yield (fact, "jobs"), {"said": int(said), "counted": counted.years_high}


def _ledger(reason_id: str) -> Callable[[Case], Found]:
    """The ledger of some purpose gives this reason for a job."""

    def look(case: Case) -> Found:
        for counted in case.work.values():
            for entry in counted.ledger:
                for line in entry.reasons:
                    if line.id == reason_id:
                        yield ("jobs",), dict(line.values)

    return look


def _in_canada(reason_id: str) -> Callable[[Case], Found]:
    """A job in Canada does not count for the Canadian Experience Class or for points, for this reason."""

    def look(case: Case) -> Found:
        for purpose in ("cec", "crs_canadian"):
            counted = case.work.get(purpose)
            for entry in counted.ledger if counted is not None else ():
                if entry.job.place == "canada" and any(line.id == reason_id for line in entry.reasons):
                    yield ("jobs",), {}

    return look


def _partner_open(case: Case) -> Found:
    if case.profile.value("marital_status") not in PARTNERED:
        return
    facts = ("spouse_citizen_or_pr", "spouse_accompanying")
    missing = tuple(fact for fact in facts if not case.profile.knows(fact) and case.profile.applies(fact))
    if missing:
        yield missing, {}


def _event(event_id: str, *, past: bool | None = None, facts: tuple[str, ...]) -> Callable[[Case], Found]:
    """The timeline holds this event, past or ahead where that matters."""

    def look(case: Case) -> Found:
        for event in case.timeline.events:
            if event.id == event_id and (past is None or event.past == past):
                yield facts, {"on": event.on, **event.values}

    return look


def _language_expired(case: Case) -> Found:
    for result in case.language:
        if result.expired:
            yield (_fact_of(result.of),), {"on": result.expires_on}


def _language_undated(case: Case) -> Found:
    for result in case.language:
        if result.test not in {"none", "clb", "nclc"} and result.taken_on is None:
            yield (_fact_of(result.of),), {}


def _language_estimated(case: Case) -> Found:
    for result in case.language:
        if result.estimated:
            yield (_fact_of(result.of).replace("taken_on", "test"),), {}


def _fact_of(whose: str) -> str:
    return {"first": "language_taken_on", "second": "second_language_taken_on", "spouse": "spouse_language_taken_on"}[
        whose
    ]


def _deadline(case: Case) -> Event | None:
    return next((event for event in case.timeline.events if event.id == "ita" and not event.past), None)


def _ends_before_deadline(prefix: str) -> Callable[[Case], Found]:
    """Something expires between now and the last day to apply."""

    def look(case: Case) -> Found:
        deadline = _deadline(case)
        if deadline is None or deadline.on is None:
            return
        for event in case.timeline.events:
            ahead = event.kind == "expiry" and event.id.startswith(prefix) and not event.past
            if ahead and event.on is not None and event.on <= deadline.on:
                yield ("invited_on",), {"on": event.on, "deadline": deadline.on}

    return look


def _eca_missing(case: Case) -> Found:
    if case.profile.value("eca") in {"not_done", "in_progress"} and case.profile.value("canadian_study") == "none":
        yield ("eca", "education"), {}


def _eca_undated(case: Case) -> Found:
    if case.profile.value("eca") == "done" and not case.profile.knows("eca_issued_on"):
        yield ("eca_issued_on",), {}


def _funds_short(case: Case) -> Found:
    funds = case.funds
    if funds is not None and funds.enough == "no" and case.asked_for_funds:
        yield ("funds_amount", "family_size"), {"needed": funds.needed, "named": funds.named}


def _funds_unknown(case: Case) -> Found:
    funds = case.funds
    if funds is not None and funds.enough == "cannot_tell" and case.asked_for_funds:
        yield funds.open, {}


def _funds_table_old(case: Case) -> Found:
    funds = case.funds
    if funds is not None and funds.stale and funds.needed is not None and case.asked_for_funds:
        yield ("funds_amount",), {"since": case.rules.version(funds.rule).effective_from}


def _job_gap(case: Case) -> Found:
    for start, end in job_gaps(case.profile):
        yield ("jobs",), {"start": start, "end": end}


def _stays_unknown(case: Case) -> Found:
    if case.profile.value("stage") in INVITED and not case.profile.knows("countries"):
        yield ("countries",), {}


def _stays_overlap(case: Case) -> Found:
    reach: date | None = None
    for stay in sorted(case.profile.value("countries", ()), key=lambda stay: stay.start):
        if reach is not None and stay.start < reach:
            yield ("countries",), {"on": stay.start}
        end = stay.end or date.max
        reach = end if reach is None else max(reach, end)


def _stay_dates_reversed(case: Case) -> Found:
    for stay in case.profile.value("countries", ()):
        if stay.end is not None and stay.end < stay.start:
            yield ("countries",), {"start": stay.start, "end": stay.end}


def _police_needed(case: Case) -> Found:
    if case.police:
        yield ("countries",), {"countries": len(case.police)}


def _age_and_birth_differ(case: Case) -> Found:
    born: date | None = case.profile.value("date_of_birth")
    age = case.profile.value("age")
    if born is not None and age is not None and born <= case.as_of and age_on(born, case.as_of) != age:
        yield ("age", "date_of_birth"), {"age": age, "counted": age_on(born, case.as_of)}


def _dates_reversed(case: Case) -> Found:
    for job in _jobs(case):
        if job.end is not None and job.end < job.start:
            yield ("jobs",), {"start": job.start, "end": job.end}


def _changed_since(fact: str) -> Callable[[Case], Found]:
    """A job began or ended, a test was taken or an assessment issued after the day that a fact names."""

    def look(case: Case) -> Found:
        since: date | None = case.profile.value(fact)
        if since is None:
            return
        for job in _jobs(case):
            for on in (job.start, job.end):
                if on is not None and since < on <= case.as_of:
                    yield (fact, "jobs"), {"since": since, "on": on}
        for other in ("language_taken_on", "second_language_taken_on", "eca_issued_on"):
            on = case.profile.value(other)
            if on is not None and since < on <= case.as_of:
                yield (fact, other), {"since": since, "on": on}

    return look


def _no_program(case: Case) -> Found:
    if case.programs and all(program.answer == "no" for program in case.programs):
        yield (), {}


def _work_undated(case: Case) -> Found:
    fact = _work_fact(case)
    if fact not in {None, "jobs"} and case.profile.value("stage") in IN_PROCESS:
        yield (str(fact),), {}


def _invitation(answer: str) -> Callable[[Case], Found]:
    def look(case: Case) -> Found:
        check = case.timeline.invitation
        if check is not None and check.answer == answer:
            yield ("invited_on", "jobs"), {"invited_on": check.invited_on, "complete_on": check.complete_on}

    return look


def _partner_stays_behind(case: Case) -> Found:
    married = case.profile.value("marital_status") in PARTNERED
    if married and case.profile.value("spouse_accompanying") is False:
        yield ("spouse_accompanying",), {}


def _family_too_small(case: Case) -> Found:
    size = case.profile.value("family_size")
    if size == 1 and case.profile.value("marital_status") in PARTNERED:
        yield ("family_size", "marital_status"), {"family_size": size}


SIGNALS: Mapping[str, Callable[[Case], Found]] = {
    "work_claimed": _work_claimed,
    "noc_missing": _noc_missing,
    "noc_claimed": _noc_claimed,
    "noc_not_in_list": _noc_not_in_list,
    "noc_and_teer_differ": _noc_and_teer_differ,
    "noc_not_skilled": _noc_not_skilled,
    "years_and_jobs_differ": _years_and_jobs_differ,
    "hours_over_cap": _ledger("over_weekly_cap"),
    "jobs_overlap": _ledger("overlap"),
    "partner_open": _partner_open,
    "language_expired": _language_expired,
    "language_ends_before_deadline": _ends_before_deadline("language"),
    "language_undated": _language_undated,
    "language_estimated": _language_estimated,
    "eca_missing": _eca_missing,
    "eca_expired": _event("eca", past=True, facts=("eca_issued_on",)),
    "eca_ends_before_deadline": _ends_before_deadline("eca"),
    "eca_undated": _eca_undated,
    "funds_short": _funds_short,
    "funds_unknown": _funds_unknown,
    "funds_table_old": _funds_table_old,
    "job_gap": _job_gap,
    "stays_unknown": _stays_unknown,
    "stays_overlap": _stays_overlap,
    "stay_dates_reversed": _stay_dates_reversed,
    "police_needed": _police_needed,
    "age_and_birth_differ": _age_and_birth_differ,
    "dates_reversed": _dates_reversed,
    "past_refusal": _known("past_refusal", True),
    "relative_claimed": _known("sibling_in_canada", True),
    "certificate_claimed": _known("certificate_of_qualification", True),
    "nomination_claimed": _known("provincial_nomination", True),
    "changed_since_profile": _changed_since("profile_submitted_on"),
    "changed_since_invitation": _changed_since("invited_on"),
    "fairness_letter": _known("fairness_letter", True),
    "no_program": _no_program,
    "work_undated": _work_undated,
    "invited_too_early": _invitation("no"),
    "invitation_unclear": _invitation("cannot_tell"),
    "common_law": _known("marital_status", "common_law"),
    "separated": _known("marital_status", "separated"),
    "partner_stays_behind": _partner_stays_behind,
    "family_too_small": _family_too_small,
    "invited": _known("stage", *INVITED),
    "ita_running": _event("ita", past=False, facts=("invited_on",)),
    "ita_over": _event("ita", past=True, facts=("invited_on",)),
    "profile_expired": _event("profile", past=True, facts=("profile_submitted_on",)),
    "criminal_record": _known("criminal_record", True),
    "medical_concern": _known("medical_concern", True),
    "unauthorized_work": _in_canada("unauthorized"),
    "self_employed_work": _in_canada("self_employed"),
    "student_work": _in_canada("student"),
    "remote_work": _in_canada("remote"),
}
