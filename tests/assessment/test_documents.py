"""The personal list of documents: what applies, why, what each proves, how long it is valid."""

from datetime import date

import pytest

from bot.assessment import assess
from bot.assessment.documents import Document, documents_for
from bot.assessment.funds import funds_for
from bot.assessment.history import job_gaps, police_certificates
from bot.facts import Job, Profile, Stay, vocabulary
from bot.knowledge.catalogue import LANGUAGES, catalogue
from bot.knowledge.pages import pages
from bot.rules import rulebook
from tests.assessment.cases import case_of

DAY = date(2026, 11, 22)
THIRTEEN = {
    "language",
    "eca",
    "identity",
    "reference_letters",
    "duties",
    "funds",
    "police",
    "medical",
    "civil_status",
    "canadian_work",
    "education",
    "nomination",
    "explanation",
}
EVERYTHING = Profile.of(
    date_of_birth=date(1992, 12, 24),
    marital_status="married",
    spouse_citizen_or_pr=False,
    spouse_accompanying=True,
    spouse_education="bachelor",
    family_size=3,
    funds_amount=30000,
    education="master",
    canadian_study="none",
    eca="done",
    eca_issued_on=date(2023, 1, 5),
    language_test="ielts_general",
    listening=8,
    reading=7,
    writing=7,
    speaking=7,
    language_taken_on=date(2025, 12, 1),
    canadian_work_years=1,
    foreign_work_years=3,
    noc="21231",
    countries=(Stay("India", date(1992, 12, 24), date(2025, 1, 10)), Stay("Canada", date(2025, 1, 11))),
    provincial_nomination=True,
    certificate_of_qualification=True,
    job_offer="other",
    sibling_in_canada=True,
    past_refusal=True,
    destination="outside_quebec",
)


def documents(profile: Profile, day: date = DAY) -> dict[str, Document]:
    return {document.id: document for document in documents_for(case_of(profile, day)) if document.of == "self"}


def test_the_thirteen_kinds_and_three_more_where_they_are_claimed() -> None:
    assert set(documents(EVERYTHING)) == THIRTEEN | {"certificate", "job_offer", "relationship"}


def test_what_is_not_claimed_is_not_asked_for() -> None:
    plain = Profile.of(
        marital_status="single",
        family_size=1,
        education="none",
        canadian_work_years=0,
        foreign_work_years=0,
        countries=(),
        provincial_nomination=False,
        job_offer="none",
        sibling_in_canada=False,
        certificate_of_qualification=False,
    )
    assert set(documents(plain)) <= {"identity", "language", "medical", "funds"}


def test_each_document_names_the_facts_it_proves() -> None:
    found = documents(EVERYTHING)
    assert found["language"].proves == (
        "language_test",
        "listening",
        "reading",
        "writing",
        "speaking",
        "language_taken_on",
    )
    assert found["eca"].proves == ("education", "eca", "eca_issued_on")
    assert found["funds"].proves == ("funds_amount",)
    assert found["reference_letters"].proves == ("canadian_work_years", "foreign_work_years")
    assert found["relationship"].proves == ("sibling_in_canada",)


def test_what_is_open_is_named_and_nothing_else() -> None:
    unknown, worked = documents(Profile()), documents(Profile.of(canadian_work_years=1, foreign_work_years=0))
    for name in ("reference_letters", "duties"):
        assert unknown[name].applies == "cannot_tell"
        assert unknown[name].open == ("canadian_work_years", "foreign_work_years")
        assert worked[name].open == ()
    assert unknown["canadian_work"].open == ("canadian_work_years",)
    assert (worked["canadian_work"].applies, worked["canadian_work"].open) == ("yes", ())
    assert unknown["education"].open == ("education",)
    assert unknown["civil_status"].open == ("marital_status", "family_size")


@pytest.mark.parametrize(("place", "papers"), [("canada", True), ("abroad", False)])
def test_papers_of_the_tax_agency_are_asked_for_where_a_job_of_the_list_was_in_canada(place: str, papers: bool) -> None:
    found = documents(Profile.of(jobs=(Job(date(2020, 1, 1), place=place),)))
    assert found["reference_letters"].applies == "yes"
    assert ("canadian_work" in found) is papers


def test_an_earlier_refusal_is_explained_and_its_absence_is_not() -> None:
    assert [line.id for line in documents(Profile.of(past_refusal=True))["explanation"].reasons] == ["explain_refusal"]
    assert "explanation" not in documents(Profile.of(past_refusal=False))


