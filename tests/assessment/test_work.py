"""Work counted as an officer would: hours of real weeks, never more than full time, each week once."""

from dataclasses import replace
from datetime import date

import pytest

from bot.assessment.work import day_complete, day_lost, first_day, job_list, work_for
from bot.assessment.work.criteria import criteria_for
from bot.facts import UNKNOWN, Job, Profile
from bot.rules import rulebook

DAY = date(2026, 10, 1)
RULES = rulebook().at(DAY)
DEVELOPER, NURSE, WELDER, CASHIER = "21232", "31301", "72106", "65100"


def canada(start: date, end: date | None = None, **rest) -> Job:
    return Job(start, end, **{"place": "canada", "noc": DEVELOPER, **rest})


def abroad(start: date, end: date | None = None, **rest) -> Job:
    return Job(start, end, **{"place": "abroad", "noc": DEVELOPER, **rest})


def counted(purpose: str, *jobs: Job, as_of: date = DAY, **facts):
    return work_for(Profile.of(jobs=jobs, **facts), RULES, as_of, purpose)


def why(work) -> list[list[str]]:
    return [[reason.id for reason in entry.reasons] for entry in work.ledger]


def test_a_full_year_of_thirty_hours_is_a_year() -> None:
    work = counted("cec", canada(date(2025, 10, 1)))
    assert (work.enough, work.years, work.months) == ("yes", 1, 12)
    assert work.hours >= 1560


def test_one_week_less_is_not_a_year() -> None:
    work = counted("cec", canada(date(2025, 10, 9)))
    assert (work.enough, work.years) == ("no", 0)


def test_part_time_is_counted_by_hours_and_not_by_the_calendar() -> None:
    """The case of the forums: a calendar year of 15 hours a week credited as a year."""
    half = counted("cec", canada(date(2025, 10, 1), hours=15))
    assert (half.enough, half.months) == ("no", 6)
    twice = counted("cec", canada(date(2024, 10, 1), hours=15))
    assert (twice.enough, twice.months) == ("yes", 12)


def test_a_single_day_counts_for_its_part_of_a_week() -> None:
    one = counted("crs_canadian", canada(date(2026, 3, 2), date(2026, 3, 2), hours=28.0))
    assert one.hours == 4


def test_sixty_hours_a_week_count_as_thirty() -> None:
    work = counted("cec", canada(date(2026, 4, 1), hours=60))
    assert work.months == work.months_high == 6
    assert [entry.hours for entry in work.ledger] == [work.hours]
    assert why(work) == [["over_weekly_cap"]]


def test_an_hour_a_week_is_work_too() -> None:
    assert counted("crs_canadian", canada(date(2026, 3, 2), date(2026, 3, 29), hours=1)).hours == 4


def test_two_part_time_jobs_at_once_make_one_full_time_job() -> None:
    work = counted("cec", canada(date(2025, 10, 1), hours=15), canada(date(2025, 10, 1), hours=15, noc=NURSE))
    assert (work.enough, work.years) == ("yes", 1)


def test_two_part_time_jobs_add_up_only_in_the_weeks_in_which_both_are_held() -> None:
    """Four weeks of 10 hours, four of 20, four of 10."""
    jobs = canada(date(2026, 3, 2), date(2026, 4, 26), hours=10), canada(date(2026, 3, 30), date(2026, 5, 24), hours=10)
    work = counted("crs_canadian", *jobs)
    assert work.hours == 160
    assert [entry.hours for entry in work.ledger] == [80, 80]


def test_two_full_time_jobs_at_once_count_once() -> None:
    work = counted("cec", canada(date(2026, 1, 1), date(2026, 6, 30)), canada(date(2026, 1, 1), date(2026, 6, 30)))
    alone = counted("cec", canada(date(2026, 1, 1), date(2026, 6, 30)))
    assert work.hours == alone.hours
    assert sum(entry.hours for entry in work.ledger) == alone.hours
    assert why(work) == [[], ["overlap"]]
    assert work.ledger[1].reasons[0].values == {"cap": 30, "lost": round(alone.hours)}


def test_of_two_jobs_that_are_more_than_full_time_the_later_one_fills_up_the_week() -> None:
    """Four weeks of 25 and 25 hours: 5 hours a week of the second count, 20 do not."""
    march = date(2026, 3, 2), date(2026, 3, 29)
    work = counted("cec", canada(*march, hours=25), canada(*march, hours=25, noc=NURSE))
    assert [entry.hours for entry in work.ledger] == [100, 20]
    assert work.ledger[1].reasons[0].values == {"cap": 30, "lost": 80}


