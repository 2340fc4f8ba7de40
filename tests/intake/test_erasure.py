"""What is kept goes: when the visitor wants it, when its time is over, and when a backup brings it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.intake import (
    consents,
    erasure,
    links,
    notes,
    retention,
    subject,
    tallies,
    tasks,
    together,
    transcript,
    work,
)
from bot.intake.consents import PURPOSES, Consent, Purpose
from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.intake.inbox import page
from bot.intake.lead_tables import LeadRow
from bot.intake.lead_values import Lead
from bot.intake.links import UnknownLinkError
from bot.intake.messages import UnknownConversationError
from bot.intake.models import ConversationRow
from bot.intake.notifications import subscribers
from bot.intake.tables import TABLES
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import LANGUAGES, catalogue
from bot.retention import Retention
from tests.databases import files_with
from tests.intake.people import DAY, PROFILE, conversation, made

LEFT: frozenset[str] = frozenset({"tombstones", "consent_proofs", "tallies", "notifications", "subscribers"})
"""Tables in which something about an erased person may stay; what, the tests below say."""


def everything_left(database: Database, *searched: str) -> list[str]:
    """Tables in which one of the words can still be read."""
    with database.engine.connect() as connection:
        return [
            name
            for name in sorted({*TABLES, "events"} & set(sa.inspect(connection).get_table_names()))
            for row in connection.execute(sa.text(f"SELECT * FROM {name}"))
            if any(word in repr(row) for word in searched)
        ]


def filled(database: Database) -> Lead:
    """A lead with something in every table that can hold something about a person."""
    lead = made(database)
    with database.session() as session:
        seal, found = database.seal, lead.conversation_id
        subscribers.subscribe(session, seal, "webhook", "https://crm.example/hook", contact_fields=True)
        session.execute(sa.text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255), data TEXT)"))
        session.execute(sa.text("INSERT INTO events VALUES (1, :id, 'typed')"), {"id": found})
        session.execute(sa.text("INSERT INTO events VALUES (2, 'somebody else', 'kept')"))
        notes.add_note(session, seal, lead.id, "called Anna", staff_id=1, mentions=[2])
        tasks.add_task(session, seal, lead.id, "call again", staff_id=1)
        work.set_labels(session, seal, lead.id, ["anna-label"], staff_id=1)
        work.assign(session, seal, lead.id, 3, staff_id=1)
        together.run_again(session, seal, lead.id, as_of=DAY, edits={"age": 40}, staff_id=1)
        subject.rate(session, seal, found, 4, datetime.now(UTC))
        links.make(session, seal, found, "result", language="en", channel="web", as_of=DAY, profile=PROFILE)
    return lead


def test_erasing_leaves_a_tombstone_the_proof_of_consent_and_counts(database: Database, tmp_path: Path) -> None:
    lead = filled(database)
    with database.session() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM notifications")) > 0
        (erased,) = erasure.erase(session, database.seal, lead.conversation_id, "visitor")
    assert everything_left(database, lead.conversation_id, "anna-label") == []
    with database.engine.connect() as connection:
        counts = {
            name: connection.scalar(sa.text(f"SELECT count(*) FROM {name}")) for name in sorted(TABLES | {"events"})
        }
        assert counts["events"] == 1
        types = connection.execute(sa.text("SELECT type, conversation_id FROM notifications")).all()
        proof = connection.execute(sa.text("SELECT purpose, granted, text_version FROM consent_proofs")).one()
    left = {name for name, number in counts.items() if number} - {"events", "alembic_version"}
    assert left == LEFT
    assert types == [("subject.erased", None)]
    assert (proof.purpose, bool(proof.granted)) == ("contact", True)
    assert erased.counts == {"messages": 4, "leads": 1, "consents": 1}
    assert files_with("anna@home", tmp_path) == []


def test_whoever_was_erased_cannot_be_found_and_can_be_erased_twice(database: Database) -> None:
    lead = filled(database)
    with database.session() as session:
        erasure.erase(session, database.seal, lead.conversation_id, "staff")
        assert erasure.erase(session, database.seal, lead.conversation_id, "staff") == []
        for searched in ("anna", "anna@home.example", lead.reference):
            assert page(session, database.seal, Filters(open=None, search=searched)).leads == ()
        for wanted in ("anna", lead.reference, lead.conversation_id):
            with pytest.raises(subject.UnknownSubjectError):
                subject.find(session, database.seal, wanted)
        with pytest.raises(UnknownConversationError):
            transcript.conversation(session, database.seal, lead.conversation_id)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(codec="utf-8", categories=("L",)), min_size=6, max_size=12),
    said=st.text(st.characters(codec="utf-8", categories=("L",)), min_size=6, max_size=12),
)
def test_erasing_leaves_nothing_findable(database: Database, name: str, said: str) -> None:
    with database.session() as session:
        found = conversation(session, database.seal, said=said)
    lead = made(database, conversation_id=found, name=name, contact=f"{name}@home.example")
    with database.session() as session:
        erasure.erase(session, database.seal, found, "visitor")
        assert page(session, database.seal, Filters(open=None, search=name)).leads == ()
        assert session.scalar(sa.select(sa.func.count()).select_from(LeadRow).where(LeadRow.id == lead.id)) == 0
    assert everything_left(database, found) == []


def test_duplicates_of_one_person_go_together(database: Database) -> None:
    one, other = made(database), made(database)
    with database.session() as session:
        together.merge(session, database.seal, other.id, one.id, staff_id=1)
        assert len(erasure.erase(session, database.seal, other.conversation_id, "visitor")) == 2
        assert session.scalar(sa.select(sa.func.count()).select_from(ConversationRow)) == 0


def test_a_backup_that_is_put_back_is_erased_again(database: Database) -> None:
    lead, other = made(database), made(database)
    with database.session() as session:
        erasure.erase(session, database.seal, lead.conversation_id, "visitor")
        hashes = erasure.tombstones(session, database.seal)
    made(database, conversation_id=lead.conversation_id)  # as a backup from before the erasure brings it back
    with database.session() as session:
        assert erasure.erase_again(session, database.seal, set(hashes)) == 1
        left = session.scalars(sa.select(ConversationRow.id)).all()
    assert left == [other.conversation_id]


def test_a_wish_to_be_erased_waits_for_the_end_of_the_turn(database: Database) -> None:
    with database.session() as session:
        found = conversation(session, database.seal)
        message = transcript.receive_text(session, database.seal, found, "c2", "delete my data").message
        erasure.request(session, database.seal, found)
        erasure.request(session, database.seal, found)
        assert erasure.requested(session, database.seal) == []
        transcript.finish(session, database.seal, message, [Answer("en", ("Erased.",))], asked=None)
        assert erasure.requested(session, database.seal) == [found]
        erasure.erase(session, database.seal, found, "visitor")
        assert erasure.requested(session, database.seal) == []


def aged(database: Database, conversation_id: str, *, idle: timedelta, old: timedelta) -> None:
    now = datetime.now(UTC)
    with database.session() as session:
        for table, column in ((ConversationRow, ConversationRow.id), (LeadRow, LeadRow.conversation_id)):
            values = {"last_activity_at": now - idle, "created_at": now - old}
            session.execute(sa.update(table).where(column == conversation_id).values(**values))


@pytest.mark.parametrize(
    ("kind", "idle_hours", "old_hours", "gone"),
    [
        ("chat", 23, 23, False),
        ("chat", 25, 25, True),
        ("chat", 1, 24 * 31, True),
        ("result", 24 * 29, 24 * 60, False),
        ("result", 24 * 31, 24 * 31, True),
        ("lead", 24 * 364, 24 * 800, False),
        ("lead", 24 * 366, 24 * 366, True),
    ],
)
def test_everything_has_its_time(database: Database, kind: str, idle_hours: int, old_hours: int, gone: bool) -> None:
    with database.session() as session:
        found = conversation(session, database.seal)
        if kind == "result":
            message = transcript.receive_text(session, database.seal, found, "c2", "yes").message
            result = Answer("en", ("Your result",), kind="result")
            transcript.finish(session, database.seal, message, [result], asked=None)
    if kind == "lead":
        made(database, conversation_id=found)
    aged(database, found, idle=timedelta(hours=idle_hours), old=timedelta(hours=old_hours))
    with database.session(reading=True) as session:
        assert (found in retention.due(session, database.seal, Retention())) is gone


def test_a_firm_may_keep_things_shorter_and_not_longer() -> None:
    assert Retention(lead_days=90).lead_days == 90
    with pytest.raises(ValueError, match="lead_days"):
        Retention(lead_days=366)
    assert {f"retention.{name}" for name in Retention().model_dump()} <= set(catalogue())


def test_counts_outlive_the_conversations_they_were_made_of(database: Database) -> None:
    lead = made(database)
    today = datetime.now(UTC).date()
    with database.session() as session:
        work.replied(session, database.seal, lead.conversation_id, staff_id=1)
        subject.rate(session, database.seal, lead.conversation_id, 5, datetime.now(UTC))
        before = tallies.report(session, database.seal, today - timedelta(days=1), today)
        erasure.erase(session, database.seal, lead.conversation_id, "retention")
        after = tallies.report(session, database.seal, today - timedelta(days=1), today)
    assert after == before
    assert (before.handoff_rate, before.mean_rating, before.median_minutes_to_reply) == (1.0, 5.0, 0.0)
    assert before.dropped == {"age": 1}


@pytest.mark.parametrize("agreed", [True, False])
def test_who_asks_to_be_erased_stays_in_detailed_statistics_only_with_consent(database: Database, agreed: bool) -> None:
    lead = made(database)
    today = datetime.now(UTC).date()
    with database.session() as session:
        subject.rate(session, database.seal, lead.conversation_id, 5, datetime.now(UTC))
        word = Consent("consent.statistics", "May we?", "en", purpose="statistics", granted=agreed)
        consents.record_consent(
            session, database.seal, conversation_id=lead.conversation_id, channel="web", consent=word
        )
        erasure.erase(session, database.seal, lead.conversation_id, "visitor")
        after = tallies.report(session, database.seal, today - timedelta(days=1), today)
    assert (sum(after.conversations.values()), after.handoff_rate) == (1, 1.0)
    assert (after.dropped, after.ratings) == (({"age": 1}, {5: 1}) if agreed else ({}, {}))


@given(st.lists(st.tuples(st.sampled_from(PURPOSES), st.booleans()), max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_newest_word_on_a_purpose_holds(database: Database, said: list[tuple[Purpose, bool]]) -> None:
    newest = dict.fromkeys(PURPOSES, False) | dict(said)
    with database.session() as session:
        found = conversation(session, database.seal)
        for purpose, granted in said:
            one = Consent("consent.messages", "May we?", "en", purpose=purpose, granted=granted)
            consents.record_consent(session, database.seal, conversation_id=found, channel="web", consent=one)
        assert consents.granted(session, database.seal, found) == newest


def test_a_copy_of_the_data_is_complete_and_readable(database: Database) -> None:
    lead = filled(database)
    with database.session(reading=True) as session:
        data = subject.everything(session, database.seal, lead.conversation_id)
        inside = subject.everything(session, database.seal, lead.conversation_id, internal=True)
    (spoken,) = data["conversations"]
    assert [one["text"] for one in spoken["messages"]] == ["Hello", "Hello there", "How old are you?"]
    assert spoken["lead"]["contact"] == "anna@home.example"
    assert spoken["agreed_now"]["contact"] is True
    assert "notes" not in spoken["lead"]
    assert inside["conversations"][0]["lead"]["notes"][0]["text"] == "called Anna"
    for language in LANGUAGES:
        readable = subject.readable(data, language)
        assert all(part in readable for part in ("anna@home.example", "Hello there", "31", lead.reference))


def test_a_private_link_leads_to_its_kind_alone_and_ends(database: Database) -> None:
    with database.session() as session:
        found = conversation(session, database.seal)
        token = links.make(
            session, database.seal, found, "result", language="fr", channel="web", as_of=DAY, profile=PROFILE
        )
        link = links.follow(session, database.seal, token, "result")
        assert (link.profile, link.as_of, link.language) == (PROFILE, DAY, "fr")
        for other, kind in ((token, "data"), (token + "x", "result"), ("", "result")):
            with pytest.raises(UnknownLinkError):
                links.follow(session, database.seal, other, kind)  # type: ignore[arg-type]
        session.execute(sa.text("UPDATE result_links SET expires_at = created_at"))
        session.expire_all()
        with pytest.raises(UnknownLinkError):
            links.follow(session, database.seal, token, "result")
    assert everything_left(database, token) == []
