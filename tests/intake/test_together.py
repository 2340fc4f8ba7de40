"""Duplicates lose nothing, families are linked, copies leave the lead as it was; where each fact came from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.facts import Profile
from bot.intake import leads, notes, tasks, together, work
from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.intake.inbox import page
from bot.intake.together import MergeError
from bot.intake.told import told_in
from tests.databases import database, sqlite_url
from tests.intake.people import DAY, made

__all__ = ["database"]
database_url = sqlite_url


def test_a_duplicate_gives_its_work_away_and_keeps_its_own_story(database: Database) -> None:
    kept = made(database, profile=Profile.of(age=31))
    double = made(database, profile=Profile.of(stage="trouble"), contact="ANNA@home.example")
    with database.session() as session:
        seal = database.seal
        assert [one.id for one in together.possible_duplicates(session, seal, kept.id)] == [double.id]
        notes.add_note(session, seal, double.id, "spoke with her", staff_id=1)
        tasks.add_task(session, seal, double.id, "call", staff_id=1)
        work.set_labels(session, seal, double.id, ["nurse"], staff_id=1)
        work.set_labels(session, seal, kept.id, ["nurse", "Ontario"], staff_id=1)
        work.assign(session, seal, double.id, 4, staff_id=1)
        merged = together.merge(session, seal, double.id, kept.id, staff_id=1)
        assert (merged.place.priority, merged.place.reason, merged.urgent) == (1, "trouble", True)
        assert (merged.labels, merged.assignee_id) == (("Ontario", "nurse"), 4)
        assert [note.text for note in notes.notes(session, seal, kept.id)] == ["spoke with her"]
        assert len(tasks.tasks(session, seal, lead_id=kept.id)) == 1
        assert [one.id for one in together.merged(session, seal, kept.id)] == [double.id]
        assert [one.id for one in page(session, seal, Filters()).leads] == [kept.id]
        file = leads.get_lead(session, seal, double.id)
        assert (file.lead.status, file.lead.is_open, file.lead.merged_into_id) == ("duplicate", False, kept.id)
        assert file.facts == {"stage": "trouble"}
        assert len(file.transcript) == 3
        assert together.possible_duplicates(session, seal, kept.id) == []
        for wrong in ((kept.id, kept.id), (double.id, kept.id), (kept.id, double.id)):
            with pytest.raises(MergeError):
                together.merge(session, seal, *wrong, staff_id=1)


def test_a_family_grows_over_its_members(database: Database) -> None:
    one, two, three = (made(database, contact=f"p{number}@home.example") for number in range(3))
    with database.session() as session:
        seal = database.seal
        together.link_family(session, seal, one.id, two.id, staff_id=1)
        together.link_family(session, seal, three.id, two.id, staff_id=1)
        assert [lead.id for lead in together.family(session, seal, one.id)] == [two.id, three.id]
        assert {lead.id for lead in page(session, seal, Filters(family=one.id)).leads} == {one.id, two.id, three.id}
        together.unlink_family(session, seal, two.id, staff_id=1)
        assert together.family(session, seal, two.id) == []
        assert [lead.id for lead in together.family(session, seal, one.id)] == [three.id]


def test_a_copy_answers_what_if_and_leaves_the_lead_alone(database: Database) -> None:
    lead = made(database, profile=Profile.of(age=31, education="master"))
    with database.session() as session:
        seal = database.seal
        older = together.run_again(session, seal, lead.id, as_of=DAY, edits={"age": 40, "education": None}, staff_id=2)
        then = together.run_again(session, seal, lead.id, as_of=date(2024, 6, 1), staff_id=2)
        with pytest.raises(ValueError, match="age"):
            together.run_again(session, seal, lead.id, as_of=DAY, edits={"age": 400}, staff_id=2)
        assert [copy.id for copy in together.copies(session, seal, lead.id)] == [older.id, then.id]
        assert older.assessment["crs"] != leads.get_lead(session, seal, lead.id).assessment["crs"]  # type: ignore[index]
        assert then.assessment["as_of"] == "2024-06-01"
        file = leads.get_lead(session, seal, lead.id)
    assert file.facts == {"age": 31, "education": "master"}
    assert file.lead.assessed_on == DAY


def test_what_staff_learn_is_told_apart_from_what_was_said(database: Database) -> None:
    lead = made(database, profile=Profile.of(age=31))
    with database.session() as session:
        again = leads.tell_facts(session, database.seal, lead.id, {"fairness_letter": True}, staff_id=5, as_of=DAY)
        assert (again.place.priority, again.urgent) == (1, True)
        file = leads.get_lead(session, database.seal, lead.id)
    assert (file.sources["fairness_letter"].source, file.sources["fairness_letter"].staff_id) == ("staff", 5)
    assert file.facts == {"age": 31, "fairness_letter": True}


EVENTS = [
    {"event": "user", "message_id": "c-3", "timestamp": 10.0, "parse_data": {"entities": [{"entity": "age"}]}},
    {"event": "slot", "name": "age", "value": 33, "timestamp": 11.0},
    {"event": "slot", "name": "family_size", "value": 1, "timestamp": 11.0},
    {"event": "slot", "name": "requested_slot", "value": "sibling_in_canada", "timestamp": 11.0},
    {"event": "user", "message_id": "c-5", "timestamp": 20.0, "parse_data": {"entities": []}},
    {"event": "slot", "name": "sibling_in_canada", "value": False, "timestamp": 21.0},
    {"event": "slot", "name": "age", "value": 33, "timestamp": 21.0},
    {"event": "slot", "name": "misses", "value": 0, "timestamp": 21.0},
    {"event": "user", "message_id": "c-7", "timestamp": 30.0, "parse_data": {"entities": [{"entity": "age"}]}},
    {"event": "slot", "name": "age", "value": 34, "timestamp": 31.0},
]


def test_each_fact_knows_its_message_and_what_it_was_before(database: Database) -> None:
    told = told_in(EVENTS)
    assert [(one.fact, one.value, one.source, one.seq) for one in told] == [
        ("age", 33, "message", 3),
        ("family_size", 1, "derived", None),
        ("sibling_in_canada", False, "message", 5),
        ("age", 34, "message", 7),
    ]
    lead = made(database, told=told)
    made(database, conversation_id=lead.conversation_id, told=told)  # the same turn worked on twice
    with database.session(reading=True) as session:
        file = leads.get_lead(session, database.seal, lead.id)
    assert len(file.told) == 4
    assert [(earlier.value, later.value, later.seq) for earlier, later in file.corrections] == [(33, 34, 7)]
    assert file.corrections[0][1].at - file.corrections[0][0].at == timedelta(seconds=20)


def test_a_restart_forgets_what_was_told_before() -> None:
    assert told_in([*EVENTS, {"event": "restart"}]) == ()