@pytest.mark.parametrize(
    ("job", "reason"),
    [
        (canada(date(2025, 1, 1), noc=CASHIER), "not_skilled"),
        (canada(date(2025, 1, 1), status="self_employed"), "self_employed"),
        (canada(date(2025, 1, 1), status="student"), "student"),
        (canada(date(2025, 1, 1), authorized=False), "unauthorized"),
        (canada(date(2025, 1, 1), remote=True), "remote"),
        (canada(date(2025, 1, 1), paid=False), "unpaid"),
        (canada(date(2025, 1, 1), hours=0), "no_hours"),
        (abroad(date(2025, 1, 1)), "abroad"),
        (canada(date(2021, 1, 1), date(2023, 9, 30)), "outside_window"),
        (canada(DAY), "not_begun"),
        (canada(date(2025, 6, 1), date(2025, 1, 1)), "dates_reversed"),
    ],
)
def test_work_that_does_not_count_for_cec_says_why(job: Job, reason: str) -> None:
    work = counted("cec", job)
    assert (work.hours, work.enough) == (0, "no")
    assert (work.ledger[0].counts, work.ledger[0].hours) == ("no", 0)
    assert reason in why(work)[0]


def test_a_publicly_funded_physician_counts_although_self_employed() -> None:
    physician = canada(date(2025, 1, 1), noc="31102", status="self_employed", publicly_funded_physician=True)
    work = counted("cec", physician)
    assert work.enough == "yes"
    assert "physician_exception" in why(work)[0]
    before = date(2023, 4, 24)
    earlier = canada(date(2022, 1, 1), noc="31102", status="self_employed", publicly_funded_physician=True)
    assert work_for(Profile.of(jobs=(earlier,)), rulebook().at(before), before, "cec").enough == "no"


def test_cec_adds_up_occupations_and_needs_no_continuity() -> None:
    """E1 of the source pages: no continuous year for CEC."""
    work = counted(
        "cec",
        canada(date(2024, 1, 1), date(2024, 6, 30)),
        canada(date(2025, 1, 1), date(2025, 4, 1), noc=NURSE),
        canada(date(2026, 1, 1), date(2026, 4, 30), noc="13110"),
    )
    assert work.enough == "yes"


def test_the_window_of_cec_is_three_years_and_that_of_the_points_ten() -> None:
    job = canada(date(2019, 1, 1), date(2022, 12, 31))
    assert counted("cec", job).hours == 0
    assert counted("crs_canadian", job).years == 4


def test_only_the_part_inside_the_window_counts() -> None:
    work = counted("cec", canada(date(2023, 1, 1), date(2024, 3, 31)))
    assert work.since == date(2023, 10, 1)
    assert (work.ledger[0].start, work.ledger[0].end) == (date(2023, 10, 1), date(2024, 3, 31))
    assert (work.months, why(work)) == (6, [["before_window"]])
    inside = counted("cec", canada(date(2023, 10, 1), date(2024, 3, 31)))
    assert (inside.hours, why(inside)) == (work.hours, [[]])


def test_fsw_needs_one_year_without_a_break_in_one_occupation() -> None:
    broken = counted("fsw", abroad(date(2024, 1, 1), date(2024, 7, 31)), abroad(date(2025, 1, 1), date(2025, 7, 31)))
    assert (broken.enough, why(broken)) == ("no", [[], ["not_in_the_longest_run"]])
    assert counted("fsw_experience", *(entry.job for entry in broken.ledger)).years == 1
    changed = counted(
        "fsw", abroad(date(2024, 1, 1), date(2024, 7, 31)), abroad(date(2024, 8, 1), date(2025, 1, 31), noc=NURSE)
    )
    assert changed.enough == "no"


def test_a_weekend_between_two_employers_is_no_break() -> None:
    friday, monday, tuesday = date(2024, 7, 5), date(2024, 7, 8), date(2024, 7, 9)
    assert counted("fsw", abroad(date(2024, 1, 1), friday), abroad(monday, date(2025, 1, 10))).enough == "yes"
    assert counted("fsw", abroad(date(2024, 1, 1), friday), abroad(tuesday, date(2025, 1, 10))).enough == "no"


