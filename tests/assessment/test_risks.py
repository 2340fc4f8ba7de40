"""The 24 risks: each shown by the facts that show it, silent otherwise, with words for visitor and staff."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assessment.risks import RiskError, load, risk_rules, risks_for
from bot.assessment.signals import SIGNALS, signals
from bot.facts import Job, Profile, Stay
from bot.knowledge.catalogue import LANGUAGES, catalogue
from bot.knowledge.pages import pages
from tests.assessment.cases import case_of
from tests.assessment.profiles import profiles

DAY = date(2026, 11, 22)
CANADA = {"place": "canada", "noc": "21232"}
SOUND = Profile.of(
    stage="considering",
    destination="outside_quebec",
    date_of_birth=date(1994, 5, 1),
    marital_status="single",
    education="bachelor",
    canadian_study="three_or_more_years",
    language_test="celpip_general",
    listening=9,
    reading=9,
    writing=9,
    speaking=9,
    language_taken_on=date(2026, 5, 1),
    second_language_test="none",
    jobs=(Job(date(2024, 5, 1), **CANADA),),
    noc="21232",
    certificate_of_qualification=False,
    provincial_nomination=False,
    job_offer="none",
    sibling_in_canada=False,
    family_size=1,
    funds_amount=50000,
    countries=(),
)


def shown(profile: Profile, day: date = DAY) -> set[str]:
    return {risk.id for risk in risks_for(case_of(profile, day))}


def test_there_are_twenty_four_in_order_with_their_source_pages() -> None:
    assert [rule.id for rule in risk_rules()] == [f"R{number}" for number in range(1, 25)]
    assert all(rule.marks and set(rule.marks) <= {"000", "001", "002", "003", "004"} for rule in risk_rules())


def test_a_sound_profile_shows_only_what_every_claim_of_work_shows() -> None:
    assert shown(SOUND) == {"R2", "R3"}


def test_nothing_known_shows_nothing_but_open_funds() -> None:
    assert shown(Profile()) <= {"R7"}


@pytest.mark.parametrize(
    ("risk", "signal", "facts"),
    [
        ("R1", "noc_missing", {"noc": None, "jobs": (Job(date(2024, 5, 1)), Job(date(2023, 5, 1), date(2024, 4, 1)))}),
        ("R1", "noc_not_in_list", {"noc": "21999"}),
        ("R1", "noc_and_teer_differ", {"jobs": (Job(date(2024, 5, 1), teer=3, **CANADA),)}),
        ("R1", "noc_not_skilled", {"noc": "65100"}),
        ("R4", "hours_over_cap", {"jobs": (Job(date(2024, 5, 1), hours=45, **CANADA),)}),
        ("R4", "jobs_overlap", {"jobs": (Job(date(2024, 5, 1), **CANADA), Job(date(2025, 5, 1), **CANADA))}),
        ("R4", "partner_open", {"marital_status": "married"}),
        ("R5", "language_expired", {"language_taken_on": date(2024, 11, 1)}),
        ("R5", "language_undated", {"language_taken_on": None}),
        (
            "R5",
            "language_ends_before_deadline",
            {"stage": "invited", "invited_on": date(2026, 11, 1), "language_taken_on": date(2024, 12, 15)},
        ),
        ("R6", "eca_missing", {"canadian_study": "none", "eca": "not_done"}),
        ("R6", "eca_expired", {"canadian_study": "none", "eca": "done", "eca_issued_on": date(2021, 11, 1)}),
        ("R6", "eca_undated", {"canadian_study": "none", "eca": "done"}),
        ("R7", "funds_short", {"jobs": (Job(date(2020, 5, 1), noc="21232"),), "funds_amount": 9000}),
        (
            "R8",
            "job_gap",
            {"jobs": (Job(date(2020, 1, 1), date(2021, 1, 1), **CANADA), Job(date(2022, 1, 1), **CANADA))},
        ),
        ("R8", "stays_unknown", {"stage": "invited", "countries": None}),
        ("R9", "stays_overlap", {"countries": (Stay("FR", date(2018, 1, 1)), Stay("MA", date(2019, 1, 1)))}),
        ("R9", "stay_dates_reversed", {"countries": (Stay("FR", date(2018, 1, 1), date(2017, 1, 1)),)}),
        ("R10", "police_needed", {"countries": (Stay("FR", date(2018, 1, 1)),)}),
        ("R11", "past_refusal", {"past_refusal": True}),
        ("R11", "years_and_jobs_differ", {"canadian_work_years": 5}),
        ("R11", "age_and_birth_differ", {"age": 30}),
        ("R11", "dates_reversed", {"jobs": (Job(date(2024, 5, 1), date(2023, 1, 1), **CANADA),)}),
        ("R12", "language_estimated", {"language_test": "clb"}),
        ("R12", "relative_claimed", {"sibling_in_canada": True}),
        ("R12", "certificate_claimed", {"certificate_of_qualification": True}),
        ("R12", "nomination_claimed", {"provincial_nomination": True}),
        ("R13", "changed_since_profile", {"stage": "in_pool", "profile_submitted_on": date(2026, 1, 1)}),
        ("R14", "changed_since_invitation", {"stage": "invited", "invited_on": date(2026, 4, 1)}),
        ("R15", "fairness_letter", {"fairness_letter": True}),
        ("R16", "no_program", {"destination": "quebec"}),
        (
            "R17",
            "work_undated",
            {"stage": "in_pool", "jobs": None, "canadian_work_years": 2, "foreign_work_years": 0},
        ),
        (
            "R18",
            "invited_too_early",
            {"stage": "invited", "invited_on": date(2026, 10, 1), "jobs": (Job(date(2026, 1, 5), **CANADA),)},
        ),
        (
            "R18",
            "invitation_unclear",
            {"stage": "invited", "invited_on": date(2026, 10, 1), "jobs": None, "canadian_work_years": 1},
        ),
        ("R19", "common_law", {"marital_status": "common_law"}),
        ("R19", "separated", {"marital_status": "separated"}),
        (
            "R20",
            "partner_stays_behind",
            {"marital_status": "married", "spouse_citizen_or_pr": False, "spouse_accompanying": False},
        ),
        ("R20", "family_too_small", {"marital_status": "married"}),
        ("R21", "invited", {"stage": "invited"}),
        ("R22", "ita_running", {"stage": "invited", "invited_on": date(2026, 11, 1)}),
        ("R22", "ita_over", {"stage": "invited", "invited_on": date(2026, 9, 1)}),
        ("R22", "profile_expired", {"stage": "in_pool", "profile_submitted_on": date(2025, 11, 22)}),
        ("R23", "criminal_record", {"criminal_record": True}),
        ("R23", "medical_concern", {"medical_concern": True}),
        ("R24", "unauthorized_work", {"jobs": (Job(date(2024, 5, 1), authorized=False, **CANADA),)}),
        ("R24", "self_employed_work", {"jobs": (Job(date(2024, 5, 1), status="self_employed", **CANADA),)}),
        ("R24", "student_work", {"jobs": (Job(date(2024, 5, 1), status="student", **CANADA),)}),
        ("R24", "remote_work", {"jobs": (Job(date(2024, 5, 1), remote=True, **CANADA),)}),
    ],
)
def test_a_risk_is_shown_by_its_facts(risk: str, signal: str, facts: dict) -> None:
    known = {name: value for name, value in facts.items() if value is not None}
    profile = SOUND.without(*facts).having(**known)
    found = {one.id: one for one in risks_for(case_of(profile, DAY))}
    assert risk in found
    assert signal in {one.id for one in found[risk].signals}
    assert signal not in signals(case_of(SOUND, DAY))


def test_a_risk_names_the_facts_that_showed_it() -> None:
    (risk,) = [one for one in risks_for(case_of(SOUND.having(age=30), DAY)) if one.id == "R11"]
    assert risk.facts == ("age", "date_of_birth")
    assert risk.signals[0].values == {"age": 30, "counted": 32}


YEARS = {"jobs": None, "canadian_work_years": 1, "foreign_work_years": 0, "noc": None}
ABROAD = Job(date(2020, 1, 1), date(2021, 6, 30), noc="21232")
NAMELESS = Job(date(2023, 5, 1), date(2024, 4, 1))
EARLIER = Job(date(2023, 5, 1), date(2024, 4, 1), **CANADA)
INVITED = {"stage": "invited", "invited_on": date(2026, 11, 1)}
FUNDED = {"jobs": (Job(date(2020, 5, 1), noc="21232"),)}
MARRIED = {"marital_status": "married"}
WITH_PARTNER = {**MARRIED, "spouse_citizen_or_pr": False, "spouse_accompanying": True}
SINCE = {"profile_submitted_on": date(2026, 5, 1)}


def found(facts: dict) -> dict[str, tuple]:
    """The signals of the sound profile with these facts, None taking one away: facts and values by signal."""
    known = {name: value for name, value in facts.items() if value is not None}
    return {
        one.id: (one.facts, one.values) for one in signals(case_of(SOUND.without(*facts).having(**known), DAY)).values()
    }


@pytest.mark.parametrize(
    ("signal", "facts", "expected"),
    [
        ("work_claimed", YEARS, (("canadian_work_years",), {})),
        ("work_claimed", YEARS | {"canadian_work_years": None, "foreign_work_years": 1}, (("foreign_work_years",), {})),
        ("work_claimed", YEARS | {"canadian_work_years": 0}, None),
        ("noc_missing", YEARS, (("noc", "canadian_work_years"), {})),
        ("noc_missing", YEARS | {"noc": "21232"}, None),
        ("noc_missing", {"noc": None, "jobs": (EARLIER, NAMELESS)}, (("noc", "jobs"), {})),
        ("noc_missing", {"noc": None, "jobs": (EARLIER,)}, None),
        (
            "years_and_jobs_differ",
            {"canadian_work_years": 3},
            (("canadian_work_years", "jobs"), {"said": 3, "counted": 2}),
        ),
        ("years_and_jobs_differ", {"canadian_work_years": 2, "foreign_work_years": 0}, None),
        (
            "years_and_jobs_differ",
            {"foreign_work_years": 5, "jobs": (Job(date(2024, 5, 1), **CANADA), ABROAD)},
            (("foreign_work_years", "jobs"), {"said": 5, "counted": 1}),
        ),
        (
            "years_and_jobs_differ",
            {"foreign_work_years": 12, "jobs": (Job(date(2012, 1, 1), noc="21232"),)},
            None,
        ),
        ("work_undated", {"stage": "in_pool"}, None),
        ("work_undated", YEARS, None),
        ("work_undated", YEARS | {"stage": "in_pool"}, (("canadian_work_years",), {})),
        (
            "stays_overlap",
            {"countries": (Stay("FR", date(2018, 1, 1), date(2018, 6, 1)), Stay("MA", date(2018, 6, 1)))},
            None,
        ),
        (
            "stays_overlap",
            {"countries": (Stay("MA", date(2018, 5, 31)), Stay("FR", date(2018, 1, 1), date(2018, 6, 1)))},
            (("countries",), {"on": date(2018, 5, 31)}),
        ),
        ("stay_dates_reversed", {"countries": (Stay("FR", date(2018, 1, 1), date(2018, 1, 1)),)}, None),
        ("dates_reversed", {"jobs": (Job(date(2024, 5, 1), date(2024, 5, 1), **CANADA),)}, None),
        (
            "language_ends_before_deadline",
            INVITED | {"language_taken_on": date(2024, 12, 31)},
            (("invited_on",), {"on": date(2026, 12, 31), "deadline": date(2026, 12, 31)}),
        ),
        ("language_ends_before_deadline", INVITED | {"language_taken_on": date(2025, 1, 1)}, None),
        ("language_ends_before_deadline", INVITED | {"language_taken_on": date(2024, 11, 22)}, None),
        ("language_ends_before_deadline", INVITED | {"eca_issued_on": date(2021, 12, 15)}, None),
        (
            "language_ends_before_deadline",
            {"stage": "invited", "invited_on": date(2026, 9, 1), "language_taken_on": date(2024, 10, 15)},
            None,
        ),
        (
            "eca_ends_before_deadline",
            INVITED | {"eca_issued_on": date(2021, 12, 15)},
            (("invited_on",), {"on": date(2026, 12, 15), "deadline": date(2026, 12, 31)}),
        ),
        ("eca_ends_before_deadline", INVITED | {"language_taken_on": date(2024, 12, 15)}, None),
        ("eca_missing", {"canadian_study": "none", "eca": "in_progress"}, (("eca", "education"), {})),
        ("eca_missing", {"canadian_study": "none", "eca": "done"}, None),
        ("eca_missing", {"eca": "not_done"}, None),
        ("funds_unknown", FUNDED | {"funds_amount": None}, (("funds_amount",), {})),
        ("funds_unknown", FUNDED, None),
        ("funds_unknown", {"funds_amount": None}, None),
        (
            "funds_short",
            FUNDED | {"funds_amount": 9000},
            (("funds_amount", "family_size"), {"needed": 15263, "named": 9000}),
        ),
        ("funds_table_old", FUNDED, (("funds_amount",), {"since": date(2025, 7, 7)})),
        ("funds_table_old", {}, None),
        ("partner_open", MARRIED, (("spouse_citizen_or_pr",), {})),
        ("partner_open", MARRIED | {"spouse_citizen_or_pr": False}, (("spouse_accompanying",), {})),
        ("partner_open", MARRIED | {"spouse_citizen_or_pr": True}, None),
        ("partner_open", WITH_PARTNER, None),
        ("partner_stays_behind", WITH_PARTNER, None),
        ("changed_since_profile", SINCE, None),
        (
            "changed_since_profile",
            SINCE | {"language_taken_on": date(2026, 5, 2)},
            (("profile_submitted_on", "language_taken_on"), {"since": date(2026, 5, 1), "on": date(2026, 5, 2)}),
        ),
        ("changed_since_profile", SINCE | {"jobs": (Job(date(2026, 5, 1), **CANADA),)}, None),
        ("changed_since_profile", SINCE | {"jobs": (Job(date(2024, 5, 1), date(2027, 5, 1), **CANADA),)}, None),
        (
            "changed_since_profile",
            SINCE | {"jobs": (Job(date(2024, 5, 1), DAY, **CANADA),)},
            (("profile_submitted_on", "jobs"), {"since": date(2026, 5, 1), "on": DAY}),
        ),
    ],
)
def test_a_signal_tells_what_was_found_and_where(signal: str, facts: dict, expected: tuple | None) -> None:
    assert found(facts).get(signal) == expected


def test_urgent_risks_offer_a_person() -> None:
    assert {rule.id for rule in risk_rules() if rule.urgent} == {"R15", "R18", "R22", "R23"}


def test_a_funds_risk_is_not_shown_to_somebody_whom_cec_fits() -> None:
    assert "R7" not in shown(SOUND.having(funds_amount=0))


def test_every_risk_and_signal_has_its_words_and_page() -> None:
    texts, known = catalogue(), pages()
    for rule in risk_rules():
        assert rule.page in known
        for language in LANGUAGES:
            assert all(texts[f"risks.{rule.id}.{part}"][language] for part in ("title", "visitor", "staff"))
    assert set(texts.under("risks.because")) == set(SIGNALS)
    assert set(SIGNALS) == {name for rule in risk_rules() for name in rule.when}


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: R1, name: x, severity: grave, page: noc, when: [work_claimed]}", "severity: 'grave'"),
        ("{id: R1, name: x, severity: high, page: noc, when: [nonsense]}", "nonsense"),
        ("{id: R1, name: x, severity: high, page: noc, when: []}", "when: empty"),
        ("{id: R1, name: x, severity: high, when: [work_claimed]}", "page"),
    ],
)
def test_a_faulty_file_names_risk_and_key(tmp_path: Path, entry: str, message: str) -> None:
    path = tmp_path / "risks.yml"
    path.write_text(f"risks:\n  - {entry}\n")
    with pytest.raises(RiskError, match=message):
        load(path)


@settings(max_examples=150, deadline=None)
@given(profiles, st.dates(date(2017, 6, 6), date(2027, 12, 31)))
def test_no_profile_raises_and_every_sentence_can_be_said(profile: Profile, day: date) -> None:
    texts = catalogue()
    for risk in risks_for(case_of(profile, day)):
        for signal in risk.signals:
            for language in LANGUAGES:
                assert texts.say(f"risks.because.{signal.id}", language, **signal.values)


def test_an_invitation_before_the_work_was_complete_rests_on_the_jobs() -> None:
    early = SOUND.having(stage="invited", invited_on=date(2026, 10, 1), jobs=(Job(date(2026, 1, 5), **CANADA),))
    found = signals(case_of(early, DAY))["invited_too_early"]
    assert found.facts == ("invited_on", "jobs")
    assert found.values["invited_on"] == date(2026, 10, 1)