def test_validity_runs_from_the_day_of_issue() -> None:
    found = documents(EVERYTHING)
    assert (found["language"].valid_from, found["language"].valid_until) == (date(2025, 12, 1), date(2027, 12, 1))
    assert (found["eca"].valid_from, found["eca"].valid_until) == (date(2023, 1, 5), date(2028, 1, 5))


def test_an_expired_result_says_since_when() -> None:
    old = documents(EVERYTHING.having(language_taken_on=date(2024, 1, 2)))["language"]
    assert [line.id for line in old.reasons] == ["language_first", "expired"]
    assert old.reasons[1].values["on"] == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("issued", "until", "says"),
    [
        (date(2021, 11, 23), date(2026, 11, 23), ["eca_foreign"]),
        (date(2021, 11, 22), date(2026, 11, 22), ["eca_foreign", "expired"]),
        (None, None, ["eca_foreign"]),
    ],
    ids=["its last day", "five years old today", "day not known"],
)
def test_an_assessment_counts_until_the_day_it_is_five_years_old(
    issued: date | None, until: date | None, says: list[str]
) -> None:
    found = documents(EVERYTHING.having(eca_issued_on=issued) if issued else EVERYTHING.without("eca_issued_on"))["eca"]
    assert [line.id for line in found.reasons] == says
    assert found.valid_until == until
    assert {line.values["on"] for line in found.reasons if line.id == "expired"} <= {until}


def test_a_canadian_credential_needs_no_assessment() -> None:
    assert "eca" not in documents(EVERYTHING.having(canadian_study="three_or_more_years"))
    foreign, unknown = documents(EVERYTHING)["eca"], documents(EVERYTHING.without("canadian_study"))["eca"]
    assert (foreign.applies, foreign.open) == ("yes", ())
    assert (unknown.applies, unknown.open) == ("cannot_tell", ("canadian_study",))


def test_each_result_proves_its_own_facts_and_one_of_the_partner_does_not_stand_for_the_own() -> None:
    of_partner = Profile.of(
        marital_status="married", spouse_language_test="celpip_general", spouse_listening=8, spouse_accompanying=True
    )
    found = [one for one in documents_for(case_of(of_partner, DAY)) if one.id == "language"]
    assert [(one.of, one.reasons[0].id, one.proves) for one in found] == [
        ("spouse", "language_spouse", ("spouse_language_test", "spouse_listening")),
        ("self", "language_needed", ()),
    ]
    three = of_partner.having(
        language_test="ielts_general", reading=7, second_language_test="tef_canada", second_reading=400
    )
    found = [one for one in documents_for(case_of(three, DAY)) if one.id == "language"]
    assert [(one.of, one.reasons[0].id, one.proves) for one in found] == [
        ("self", "language_first", ("language_test", "reading")),
        ("self", "language_second", ("second_language_test", "second_reading")),
        ("spouse", "language_spouse", ("spouse_language_test", "spouse_listening")),
    ]


@pytest.mark.parametrize(
    ("status", "size", "applies", "why", "missing"),
    [
        ("married", None, "yes", "civil_status_partner", ()),
        ("common_law", 2, "yes", "civil_status_partner", ()),
        ("divorced", None, "yes", "civil_status_family", ()),
        ("widowed", 1, "yes", "civil_status_family", ()),
        ("single", 2, "yes", "civil_status_family", ()),
        (None, 2, "yes", "civil_status_family", ()),
        ("single", None, "cannot_tell", None, ("family_size",)),
        (None, 1, "cannot_tell", None, ("marital_status",)),
    ],
)
def test_civil_status_is_proven_by_whoever_has_a_family_or_was_married(
    status: str | None, size: int | None, applies: str, why: str | None, missing: tuple[str, ...]
) -> None:
    facts = {"marital_status": status, "family_size": size}
    found = documents(Profile.of(**{name: value for name, value in facts.items() if value is not None}))["civil_status"]
    assert (found.applies, found.open) == (applies, missing)
    assert [line.id for line in found.reasons] == ([why] if why else [])


def test_the_partner_has_documents_of_their_own() -> None:
    partner = [document.id for document in documents_for(case_of(EVERYTHING, DAY)) if document.of == "spouse"]
    assert partner == ["education", "eca"]
    alone = EVERYTHING.having(spouse_accompanying=False)
    assert not [document for document in documents_for(case_of(alone, DAY)) if document.of == "spouse"]