def test_a_short_job_beside_a_long_one_does_not_break_the_year() -> None:
    """The third job follows the first; the second lay inside it."""
    first, inside = abroad(date(2024, 1, 1), date(2024, 6, 30)), abroad(date(2024, 3, 1), date(2024, 3, 31))
    third, fourth = abroad(date(2024, 7, 1), date(2024, 9, 30)), abroad(date(2024, 10, 1), date(2025, 1, 10))
    work = counted("fsw", first, inside, third, fourth)
    assert (work.enough, [entry.counts for entry in work.ledger]) == ("yes", ["yes"] * 4)


@pytest.mark.parametrize("purpose", ["fsw", "fsw_experience", "fst"])
def test_of_unauthorized_work_the_rules_of_fsw_and_fst_do_not_say_whether_it_counts(purpose: str) -> None:
    work = counted(purpose, canada(date(2023, 1, 1), noc=WELDER, authorized=False))
    assert (work.hours, work.hours_high > 3120, why(work)) == (0, True, [["unauthorized"]])
    assert work.ledger[0].counts == "cannot_tell"
    assert counted(purpose, canada(date(2023, 1, 1), noc=WELDER)).settled


def test_fsw_counts_part_time_student_and_self_employed_work_in_canada_or_abroad() -> None:
    assert counted("fsw", abroad(date(2024, 1, 1), date(2026, 1, 10), hours=15)).enough == "yes"
    assert counted("fsw", canada(date(2024, 1, 1), date(2025, 1, 10), status="student")).enough == "yes"
    assert counted("fsw", abroad(date(2024, 1, 1), date(2025, 1, 10), status="self_employed")).enough == "yes"


def test_the_year_of_fsw_lies_in_the_main_occupation() -> None:
    job = abroad(date(2024, 1, 1), date(2025, 3, 1), noc=NURSE)
    assert counted("fsw", job, noc=NURSE).enough == "yes"
    other = counted("fsw", job, noc=DEVELOPER)
    assert (other.enough, other.open, why(other)) == ("cannot_tell", ("noc",), [["not_main_occupation"]])
    assert other.ledger[0].reasons[0].values == {"noc": NURSE, "main": DEVELOPER}


def test_skilled_jobs_without_a_code_may_be_in_the_main_occupation() -> None:
    """One of them is taken to be in it, two are not."""
    jobs = abroad(date(2022, 1, 1), date(2022, 9, 30), noc=None, teer=1), abroad(date(2024, 1, 1), noc=None, teer=1)
    both = counted("fsw", *jobs, noc=DEVELOPER)
    assert (both.hours, both.enough, both.open) == (0, "cannot_tell", ("jobs",))
    assert [(entry.counts, *ids) for entry, ids in zip(both.ledger, why(both), strict=True)] == [
        ("cannot_tell", "noc_unknown")
    ] * 2
    assert counted("fsw", jobs[1], noc=DEVELOPER).enough == "yes"


def test_fst_needs_two_years_in_one_trade_within_five() -> None:
    two = counted("fst", abroad(date(2023, 1, 1), date(2025, 1, 1), noc=WELDER))
    assert (two.enough, two.noc) == ("yes", WELDER)
    assert counted("fst", abroad(date(2023, 1, 1), date(2024, 6, 1), noc=WELDER)).enough == "no"
    mixed = counted(
        "fst",
        abroad(date(2023, 1, 1), date(2023, 12, 31), noc=WELDER),
        abroad(date(2024, 1, 1), date(2025, 1, 1), noc="72310"),
    )
    assert (mixed.enough, why(mixed)) == ("no", [["other_occupation"], []])
    assert counted("fst", abroad(date(2023, 1, 1), date(2025, 1, 1), noc=WELDER, status="student")).enough == "no"


@pytest.mark.parametrize(
    ("noc", "trade"),
    [
        ("72106", True),
        ("63200", True),
        ("63202", True),
        ("62200", True),
        ("92100", True),
        ("82031", True),
        ("95100", False),
        ("72600", False),
        ("93200", False),
        ("62100", False),
        ("21232", False),
    ],
)
def test_trades_are_groups_of_the_regulation_without_a_teer_filter(noc: str, trade: bool) -> None:
    assert (counted("fst", abroad(date(2023, 1, 1), date(2025, 6, 1), noc=noc)).enough == "yes") is trade


@pytest.mark.parametrize(
    "other",
    [{"teer": 2}, {"title": "cook"}, {"noc": None}, {"end": date(2024, 1, 31)}],
    ids=["TEER", "title", "code", "end"],
)
def test_jobs_that_differ_in_little_stand_in_one_order(other: dict) -> None:
    jobs = abroad(date(2023, 1, 1)), abroad(date(2023, 1, 1), **other)
    assert counted("fsw", *jobs).ledger == counted("fsw", *reversed(jobs)).ledger


