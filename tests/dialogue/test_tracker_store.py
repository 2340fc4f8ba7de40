"""Rasa's own table of a conversation: sealed, complete after a restart, emptied by an erasure."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.dialogue.runtime import prepare
from bot.intake.sealing import Seal, SealError

prepare()

from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.dialogue.tracker_store import ConversationStore  # noqa: E402
from tests.databases import KEY, files_with  # noqa: E402

DOMAIN = Domain.load("domain.yml")
SECRET = "my passport number is none of your business"


def store(url: str, key: str = KEY) -> ConversationStore:
    return ConversationStore(DOMAIN, url, Seal([key]))


async def talked(where: ConversationStore) -> DialogueStateTracker:
    tracker = await where.get_or_create_tracker("someone", append_action_listen=False)
    tracker.update_with_events(
        [ActionExecuted("action_listen"), UserUttered(SECRET, intent={"name": "inform"}), SlotSet("age", 31)], DOMAIN
    )
    await where.save(tracker)
    return tracker


async def test_what_was_said_is_in_the_table_and_cannot_be_read_there(database_url: str, tmp_path: Path) -> None:
    await talked(store(database_url))
    engine = sa.create_engine(database_url)
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT type_name, intent_name, data FROM events ORDER BY id")).all()
    engine.dispose()
    assert [(kind, intent) for kind, intent, _ in rows] == [("action", None), ("user", "inform"), ("slot", None)]
    assert not any("passport" in data for *_, data in rows)
    assert not files_with("passport", tmp_path)


async def test_another_process_goes_on_where_the_first_one_was(database_url: str) -> None:
    first, second = store(database_url), store(database_url)
    tracker = await talked(first)
    again = await second.retrieve("someone")
    assert again is not None
    assert list(again.events) == list(tracker.events)
    again.update(SlotSet("age", 32))
    await second.save(again)
    latest = await first.retrieve("someone")
    assert latest is not None
    assert latest.get_slot("age") == 32, "what another process wrote is read, not what was kept in memory"


async def test_without_the_key_nothing_is_read(database_url: str) -> None:
    await talked(store(database_url))
    with pytest.raises(SealError, match="CONTACT_KEY"):
        await store(database_url, Fernet.generate_key().decode()).retrieve("someone")


async def test_erased_is_erased(database_url: str) -> None:
    where = store(database_url)
    await talked(where)
    assert await where.delete("someone") == 3
    assert await where.retrieve("someone") is None
    assert await store(database_url).retrieve("someone") is None
