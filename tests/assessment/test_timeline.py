"""Time decides: birthdays, expiry, deadlines, the day the work is complete, and an invitation that came too early."""

from datetime import date

import pytest

from bot.assessment.language import language_result
from bot.assessment.timeline import Event, Timeline, timeline
from bot.assessment.work import work_for_all
from bot.facts import Job, Profile
from bot.rules import rulebook

DAY = date(2026, 11, 22)
SINGLE = {"marital_status": "single"}
COUPLE = {"marital_status": "married", "spouse_accompanying": True, "spouse_citizen_or_pr": False}


def times(day: date = DAY, **facts) -> Timeline:
    profile, rules = Profile.of(**facts), rulebook().at(day)
    results = [language_result(profile, whose, day, rules) for whose in ("first", "second", "spouse")]
    return timeline(
        profile,
        rules,
        day,
        language=[result for result in results if result is not None],
        work=work_for_all(profile, rules, day),
    )


def events(found: Timeline, event_id: str) -> list[Event]:
    return [event for event in found.events if event.id == event_id]


def event(found: Timeline, event_id: str) -> Event:
    (only,) = events(found, event_id)
    return only


@pytest.mark.parametrize(
    ("turning", "alone", "couple"),
    [(30, 5, 5), (31, 6, 5), (35, 6, 5), (40, 5, 5), (41, 11, 10), (44, 11, 10), (45, 6, 5)],
)
def test_the_next_birthday_costs_the_points_of_the_table(turning: int, alone: int, couple: int) -> None:
    born = date(2026 - turning + 1, 1, 15)
    for column, points in ((SINGLE, alone), (COUPLE, couple)):
        first = events(times(date_of_birth=born, **column), "birthday")[0]
        assert (first.on, first.values["age"], first.values["points"]) == (date(2027, 1, 15), turning, points)


def test_birthdays_that_cost_nothing_are_passed_over() -> None:
    first, second = events(times(date_of_birth=date(2003, 5, 1), **SINGLE), "birthday")
    assert (first.on, first.values["age"]) == (date(2033, 5, 1), 30)
    assert (second.on, second.values["age"]) == (date(2034, 5, 1), 31)
    assert events(times(date_of_birth=date(1980, 5, 1), **SINGLE), "birthday") == []


def test_without_a_date_of_birth_the_birthday_has_no_day_and_stands_last() -> None:
    found = times(age=34, profile_submitted_on=date(2026, 6, 1), **SINGLE)
    assert found.events[-1].id == "birthday"
    assert (found.events[-1].on, found.events[-1].values["points"]) == (None, 6)


def test_an_open_partner_gives_a_range_of_points() -> None:
    first = events(times(age=40, marital_status="married"), "birthday")[0]
    assert (first.values["points_low"], first.values["points"]) == (10, 11)


def test_tests_count_for_two_years_and_assessments_for_five() -> None:
    """E2 of the source pages: an assessment is not a language test."""
    found = times(
        language_test="ielts_general",
        language_taken_on=date(2025, 3, 10),
        eca_issued_on=date(2024, 3, 10),
        spouse_language_test="celpip_general",
        spouse_language_taken_on=date(2024, 11, 22),
    )
    assert event(found, "language_first").on == date(2027, 3, 10)
    assert event(found, "eca").on == date(2029, 3, 10)
    partner = event(found, "language_spouse")
    assert (partner.on, partner.past) == (DAY, True)


def test_a_profile_stays_twelve_months() -> None:
    assert event(times(profile_submitted_on=date(2026, 2, 28)), "profile").on == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("invited", "deadline", "past"),
    [
        (date(2026, 10, 1), date(2026, 11, 30), False),
        (date(2026, 9, 23), date(2026, 11, 22), False),
        (date(2026, 9, 22), date(2026, 11, 21), True),
    ],
)
def test_sixty_days_after_an_invitation(invited: date, deadline: date, past: bool) -> None:
    found = event(times(invited_on=invited), "ita")
    assert (found.on, found.past, found.person) == (deadline, past, True)
    assert found.values["days"] == 60