def test_points_for_work_abroad_and_in_canada_are_kept_apart() -> None:
    jobs = (abroad(date(2018, 1, 1), date(2021, 3, 1)), canada(date(2024, 1, 1)))
    assert counted("crs_foreign", *jobs).years == 3
    assert counted("crs_canadian", *jobs).years == 2
    student = abroad(date(2018, 1, 1), date(2021, 3, 1), status="student")
    assert counted("crs_foreign", student).years == 3
    assert counted("crs_canadian", canada(date(2024, 1, 1), status="student")).years == 0


def test_a_job_without_occupation_is_neither_counted_nor_left_out() -> None:
    work = counted("cec", canada(date(2025, 1, 1), noc=None))
    assert (work.hours, work.enough, work.open) == (0, "cannot_tell", ("jobs",))
    assert work.hours_high > 1560
    assert why(work) == [["teer_unknown"]]
    named = counted("cec", canada(date(2025, 1, 1), noc=None), noc=DEVELOPER)
    assert named.enough == "yes"
    assert [line.id for line in named.assumptions] == ["main_occupation"]


def test_a_job_without_occupation_may_complete_the_year_of_another() -> None:
    jobs = canada(date(2025, 1, 1), date(2025, 7, 31)), canada(date(2025, 8, 1), date(2026, 2, 28), noc=None)
    work = counted("cec", *jobs)
    assert (work.months, work.months_high, work.enough, work.open) == (6, 13, "cannot_tell", ("jobs",))


def test_skilled_jobs_without_a_code_may_be_one_occupation_but_are_not_taken_for_one() -> None:
    halves = abroad(date(2024, 1, 1), date(2024, 7, 31)), abroad(date(2024, 8, 1), date(2025, 1, 31))
    nameless = [replace(job, noc=None, teer=1) for job in halves]
    for jobs in (nameless, (halves[0], nameless[1])):
        work = counted("fsw", *jobs)
        assert (work.months, work.months_high, work.enough) == (7, 13, "cannot_tell")
    assert counted("fsw", replace(nameless[0], end=date(2025, 1, 31))).enough == "yes"
    assert counted("fsw_experience", *nameless).years == 1


def test_a_job_without_occupation_may_be_in_a_trade_if_there_are_trades_at_its_teer() -> None:
    """The regulation asks for no TEER, but every trade that it lists is at TEER 2 or 3."""
    for teer in (None, 2, 3):
        work = counted("fst", abroad(date(2023, 1, 1), noc=None, teer=teer))
        assert (work.enough, why(work)) == ("cannot_tell", [["noc_unknown"]])
    for teer in (0, 1, 4, 5):
        work = counted("fst", abroad(date(2023, 1, 1), noc=None, teer=teer))
        assert (work.enough, why(work)) == ("no", [["no_trade_of_teer"]])


def test_a_code_that_does_not_exist_leaves_the_work_open_and_asks_to_check_it() -> None:
    """A slip of the pen is not an occupation without skill."""
    year = (date(2022, 1, 1), date(2026, 3, 1))
    for work in (
        counted("cec", canada(*year, noc="99999")),
        counted("fst", canada(*year, noc="99999")),
        work_for(Profile.of(canadian_work_years=2, noc="99999"), RULES, DAY, "cec"),
    ):
        assert (work.enough, work.hours) == ("cannot_tell", 0)
        assert [reason.id for reason in work.reasons] == ["noc_not_found"]


def test_plain_years_are_taken_as_the_question_asks_for_them() -> None:
    profile = Profile.of(canadian_work_years=1.5, foreign_work_years=4, noc=DEVELOPER)
    assert work_for(profile, RULES, DAY, "crs_canadian").years == 1
    assert work_for(profile, RULES, DAY, "crs_foreign").years == 4
    cec = work_for(profile, RULES, DAY, "cec")
    assert (cec.enough, cec.basis) == ("yes", "years")
    assert [line.id for line in cec.assumptions] == ["recent"]
    assert work_for(profile.having(canadian_work_recent=False), RULES, DAY, "cec").enough == "no"
    assert work_for(profile.having(canadian_work_recent=True), RULES, DAY, "cec").assumptions == ()
    fsw = work_for(profile, RULES, DAY, "fsw")
    assert (fsw.enough, [line.id for line in fsw.assumptions]) == ("yes", ["continuous"])
    assert work_for(profile.having(continuous_year=False), RULES, DAY, "fsw").enough == "no"
    assert work_for(profile, RULES, DAY, "fsw_experience").years == 5
    all_years = work_for(Profile.of(fsw_work_years=6), RULES, DAY, "fsw_experience")
    assert (all_years.years, all_years.basis, all_years.open) == (6, "years", ())
    assert work_for(profile.having(fsw_work_years=6), RULES, DAY, "fsw_experience").years == 6


