"""The inbox: filters that combine, orders, pages by cursor, and a search over what is sealed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.facts import Profile
from bot.intake import notes, tasks, together, work
from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.intake.inbox import CursorError, Sort, count, page
from bot.intake.lead_values import Lead
from tests.intake.people import DAY, made

INVITED = Profile.of(age=29, stage="invited", invited_on=DAY - timedelta(days=10))
POOL = Profile.of(age=31, stage="in_pool", education="master")


def ids(database: Database, filters: Filters = Filters(), **other: Any) -> list[int]:  # noqa: B008
    with database.session(reading=True) as session:
        return [lead.id for lead in page(session, database.seal, filters, **other).leads]


@pytest.fixture
def three(database: Database) -> tuple[Lead, Lead, Lead]:
    return (
        made(
            database, profile=POOL, name="Zoë Tremblay", contact="+1 (613) 555-0142", language="fr", channel="telegram"
        ),
        made(database, profile=INVITED, name="Anna Ødegård", contact="anna@home.example"),
        made(database, profile=Profile.of(age=50), signs=["detention"], name="Li Wei", contact="LI@Home.example"),
    )


def test_the_order_of_work_puts_harm_first_then_the_nearest_day(
    database: Database, three: tuple[Lead, Lead, Lead]
) -> None:
    pool, invited, detained = three
    assert ids(database) == [detained.id, invited.id, pool.id]
    assert ids(database, sort="oldest") == [pool.id, invited.id, detained.id]
    assert ids(database, sort="newest") == [detained.id, invited.id, pool.id]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(stage=("in_pool", "invited")), {0, 1}),
        (Filters(language=("fr",), channel=("telegram",)), {0}),
        (Filters(urgent=True), {1, 2}),
        (Filters(urgent=True, stage=("invited",)), {1}),
        (Filters(priority=(1,)), {2}),
        (Filters(due_by=DAY + timedelta(days=60)), {1}),
        (Filters(unassigned=True), {0, 1, 2}),
        (Filters(assignee=(5,)), set()),
        (Filters(open=False), set()),
        (Filters(other_rules="none"), {0, 1, 2}),
        (Filters(may_write=True), set()),
        (Filters(waiting_minutes=0), {0, 1, 2}),
        (Filters(waiting_minutes=60), set()),
        (Filters(score_to=-1), set()),
        (Filters(programs={"cec": "yes"}), set()),
    ],
)
def test_filters_combine(
    database: Database, three: tuple[Lead, Lead, Lead], filters: Filters, expected: set[int]
) -> None:
    wanted = {three[number].id for number in expected}
    assert set(ids(database, filters)) == wanted
    with database.session(reading=True) as session:
        assert count(session, database.seal, filters) == len(wanted)


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("anna", {1}),
        ("odeg", {1}),
        ("ØDEGÅRD anna", {1}),
        ("anna tremblay", set()),
        ("zoe", {0}),
        ("613-555-0142", {0}),
        ("555 0142", set()),
        ("16135550142", {0}),
        ("anna@home.example", {1}),
        ("li@home.example", {2}),
        ("an", set()),
    ],
)
def test_sealed_names_and_addresses_can_be_searched(
    database: Database, three: tuple[Lead, Lead, Lead], searched: str, found: set[int]
) -> None:
    expected = {three[number].id for number in found}
    if searched == "an":  # too short to narrow anything
        expected = {lead.id for lead in three}
    assert set(ids(database, Filters(search=searched))) == expected


def test_a_reference_finds_its_lead(database: Database, three: tuple[Lead, Lead, Lead]) -> None:
    for written in (three[1].reference, three[1].reference.lower(), str(three[1].id)):
        assert ids(database, Filters(search=written)) == [three[1].id]


def test_what_makes_a_search_possible_tells_nothing(database: Database, three: tuple[Lead, Lead, Lead]) -> None:
    with database.engine.connect() as connection:
        tokens = repr(connection.execute(sa.text("SELECT * FROM lead_tokens")).all()).casefold()
    assert all(word not in tokens for word in ("anna", "gard", "zoe", "5550142", "home"))


def test_what_staff_wrote_of_a_lead_can_be_searched_and_not_read(
    database: Database, three: tuple[Lead, Lead, Lead]
) -> None:
    first, other, _ = three
    with database.session() as session:
        notes.add_note(session, database.seal, first.id, "Permis fermé, appelé l'employeur", staff_id=1)
        tasks.add_task(session, database.seal, first.id, "Check the payslips", staff_id=1)
        work.set_labels(session, database.seal, first.id, ["Saskatchewan"], staff_id=1)
        notes.add_note(session, database.seal, other.id, "Payslips are here", staff_id=1)
    assert ids(database, Filters(search="ferme")) == [first.id]
    assert set(ids(database, Filters(search="PAYSLIPS"))) == {first.id, other.id}
    assert ids(database, Filters(search="saskatchewan tremblay check")) == [first.id]
    assert ids(database, Filters(search="sask")) == []  # beginnings are for names
    made(database, conversation_id=first.conversation_id, name="Zoë Roy", contact="zoe@home.example")
    assert ids(database, Filters(search="ferme roy")) == [first.id]  # the lead changed, its notes did not
    with database.session() as session:
        work.set_labels(session, database.seal, first.id, [], staff_id=1)
    assert ids(database, Filters(search="saskatchewan")) == []
    with database.engine.connect() as connection:
        stored = repr(connection.execute(sa.text("SELECT * FROM lead_tokens")).all()).casefold()
        stored += repr(connection.execute(sa.text("SELECT * FROM lead_notes")).all()).casefold()
    assert all(word not in stored for word in ("ferme", "payslips", "saskatchewan"))


def test_notes_are_found_at_the_lead_that_has_them_after_a_merge(
    database: Database, three: tuple[Lead, Lead, Lead]
) -> None:
    kept, merged, _ = three
    with database.session() as session:
        notes.add_note(session, database.seal, merged.id, "Payslips are here", staff_id=1)
        together.merge(session, database.seal, merged.id, kept.id, staff_id=1)
    assert ids(database, Filters(search="payslips", open=None)) == [kept.id]


def test_a_changed_contact_is_found_by_the_new_one_alone(database: Database, three: tuple[Lead, Lead, Lead]) -> None:
    made(database, conversation_id=three[1].conversation_id, name="Anna Berg", contact="new@home.example")
    assert ids(database, Filters(search="odegard")) == []
    assert ids(database, Filters(search="berg")) == [three[1].id]


@pytest.mark.parametrize("sort", ["work", "newest", "oldest", "score", "deadline", "activity"])
def test_pages_follow_each_other_without_a_gap_and_back(database: Database, sort: Sort) -> None:
    for number in range(7):
        made(database, profile=INVITED if number % 3 == 0 else Profile.of(age=20 + number // 2))
    everything = ids(database, sort=sort, size=50)
    with database.session(reading=True) as session:
        first = page(session, database.seal, Filters(), sort=sort, size=3)
        second = page(session, database.seal, Filters(), sort=sort, size=3, after=first.after)
        third = page(session, database.seal, Filters(), sort=sort, size=3, after=second.after)
        walked = [lead.id for one in (first, second, third) for lead in one.leads]
        assert walked == everything
        assert len(set(walked)) == 7
        assert (first.before, third.after) == (None, None)
        back = page(session, database.seal, Filters(), sort=sort, size=3, before=third.before)
        assert [lead.id for lead in back.leads] == [lead.id for lead in second.leads]
        start = page(session, database.seal, Filters(), sort=sort, size=3, before=back.before)
        assert [lead.id for lead in start.leads] == [lead.id for lead in first.leads]
        assert start.before is None


def test_a_cursor_of_another_order_or_made_up_is_refused(database: Database) -> None:
    for _ in range(3):
        made(database)
    with database.session(reading=True) as session:
        first = page(session, database.seal, Filters(), sort="work", size=1)
        for cursor, sort in ((first.after, "newest"), ("nonsense", "work"), ("W10=", "work")):
            with pytest.raises(CursorError):
                page(session, database.seal, Filters(), sort=sort, after=cursor)  # type: ignore[arg-type]


def test_closed_leads_leave_the_open_inbox(database: Database) -> None:
    lead = made(database)
    with database.session() as session:
        work.move(session, database.seal, lead.id, "spam", staff_id=1)
    assert ids(database) == []
    assert ids(database, Filters(open=None)) == ids(database, Filters(open=False)) == [lead.id]


def test_labels_narrow_the_inbox(database: Database) -> None:
    one, other = made(database), made(database)
    with database.session() as session:
        work.set_labels(session, database.seal, one.id, ["nurse", "Ontario "], staff_id=1)
        work.set_labels(session, database.seal, other.id, ["nurse"], staff_id=1)
    assert ids(database, Filters(labels=("nurse", "Ontario"))) == [one.id]
    with database.session(reading=True) as session:
        assert work.known_labels(session, database.seal) == [("Ontario", 1), ("nurse", 2)]


def test_filters_survive_a_saved_view() -> None:
    filters = Filters(urgent=True, due_by=date(2026, 12, 1), programs={"cec": "yes"}, search="anna")
    assert Filters.model_validate(filters.model_dump(mode="json")) == filters
