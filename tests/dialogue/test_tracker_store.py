"""A conversation that was cut short in the middle of a turn listens again to the next message."""

from __future__ import annotations

from pathlib import Path

from cryptography.fernet import Fernet

from bot.dialogue.runtime import prepare

prepare()

from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, UserUttered  # noqa: E402

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
