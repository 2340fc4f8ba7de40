"""Category-based selection by the list of the day: occupation, months, place, French."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assessment.categories import CategoryResult, FrenchLevels, categories_for, french_levels
from bot.assessment.language import language_results
from bot.facts import Job, Profile
from bot.rules import rulebook

NOW, LAST_YEAR, AFTER = date(2026, 10, 1), date(2025, 6, 1), date(2026, 11, 22)
NO_FRENCH = FrenchLevels(0, 0)


def categories(profile: Profile, day: date = NOW, french: FrenchLevels = NO_FRENCH) -> dict[str, CategoryResult]:
    return {found.id: found for found in categories_for(profile, rulebook().at(day), day, french)}


def worked(noc: str, start: date, end: date | None = None, **rest) -> Profile:
    return Profile.of(jobs=(Job(start, end, noc=noc, **rest),))


def test_the_categories_of_each_year() -> None:
    assert set(categories(Profile())) == {
        "french",
        "healthcare",
        "stem",
        "trades",
        "education",
        "transport",
        "physicians",
        "senior_managers",
        "researchers",
        "military",
    }
    assert set(categories(Profile(), LAST_YEAR)) == {
        "french",
        "healthcare",
        "stem",
        "trades",
        "education",
        "agriculture",
    }


def test_a_nurse_with_a_year_abroad_is_in_healthcare() -> None:
    nurse = categories(worked("31301", date(2025, 3, 1)))["healthcare"]
    assert (nurse.answer, nurse.noc) == ("yes", "31301")
    assert nurse.months >= 12
    assert [line.id for line in nurse.reasons] == ["experience_reached"]
    assert nurse.reasons[0].values == {"months": nurse.months, "needed": 12, "years": 3}
    before = categories(worked("31301", date(2024, 3, 1)), LAST_YEAR)["healthcare"]
    assert before.reasons[0].values["needed"] == 6


@pytest.mark.parametrize("noc", ["21231", "21232", "21211", "21222", "21223"])
def test_software_and_data_occupations_left_stem(noc: str) -> None:
    """E8 of the source pages: a live competitor still shows software engineers in STEM."""
    assert categories(worked(noc, date(2024, 1, 1)))["stem"].answer == "no"


def test_cooks_left_trades_and_butchers_joined_in_2026() -> None:
    cook, butcher = worked("63200", date(2024, 1, 1)), worked("63201", date(2024, 1, 1))
    assert categories(cook)["trades"].answer == "no"
    assert categories(butcher)["trades"].answer == "yes"
    assert categories(cook, LAST_YEAR)["trades"].answer == "yes"
    assert categories(butcher, LAST_YEAR)["trades"].answer == "no"
    assert categories(butcher, LAST_YEAR)["agriculture"].answer == "yes"


def test_six_months_were_enough_in_2025_and_twelve_are_needed_in_2026() -> None:
    eight_months = lambda day: worked("31301", date(day.year - 1, day.month + 1, 1), date(day.year, 3, 1))  # noqa: E731
    assert categories(eight_months(LAST_YEAR), LAST_YEAR)["healthcare"].answer == "yes"
    short = categories(worked("31301", date(2025, 11, 1), date(2026, 6, 30)))["healthcare"]
    assert (short.answer, short.months) == ("no", 7)


def test_continuity_was_asked_in_2025_and_is_not_in_2026() -> None:
    def broken(year: int) -> Profile:
        first = Job(date(year - 1, 3, 1), date(year - 1, 6, 30), noc="31301")
        return Profile.of(jobs=(first, Job(date(year - 1, 9, 1), date(year - 1, 12, 20), noc="31301")))

    assert categories(broken(2025), LAST_YEAR)["healthcare"].answer == "no"
    two_years = Profile.of(
        jobs=(
            Job(date(2024, 3, 1), date(2024, 9, 30), noc="31301"),
            Job(date(2025, 3, 1), date(2025, 9, 30), noc="31301"),
        )
    )
    assert categories(two_years)["healthcare"].answer == "yes"


def test_months_of_two_listed_occupations_do_not_add_up() -> None:
    mixed = Profile.of(
        jobs=(
            Job(date(2025, 1, 1), date(2025, 8, 31), noc="31301"),
            Job(date(2025, 9, 1), date(2026, 4, 30), noc="32101"),
        )
    )
    assert categories(mixed)["healthcare"].answer == "no"


def test_canadian_experience_categories_count_canada_only() -> None:
    abroad, here = worked("31102", date(2024, 1, 1)), worked("31102", date(2024, 1, 1), place="canada")
    assert categories(abroad)["physicians"].answer == "no"
    assert categories(abroad)["healthcare"].answer == "yes"
    assert categories(here)["physicians"].answer == "yes"
    funded = worked("31102", date(2024, 1, 1), place="canada", status="self_employed", publicly_funded_physician=True)
    assert categories(funded)["physicians"].answer == "yes"
    private = worked("31102", date(2024, 1, 1), place="canada", status="self_employed")
    assert categories(private)["physicians"].answer == "cannot_tell"


@pytest.mark.parametrize("noc", ["00010", "00011"])
def test_legislators_and_senior_officials_are_not_senior_managers(noc: str) -> None:
    profile = worked(noc, date(2024, 1, 1), place="canada")
    assert categories(profile)["senior_managers"].answer == "no"


def test_french_needs_level_seven_in_all_four_abilities() -> None:
    answers = {
        levels: categories(Profile(), french=levels)["french"].answer
        for levels in (FrenchLevels(7, 7), FrenchLevels(10, 10), FrenchLevels(6, 6), FrenchLevels(0, 10), NO_FRENCH)
    }
    assert list(answers.values()) == ["yes", "yes", "no", "cannot_tell", "no"]


@pytest.mark.parametrize(
    ("levels", "answer", "why"),
    [
        (FrenchLevels(7, 7), "yes", "french_reached"),
        (FrenchLevels(5, 7), "cannot_tell", "french_open"),
        (FrenchLevels(6, 6), "no", "french_below"),
        (NO_FRENCH, "no", "no_french_test"),
    ],
)
def test_what_is_said_of_french(levels: FrenchLevels, answer: str, why: str) -> None:
    found = categories(Profile(), french=levels)["french"]
    assert (found.answer, [line.id for line in found.reasons]) == (answer, [why])


FRENCH_OF_ALL = {"reading": 9, "writing": 7, "listening": 8, "speaking": 6}


@pytest.mark.parametrize(
    ("facts", "french"),
    [
        ({"language_test": "nclc", **FRENCH_OF_ALL}, FrenchLevels(6, 6)),
        (
            {
                "language_test": "clb",
                "second_language_test": "nclc",
                **{f"second_{ability}": level for ability, level in FRENCH_OF_ALL.items()},
            },
            FrenchLevels(6, 6),
        ),
        (
            {"language_test": "clb", "second_language_test": "nclc", "second_reading": 8, "second_speaking": 9},
            FrenchLevels(0, 8, ("second_writing",)),
        ),
        ({"language_test": "tef_canada", "language_taken_on": date(2024, 10, 1)}, FrenchLevels(0, 0, (), NOW)),
        ({}, FrenchLevels(0, 10, ("language_test",))),
        ({"language_test": "clb"}, FrenchLevels(0, 10, ("second_language_test",))),
        ({"language_test": "clb", "second_language_test": "none"}, NO_FRENCH),
        ({"language_test": "none"}, NO_FRENCH),
    ],
    ids=["first", "second", "abilities open", "expired", "nothing known", "second open", "no second", "no test"],
)
def test_the_french_of_a_person_is_the_lowest_ability_of_the_french_result(facts: dict, french: FrenchLevels) -> None:
    rules = rulebook().at(NOW)
    assert french_levels(language_results(Profile.of(**facts), NOW, rules), rules) == french


def test_each_category_names_the_rules_of_its_year() -> None:
    """Full-time hours count since 2026; three categories ask for work in Canada."""
    shared = tuple(f"categories.experience.{name}" for name in ("months", "window_years", "continuous"))
    hours, worked_hours = "categories.experience.hours", ("work.weekly_cap", "work.year_hours")
    now, before = categories(Profile()), categories(Profile(), LAST_YEAR)
    assert before["healthcare"].rules == ("categories.healthcare.codes", *shared, *worked_hours)
    assert now["healthcare"].rules == ("categories.healthcare.codes", *shared, hours, *worked_hours)
    here = (*shared, hours, "categories.experience.canada_only", *worked_hours)
    assert now["physicians"].rules == ("categories.physicians.codes", *here)


def test_military_is_never_a_yes_because_service_and_offer_are_not_known() -> None:
    soldier = worked("43204", date(2010, 1, 1)).having(education="bachelor", job_offer="other")
    result = categories(soldier)["military"]
    assert result.answer == "cannot_tell"
    assert [line.values["years"] for line in result.reasons] == [10, 3, 2]
    assert result.open == ()
    assert categories(Profile())["military"].open == ("noc",)
    assert categories(soldier.having(education="one_year"))["military"].answer == "no"
    assert categories(soldier.having(job_offer="none"))["military"].answer == "no"
    assert categories(worked("21231", date(2010, 1, 1)))["military"].answer == "no"


@pytest.mark.parametrize(
    ("category", "rests_on"),
    [
        ("french", {"french.level"}),
        ("military", {"military.codes", "military.service_years", "military.offer_min_years"}),
        ("healthcare", {"healthcare.codes", "experience.months", "experience.window_years", "experience.hours"}),
        ("physicians", {"physicians.codes", "experience.months", "experience.canada_only"}),
    ],
)
def test_a_category_names_the_rules_that_it_rests_on_and_no_others(category: str, rests_on: set[str]) -> None:
    named = set(categories(Profile())[category].rules)
    assert {f"categories.{rule}" for rule in rests_on} <= named
    own = category in {"french", "military"}
    assert any(rule.startswith("categories.experience.") for rule in named) is not own
    others = {"french", "military", "healthcare", "physicians"} - {category}
    assert not [rule for rule in named if rule.split(".")[1] in others]


def test_an_occupation_that_was_not_named_cannot_be_told() -> None:
    open_noc = categories(Profile.of(foreign_work_years=3))["healthcare"]
    assert (open_noc.answer, open_noc.open) == ("cannot_tell", ("canadian_work_years", "noc"))
    nothing = categories(Profile.of(foreign_work_years=0, canadian_work_years=0))["healthcare"]
    assert nothing.answer == "no"


def test_plain_years_say_what_they_take_for_granted() -> None:
    nurse = categories(Profile.of(foreign_work_years=3, canadian_work_years=0, noc="31301"))["healthcare"]
    assert nurse.answer == "yes"
    assert [line.id for line in nurse.assumptions] == ["recent", "one_occupation"]


def test_after_the_change_no_category_is_confirmed() -> None:
    after = categories(worked("31301", date(2025, 3, 1)), AFTER)
    assert {found.confirmed_until for found in after.values()} == {date(2026, 8, 26)}
    assert {found.confirmed_until for found in categories(Profile()).values()} == {None}


def test_lists_that_were_not_collected_are_not_guessed() -> None:
    early = categories(worked("31301", date(2023, 1, 1)), date(2024, 6, 1))
    assert early["healthcare"].answer == "cannot_tell"
    assert [line.id for line in early["healthcare"].reasons] == ["list_not_collected"]
    assert categories(Profile(), date(2022, 12, 1)) == {}


# Transcribed once more from the list of 2026-02-18, apart from the rule data.
LISTED_2026 = {
    "healthcare": "31100 31101 31102 31103 31110 31111 31112 31120 31121 31200 31201 31202 31203 31209 31300 31301"
    " 31302 31303 32101 32102 32103 32104 32109 32111 32120 32121 32122 32123 32124 32129 32201 33101 33102 33103"
    " 41300 41301 42201",
    "stem": "20011 21220 21300 21301 21310 21321 21331 22300 22301 22310 63100",
    "trades": "22303 63201 70010 70011 72100 72102 72106 72200 72201 72300 72302 72310 72311 72320 72400 72401 72402"
    " 72422 72501 72999 73100 73110 73112 73113 82021",
    "education": "41220 41221 42202 42203 43100",
    "transport": "22313 72404 72410 72600",
    "physicians": "31100 31101 31102",
    "senior_managers": "00012 00013 00014 00015",
    "researchers": "41200 41201",
}
NOCS = [
    row["code"]
    for row in csv.DictReader((Path(__file__).parents[2] / "bot/rules/data/noc/noc2021.csv").open(encoding="utf-8"))
]


def test_every_occupation_of_the_classification_is_in_exactly_the_listed_categories() -> None:
    assert len(NOCS) == 516
    for noc in NOCS:
        found = categories(worked(noc, date(2024, 1, 1), place="canada"))
        inside = {name for name, result in found.items() if result.answer == "yes"}
        assert inside == {name for name, codes in LISTED_2026.items() if noc in codes.split()}, noc


@given(
    st.dates(date(2017, 6, 6), date(2027, 6, 1)),
    st.none() | st.sampled_from(["31301", "21232", "63200", "43204", "00012"]),
    st.none() | st.floats(0, 60),
    st.none() | st.floats(0, 60),
    st.integers(0, 10),
)
def test_no_profile_raises_on_any_day(day, noc, canadian, foreign, level) -> None:
    profile = Profile.of(noc=noc, canadian_work_years=canadian, foreign_work_years=foreign)
    for found in categories(profile, day, FrenchLevels(level, level)).values():
        assert found.answer in ("yes", "no", "cannot_tell")
        assert found.reasons
