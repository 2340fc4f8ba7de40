"""The real process, killed in the middle of a conversation over a messaging channel."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.databases import sqlite_url as database_url
from tests.simulators.telegram import TelegramSimulator
from tests.web.process import Process

__all__ = ["database_url"]

ANN = 1001


@pytest.mark.server
async def test_who_wrote_is_answered_once_when_it_is_back(tmp_path: Path, database_url: str) -> None:
    telegram = TelegramSimulator()
    await telegram.start()
    keys = {name.upper(): value for name, value in telegram.keys.items()}
    process = Process(tmp_path, database_url, **keys)
    telegram.connect(process.url)
    try:
        await asyncio.to_thread(process.start)
        await telegram.says(ANN, "/start")
        await telegram.gets(str(ANN), "Hello")
        await telegram.says(ANN, "die after")
        await asyncio.to_thread(process.wait)
        await asyncio.to_thread(process.start)
        await telegram.gets(str(ANN), "I was killed.")
        await telegram.says(ANN, "I am back")
        await telegram.gets(str(ANN), "text: I am back")
    finally:
        process.end()
        await telegram.stop()
    assert len(telegram.texts(str(ANN))) == 3