@pytest.mark.parametrize(
    ("noc", "reason", "open_facts"),
    [(DEVELOPER, "not_a_trade", ()), (None, "noc_unknown", ("noc",))],
    ids=["not a trade", "no main occupation"],
)
def test_plain_years_count_for_fst_only_where_the_main_occupation_is_a_trade(noc, reason, open_facts) -> None:
    fst = work_for(Profile.of(foreign_work_years=3, canadian_work_years=0, noc=noc), RULES, DAY, "fst")
    assert (fst.hours, fst.hours_high > 0) == (0, noc is None)
    assert ([line.id for line in fst.reasons], fst.open, fst.assumptions) == ([reason], open_facts, ())


def test_plain_years_in_unskilled_main_work_leave_it_open_whether_other_work_was_skilled() -> None:
    cec = work_for(Profile.of(canadian_work_years=2, noc=CASHIER), RULES, DAY, "cec")
    assert (cec.hours, cec.enough, cec.open) == (0, "cannot_tell", ("jobs",))
    assert [line.id for line in cec.reasons] == ["main_not_skilled"]


@pytest.mark.parametrize("purpose", ["cec", "fsw", "fst"])
def test_of_no_years_at_all_nothing_more_is_asked_or_assumed(purpose: str) -> None:
    work = work_for(Profile.of(canadian_work_years=0, foreign_work_years=0), RULES, DAY, purpose)
    assert (work.enough, work.reasons, work.assumptions, work.open) == ("no", (), (), ())


def test_plain_years_in_a_trade_are_taken_as_recent_and_in_that_trade() -> None:
    fst = work_for(Profile.of(foreign_work_years=3, canadian_work_years=0, noc=WELDER), RULES, DAY, "fst")
    assert (fst.enough, fst.noc, [line.id for line in fst.assumptions]) == ("yes", WELDER, ["recent", "one_occupation"])


def test_no_occupation_is_named_where_no_work_counts() -> None:
    assert counted("fst", abroad(date(2023, 1, 1)), noc=WELDER).noc is None


def test_half_a_year_here_and_half_a_year_abroad_may_be_one_year() -> None:
    work = work_for(Profile.of(canadian_work_years=0.5, foreign_work_years=0.5), RULES, DAY, "fsw")
    assert (work.enough, [line.id for line in work.reasons]) == ("cannot_tell", ["here_and_abroad"])
    for facts, open_facts in (
        ({"canadian_work_years": 0, "foreign_work_years": 0.5}, ()),
        ({"canadian_work_years": 0.5}, ("foreign_work_years",)),
    ):
        one_place = work_for(Profile.of(**facts), RULES, DAY, "fsw")
        assert (one_place.reasons, one_place.open) == ((), open_facts)


def test_nothing_said_is_a_range_and_names_the_facts() -> None:
    work = work_for(Profile(), RULES, DAY, "cec")
    assert (work.enough, work.basis, work.open) == ("cannot_tell", "none", ("canadian_work_years",))
    assert (work.years, work.years_high) == (0, 3)


def test_dated_jobs_in_canada_and_plain_years_abroad_go_together() -> None:
    work = counted("fsw_experience", canada(date(2025, 9, 1)), foreign_work_years=3)
    assert work.years == 4
    assert counted("crs_foreign", canada(date(2025, 9, 1)), foreign_work_years=3).years == 3
    assert counted("crs_foreign", canada(date(2025, 9, 1))).years == 0


def test_jobs_here_and_plain_years_abroad_are_one_occupation_at_most_and_one_window() -> None:
    fsw = counted("fsw", canada(date(2026, 4, 1)), foreign_work_years=2, noc=DEVELOPER)
    assert (fsw.enough, fsw.months) == ("yes", 24)
    ten = counted("fsw_experience", canada(date(2020, 9, 1)), foreign_work_years=9)
    assert (ten.years, ten.years_high) == (10, 10)