def test_nothing_runs_any_more_once_the_application_is_in() -> None:
    found = times(stage="submitted", invited_on=date(2026, 5, 1), profile_submitted_on=date(2025, 5, 1))
    assert events(found, "ita") == events(found, "profile") == []


def test_invitations_of_2017_had_ninety_days() -> None:
    assert event(times(date(2017, 9, 1), invited_on=date(2017, 8, 1)), "ita").on == date(2017, 10, 30)


def test_a_nomination_is_accepted_within_thirty_days_of_a_day_nobody_named() -> None:
    found = event(times(provincial_nomination=True), "nomination")
    assert (found.on, found.values["days"]) == (None, 30)
    assert events(times(provincial_nomination=False), "nomination") == []


def test_the_year_in_canada_is_complete_one_day() -> None:
    job = Job(date(2026, 1, 5), noc="21232", place="canada")
    found = times(jobs=(job,))
    assert event(found, "work_complete.cec").on == date(2027, 1, 4)
    assert event(found, "year_complete.crs_canadian").on == date(2027, 1, 4)
    assert event(found, "year_complete.crs_canadian").values["years"] == 1


def test_work_that_has_ended_falls_out_of_the_windows() -> None:
    job = Job(date(2023, 1, 1), date(2025, 1, 31), noc="21232", place="canada")
    found = times(jobs=(job,))
    assert event(found, "work_lost.cec").on > DAY
    assert event(found, "work_lost.cec").on < event(found, "year_lost.crs_canadian").on
    lost = event(found, "year_lost.crs_canadian")
    assert lost.values == {"years": 1, "window": 10}
    # 762 days of work are 34 more than two years of 364: the 35th falls out ten years after 5 February 2023.
    assert lost.on == date(2033, 2, 5)


def test_the_last_year_that_a_window_can_hold_is_told_too() -> None:
    found = times(jobs=(Job(date(2017, 6, 1), noc="21232", place="canada"),))
    tenth = event(found, "year_complete.crs_canadian")
    assert (tenth.on, tenth.values["years"]) == (date(2027, 5, 20), 10)


def test_plain_years_name_no_day() -> None:
    assert times(canadian_work_years=0.5, foreign_work_years=3).events == ()


def test_events_stand_in_the_order_of_their_days() -> None:
    found = times(
        date_of_birth=date(1990, 1, 15),
        language_test="ielts_general",
        language_taken_on=date(2025, 3, 10),
        eca_issued_on=date(2024, 3, 10),
        profile_submitted_on=date(2026, 6, 1),
        jobs=(Job(date(2026, 1, 5), noc="21232", place="canada"),),
        provincial_nomination=True,
    )
    days = [event.on or date.max for event in found.events]
    assert days == sorted(days)
    assert len(days) >= 7


def test_invited_five_days_before_the_year_was_complete() -> None:
    """The case of the source pages: a year of work in Canada five days short on the day of the invitation."""
    started = date(2025, 10, 6)
    complete = date(2026, 10, 5)
    invited = date(2026, 9, 30)
    found = times(invited_on=invited, jobs=(Job(started, noc="21232", place="canada"),))
    check = found.invitation
    assert check is not None
    assert (check.answer, check.complete_on) == ("cannot_tell", complete) or check.answer == "no"
    by_program = {one.program: one for one in check.programs}
    assert (by_program["cec"].enough, by_program["cec"].complete_on) == ("no", complete)
    assert [line.id for line in check.exceptions] == ["birthday_exception", "points_exception"]
    warned = event(found, "invited_too_early")
    assert (warned.on, warned.person) == (invited, True)


