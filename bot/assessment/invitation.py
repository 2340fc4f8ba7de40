"""Whether the work asked for was complete on the day of an invitation (IRPA s. 11.2): facts, and a person offered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from bot.assessment.dates import age_on
from bot.assessment.reason import Answer, Reason, either, reason
from bot.assessment.work import JobList, WorkCount, count_work, criteria_for, first_day
from bot.facts import Profile
from bot.rules import Rules

PROGRAMS = ("cec", "fsw", "fst")
MINIMUM = {"cec": "cec.min_hours", "fsw": "fsw.min_hours", "fst": "fst.min_hours"}


class ProgramOnDay(NamedTuple):
    """Whether the work of one program was complete on the day of the invitation, and since or from when it is."""

    program: str
    enough: Answer
    complete_on: date | None


class InvitationCheck(NamedTuple):
    """``answer`` yes: the work of a program was complete on the day of the invitation, and of no other later.

    No: of none. Cannot tell: facts are missing, or one program was complete and another only later.
    ``complete_on``: the first later day. The criteria must be met on the day of the invitation and on the day the
    application is received. ``exceptions``: what the law excepts, with what the facts say of it. Which program the
    invitation was for is not among the facts.
    """

    invited_on: date
    answer: Answer
    programs: tuple[ProgramOnDay, ...]
    complete_on: date | None
    exceptions: tuple[Reason, ...]
    rule: str


def invitation_check(
    profile: Profile, rules: Rules, as_of: date, work: Mapping[str, WorkCount], jobs: JobList
) -> InvitationCheck | None:
    """The check, or None without an invitation or without rules for the programs. ``work``: the counts on ``as_of``."""
    invited_on: date | None = profile.value("invited_on")
    if invited_on is None:
        return None
    programs = tuple(
        _program(profile, rules, as_of, invited_on, work[program], jobs) for program in PROGRAMS if program in work
    )
    if not programs:
        return None
    late = [one.complete_on for one in programs if one.complete_on is not None and one.complete_on > invited_on]
    answer = either(*(program.enough for program in programs))
    if answer == "yes" and late:
        # One program was complete, another came later: the invitation may have been for either.
        answer = "cannot_tell"
    return InvitationCheck(
        invited_on=invited_on,
        answer=answer,
        programs=programs,
        complete_on=min(late, default=None),
        exceptions=() if answer == "yes" else tuple(_exceptions(profile, as_of, invited_on)),
        rule=MINIMUM[programs[0].program],
    )


def _program(
    profile: Profile, rules: Rules, as_of: date, invited_on: date, counted: WorkCount, jobs: JobList
) -> ProgramOnDay:
    criteria = criteria_for(rules, counted.purpose)
    if criteria is None or criteria.min_hours is None or counted.basis != "jobs":
        # Years without dates do not say what was complete on an earlier day, unless they are too few even now.
        return ProgramOnDay(counted.purpose, "no" if counted.enough == "no" else "cannot_tell", None)
    enough = count_work(profile, criteria, invited_on, jobs).enough
    # Work that was complete once and fell out of the window before the invitation is complete again only later.
    since = None if enough == "yes" else invited_on
    return ProgramOnDay(counted.purpose, enough, first_day(jobs, criteria, as_of, criteria.min_hours, since))


def _exceptions(profile: Profile, as_of: date, invited_on: date) -> list[Reason]:
    """A birthday since the invitation, and fewer points with the criteria still met (IRPA s. 11.2(2))."""
    born: date | None = profile.value("date_of_birth")
    birthday = born is not None and age_on(born, as_of) > age_on(born, invited_on)
    return [
        reason("birthday_since_invitation" if birthday else "birthday_exception"),
        reason("points_exception"),
    ]
