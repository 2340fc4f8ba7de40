"""What holds of every part of every assessment: nothing raises, everything can be said, every figure has its rule."""

import json
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assessment import Assessment, Reason, assess, crs_score
from bot.facts import Profile, vocabulary
from bot.knowledge.catalogue import LANGUAGES, catalogue
from bot.knowledge.pages import pages
from bot.rules import rulebook
from tests.assessment.profiles import profiles

ABILITIES = ("listening", "reading", "writing", "speaking")
days = st.dates(date(2017, 6, 6), date(2027, 12, 31))


def said(found: Assessment) -> Iterator[tuple[str, Reason]]:
    """Every reason of every part, with the id of its text."""
    for counted in found.work.values():
        for line in (*counted.reasons, *(line for entry in counted.ledger for line in entry.reasons)):
            yield f"work.reason.{line.id}", line
        for line in counted.assumptions:
            yield f"work.assumed.{line.id}", line
    for category in found.categories:
        for line in category.reasons:
            yield f"categories.reason.{line.id}", line
        for line in category.work_reasons:
            yield f"work.reason.{line.id}", line
        for line in category.assumptions:
            yield f"work.assumed.{line.id}", line
    for standing in found.rounds.standings:
        for line in standing.reasons:
            yield f"standing.reason.{line.id}", line
    for document in found.documents:
        for line in document.reasons:
            yield f"documents.reason.{line.id}", line
    if found.timeline.invitation is not None:
        for line in found.timeline.invitation.exceptions:
            yield f"timeline.invitation.{line.id}", line


@settings(max_examples=200, deadline=None)
@given(profiles, days)
def test_every_sentence_of_any_assessment_can_be_said_in_both_languages(profile: Profile, day: date) -> None:
    texts, found = catalogue(), assess(profile, day)
    for language in LANGUAGES:
        for key, line in said(found):
            assert texts.say(key, language, **line.values)
        for event in found.timeline.events:
            assert texts.say(f"timeline.{event.id}", language, on=event.on or day, **event.values)
        for standing in found.rounds.standings:
            held = standing.round
            values = {"number": held.number, "on": held.on, "cut_off": held.cut_off, "difference": standing.difference}
            assert texts.say(f"standing.{standing.position}", language, **values)
        for note in found.rounds.notes:
            assert texts[f"standing.note.{note}"][language]
        for document in found.documents:
            assert document.page in pages()


@settings(max_examples=100, deadline=None)
@given(profiles, days)
def test_every_assessment_is_plain_data(profile: Profile, day: date) -> None:
    data = assess(profile, day).to_dict(complete=True)
    assert json.loads(json.dumps(data)) == data


@settings(max_examples=60, deadline=None)
@given(profiles, days)
def test_the_score_alone_is_the_score_of_the_whole(profile: Profile, day: date) -> None:
    assert crs_score(profile, day) == assess(profile, day).crs


@settings(max_examples=60, deadline=None)
@given(profiles, days)
def test_every_fact_that_is_named_exists(profile: Profile, day: date) -> None:
    found = assess(profile, day)
    named = {fact for program in found.programs for fact in program.missing}
    named |= {fact for program in found.programs for condition in program.conditions for fact in condition.facts}
    named |= {width.fact for width in found.score.widths}
    named |= {fact for counted in found.work.values() for fact in counted.open}
    named |= {fact for category in found.categories for fact in category.open}
    named |= {fact for document in found.documents for fact in (*document.proves, *document.open)}
    named |= {fact for risk in found.risks for fact in risk.facts}
    named |= set(found.funds.open) if found.funds is not None else set()
    named |= {fact for scenario in found.partner.scenarios for fact in scenario.open} if found.partner else set()
    assert named <= set(vocabulary())


@settings(max_examples=40, deadline=None)
@given(profiles, days)
def test_the_complete_data_holds_every_part_as_it_is(profile: Profile, day: date) -> None:
    found = assess(profile, day)
    data = found.to_dict(complete=True)
    assert {name: value for name, value in data.items() if name in found.to_dict()} == found.to_dict()
    assert {name: entry["answer"] for name, entry in data["categories"].items()} == {
        category.id: category.answer for category in found.categories
    }
    assert {name: entry["hours"] for name, entry in data["work"].items()} == {
        name: counted.hours for name, counted in found.work.items()
    }
    assert [one["round"]["number"] for one in data["rounds"]["standings"]] == [
        one.round.number for one in found.rounds.standings
    ]
    assert [gain["points"] for gain in data["gains"]["alone"]] == [gain.points for gain in found.gains.alone]
    assert [event["id"] for event in data["timeline"]["events"]] == [event.id for event in found.timeline.events]
    assert [document["id"] for document in data["documents"]] == [document.id for document in found.documents]
    assert [risk["rule"]["id"] for risk in data["risks"]] == [risk.id for risk in found.risks]
    assert (data["partner"] is None) == (found.partner is None)
    assert (data["funds"] or {}).get("enough") == (found.funds.enough if found.funds else None)
    assert (data["police"] is None) == (found.police is None)


def test_a_moment_keeps_its_time_in_the_data() -> None:
    profile = Profile.of(canadian_work_years=2, language_test="clb", **dict.fromkeys(ABILITIES, 9))
    standing = assess(profile, date(2026, 11, 2)).to_dict(complete=True)["rounds"]["standings"][0]
    assert standing["round"]["tie_break"] == "2026-02-13T20:48:08+00:00"


def test_what_is_not_complete_names_the_rule_it_hangs_on() -> None:
    notes = {note.id: note for note in assess(Profile(), date(2026, 11, 3)).notes}
    assert notes["assessment.note.rules_incomplete"].rule == "crs.set"
    assert notes["assessment.note.rules_incomplete"].values == {"since": date(2026, 11, 3), "until": date(2026, 11, 2)}
    assert notes["assessment.note.programs_check"].rule == "programs.outside_quebec"
    assert notes["assessment.note.funds_check"].rule == "funds.table"


@settings(max_examples=60, deadline=None)
@given(profiles, days, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(profile: Profile, day: date, random) -> None:
    names = list(profile)
    random.shuffle(names)
    other = Profile({name: profile[name] for name in names})
    assert assess(other, day).to_dict(complete=True) == assess(profile, day).to_dict(complete=True)


@settings(max_examples=60, deadline=None)
@given(profiles, days)
def test_every_rule_that_is_named_exists(profile: Profile, day: date) -> None:
    book, found = rulebook(), assess(profile, day)
    rules = {line.rule for _, line in said(found) if line.rule}
    rules |= {event.rule for event in found.timeline.events if event.rule}
    rules |= {document.rule for document in found.documents if document.rule}
    rules |= {rule for category in found.categories for rule in category.rules}
    rules |= {rule for counted in found.work.values() for rule in counted.rules}
    rules |= {rule for gain in found.gains.alone for rule in gain.limits}
    assert not {rule for rule in rules if rule not in book}


@pytest.mark.parametrize("day", [date(2017, 6, 6), date(2020, 10, 20), date(2025, 3, 25), date(2026, 11, 3)])
def test_nothing_known_is_an_assessment_too(day: date) -> None:
    found = assess(Profile(), day)
    assert found.timeline.events == ()
    assert found.partner is None
    assert {category.answer for category in found.categories} <= {"cannot_tell"}