def test_invited_after_the_year_was_complete() -> None:
    found = times(invited_on=date(2026, 10, 6), jobs=(Job(date(2025, 10, 1), noc="21232", place="canada"),))
    assert found.invitation is not None
    assert found.invitation.answer == "yes"
    assert events(found, "invited_too_early") == []


def test_work_complete_on_the_very_day_of_the_invitation_is_in_time() -> None:
    jobs = (Job(date(2025, 10, 6), noc="21232", place="canada"),)
    for invited, answer in ((date(2026, 10, 5), "yes"), (date(2026, 10, 4), "no")):
        check = times(invited_on=invited, jobs=jobs).invitation
        assert check is not None
        assert (check.answer, check.complete_on) == (answer, None if answer == "yes" else date(2026, 10, 5))


def test_of_two_programs_complete_later_the_first_day_is_named() -> None:
    """Work abroad and then here: a year of skilled work comes before a year of it in Canada."""
    jobs = (
        Job(date(2025, 12, 1), date(2026, 2, 28), noc="21232"),
        Job(date(2026, 3, 1), noc="21232", place="canada"),
    )
    check = times(invited_on=date(2026, 10, 1), jobs=jobs).invitation
    assert check is not None
    assert [(one.program, one.complete_on) for one in check.programs] == [
        ("cec", date(2027, 2, 28)),
        ("fsw", date(2026, 11, 30)),
        ("fst", None),
    ]
    assert (check.complete_on, check.rule) == (date(2026, 11, 30), "cec.min_hours")


def test_one_program_complete_and_another_later_cannot_be_told() -> None:
    jobs = (
        Job(date(2020, 1, 1), date(2023, 1, 1), noc="21232"),
        Job(date(2025, 12, 1), noc="21232", place="canada"),
    )
    check = times(invited_on=date(2026, 10, 1), jobs=jobs).invitation
    assert check is not None
    assert (check.answer, check.complete_on) == ("cannot_tell", date(2026, 11, 30))


def test_work_that_fell_out_of_the_window_before_the_invitation_is_complete_again_only_later() -> None:
    """Two years in Canada, five years ago: enough for the ten years of FSW, but not for the three of CEC."""
    jobs = (
        Job(date(2019, 1, 1), date(2020, 12, 31), noc="21232", place="canada"),
        Job(date(2026, 3, 1), noc="21232", place="canada"),
    )
    check = times(invited_on=date(2026, 10, 1), jobs=jobs).invitation
    assert check is not None
    assert [(one.program, one.enough, one.complete_on) for one in check.programs] == [
        ("cec", "no", date(2027, 2, 28)),
        ("fsw", "yes", date(2019, 12, 31)),
        ("fst", "no", None),
    ]
    assert (check.answer, check.complete_on) == ("cannot_tell", date(2027, 2, 28))


def test_a_birthday_since_the_invitation_is_an_exception_in_the_law() -> None:
    jobs = (Job(date(2025, 11, 1), noc="21232", place="canada"),)
    check = times(invited_on=date(2026, 10, 1), date_of_birth=date(1990, 11, 1), jobs=jobs).invitation
    assert check is not None
    assert check.exceptions[0].id == "birthday_since_invitation"


def test_without_a_birthday_since_the_invitation_the_exception_is_only_named() -> None:
    jobs = (Job(date(2025, 11, 1), noc="21232", place="canada"),)
    for born in (date(1990, 10, 1), date(1990, 11, 23)):
        check = times(invited_on=date(2026, 10, 1), date_of_birth=born, jobs=jobs).invitation
        assert check is not None
        assert check.exceptions[0].id == "birthday_exception"


def test_plain_years_leave_the_check_open() -> None:
    check = times(invited_on=date(2026, 10, 1), canadian_work_years=1, foreign_work_years=0, noc="21232").invitation
    assert check is not None
    assert check.answer == "cannot_tell"
    none = times(invited_on=date(2026, 10, 1), canadian_work_years=0, foreign_work_years=0, noc="21232").invitation
    assert none is not None
    assert none.answer == "no"
