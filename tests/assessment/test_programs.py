"""The three programs: each condition met, not met and open, and what is asked for next."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assessment import Program
from bot.assessment.model import Condition
from bot.rules import rulebook
from tests.assessment.people import BEFORE_THE_CHANGE, COUPLE, SINGLE, assessed, levels, scores

WORKER = {**SINGLE, "canadian_work_years": 1, "first_language": levels(7)}
SKILLED = {**SINGLE, "age": 30, "education": "master", "first_language": levels(9), "foreign_work_years": 4}
ELECTRICIAN = {
    **SINGLE,
    "noc": "72200",
    "education": "none",
    "first_language": {"language": "english", "test": None, "reading": 4, "writing": 4, "listening": 5, "speaking": 5},
    "foreign_work_years": 2,
    "certificate_of_qualification": True,
}


def cec(base=WORKER, **changes) -> Program:
    return assessed(base, **changes).program("cec")


def fsw(base=SKILLED, **changes) -> Program:
    return assessed(base, **changes).program("fsw")


def fst(base=ELECTRICIAN, **changes) -> Program:
    return assessed(base, **changes).program("fst")


def of(program: Program, condition_id: str) -> Condition:
    (found,) = [item for item in program.conditions if item.id == condition_id]
    return found


def met(program: Program, condition_id: str) -> bool | None:
    return of(program, condition_id).met


class TestCanadianExperienceClass:
    def test_a_year_in_canada_and_level_7_is_enough(self):
        assert cec().answer == "yes"

    def test_it_asks_for_no_education_no_funds_and_no_continuity(self):
        assert cec(education="none", funds_amount=0, continuous_year=False).answer == "yes"

    @pytest.mark.parametrize(("years", "answer"), [(0, "no"), (0.5, "no"), (0.99, "no"), (1, "yes"), (5, "yes")])
    def test_it_asks_for_a_year(self, years, answer):
        assert cec(canadian_work_years=years).answer == answer

    def test_work_that_is_not_recent_does_not_count(self):
        assert cec(canadian_work_recent=False).answer == "no"

    @pytest.mark.parametrize(
        ("noc", "lowest", "answer"),
        [
            ("10010", 6, "no"),
            ("10010", 7, "yes"),
            ("21231", 6, "no"),
            ("21231", 7, "yes"),
            ("22222", 4, "no"),
            ("22222", 5, "yes"),
            ("73100", 4, "no"),
            ("73100", 5, "yes"),
            (None, 4, "no"),
            (None, 5, "cannot_tell"),
            (None, 6, "cannot_tell"),
            (None, 7, "yes"),
        ],
    )
    def test_language_by_teer(self, noc, lowest, answer):
        found = cec(noc=noc, first_language=levels(10, 10, 10, lowest))
        assert found.answer == answer
        assert found.missing == (("noc",) if answer == "cannot_tell" else ())

    def test_unskilled_main_work_leaves_it_open(self):
        assert cec(noc="65200").answer != "yes"

    def test_the_occupation_with_the_most_work_decides_the_level(self):
        jobs = [
            {"from": "2024-01-01", "to": "2024-12-31", "noc": "21231", "place": "canada"},
            {"from": "2025-01-01", "to": "2026-10-31", "noc": "22222", "place": "canada"},
        ]
        assert cec(jobs=jobs, canadian_work_years=None, first_language=levels(5)).answer == "yes"
        jobs[0]["noc"], jobs[1]["noc"] = jobs[1]["noc"], jobs[0]["noc"]
        assert cec(jobs=jobs, canadian_work_years=None, first_language=levels(5)).answer == "no"

    @pytest.mark.parametrize("part_time", ["63200", "72106"])
    def test_an_occupation_has_all_its_hours_although_another_one_began_earlier(self, part_time):
        """20 hours a week for two years, and beside it 30 hours a week for nineteen months: the second has more."""
        jobs = [
            {"from": "2022-12-01", "to": "2025-11-30", "hours": 20, "noc": part_time, "place": "canada"},
            {"from": "2025-03-31", "noc": "31301", "place": "canada"},
        ]
        found = cec(jobs=jobs, canadian_work_years=None, first_language=levels(6))
        assert of(found, "cec.language").params["teer"] == 1
        assert found.answer == "no"

    @pytest.mark.parametrize(("lowest", "answer"), [(4, "no"), (6, "cannot_tell"), (7, "yes")])
    def test_of_occupations_with_the_same_hours_either_may_decide(self, lowest, answer):
        jobs = [{"from": "2024-01-01", "noc": noc, "place": "canada"} for noc in ("31301", "72106")]
        assert cec(jobs=jobs, canadian_work_years=None, first_language=levels(lowest)).answer == answer

    def test_a_job_held_in_two_parts_has_as_many_days_as_one_held_at_once(self):
        """184 days of a nurse, and twice 92 days of a welder."""
        jobs = [
            {"from": "2024-07-01", "to": "2024-12-31", "noc": "31301", "place": "canada"},
            {"from": "2025-03-01", "to": "2025-05-31", "noc": "72106", "place": "canada"},
            {"from": "2025-07-01", "to": "2025-09-30", "noc": "72106", "place": "canada"},
        ]
        found = cec(jobs=jobs, canadian_work_years=None, first_language=levels(6))
        assert met(found, "cec.language_by_teer") is None

    def test_work_without_an_occupation_and_with_just_as_many_hours_may_decide(self):
        jobs = [{"from": "2024-01-01", "noc": "31301", "place": "canada"}, {"from": "2024-01-01", "place": "canada"}]
        found = cec(jobs=jobs, noc=None, canadian_work_years=None, first_language=levels(6))
        assert met(found, "cec.language_by_teer") is None

    @pytest.mark.parametrize(("until", "answer"), [("2024-03-31", "yes"), ("2026-06-30", "cannot_tell")])
    def test_work_without_an_occupation_may_be_the_most(self, until, answer):
        jobs = [
            {"from": "2024-01-01", "to": "2025-06-30", "noc": "72106", "place": "canada"},
            {"from": "2024-01-01", "to": until, "place": "canada"},
        ]
        found = cec(noc=None, jobs=jobs, canadian_work_years=None, first_language=levels(6))
        assert found.answer == answer
        assert found.missing == (("jobs",) if answer == "cannot_tell" else ())

    def test_only_language_is_missing(self):
        found = cec(first_language=None, second_language=None)
        assert found.answer == "cannot_tell"
        assert found.missing == ("language_test",)

    def test_no_test_yet_is_not_a_no(self):
        found = cec(first_language={"test": "none"}, second_language=None)
        assert (found.answer, found.missing) == ("cannot_tell", ("language_test",))


class TestFederalSkilledWorker:
    def test_all_conditions_met(self):
        assert fsw().answer == "yes"

    @pytest.mark.parametrize(
        ("changes", "condition"),
        [
            ({"foreign_work_years": 0.5}, "fsw.work"),
            ({"continuous_year": False}, "fsw.work"),
            ({"first_language": levels(9, 9, 9, 6)}, "fsw.language"),
            ({"education": "none"}, "fsw.education"),
            ({"eca": {"status": "not_done"}}, "fsw.education"),
            ({"eca": {"issued_on": "2021-11-02"}}, "fsw.education"),
            ({"funds_amount": 15262}, "fsw.funds"),
            ({"age": 55}, "fsw.points"),
        ],
    )
    def test_one_condition_not_met(self, changes, condition):
        found = fsw(**changes)
        assert found.answer == "no"
        assert met(found, condition) is False

    @pytest.mark.parametrize(
        ("changes", "missing"),
        [
            ({"funds_amount": None}, ("funds_amount",)),
            ({"family_size": None}, ("family_size",)),
            ({"eca": None, "unknown": ["eca"]}, ("eca",)),
            ({"eca": {"status": "in_progress"}}, ("eca",)),
            ({"education": None}, ("education",)),
        ],
    )
    def test_one_fact_missing(self, changes, missing):
        found = fsw(**changes)
        assert found.answer == "cannot_tell"
        assert found.missing == missing

    def test_funds_by_family_size(self):
        table = (15263, 19001, 23360, 28362, 32168, 36280, 40392, 40392 + 4112, 40392 + 2 * 4112)
        for size, amount in enumerate(table, start=1):
            assert met(fsw(family_size=size, funds_amount=amount), "fsw.funds") is True
            assert met(fsw(family_size=size, funds_amount=amount - 1), "fsw.funds") is False

    def test_too_little_even_for_the_smallest_family_needs_no_family_size(self):
        assert met(fsw(family_size=None, funds_amount=100), "fsw.funds") is False
        married = {**COUPLE, **{key: SKILLED[key] for key in ("education", "first_language", "foreign_work_years")}}
        assert met(fsw(married, family_size=None, funds_amount=19000), "fsw.funds") is False

    def test_an_offer_alone_does_not_take_the_funds_away(self):
        """The exemption needs a permission to work in Canada as well."""
        found = fsw(funds_amount=0, job_offer="other", fsw={"arranged_employment": True})
        assert met(found, "fsw.funds") is None
        assert met(fsw(funds_amount=0, job_offer="none"), "fsw.funds") is False

    def test_a_short_list_when_the_grid_could_still_reach_the_mark(self):
        base = {**SKILLED, "education": "bachelor", "first_language": levels(7), "foreign_work_years": 1, "age": 35}
        adaptability = {"canadian_study": False}
        found = fsw(base, fsw={"adaptability": adaptability}, job_offer="other")
        assert found.answer == "cannot_tell"
        assert found.missing == ("fsw_arranged_employment",)


class TestFederalSkilledTrades:
    def test_all_conditions_met(self):
        assert fst().answer == "yes"

    @pytest.mark.parametrize("noc", ["72200", "73100", "82021", "83100", "92100", "93100", "62200", "63200", "63201"])
    def test_trades(self, noc):
        assert met(fst(noc=noc), "fst.trade") is True

    @pytest.mark.parametrize("noc", ["72600", "72604", "93200", "21231", "63210", "62100", "75110"])
    def test_not_trades(self, noc):
        found = fst(noc=noc)
        assert met(found, "fst.trade") is False
        assert found.answer == "no"

    @pytest.mark.parametrize(("ability", "needed"), [("speaking", 5), ("listening", 5), ("reading", 4), ("writing", 4)])
    def test_each_ability_has_its_own_level(self, ability, needed):
        four = {**ELECTRICIAN["first_language"]}
        assert met(fst(first_language={**four, ability: needed}), "fst.language") is True
        assert met(fst(first_language={**four, ability: needed - 1}), "fst.language") is False

    @pytest.mark.parametrize(("years", "answer"), [(1.9, "no"), (2, "yes")])
    def test_two_years(self, years, answer):
        assert fst(foreign_work_years=years).answer == answer

    def test_an_offer_instead_of_a_certificate_is_taken_to_qualify_and_said_so(self):
        found = fst(certificate_of_qualification=False, job_offer="other")
        assert found.answer == "yes"
        assert "assessment.assumption.offer_qualifies" in {item.id for item in found.assumptions}

    @pytest.mark.parametrize("offer", ["none", "major_group_00"])
    def test_neither_certificate_nor_an_offer_in_the_trade(self, offer):
        """Senior management is no trade: such an offer neither qualifies nor takes the funds away."""
        assert fst(certificate_of_qualification=False, job_offer=offer).answer == "no"
        assert met(fst(job_offer=offer, funds_amount=100), "fst.funds") is False

    def test_no_teer_is_asked_for(self):
        assert met(fst(noc="73300"), "fst.trade") is True


def test_quebec_makes_every_program_a_no():
    answers = assessed({**ELECTRICIAN, **WORKER}, destination="quebec").programs
    assert {program.answer for program in answers} == {"no"}


def test_an_unknown_destination_is_assumed_and_listed():
    found = cec(destination=None)
    assert found.answer == "yes"
    assert "assessment.assumption.outside_quebec" in {item.id for item in found.assumptions}


@pytest.mark.parametrize(
    ("work", "assumed"),
    [
        ({"canadian_work_years": 1}, True),
        ({"canadian_work_years": 0}, False),
        ({"canadian_work_years": None, "jobs": [{"noc": "21231", "from": "2024-01-01", "place": "canada"}]}, False),
    ],
    ids=["a plain year", "no year", "dated jobs"],
)
def test_a_plain_year_in_canada_is_taken_as_work_of_the_kind_that_counts(work, assumed):
    """Skilled, paid, authorized, not self-employed and not during studies: dated jobs say that themselves."""
    found = {item.id for item in assessed(**work).program("cec").assumptions}
    assert ("assessment.assumption.work_countable" in found) is assumed


@pytest.mark.parametrize(
    ("job", "needed"),
    [({}, 7), ({"teer": 3}, 5), ({"noc": "31301"}, 7), ({"noc": "72106"}, 5)],
    ids=["main occupation", "its own TEER", "its own code", "its own code of TEER 2 or 3"],
)
def test_a_job_without_a_code_is_in_the_main_occupation_unless_its_teer_is_named(job, needed):
    """The main occupation here is of TEER 1; the level that the program asks for follows the work."""
    jobs = [{"from": "2024-01-01", "place": "canada", **job}]
    found = cec(canadian_work_years=None, noc="21231", jobs=jobs)
    assert of(found, "cec.language").params["needed"] == needed


def test_the_occupation_with_the_most_work_that_counts_decides_the_level():
    """Work abroad does not count for the class, so that it decides nothing; nor does the main occupation then."""
    jobs = [
        {"noc": "72106", "from": "2024-01-01", "place": "canada"},
        {"noc": "31301", "from": "2019-01-01", "place": "abroad"},
    ]
    found = cec(canadian_work_years=None, noc="21231", jobs=jobs)
    language = of(found, "cec.language")
    assert (language.params["teer"], language.params["needed"]) == (2, 5)


@pytest.mark.parametrize(
    ("changes", "met", "facts"),
    [
        ({"funds_amount": 50000}, True, ()),
        ({"funds_amount": 100}, False, ()),
        ({"funds_amount": 100, "job_offer": "other"}, None, ()),
        ({"funds_amount": 50000, "job_offer": "other"}, True, ()),
        ({"funds_amount": 100, "job_offer": None}, None, ("job_offer",)),
        ({"funds_amount": None}, None, ("funds_amount",)),
        (
            {"funds_amount": None, "family_size": None, "job_offer": None},
            None,
            ("family_size", "funds_amount", "job_offer"),
        ),
    ],
    ids=["enough", "too little", "too little, an offer", "enough, an offer", "no word of an offer", "open", "all open"],
)
def test_funds_of_the_trades_program_are_open_where_an_offer_may_take_them_away(changes, met, facts):
    """With a qualifying offer and a permission to work, which is not among the facts, no funds are asked for."""
    funds = of(fst(**changes), "fst.funds")
    assert (funds.met, funds.facts) == (met, facts)


@pytest.mark.parametrize(
    ("jobs", "answer"),
    [
        ([{"noc": "21231"}], False),
        ([{"noc": "21231"}, {"noc": "72200", "paid": False}], True),
        ([{"noc": "21231"}, {}], None),
    ],
    ids=["no trade among them", "one is a trade", "one has no code"],
)
def test_without_a_main_occupation_the_jobs_say_whether_there_is_a_trade(jobs, answer):
    dated = [{"from": "2024-01-01", "to": "2024-06-30", "place": "abroad", **job} for job in jobs]
    trade = of(fst(noc=None, foreign_work_years=None, jobs=dated), "fst.trade")
    assert (trade.met, trade.params["noc"]) == (answer, "")
    assert trade.facts == (("noc",) if answer is None else ())
    assert of(fst(), "fst.trade").params["noc"] == "72200"


@pytest.mark.parametrize(("until", "answer"), [("2025-12-31", None), ("2024-02-01", False)])
def test_work_without_a_code_may_be_in_a_trade_although_the_main_occupation_is_not(until, answer):
    """If there is enough of it: then it is the code of that work that is asked for."""
    jobs = [{"from": "2023-01-01", "to": until, "place": "abroad", "teer": 3}]
    found = fst(noc="21231", foreign_work_years=None, jobs=jobs)
    assert met(found, "fst.trade") is answer
    assert found.missing == (("jobs",) if answer is None else ())


def test_work_in_a_trade_of_which_it_is_open_whether_it_counts_names_the_trade():
    """The rules of the program do not say whether work without a permit counts."""
    jobs = [{"from": "2023-01-01", "place": "canada", "noc": "72310", "authorized": False}]
    found = fst(noc="21231", foreign_work_years=None, jobs=jobs)
    assert (met(found, "fst.trade"), of(found, "fst.trade").params["noc"]) == (True, "72310")
    assert (found.answer, found.missing) == ("cannot_tell", ("jobs",))


def test_of_language_that_is_not_known_the_first_fact_is_asked_for():
    unknown = of(fst(first_language=None), "fst.language")
    assert (unknown.met, unknown.facts) == (None, ("language_test",))
    some = {"language": "english", "test": None, "reading": 4, "listening": 5}
    assert of(fst(first_language=some), "fst.language").facts == ("writing",)
    assert of(cec(first_language={**some, "reading": 9, "writing": 9}), "cec.language").params["lowest"] == 0


@pytest.mark.parametrize(
    ("certificate", "offer", "answer", "facts", "assumed"),
    [
        (True, "none", True, (), False),
        (True, "other", True, (), False),
        (False, "other", True, (), True),
        (None, "other", True, (), True),
        (False, "none", False, (), False),
        (None, "none", None, ("certificate_of_qualification",), False),
        (False, None, None, ("job_offer",), False),
        (None, None, None, ("certificate_of_qualification", "job_offer"), False),
    ],
)
def test_a_certificate_or_an_offer_that_is_taken_to_qualify(certificate, offer, answer, facts, assumed):
    found = of(fst(certificate_of_qualification=certificate, job_offer=offer), "fst.offer_or_certificate")
    assert (found.met, found.facts, found.assumed) == (answer, facts, assumed)


def test_an_assessment_is_assumed_only_of_a_foreign_credential_nobody_asked_about():
    for changes, assumed in (
        ({"eca": None}, True),
        ({"eca": {"status": "done"}}, False),
        ({"eca": {"status": "not_needed"}}, False),
        ({"eca": {"issued_on": "2025-06-01"}}, False),
        ({"eca": None, "education": "none"}, False),
        ({"eca": None, "canadian_study": "three_or_more_years"}, False),
        ({"eca": None, "canadian_study": "one_or_two_years", "education": "two_year"}, False),
        ({"eca": None, "canadian_study": "one_or_two_years"}, True),
        ({"eca": {"status": "not_done"}, "canadian_study": "one_or_two_years"}, False),
    ):
        found = fsw(**changes)
        said = {item.id for item in found.assumptions}
        assert of(found, "fsw.education").assumed is assumed
        assert met(found, "fsw.education") is (changes.get("education") != "none")
        assert ("assessment.assumption.education_assessed" in said) is assumed


def test_just_the_pass_mark_is_still_possible():
    """Age is open: 55 points are certain and 12 more possible."""
    open_age = {"age": None, "education": "two_or_more", "first_language": levels(8), "foreign_work_years": 4}
    found = fsw(SINGLE, **open_age)
    assert (found.selection.low, found.selection.high) == (55, 67)
    assert (met(found, "fsw.points"), of(found, "fsw.points").facts) == (None, ("age",))
    assert met(fsw(SINGLE, **{**open_age, "age": 46}), "fsw.points") is False
    assert met(fsw(SINGLE, **{**open_age, "age": 30}), "fsw.points") is True


def test_a_condition_tells_the_figures_that_it_compares():
    """Hours asked for and counted; the lowest level, 0 without a result; the smallest family that there can be."""
    work = of(cec(), "cec.work")
    assert (work.params["hours"], work.params["counted"]) == (1560, 1560)
    assert of(cec(canadian_work_years=None), "cec.work").facts == ("canadian_work_years",)
    assert of(cec(first_language=None), "cec.language").params["lowest"] == 0
    expired = scores("ielts_general", 7, 7, 7, 7, taken_on=date(2024, 11, 2))
    assert of(cec(first_language=expired), "cec.language").params["lowest"] == 0
    for base, people in ((SKILLED, 1), ({**SKILLED, **{"marital_status": "married"}}, 2)):
        assert of(fsw(base, family_size=None), "fsw.funds").params["people"] == people


def test_a_level_that_is_too_low_is_not_made_good_by_an_open_one():
    some = {"language": "english", "test": None, "reading": 9, "writing": 6, "listening": 9}
    found = of(cec(first_language=some), "cec.language")
    assert (found.met, found.facts) == (False, ())
    assert of(cec(first_language={**some, "writing": 9}), "cec.language").facts == ("speaking",)


def test_funds_wait_for_the_offer_only_where_it_is_not_known():
    assert of(fsw(funds_amount=0, job_offer=None), "fsw.funds").facts == ("job_offer",)
    assert of(fsw(funds_amount=0, job_offer="other"), "fsw.funds").facts == ("fsw_arranged_employment",)
    arranged = fsw(funds_amount=0, job_offer="other", fsw={"arranged_employment": True})
    assert of(arranged, "fsw.funds").facts == ()


def test_the_place_to_live_is_assumed_in_each_program_only_where_it_is_not_known():
    for said, assumed in (("outside_quebec", False), ("undecided", True), (None, True)):
        for name in ("cec", "fsw", "fst"):
            found = {item.id for item in assessed(destination=said).program(name).assumptions}
            assert ("assessment.assumption.outside_quebec" in found) is assumed


def test_before_the_programs_are_written_down_nothing_can_be_told():
    found = assessed(WORKER, on=date(2021, 5, 1))
    assert {program.answer for program in found.programs} == {"cannot_tell"}
    assert "assessment.note.programs_not_recorded" in {note.id for note in found.notes}


def test_every_condition_says_where_it_comes_from():
    rules = rulebook().at(BEFORE_THE_CHANGE)
    for program in assessed(WORKER).programs:
        for condition in program.conditions:
            first, *_ = rules.version(condition.rule).sources
            assert condition.source == first.url
            assert condition.since <= BEFORE_THE_CHANGE
