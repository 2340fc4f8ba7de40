"""A process that ends at any point: nothing is lost, nothing is answered or sent twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from bot.intake import transcript
from bot.intake.channels import arrivals, outbox, people
from bot.intake.channels.arrivals import Arrived
from bot.intake.channels.tables import ArrivalRow, OutboxRow, PersonRow
from bot.intake.database import Database
from bot.intake.models import ConversationRow
from bot.knowledge.answer import Answer
from tests.parrot import Parrot
from tests.simulators.serving import serving
from tests.simulators.telegram import TelegramSimulator

ANN = 1001


@pytest.fixture
def telegram() -> TelegramSimulator:
    return TelegramSimulator()


def told(database: Database, *words: str) -> str:
    """A conversation of Ann's with messages that were decided and not sent."""
    with database.session() as session:
        conversation_id = transcript.new_conversation_id()
        transcript.ensure_conversation(session, conversation_id, language="en", channel="telegram")
        people.attach(session, database.seal, conversation_id, "telegram", str(ANN))
        transcript.tell(session, database.seal, conversation_id, [Answer("en", (one,)) for one in words])
    return conversation_id


async def test_what_was_decided_is_sent_by_the_next_process(
    tmp_path: Path, database: Database, parrot: Parrot, telegram: TelegramSimulator
) -> None:
    told(database, "one", "two", "three")
    async with serving(tmp_path, database, parrot, telegram):
        await telegram.gets(str(ANN), "three")
    assert telegram.texts(str(ANN)) == ["one", "two", "three"]
    with database.session(reading=True) as session:
        assert outbox.counts(session, database.seal) == {("telegram", "sent"): 3}
        assert session.scalars(select(OutboxRow.content_sealed)).all() == [None] * 3


async def test_what_arrived_is_answered_by_the_next_process(
    tmp_path: Path, database: Database, parrot: Parrot, telegram: TelegramSimulator
) -> None:
    contents = [
        {"arrival": {"sender": str(ANN), "id": f"{ANN}:{n}", "kind": "text", "order": n, "text": f"I am {n}"}}
        for n in (2, 1)
    ]
    kept = [Arrived(str(ANN), one["arrival"]["id"], one["arrival"]["order"], one) for one in contents]
    with database.session() as session:
        arrivals.accept(session, database.seal, "telegram", kept)
        arrivals.accept(session, database.seal, "telegram", kept)
    async with serving(tmp_path, database, parrot, telegram):
        await telegram.gets(str(ANN), "text: I am 2")
    assert telegram.texts(str(ANN)) == ["Hello", "text: I am 1", "text: I am 2"]
    with database.session(reading=True) as session:
        assert session.scalars(select(ArrivalRow.content_sealed)).all() == [None] * 2


async def test_what_was_being_sent_when_the_process_ended_is_sent_before_what_came_later(
    tmp_path: Path, database: Database, parrot: Parrot, telegram: TelegramSimulator
) -> None:
    conversation_id = told(database, "one", "two")
    with database.session() as session:
        claimed = outbox.advance(session, database.seal, conversation_id, None, lambda *_: [{"text": "one"}], 0.2)
        assert isinstance(claimed, outbox.Claimed)
    async with serving(tmp_path, database, parrot, telegram):
        await telegram.gets(str(ANN), "two")
    assert telegram.texts(str(ANN)) == ["one", "two"]


def test_a_message_is_taken_by_one_sender_only(database: Database) -> None:
    conversation_id = told(database, "one", "two")
    with database.session() as session:
        first = outbox.advance(session, database.seal, conversation_id, None, lambda *_: [{"text": "x"}], 60)
        second = outbox.advance(session, database.seal, conversation_id, None, lambda *_: [{"text": "x"}], 60)
    assert isinstance(first, outbox.Claimed)
    assert isinstance(second, float)
    assert 50 < second <= 60


def test_a_receipt_with_our_key_settles_what_nobody_knew(database: Database) -> None:
    conversation_id = told(database, "one")
    with database.session() as session:
        claimed = outbox.advance(session, database.seal, conversation_id, None, lambda *_: [{"text": "x"}], 60)
        assert isinstance(claimed, outbox.Claimed)
        outcome = outbox.Outcome(claimed.row, "unsure", wait=60)
        outbox.advance(session, database.seal, conversation_id, outcome, lambda *_: None, 60)
        assert outbox.receipt(session, database.seal, "telegram", "delivered", key=claimed.key) == conversation_id
        assert outbox.receipt(session, database.seal, "telegram", "sent", key=claimed.key) == conversation_id
        assert outbox.receipt(session, database.seal, "slack", "sent", key=claimed.key) is None
        row = session.scalars(select(OutboxRow)).one()
        assert (row.state, row.receipt) == ("sent", "delivered")
        assert outbox.advance(session, database.seal, conversation_id, outcome, lambda *_: None, 60) is None


def test_parts_of_a_long_message_go_out_before_the_next_message(database: Database) -> None:
    conversation_id = told(database, "long", "next")
    sent = []
    with database.session() as session:
        outcome = None
        while True:
            found = outbox.advance(
                session,
                database.seal,
                conversation_id,
                outcome,
                lambda _channel, message: [{"text": f"{message.answer.lines[0]} {part}"} for part in range(3)],
                60,
            )
            if not isinstance(found, outbox.Claimed):
                break
            sent.append(found.content["text"])
            outcome = outbox.Outcome(found.row, "sent", provider_id=str(len(sent)))
    assert sent == ["long 0", "long 1", "long 2", "next 0", "next 1", "next 2"]


def test_an_erased_conversation_takes_everything_with_it_but_the_stop(database: Database) -> None:
    conversation_id = told(database, "one")
    with database.session() as session:
        people.stop(session, database.seal, "telegram", str(ANN))
        people.new_code(session, database.seal, conversation_id)
        session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))
    with database.session() as session:
        assert session.scalars(select(OutboxRow)).all() == session.scalars(select(PersonRow)).all() == []
        assert people.stopped(session, database.seal, "telegram", str(ANN))
        assert str(ANN) not in str(session.scalars(select(ArrivalRow)).all())


def test_codes_work_once_for_a_while_and_only_the_newest(database: Database) -> None:
    conversation_id = told(database)
    with database.session() as session:
        old = people.new_code(session, database.seal, conversation_id)
        new = people.new_code(session, database.seal, conversation_id)
        assert people.redeem(session, database.seal, old, "sms", "+15550100") is None
        assert people.redeem(session, database.seal, new.lower().replace("-", " "), "sms", "+15550100")
        assert people.redeem(session, database.seal, new, "sms", "+15550101") is None
        found = people.find(session, database.seal, "sms", "+15550100")
        assert found is not None
        assert found.conversation_id == conversation_id
        assert transcript.conversation(session, database.seal, conversation_id).channel == "sms"


def test_nothing_readable_of_a_person_is_kept(database: Database, tmp_path: Path) -> None:
    told(database, "private words")
    kept = [Arrived("+15550199", "SM-private-id", 1.0, {"arrival": {"text": "private words"}})]
    with database.session() as session:
        arrivals.accept(session, database.seal, "sms", kept)
        rows = [*session.execute(select(ArrivalRow.__table__)), *session.execute(select(PersonRow.__table__))]
    assert not any(secret in str(rows) for secret in ("+15550199", "SM-private-id", "private words", f"'{ANN}'"))