@pytest.mark.parametrize(
    ("facts", "listed"),
    [
        ({"spouse_canadian_work_years": 1}, True),
        ({"spouse_canadian_work_years": 0}, False),
        ({"spouse_canadian_work_years": 0, "adaptability_spouse_canadian_work": True}, True),
        ({"spouse_canadian_work_years": 1, "spouse_accompanying": False}, False),
    ],
)
def test_work_of_the_partner_in_canada_earns_points_and_is_proven(facts: dict, listed: bool) -> None:
    found = {one.id: one for one in documents_for(case_of(EVERYTHING.having(**facts), DAY)) if one.of == "spouse"}
    for name in ("reference_letters", "canadian_work"):
        assert (name in found) is listed
        assert not listed or {"spouse_canadian_work_years"} <= set(found[name].proves)


def test_every_fact_that_a_document_can_prove_is_proven_by_one_of_the_list() -> None:
    """Documents must support every claimed point."""
    couple = EVERYTHING.having(
        age=33,
        canadian_work_years=0,
        spouse_canadian_work_years=1,
        second_language_test="tef_canada",
        second_reading=240,
        second_language_taken_on=date(2026, 1, 1),
        spouse_language_test="ielts_general",
        spouse_speaking=7,
        spouse_language_taken_on=date(2026, 1, 1),
        jobs=(Job(date(2020, 1, 1), date(2023, 1, 1), noc="21231"),),
        fsw_arranged_employment=True,
        **{fact: True for fact in vocabulary() if fact.startswith("adaptability_")},
    )
    claimed = {fact.id for fact in vocabulary().values() if fact.proof and couple.knows(fact.id)}
    assert {fact for one in documents_for(case_of(couple, DAY)) for fact in one.proves} == claimed


def test_a_result_of_the_partner_is_proof_unless_it_is_certain_that_they_stay() -> None:
    tested = EVERYTHING.having(spouse_language_test="celpip_general", spouse_language_taken_on=date(2025, 6, 1))
    for profile, counts in (
        (tested, True),
        (tested.without("spouse_accompanying"), True),
        (tested.having(spouse_accompanying=False), False),
    ):
        found = [(document.id, document.of) for document in documents_for(case_of(profile, DAY))]
        assert (("language", "spouse") in found) is counts


def test_cec_asks_for_no_funds_but_for_a_letter() -> None:
    found = documents(EVERYTHING)
    assert (found["funds"].applies, found["funds"].reasons[0].id) == ("cannot_tell", "funds_exempt_cec")
    assert [line.id for line in found["explanation"].reasons] == ["explain_exemption", "explain_refusal"]
    abroad = EVERYTHING.having(canadian_work_years=0)
    assert documents(abroad)["funds"].reasons[0].id == "funds_asked"


@pytest.mark.parametrize(("size", "needed"), [(1, 15263), (2, 19001), (4, 28362), (7, 40392), (9, 48616)])
def test_funds_needed_by_family_size(size: int, needed: int) -> None:
    funds = funds_for(Profile.of(family_size=size, funds_amount=needed), rulebook().at(date(2026, 1, 1)))
    assert funds is not None
    assert (funds.needed, funds.enough, funds.short, funds.stale) == (needed, "yes", 0, False)
    less = funds_for(Profile.of(family_size=size, funds_amount=needed - 1), rulebook().at(date(2026, 1, 1)))
    assert less is not None
    assert (less.enough, less.short) == ("no", 1)


def test_the_table_of_2025_is_not_shown_as_current_after_july_2026() -> None:
    funds = funds_for(Profile.of(family_size=1, funds_amount=20000), rulebook().at(DAY))
    assert funds is not None
    assert funds.stale
    abroad = documents(EVERYTHING.having(canadian_work_years=0))["funds"]
    assert "funds_table_old" in [line.id for line in abroad.reasons]


SKILLED = EVERYTHING.having(canadian_work_years=0, language_taken_on=date(2026, 1, 1), job_offer="none")


@pytest.mark.parametrize(
    ("profile", "applies", "says", "missing"),
    [
        (SKILLED, "yes", "funds_needed", ()),
        (SKILLED.having(funds_amount=23359), "yes", "funds_short", ()),
        (SKILLED.without("funds_amount"), "cannot_tell", "funds_needed", ("funds_amount",)),
        (SKILLED.without("family_size").having(funds_amount=100), "yes", None, ("family_size",)),
        (Profile(), "cannot_tell", None, ("family_size", "funds_amount")),
    ],
    ids=["enough", "a dollar short", "amount not known", "too little for any family", "nothing known"],
)
def test_funds_are_proven_where_a_program_that_asks_for_them_fits_or_only_they_are_lacking(
    profile: Profile, applies: str, says: str | None, missing: tuple[str, ...]
) -> None:
    found = documents(profile)["funds"]
    assert (found.applies, found.open) == (applies, missing)
    assert [line.id for line in found.reasons] == ["funds_asked", *([says] if says else []), "funds_table_old"]


