"""What must hold of counted work for any list of jobs whatsoever."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assessment import assess
from bot.assessment.work import PURPOSES, criteria_for, day_complete, day_lost, job_list, work_for
from bot.facts import Job, Profile
from bot.rules import rulebook

DAY = date(2026, 10, 1)
RULES = rulebook().at(DAY)

days = st.dates(date(2014, 1, 1), date(2028, 1, 1))
jobs = st.lists(
    st.builds(
        Job,
        start=days,
        end=st.none() | days,
        noc=st.none() | st.sampled_from(["21232", "31301", "72106", "65100", "63200", "00012", "99999"]),
        teer=st.none() | st.integers(0, 5),
        hours=st.floats(0, 90, allow_nan=False).map(lambda hours: round(hours, 1)),
        place=st.sampled_from(["canada", "abroad"]),
        status=st.sampled_from(["employee", "self_employed", "student"]),
        authorized=st.booleans(),
        paid=st.booleans(),
        remote=st.booleans(),
        publicly_funded_physician=st.booleans(),
    ),
    max_size=5,
).map(tuple)
purposes = st.sampled_from(PURPOSES)
nocs = st.none() | st.sampled_from(["21232", "72106", "65100"])


@given(jobs, purposes, nocs)
def test_hours_never_exceed_thirty_a_week_of_the_window(jobs, purpose, noc) -> None:
    work = work_for(Profile.of(jobs=jobs, noc=noc), RULES, DAY, purpose)
    weeks = (DAY - work.since).days / 7
    assert 0 <= work.hours <= work.hours_high <= 30 * weeks + 1e-6
    assert work.years <= criteria_for(RULES, purpose).window_years


@given(jobs, purposes, nocs, st.randoms())
def test_the_order_of_jobs_does_not_matter(jobs, purpose, noc, random) -> None:
    shuffled = list(jobs)
    random.shuffle(shuffled)
    assert work_for(Profile.of(jobs=jobs, noc=noc), RULES, DAY, purpose) == work_for(
        Profile.of(jobs=tuple(shuffled), noc=noc), RULES, DAY, purpose
    )


@given(jobs, purposes)
def test_the_same_job_twice_adds_nothing_beyond_full_time(jobs, purpose) -> None:
    full_time = tuple(job for job in jobs if job.hours >= 30)
    once = work_for(Profile.of(jobs=full_time), RULES, DAY, purpose)
    assert work_for(Profile.of(jobs=full_time + full_time), RULES, DAY, purpose).hours == once.hours


@given(jobs, purposes, nocs)
def test_the_ledger_adds_up_to_the_hours(jobs, purpose, noc) -> None:
    work = work_for(Profile.of(jobs=jobs, noc=noc), RULES, DAY, purpose)
    credited = sum(entry.hours for entry in work.ledger)
    most = criteria_for(RULES, purpose).most_hours
    assert abs(min(credited, most) - work.hours) < 0.01
    assert len(work.ledger) == len(jobs)
    assert all(entry.reasons for entry in work.ledger if entry.counts != "yes")


@given(jobs, st.sampled_from(["cec", "fsw", "fst"]), nocs)
def test_the_day_complete_is_the_first_one(jobs, purpose, noc) -> None:
    profile = Profile.of(jobs=jobs, noc=noc)
    ready = day_complete(profile, RULES, DAY, purpose)
    if ready is None:
        assert work_for(profile, RULES, DAY, purpose).enough != "yes"
    else:
        assert work_for(profile, RULES, ready, purpose).enough == "yes"
        assert work_for(profile, RULES, date.fromordinal(ready.toordinal() - 1), purpose).enough != "yes"


@given(jobs, st.sampled_from(["cec", "fst"]), nocs)
def test_the_day_lost_is_the_first_one(jobs, purpose, noc) -> None:
    profile = Profile.of(jobs=jobs, noc=noc)
    criteria = criteria_for(RULES, purpose)
    if work_for(profile, RULES, DAY, purpose).enough != "yes":
        return
    lost = day_lost(job_list(profile), criteria, DAY, criteria.min_hours)
    if lost is not None:
        assert work_for(profile, RULES, lost, purpose).enough != "yes"
        assert work_for(profile, RULES, date.fromordinal(lost.toordinal() - 1), purpose).enough == "yes"


@given(jobs, nocs)
def test_work_that_will_be_complete_or_lost_is_so_on_a_later_day(jobs, noc) -> None:
    found = assess(Profile.of(jobs=jobs, noc=noc), DAY).timeline
    assert all(event.on > DAY for event in found.events if event.kind in {"completion", "loss"})


any_jobs = st.lists(
    st.builds(
        Job,
        start=st.dates(),
        end=st.none() | st.dates(),
        noc=st.none() | st.from_regex(r"[0-9]{5}", fullmatch=True),
        teer=st.none() | st.integers(-3, 9),
        hours=st.floats(),
        place=st.sampled_from(["canada", "abroad"]),
    ),
    max_size=4,
).map(tuple)
years = st.none() | st.floats(0, 60)


@settings(max_examples=200)
@given(any_jobs | st.none(), years, years, years, st.none() | st.booleans(), st.none() | st.booleans(), nocs)
def test_no_profile_raises(jobs, canadian, foreign, fsw, recent, continuous, noc) -> None:
    profile = Profile.of(
        jobs=jobs,
        canadian_work_years=canadian,
        foreign_work_years=foreign,
        fsw_work_years=fsw,
        canadian_work_recent=recent,
        continuous_year=continuous,
        noc=noc,
    )
    for purpose in PURPOSES:
        work = work_for(profile, RULES, DAY, purpose)
        assert work.hours <= work.hours_high
        day_complete(profile, RULES, DAY, purpose)
