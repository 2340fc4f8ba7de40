"""A conversation that was cut short in the middle of a turn listens again to the next message."""

from __future__ import annotations

from pathlib import Path

from cryptography.fernet import Fernet

from bot.dialogue.runtime import prepare

prepare()

from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.dialogue.tracker_store import ConversationStore  # noqa: E402
from bot.intake.database import Database  # noqa: E402
from bot.intake.sealing import Seal  # noqa: E402


async def test_what_is_stored_listens(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'rasa.db'}", Seal([Fernet.generate_key().decode()]))
    store = ConversationStore(Domain.empty(), database)
    tracker = await store.get_or_create_tracker("somebody")
    tracker.update(UserUttered("hello"))
    tracker.update(ActionExecuted("action_default_fallback"))
    await store.save(tracker)
    stored = await store.stored("somebody")
    assert stored is not None
    assert stored.latest_action_name == "action_listen"


async def test_events_that_wait_for_the_answers_are_read_by_whoever_asks_and_gone_if_these_never_come(
    tmp_path: Path,
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'rasa.db'}", Seal([Fernet.generate_key().decode()]))
    store, other = ConversationStore(Domain.empty(), database, deferring=True), ConversationStore(None, database)
    tracker = await store.get_or_create_tracker("somebody")
    for words in ("one", "two"):
        tracker.update(UserUttered(words))
        tracker.update(ActionExecuted("action_listen"))
        await store.save(tracker)
        assert await other._retrieve("somebody", True) is None or words == "two"
        await database.write_with("somebody", lambda _session, _seal: None)
        found = await store.retrieve("somebody")
        assert found is tracker, "what is at hand is what is stored"
    tracker.update(UserUttered("three"))
    await store.save(tracker)
    assert said(await store.stored("somebody")) == ["one", "two", "three"]
    tracker.update(UserUttered("four"))
    await store.save(tracker)
    database.forget("somebody")
    assert said(await store.retrieve("somebody")) == ["one", "two", "three"]


def said(tracker: DialogueStateTracker | None) -> list[str | None]:
    assert tracker
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]