def test_funds_without_family_or_amount_are_open() -> None:
    rules = rulebook().at(DAY)
    open_size = funds_for(Profile.of(funds_amount=50000), rules)
    assert open_size is not None
    assert (open_size.enough, open_size.open) == ("cannot_tell", ("family_size",))
    too_little = funds_for(Profile.of(funds_amount=100), rules)
    assert too_little is not None
    assert too_little.enough == "no"


@pytest.mark.parametrize(
    ("status", "people"), [(None, 1), ("single", 1), ("divorced", 1), ("married", 2), ("common_law", 2)]
)
def test_without_a_family_size_only_less_than_the_smallest_possible_family_needs_is_too_little(
    status: str | None, people: int
) -> None:
    """The smallest family is the person, and the partner where there is one; a larger one can only need more."""
    smallest = funds_for(Profile.of(family_size=people), RULES)
    assert smallest is not None
    assert smallest.needed is not None
    known = Profile.of(marital_status=status, job_offer="none") if status else Profile.of(job_offer="none")
    for named, enough in ((smallest.needed - 1, "no"), (smallest.needed, "cannot_tell")):
        profile = known.having(funds_amount=named)
        found = funds_for(profile, RULES)
        assert found is not None
        assert (found.enough, found.needed, found.short) == (enough, None, None)
        (asked,) = (one for one in assess(profile, DAY).program("fsw").conditions if one.id == "fsw.funds")
        assert asked.met is (False if enough == "no" else None)


RULES = rulebook().at(DAY)


def police(*stays: Stay, **facts):
    found = police_certificates(Profile.of(countries=stays, **facts), rulebook().at(DAY), DAY)
    return [(one.country, one.start, one.end) for one in found or ()]


def test_six_months_in_a_row_in_the_last_ten_years_since_eighteen() -> None:
    """E7 of the source pages: in a row, within the window, after 18, outside Canada."""
    assert police(Stay("FR", date(2020, 1, 1), date(2020, 6, 29))) == []
    assert police(Stay("FR", date(2020, 1, 1), date(2020, 6, 30))) == [("FR", date(2020, 1, 1), date(2020, 6, 30))]
    twice = (Stay("FR", date(2020, 1, 1), date(2020, 4, 30)), Stay("FR", date(2021, 1, 1), date(2021, 4, 30)))
    assert police(*twice) == []
    assert police(Stay("CA", date(2018, 1, 1))) == []
    assert police(Stay("Canada", date(2018, 1, 1))) == []
    assert police(Stay("FR", date(2014, 1, 1), date(2016, 12, 31))) == []
    assert police(Stay("FR", date(2015, 1, 1), date(2017, 12, 31))) == [("FR", date(2016, 11, 22), date(2017, 12, 31))]
    child = date(2005, 3, 1)
    assert police(Stay("FR", date(2018, 1, 1), date(2023, 6, 1)), date_of_birth=child) == []
    assert police(Stay("FR", date(2018, 1, 1), date(2023, 10, 1)), date_of_birth=child) == [
        ("FR", date(2023, 3, 1), date(2023, 10, 1))
    ]


def test_two_stays_that_follow_each_other_are_one() -> None:
    first, second = Stay("FR", date(2020, 1, 1), date(2020, 4, 30)), Stay("fr", date(2020, 5, 1), date(2020, 8, 1))
    assert police(first, second) == [("FR", date(2020, 1, 1), date(2020, 8, 1))]


def test_a_visit_said_beside_a_stay_that_goes_on_ends_nothing() -> None:
    still = Stay("FR", date(2018, 1, 1))
    for visit in (Stay("FR", date(2020, 5, 1), date(2020, 8, 1)), Stay("FR", date(2018, 1, 1), date(2018, 2, 1))):
        assert police(still, visit) == police(visit, still) == [("FR", date(2018, 1, 1), None)]


def test_a_short_stay_takes_no_certificate_away() -> None:
    short, long = Stay("MA", date(2018, 1, 1), date(2018, 3, 1)), Stay("FR", date(2019, 1, 1), date(2020, 1, 1))
    assert police(short, long) == [("FR", date(2019, 1, 1), date(2020, 1, 1))]


def test_a_day_between_two_stays_makes_them_two() -> None:
    """Six months are asked for in a row; one last day belongs to the stay that it follows."""
    first = Stay("FR", date(2020, 1, 1), date(2020, 6, 29))
    assert police(first, Stay("FR", date(2020, 6, 30), date(2020, 6, 30))) == [
        ("FR", date(2020, 1, 1), date(2020, 6, 30))
    ]
    assert police(first, Stay("FR", date(2020, 7, 1), date(2020, 7, 1))) == []


