"""Fixtures of this folder: the turn engine with a parrot for a dialogue, on each database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.channels.conversation import Conversations
from bot.channels.trouble import apology
from bot.firm import load_firm
from bot.intake.database import Database
from tests.databases import database, database_url, empty_database, postgresql_url
from tests.parrot import Parrot

__all__ = ["database", "database_url", "empty_database", "postgresql_url"]

TURN_SECONDS = 2.0


@pytest.fixture
def parrot(tmp_path: Path) -> Parrot:
    return Parrot(tmp_path / "parrot.json")


@pytest_asyncio.fixture
async def engine(database: Database, parrot: Parrot) -> AsyncIterator[Conversations]:
    conversations = Conversations(database, parrot, apology(load_firm(Path("firm.yml"))), turn_timeout=TURN_SECONDS)
    await conversations.start()
    yield conversations
    await conversations.stop(grace=5)
