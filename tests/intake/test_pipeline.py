"""Statuses move along allowed ways alone, each move with who, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from bot.intake import agreements, holding, leads, schema, work
from bot.intake.database import Database
from bot.intake.lead_values import StaleLeadError, UnknownLeadError
from bot.intake.models import ConversationRow
from bot.intake.pipeline import MoveError, Pipeline, pipeline
from bot.intake.sealing import Seal
from bot.knowledge.catalogue import catalogue
from tests.databases import KEY
from tests.intake.people import made

STATUSES = [status.id for status in pipeline().statuses]


@pytest.fixture(scope="module")
def one_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path: Path = tmp_path_factory.mktemp("pipeline") / "assistant.db"
    found = Database(f"sqlite:///{path}", Seal([KEY]))
    schema.upgrade(found)
    yield found
    found.close()


def sign(session: Session, seal: Seal, lead_id: int, *, kept_at: str = "file server, folder 12") -> None:
    """Record the written agreement of a lead."""
    given = {"text_version": "v1", "signed_at": datetime.now(UTC), "kept_at": kept_at}
    agreements.record_agreement(session, seal, lead_id, staff_id=1, **given)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=st.lists(st.sampled_from([*STATUSES, "nonsense"]), max_size=8), signed=st.booleans())
def test_a_lead_only_goes_where_its_status_allows(one_database: Database, wanted: list[str], signed: bool) -> None:
    lead = made(one_database)
    status, refusals = lead.status, set[str]()
    with one_database.session() as session:
        if signed:
            sign(session, one_database.seal, lead.id)
        for target in wanted:
            try:
                moved = work.move(session, one_database.seal, lead.id, target, staff_id=1, why="because")
            except MoveError as refused:
                refusals.add(refused.reason)
                continue
            assert target in pipeline()[status].to
            assert signed or pipeline()[target].needs is None
            assert moved.is_open is not pipeline()[target].closed
            status = target
    with one_database.session(reading=True) as session:
        file = leads.get_lead(session, one_database.seal, lead.id)
    assert file.lead.status == status
    assert all(f"move.{reason}" in catalogue() for reason in refusals)
    moves = [entry for entry in file.history if entry.kind == "status"]
    assert all(entry.staff_id == 1 and entry.why == "because" for entry in moves)
    assert [entry.data["after"] for entry in moves][-1:] == ([status] if moves else [])


def test_consulted_needs_the_written_agreement(database: Database) -> None:
    lead = made(database)
    with database.session() as session:
        work.move(session, database.seal, lead.id, "contacted", staff_id=1)
        with pytest.raises(MoveError) as refused:
            work.move(session, database.seal, lead.id, "consulted", staff_id=1)
        assert refused.value.reason == "agreement_missing"
        with pytest.raises(ValueError, match="copy"):
            sign(session, database.seal, lead.id, kept_at=" ")
        sign(session, database.seal, lead.id)
        assert work.move(session, database.seal, lead.id, "consulted", staff_id=1).status == "consulted"
        (agreement,) = agreements.agreements(session, database.seal, lead.id)
        assert (agreement.text_version, agreement.kept_at) == ("v1", "file server, folder 12")


def test_two_people_at_one_lead_notice_each_other(database: Database) -> None:
    lead = made(database)
    with database.session() as session:
        work.assign(session, database.seal, lead.id, 7, staff_id=7, expected=lead.version)
    with database.session() as session, pytest.raises(StaleLeadError):
        work.assign(session, database.seal, lead.id, 8, staff_id=8, expected=lead.version)
    with database.session(reading=True) as session:
        assert leads.get_lead(session, database.seal, lead.id).lead.assignee_id == 7
        with pytest.raises(UnknownLeadError):
            leads.get_lead(session, database.seal, 999)


def test_somebody_who_asks_again_is_open_again(database: Database) -> None:
    lead = made(database)
    with database.session() as session:
        work.move(session, database.seal, lead.id, "no_answer", staff_id=1)
    again = made(database, conversation_id=lead.conversation_id)
    assert (again.id, again.status, again.is_open) == (lead.id, "new", True)
    assert again.waiting_since is not None


def test_every_status_has_its_words_and_a_way_that_ends_nowhere_is_refused() -> None:
    assert all(f"status.{status}" in catalogue() for status in STATUSES)
    data = pipeline().model_dump()
    data["statuses"][0]["to"] = ("nowhere",)
    with pytest.raises(ValueError, match="nowhere"):
        Pipeline.model_validate(data)


def test_a_visitor_who_writes_to_a_person_waits_for_that_person(database: Database) -> None:
    lead = made(database)
    with database.session() as session:
        work.replied(session, database.seal, lead.conversation_id, staff_id=1)
        holding.receive_text(session, database.seal, lead.conversation_id, "c8", "to the machine")
    with database.session() as session:
        found = leads.get_lead(session, database.seal, lead.id).lead
        assert found.waiting_since is None
        assert found.last_activity_at > lead.last_activity_at
        session.execute(sa.update(ConversationRow).values(held_by=1, held_at=datetime.now(UTC), state="held"))
        holding.receive_text(session, database.seal, lead.conversation_id, "c9", "to the person")
    with database.session(reading=True) as session:
        assert leads.get_lead(session, database.seal, lead.id).lead.waiting_since is not None
