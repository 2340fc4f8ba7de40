"""The interchange profile: what is read, what is refused, and that nothing is lost on the way back."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.facts import DECLINED, NOT_ASKED, UNKNOWN, Job, Known, Profile, Stay, vocabulary
from bot.facts.interchange import InterchangeError, from_interchange, schema, to_interchange

WHOLE = {
    "age": 31,
    "marital_status": "common_law",
    "spouse_accompanying": True,
    "spouse_citizen_or_pr": False,
    "education": "master",
    "canadian_study": "none",
    "first_language": {
        "language": "english",
        "test": "ielts_general",
        "listening": 8,
        "reading": 7,
        "writing": 6.5,
        "speaking": 7,
        "taken_on": "2026-03-12",
    },
    "second_language": {
        "language": "french",
        "test": None,
        "listening": 7,
        "reading": 7,
        "writing": 7,
        "speaking": 7,
    },
    "canadian_work_years": 1,
    "foreign_work_years": 4,
    "jobs": [{"from": "2020-01-01", "to": "2024-12-31", "noc": "21231", "hours": 37.5, "place": "abroad"}],
    "noc": "21231",
    "certificate_of_qualification": False,
    "provincial_nomination": False,
    "sibling_in_canada": True,
    "job_offer": "none",
    "spouse": {
        "education": "bachelor",
        "language": {"language": "english", "test": "celpip_general", "listening": 8},
        "canadian_work_years": 0,
    },
    "fsw": {"work_years": 4, "arranged_employment": False, "adaptability": {"relative_in_canada": True}},
    "family_size": 2,
    "funds_amount": 30000,
    "eca": {"issued_on": "2024-05-01"},
    "profile_submitted_on": "2026-06-01",
    "invited_on": "2026-08-18",
    "countries": [{"country": "CL", "from": "2010-01-01"}],
}


def test_every_key_becomes_a_fact():
    found = from_interchange(WHOLE)
    values = {name: found.value(name) for name in found}
    assert values["language_test"] == "ielts_general"
    assert (values["listening"], values["reading"], values["writing"], values["speaking"]) == (8, 7, 6.5, 7)
    assert values["language_taken_on"] == date(2026, 3, 12)
    assert values["second_language_test"] == "nclc"
    assert values["spouse_language_test"] == "celpip_general"
    assert values["spouse_listening"] == 8
    assert values["spouse_education"] == "bachelor"
    assert values["fsw_work_years"] == 4
    assert values["fsw_arranged_employment"] is False
    assert values["adaptability_relative_in_canada"] is True
    assert (values["eca"], values["eca_issued_on"]) == ("done", date(2024, 5, 1))
    assert values["jobs"] == (Job(date(2020, 1, 1), date(2024, 12, 31), "21231", hours=37.5),)
    assert values["countries"] == (Stay("CL", date(2010, 1, 1)),)
    assert values["invited_on"] == date(2026, 8, 18)


@pytest.mark.parametrize(("language", "test"), [("english", "clb"), ("french", "nclc")])
def test_levels_without_a_test(language, test):
    found = from_interchange({"first_language": {"language": language, "test": None, "reading": 0}})
    assert found.value("language_test") == test
    assert found.value("reading") == 0


def test_null_and_left_out_are_not_asked():
    assert len(from_interchange({})) == 0
    assert len(from_interchange(dict.fromkeys(WHOLE))) == 0
    assert from_interchange({"age": None})["age"] == NOT_ASKED


def test_unknown_and_declined_are_two_things():
    found = from_interchange({"unknown": ["age"], "declined": ["funds_amount"]})
    assert found["age"] == UNKNOWN
    assert found["funds_amount"] == DECLINED


def test_nothing_is_lost_on_the_way_back():
    found = from_interchange({**WHOLE, "unknown": ["past_refusal"], "declined": ["medical_concern"]})
    assert from_interchange(to_interchange(found)) == found
    assert from_interchange(json.loads(json.dumps(to_interchange(found)))) == found


LANGUAGE = ("language_test", "listening", "reading", "writing", "speaking", "language_taken_on")


OWN_FACT = [fact for fact in vocabulary().values() if not fact.id.endswith((*LANGUAGE, "eca_issued_on"))]
"""Facts that a file can hold without another one: the day of an assessment says that it is done."""


@pytest.mark.parametrize("fact", OWN_FACT, ids=lambda fact: fact.id)
def test_every_fact_goes_to_a_file_and_back_with_each_answer_up_to_its_bounds(fact):
    answers = {
        "boolean": (True, False),
        "choice": fact.values,
        "date": (date(1900, 1, 1), date(2100, 1, 1)),
        "jobs": ((Job(date(2020, 1, 1), date(2020, 1, 1), "00012", hours=168.0),),),
        "noc": ("00012",),
        "stays": ((Stay("CL", date(2020, 1, 1), date(2020, 1, 1)),),),
    }.get(fact.type, (fact.min, fact.max))
    for answer in answers:
        found = Profile({fact.id: Known(answer, "file")})
        assert from_interchange(to_interchange(found)) == found


@pytest.mark.parametrize("score", [0, 699])
def test_the_lowest_and_the_highest_score_go_to_a_file_and_back(score):
    result = {"language": "french", "test": "tcf_canada", **dict.fromkeys(LANGUAGE[1:5], score)}
    for data in ({"first_language": result}, {"second_language": result}, {"spouse": {"language": result}}):
        assert to_interchange(from_interchange(data)) == data


@pytest.mark.parametrize("empty", [{"jobs": []}, {"second_language": {"test": "none"}}, {"countries": []}])
def test_nothing_is_a_thing_that_can_be_known(empty):
    found = from_interchange(empty)
    assert len(found) == 1
    assert from_interchange(to_interchange(found)) == found


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ({"agee": 31}, r"^agee: no such key; `assistant schema` lists the keys"),
        ({"first_language": {"language": "english", "listning": 7}}, r"^first_language.listning: no such key"),
        ({"fsw": {"adaptability": {"cousin": True}}}, r"^fsw.adaptability.cousin: no such key"),
        ({"age": "31"}, r'^age: "31" is not a whole number; leave the quotation marks out$'),
        ({"age": 31.5}, r"^age: 31.5 is not a whole number$"),
        ({"age": True}, r"^age: "),
        ({"age": 121}, r"^age: 121 is not possible; it takes 120 or less$"),
        ({"sibling_in_canada": "yes"}, r'^sibling_in_canada: "yes" is not true or false$'),
        ({"sibling_in_canada": 1}, r"^sibling_in_canada: "),
        ({"education": "phd"}, r'^education: "phd" is not one of \'none\', \'secondary\', '),
        ({"canadian_work_years": -1}, r"^canadian_work_years: "),
        ({"canadian_work_years": float("nan")}, r"^canadian_work_years: NaN is not a number$"),
        ({"funds_amount": float("inf")}, r"^funds_amount: "),
        ({"noc": "2123"}, r"^noc: .* is not five digits"),
        ({"noc": 21231}, r"^noc: 21231 is not text; put it in quotation marks$"),
        ({"date_of_birth": "31/12/1990"}, r"^date_of_birth: .*is not a day like 2026-11-02"),
        ({"date_of_birth": 0}, r"^date_of_birth: "),
        ({"first_language": {"language": "english", "test": "tef_canada"}}, r"tef_canada is not a test of english"),
        ({"first_language": {"test": "ielts_general"}}, r"^first_language: language: say english or french"),
        ({"first_language": {"test": "none", "reading": 7}}, r"^first_language: test: none has no scores"),
        (
            {"first_language": {"language": "french"}, "second_language": {"language": "french"}},
            r"^second_language.language: must be the other official language",
        ),
        ({"jobs": [{"from": "2020-01-01", "to": "2019-01-01"}]}, r"^jobs.0: to: 2019-01-01 lies before from"),
        ({"jobs": [{"from": "2020-01-01", "hours": 0}]}, r"^jobs.0.hours: 0 is not possible; it takes more than 0$"),
        ({"countries": [{"from": "2020-01-01"}]}, r"^countries.0.country: this key is needed$"),
        ({"jobs": {}}, r"^jobs: {} is not a list in brackets$"),
        ({"first_language": [7] * 40}, r"^first_language: \[7, .{36}… is not a set of keys and values in braces$"),
        ({"first_language": {"language": "english", "test": "toefl"}}, r'^first_language.test: "toefl" is not one of '),
        ({"date_of_birth": "0001-01-01"}, r"^date_of_birth: 0001-01-01 is not a possible value$"),
        ({"unknown": ["height"]}, r"^unknown: 'height' is not a fact"),
        ({"age": 31, "declined": ["age"]}, r"^declined: age has an answer too"),
        ([], r"^the profile: "),
        ("age: 31", r"^the profile: "),
    ],
)
def test_a_fault_is_named(data, named):
    with pytest.raises(InterchangeError, match=named):
        from_interchange(data)


def test_nobody_is_born_after_the_day_of_the_assessment():
    born = {"date_of_birth": "2026-11-03"}
    assert from_interchange(born, on=date(2026, 11, 3)).knows("date_of_birth")
    with pytest.raises(InterchangeError, match=r"^date_of_birth: 2026-11-03 lies after the day of the assessment"):
        from_interchange(born, on=date(2026, 11, 2))


def test_a_whole_number_may_be_written_with_a_point_and_every_key_may_be_null():
    assert from_interchange({"age": 31.0, "family_size": 2.0}).value("age") == 31
    assert from_interchange(dict.fromkeys(schema()["properties"])) == Profile()


def test_the_json_schema_takes_what_is_read_and_refuses_other_keys():
    checker = jsonschema.Draft202012Validator(schema())
    assert list(checker.iter_errors(WHOLE)) == []
    assert list(checker.iter_errors({"agee": 1}))
    assert list(checker.iter_errors({"first_language": {"language": "german"}}))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "x"]), inner, max_size=4),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=ANYTHING)
def test_whatever_is_given_is_read_or_refused_with_a_reason(data):
    try:
        found = from_interchange(data)
    except InterchangeError:
        return
    assert from_interchange(to_interchange(found)) == found