def test_not_asked_and_not_known_are_different_beside_a_list_of_jobs() -> None:
    profile = Profile.of(jobs=(canada(date(2025, 9, 1)),))
    assert work_for(profile, RULES, DAY, "crs_foreign").settled
    unknown = Profile({**profile, "foreign_work_years": UNKNOWN})
    work = work_for(unknown, RULES, DAY, "crs_foreign")
    assert (work.years, work.years_high, work.open) == (0, 10, ("foreign_work_years",))


def test_the_day_on_which_the_year_is_complete() -> None:
    profile = Profile.of(jobs=(canada(date(2026, 3, 1)),))
    ready = day_complete(profile, RULES, DAY, "cec")
    assert ready == date(2027, 2, 28)
    assert work_for(profile, RULES, ready, "cec").enough == "yes"
    assert work_for(profile, RULES, date(2027, 2, 27), "cec").enough == "no"


def test_just_the_hours_asked_for_are_enough_until_the_first_of_them_falls_out() -> None:
    """364 days of 30 hours a week are 1,560 hours."""
    jobs, cec = job_list(Profile.of(jobs=(canada(date(2024, 1, 1), date(2024, 12, 29)),))), criteria_for(RULES, "cec")
    assert first_day(jobs, cec, DAY, 1560) == date(2024, 12, 30)
    assert day_lost(jobs, cec, DAY, 1560) == date(2027, 1, 2)


def test_work_complete_once_and_lost_is_complete_again_on_a_later_day() -> None:
    """Two full-time years fell out of the three; half-time work makes up a year in 728 days."""
    old, new = canada(date(2022, 1, 1), date(2023, 12, 31)), canada(date(2026, 9, 1), hours=15)
    jobs, cec = job_list(Profile.of(jobs=(old, new))), criteria_for(RULES, "cec")
    assert first_day(jobs, cec, DAY, 1560) == date(2022, 12, 31)
    assert first_day(jobs, cec, DAY, 1560, since=DAY) == date(2028, 8, 29)


def test_the_first_trade_to_be_complete_gives_the_day_and_the_last_one_keeps_it() -> None:
    """Two years of either trade are enough; that of a third, of one month, changes nothing."""
    electrician = abroad(date(2021, 11, 1), date(2023, 12, 31), noc="72200")
    welder = abroad(date(2024, 1, 1), date(2026, 3, 31), noc=WELDER)
    month = abroad(date(2026, 4, 1), date(2026, 4, 30), noc="72010")
    jobs, fst = job_list(Profile.of(jobs=(electrician, welder, month))), criteria_for(RULES, "fst")
    assert first_day(jobs, fst, DAY, 3120) == date(2023, 10, 30)
    assert day_lost(jobs, fst, DAY, 3120) == date(2029, 4, 4)


def test_a_year_that_was_complete_long_ago_keeps_its_day() -> None:
    profile = Profile.of(jobs=(canada(date(2024, 1, 1)),))
    assert day_complete(profile, RULES, DAY, "cec") == date(2024, 12, 30)


def test_no_day_is_named_where_none_comes() -> None:
    ended = Profile.of(jobs=(canada(date(2026, 1, 1), date(2026, 3, 31)),))
    assert day_complete(ended, RULES, DAY, "cec") is None
    assert day_complete(Profile.of(jobs=(canada(date(2024, 1, 1)),)), RULES, DAY, "crs_canadian") is None
    assert day_complete(Profile.of(canadian_work_years=0.5), RULES, DAY, "cec") is None


def test_work_falls_out_of_the_window_one_day() -> None:
    profile = Profile.of(jobs=(canada(date(2024, 1, 1), date(2025, 3, 31)),))
    cec = criteria_for(RULES, "cec")
    lost = day_lost(job_list(profile), cec, DAY, 1560)
    assert work_for(profile, RULES, date.fromordinal(lost.toordinal() - 1), "cec").enough == "yes"
    assert work_for(profile, RULES, lost, "cec").enough == "no"
    assert day_lost(job_list(Profile.of(jobs=(canada(date(2024, 1, 1)),))), cec, DAY, 1560) is None


def test_rules_without_an_answer_give_none_instead_of_a_guess() -> None:
    after = rulebook().at(date(2026, 11, 22))
    assert work_for(Profile.of(canadian_work_years=2), after, date(2026, 11, 22), "crs_canadian") is None
    assert work_for(Profile.of(canadian_work_years=2), RULES, date(2026, 11, 22), "crs_canadian").years == 2
