"""A new key: everything is sealed with it, nothing is lost, and the old one can go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.intake import leads, transcript
from bot.intake.channels.tables import PersonRow, StopRow
from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.intake.inbox import page
from bot.intake.rotation import rotate
from bot.intake.sealing import Seal, SealError
from tests.databases import KEY
from tests.intake.people import made

NEW = Fernet.generate_key().decode()


def with_keys(database: Database, *keys: str) -> Database:
    return Database(database.url.render_as_string(hide_password=False), Seal(keys))


def on_a_channel(database: Database, conversation_id: str, address: str) -> None:
    now = datetime.now(UTC)
    with database.session() as session:
        person = database.seal.index(address)
        session.add(StopRow(channel="telegram", person=person, stopped_at=now))
        if conversation_id:
            session.add(
                PersonRow(
                    channel="telegram",
                    person=person,
                    address_sealed=database.seal.close(address),
                    conversation_id=conversation_id,
                    created_at=now,
                    last_heard_at=now,
                )
            )


def test_after_a_rotation_the_old_key_is_not_needed(database: Database) -> None:
    lead = made(database)
    on_a_channel(database, lead.conversation_id, "4711")
    with database.session() as session:
        session.execute(sa.text("CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(9), data TEXT)"))
        session.execute(sa.text("INSERT INTO events VALUES (1, 'x', :data)"), {"data": database.seal.close("typed")})
    both = with_keys(database, NEW, KEY)
    with both.session(reading=True) as session:
        assert page(session, both.seal, Filters(search="anna")).leads[0].id == lead.id  # found while both are known
    counted: dict[str, int] = {}
    assert rotate(both, counted.__setitem__) == 0
    assert counted["leads"] == counted["events"] == 1
    assert counted["messages"] >= 3
    again: dict[str, int] = {}
    rotate(both, again.__setitem__)
    assert all(not rows for table, rows in again.items() if table not in ("lead_tokens", "channel_people"))
    new = with_keys(database, NEW)
    with new.session(reading=True) as session:
        assert leads.get_lead(session, new.seal, lead.id).lead == lead
        assert transcript.history(session, new.seal, lead.conversation_id)[-1].answer
        assert page(session, new.seal, Filters(search="odegard")).leads[0].id == lead.id
        assert session.scalar(sa.select(StopRow.person)) == new.seal.index("4711")
        assert session.scalar(sa.select(PersonRow.person)) == new.seal.index("4711")
        assert new.seal.open(session.scalar(sa.text("SELECT data FROM events")) or "") == "typed"
    for opened in (both, new):
        opened.close()


def test_a_stop_of_somebody_who_is_gone_keeps_the_old_key(database: Database) -> None:
    on_a_channel(database, "", "4711")
    both = with_keys(database, NEW, KEY)
    assert rotate(both) == 1
    both.close()


def test_a_key_that_is_missing_is_said_before_anything_is_lost(database: Database) -> None:
    lead = made(database)
    wrong = with_keys(database, NEW)
    with pytest.raises(SealError):
        rotate(wrong)
    wrong.close()
    with database.session(reading=True) as session:
        assert leads.get_lead(session, database.seal, lead.id).lead == lead
