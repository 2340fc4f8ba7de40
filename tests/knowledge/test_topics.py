"""Every topic, for people of whom nothing and much is known, before and after the change of the score rules."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.facts import Profile
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import LANGUAGES, Language, money, text
from bot.knowledge.firm import FirmWords
from bot.knowledge.lint import MOST_LINES
from bot.knowledge.topics import UnknownTopicError, answer, topics
from bot.rules import rulebook

TODAY = date(2026, 11, 22)
BEFORE_THE_CHANGE = date(2026, 10, 15)

FIRM = FirmWords(
    name="Maple Crossing",
    register_url="https://college-ic.ca/register",
    contact="+1 416 555 0100",
    licensee="Jane Tremblay",
    licence_no="R000000",
    privacy_url="https://firm.example/privacy",
    booking_url="https://firm.example/book",
    fees_url="https://firm.example/fees",
    offices="Toronto; Halifax",
    hours="9 to 5",
)
INFORMATION_ONLY = FirmWords(name="Maple Crossing", register_url="https://college-ic.ca/register")

PROFILES = {
    "nothing known": Profile(),
    "invited, family of four": Profile.of(
        stage="invited",
        invited_on=date(2026, 11, 3),
        family_size=4,
        marital_status="married",
        language_taken_on=date(2025, 5, 1),
        eca_issued_on=date(2020, 1, 15),
        destination="quebec",
    ),
    "in the pool, dates gone by": Profile.of(
        stage="in_pool",
        profile_submitted_on=date(2025, 9, 1),
        invited_on=date(2026, 8, 1),
        language_taken_on=date(2023, 5, 1),
        eca_issued_on=date(2023, 1, 15),
        family_size=9,
        provincial_nomination=False,
    ),
}


def asked(topic: str, language: Language = "en", **changes: object) -> Answer:
    given: dict[str, object] = {"as_of": TODAY, "profile": Profile(), "firm": FIRM, **changes}
    return answer(topic, language=language, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("topic", topics())
def test_every_answer_is_whole_sourced_dated_and_carries_the_notice(topic: str) -> None:
    for language, profile, firm, as_of, more in product(
        LANGUAGES, PROFILES.values(), (FIRM, INFORMATION_ONLY), (TODAY, BEFORE_THE_CHANGE), (False, True)
    ):
        if more and not topics()[topic].more:
            continue
        found = answer(topic, language=language, as_of=as_of, profile=profile, firm=firm, more=more)
        said = "\n".join((*found.lines, *found.notices))
        assert found.lines, "an answer says something"
        assert not set("{}") & set(said), "no place is left empty"
        assert "None" not in said
        assert text("faq.flag.missing", language) not in found.lines, "no figure is missing"
        assert found.notices[-1] == text("notice.general", language)
        source = found.sources[0]
        assert source.title
        assert urlsplit(source.url).scheme == "https"
        assert source.dated is not None
        assert source.dated.endswith("2026")
        assert found.topic == topic
        assert found.language == language
        for button in found.buttons:
            _, _, entities = button.payload.partition("/faq")
            assert button.payload == "/ask_person" or json.loads(entities)["topic"] in topics()


@pytest.mark.parametrize("topic", topics())
def test_an_answer_has_at_most_five_lines_besides_the_warnings(topic: str) -> None:
    for profile, firm in product(PROFILES.values(), (FIRM, INFORMATION_ONLY)):
        found = asked(topic, profile=profile, firm=firm)
        warnings = {
            text(f"faq.flag.{kind}", "en", on=day, since=day, year="2026")
            for kind in ("disputed", "missing", "stale", "unconfirmed", "newer")
            for day in (date(2026, 6, 30), date(2026, 8, 26), date(2026, 10, 1), date(2025, 7, 7))
        }
        assert len([line for line in found.lines if line not in warnings]) <= MOST_LINES


@pytest.mark.parametrize("topic", topics())
def test_english_and_french_are_two_texts(topic: str) -> None:
    entry = topics()[topic]
    for pair in (entry.title, entry.question, *entry.lines):
        if any(len(word) > 3 and word.isalpha() for word in pair.en.split() if not word[0].isupper()):
            assert pair.en != pair.fr


def test_an_unknown_topic_is_an_error() -> None:
    with pytest.raises(UnknownTopicError):
        asked("no_such_topic")


@pytest.mark.parametrize(("language", "amount"), [("en", "$28,362"), ("fr", "28 362 $")])
def test_funds_for_a_family_of_four(language: Language, amount: str) -> None:
    found = asked("proof_of_funds", language, profile=Profile.of(family_size=4))
    assert amount in found.lines[0].replace("\xa0", " ")
    assert any("2026" in line and "2025" in line for line in found.lines), (
        "the table's date and the check for a newer one"
    )
    assert found.table is not None
    mine = [row for row in found.table.rows if row[0].startswith("4")]
    assert mine[0][1].replace("\xa0", " ") == amount
    assert found.sources[0].dated in ("June 30, 2026", "30 juin 2026"), "confirmed no later than the next table was due"


def test_funds_without_a_family_size_show_the_table_and_ask() -> None:
    found = asked("proof_of_funds")
    assert "Tell me how many" in found.lines[0]
    assert found.table is not None
    assert [row[0] for row in found.table.rows] == ["1", "2", "3", "4", "5", "6", "7", "Each additional member"]


@given(size=st.integers(min_value=1, max_value=30))
def test_funds_of_any_family_follow_the_table(size: int) -> None:
    table = rulebook().at(TODAY).reference("funds.table").value
    expected = table[str(min(size, 7))] + max(size - 7, 0) * table["additional"]
    found = asked("proof_of_funds", profile=Profile.of(family_size=size))
    assert money(expected, "en") in found.lines[0]
    assert found.table is not None
    assert (f"{size} (your line)", money(expected, "en")) in found.table.rows


def test_the_table_of_its_day_is_used() -> None:
    found = asked("proof_of_funds", profile=Profile.of(family_size=1), as_of=date(2025, 7, 6))
    assert "$14,690" in found.lines[0]
    assert "May 28, 2024" in found.lines[0]


def test_ita_deadline_with_and_without_the_day_of_the_invitation() -> None:
    without = asked("ita_deadline")
    assert without.lines[0].startswith("You have 60 calendar days")
    assert "For an invitation" not in " ".join(without.lines)
    with_day = asked("ita_deadline", profile=Profile.of(invited_on=date(2026, 11, 3)))
    assert "For an invitation of November 3, 2026, that is until January 2, 2027." in with_day.lines
    french = asked("ita_deadline", "fr", profile=Profile.of(invited_on=date(2026, 11, 3)))
    assert "Pour une invitation du 3 novembre 2026, c’est jusqu’au 2 janvier 2027." in french.lines
    gone_by = asked("ita_deadline", profile=Profile.of(invited_on=date(2026, 8, 1)))
    assert "For an invitation of August 1, 2026, that time ended on September 30, 2026." in gone_by.lines


def test_a_period_that_ends_on_the_day_itself_has_not_gone_by() -> None:
    found = asked("ita_deadline", profile=Profile.of(invited_on=date(2026, 9, 23)))
    assert "For an invitation of September 23, 2026, that is until November 22, 2026." in found.lines


def test_a_test_that_turns_two_years_old_no_longer_counts_on_that_day() -> None:
    """The result must be less than two years old (IRPR s. 75(2)(d)); a deadline, by contrast, includes its last day."""
    eve = asked("language_validity", profile=Profile.of(language_taken_on=date(2024, 11, 23)))
    assert "A test of November 23, 2024 stops counting on November 23, 2026." in eve.lines
    that_day = asked("language_validity", profile=Profile.of(language_taken_on=date(2024, 11, 22)))
    assert "A test of November 22, 2024 stopped counting on November 22, 2026." in that_day.lines


def test_a_profile_of_a_leap_day_ends_on_the_last_of_february() -> None:
    found = asked("profile_validity", profile=Profile.of(profile_submitted_on=date(2024, 2, 29)))
    assert any("February 28, 2025" in line for line in found.lines)


def test_points_are_current_before_the_change_and_dated_after_it() -> None:
    before = asked("nomination", as_of=BEFORE_THE_CHANGE)
    assert "adds 600 points to the score" in before.lines[0]
    assert len(before.notices) == 1
    after = asked("nomination")
    assert after.lines[0].startswith("Until November 2, 2026")
    assert "added 600 points" in after.lines[0]
    assert "The rules in force until November 2, 2026 have been replaced." in after.notices[0]


def test_old_cut_offs_are_never_shown_as_current() -> None:
    for topic in ("crs_cutoff", "latest_rounds"):
        after = asked(topic)
        assert any("on the scale used until November 2, 2026" in line for line in after.lines)
        assert any("do not predict" in line for line in after.lines)
        assert after.table is not None
        assert "October 1, 2026" in after.table.caption, "the age of the data is said"


def test_rounds_of_nominees_are_not_shown_to_a_person_without_a_nomination() -> None:
    everybody = asked("latest_rounds").table
    without = asked("latest_rounds", profile=Profile.of(provincial_nomination=False)).table
    assert everybody is not None
    assert without is not None
    assert {row[0] for row in everybody.rows} - {row[0] for row in without.rows} == {"Provincial nominees"}


def test_a_round_after_the_day_is_not_known_on_that_day() -> None:
    found = asked("latest_rounds", as_of=date(2026, 8, 6)).table
    assert found is not None
    assert ("French-language proficiency", "August 6, 2026", "391", "5,000") in found.rows
    assert not any(row[0] == "Transport" and "August 7" in row[1] for row in found.rows)


def test_the_programs_table_follows_the_rules() -> None:
    found = asked("programs_overview").table
    assert found is not None
    assert found.rows[0][2] == "CLB 7 for TEER 0 or 1, CLB 5 for TEER 2 or 3"
    assert found.rows[1][4].startswith("67 of 100")
    assert found.rows[2][1] == "24 months in the trade within 5 years"


@pytest.mark.parametrize("topic", [topic.id for topic in topics().values() if topic.notice == "urgent"])
def test_urgent_matters_name_the_deadline_and_a_person(topic: str) -> None:
    found = asked(topic)
    assert text("notice.urgent", "en", contact=FIRM.contact) in found.lines
    assert found.buttons[-1].payload == "/ask_person"
    alone = asked(topic, firm=INFORMATION_ONLY)
    assert any(INFORMATION_ONLY.register_url in line for line in alone.lines)


@pytest.mark.parametrize("topic", topics())
def test_information_only_promises_no_person(topic: str) -> None:
    found = asked(topic, firm=INFORMATION_ONLY)
    assert not any(button.payload == "/ask_person" for button in found.buttons)


def test_more_is_offered_and_said_on_request() -> None:
    first = asked("police_certificates")
    assert first.buttons[0].payload == '/faq{"topic": "police_certificates", "more": true}'
    rest = asked("police_certificates", more=True)
    assert not set(rest.lines) & set(first.lines)
    assert not any('"more"' in button.payload for button in rest.buttons)
    assert rest.table is None