def test_one_country_with_two_long_stays_has_one_certificate_from_the_first_to_the_last() -> None:
    stays = Stay("FR", date(2018, 1, 1), date(2019, 1, 1)), Stay("FR", date(2021, 1, 1), date(2022, 1, 1))
    assert police(*stays) == [("FR", date(2018, 1, 1), date(2022, 1, 1))]


def test_somebody_who_is_there_today_has_not_left() -> None:
    for last, left in ((DAY, None), (date(2026, 11, 21), date(2026, 11, 21))):
        (found,) = police_certificates(Profile.of(countries=(Stay("FR", date(2020, 1, 1), last),)), RULES, DAY) or ()
        assert (found.end, found.issued_after) == (left, left)


@pytest.mark.parametrize(
    ("facts", "is_open"),
    [
        ({}, True),
        ({"age": 27}, True),
        ({"age": 28}, False),
        ({"age": 27, "date_of_birth": date(1999, 1, 1)}, False),
    ],
    ids=["no age", "was 17 ten years ago", "was 18 all that time", "date of birth known"],
)
def test_the_age_of_eighteen_is_open_only_where_it_may_matter(facts: dict, is_open: bool) -> None:
    stay = Stay("FR", date(2018, 1, 1), date(2020, 1, 1))
    (found,) = police_certificates(Profile.of(countries=(stay,), **facts), RULES, DAY) or ()
    assert found.age_open is is_open


def test_a_country_left_and_the_present_one_have_different_rules_of_issue() -> None:
    profile = EVERYTHING.having(
        countries=(Stay("FR", date(2018, 1, 1), date(2020, 1, 1)), Stay("MA", date(2020, 2, 1)))
    )
    found = [document for document in documents_for(case_of(profile, DAY)) if document.id == "police"]
    assert [[line.id for line in document.reasons] for document in found] == [["police_left"], ["police_present"]]
    assert found[0].valid_from == date(2020, 1, 1)
    assert found[1].reasons[0].values == {"country": "MA", "months": 6}


def test_a_certificate_says_that_stays_before_eighteen_do_not_count_where_the_age_is_not_known() -> None:
    found = documents(EVERYTHING.without("date_of_birth"))["police"]
    assert [line.id for line in found.reasons] == ["police_left", "police_age_open"]


def test_unknown_stays_leave_the_certificate_open() -> None:
    found = documents(EVERYTHING.without("countries"))["police"]
    assert (found.applies, found.open) == ("cannot_tell", ("countries",))


def test_the_medical_exam_comes_first_since_august_2025() -> None:
    reasons = {
        day: documents(EVERYTHING, day)["medical"].reasons[0].id for day in (date(2025, 8, 20), date(2025, 8, 21))
    }
    assert list(reasons.values()) == ["medical_later", "medical_upfront"]
    assert documents(EVERYTHING)["medical"].values == {"months": 12}


def test_gaps_between_jobs_are_found() -> None:
    jobs = (
        Job(date(2018, 1, 1), date(2019, 1, 31)),
        Job(date(2019, 2, 15), date(2020, 1, 31)),
        Job(date(2020, 6, 1)),
    )
    assert list(job_gaps(Profile.of(jobs=jobs))) == [(date(2020, 1, 31), date(2020, 6, 1))]
    assert list(job_gaps(Profile.of(jobs=(*jobs, Job(date(2019, 1, 1), date(2021, 1, 1)))))) == []


def test_a_month_without_a_job_is_no_gap_and_a_month_and_a_day_is_one() -> None:
    first = Job(date(2018, 1, 1), date(2019, 3, 10))
    assert list(job_gaps(Profile.of(jobs=(first, Job(date(2019, 4, 10)))))) == []
    assert list(job_gaps(Profile.of(jobs=(first, Job(date(2019, 4, 11)))))) == [(date(2019, 3, 10), date(2019, 4, 11))]


def test_every_document_has_its_words_and_its_page() -> None:
    texts, known = catalogue(), pages()
    for profile in (
        EVERYTHING,
        Profile(),
        EVERYTHING.having(canadian_work_years=0, language_taken_on=date(2024, 1, 2)),
    ):
        for document in documents_for(case_of(profile, DAY)):
            assert document.page in known
            for language in LANGUAGES:
                assert texts[f"documents.name.{document.id}"][language]
                for line in document.reasons:
                    assert texts.say(f"documents.reason.{line.id}", language, **line.values)
