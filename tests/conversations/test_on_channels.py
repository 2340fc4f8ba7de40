"""The real assistant with Rasa over SMS, the narrowest channel: IRCC's worked example, typed, to its private page."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest
import sqlalchemy as sa

from tests.running import RunningAssistant
from tests.simulators.twilio import TwilioSimulator

ANN = "+15550111"
TYPED = (
    *("1", "just thinking about it", "Ontario, outside Quebec", "25", "1", "master's", "5", "IELTS General"),
    *("L 8 R 7 W 7.5 S 7.5, June 15, 2026", "no", "1 year in Canada, 1 year abroad", "software engineer", "1", "no"),
    *("just me, 20 000 dollars", "none of these", "1"),
)
"""A number alone is the choice with that number."""
WAITS = """SELECT (SELECT count(*) FROM messages WHERE direction = 'in' AND handled_at IS NULL)
    + (SELECT count(*) FROM channel_arrivals WHERE handled_at IS NULL)
    + (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending', 'unsure'))"""


@pytest.mark.server
async def test_an_assessment_by_sms(tmp_path: Path, model: Path) -> None:
    sms = TwilioSimulator()
    sms.longest = 320
    await sms.start()
    keys = {name.upper(): value for name, value in sms.keys.items()}
    assistant = RunningAssistant(tmp_path, environment=keys)
    assistant.environment["PUBLIC_URL"] = assistant.url
    sms.connect(assistant.url)
    engine = sa.create_engine(assistant.database_url)

    def quiet() -> bool:
        with engine.connect() as connection:
            return connection.execute(sa.text(WAITS)).scalar_one() == 0

    try:
        await asyncio.to_thread(assistant.start)
        await sms.says(ANN, "Hello")
        await sms.gets(ANN, "not legal advice")
        await sms.gets(ANN, "1. Start my assessment")
        for words in TYPED:
            await sms.until(quiet)
            await sms.says(ANN, words)
        await sms.until(quiet)
        said = "\n".join(sms.texts(ANN)[-6:])
        assert "533 / 1,200" in said.replace("1200", "1,200"), said
        assert "Only IRCC decides" in said
        link = re.search(r"http://\S+/result/[\w-]+", said)
        assert link, said
        async with aiohttp.ClientSession() as http, http.get(link[0]) as page:
            assert page.status == 200
            assert "533" in await page.text()
        assert all(0 < len(text) <= 320 for text in sms.texts(ANN))
    finally:
        assistant.stop()
        engine.dispose()
        await sms.stop()
