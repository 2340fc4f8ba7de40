"""A person of the firm takes over, writes and hands back, on every channel."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.intake import holding
from bot.intake.channels.tables import PersonRow
from bot.intake.database import Database
from tests.channels.test_holding import MAYA
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot
from tests.simulators.base import Simulator
from tests.simulators.meta import InstagramSimulator, MessengerSimulator, WhatsAppSimulator
from tests.simulators.serving import serving
from tests.simulators.slack import SlackSimulator
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.twilio import TwilioSimulator

__all__ = ["database_url"]

SIMULATORS = {
    "telegram": TelegramSimulator,
    "sms": TwilioSimulator,
    "whatsapp-twilio": lambda: TwilioSimulator("whatsapp:"),
    "whatsapp": WhatsAppSimulator,
    "messenger": MessengerSimulator,
    "instagram": InstagramSimulator,
    "slack": SlackSimulator,
}
PEOPLE: dict[str, str | int] = {"telegram": 1001, "sms": "+15550111", "whatsapp-twilio": "+15550111", "slack": "D1"}


@pytest.mark.parametrize("name", SIMULATORS)
async def test_a_person_takes_over(tmp_path: Path, database: Database, parrot: Parrot, name: str) -> None:
    simulator = SIMULATORS[name]()
    person = PEOPLE.get(name, "15550111")
    assert isinstance(simulator, Simulator)
    async with serving(tmp_path, database, parrot, simulator) as server:
        engine = server.conversations
        await simulator.says(person, "I am Ann")  # type: ignore[attr-defined]
        await simulator.gets(str(person), "text: I am Ann")
        await server.quiet()
        with database.session(reading=True) as session:
            conversation = session.scalars(select(PersonRow.conversation_id)).one()
        await engine.staff(conversation, lambda s, k: holding.take(s, k, conversation, MAYA))
        await simulator.gets(str(person), "Maya Chen, licence R123456, now writes to you.")
        await simulator.says(person, "are you there?")  # type: ignore[attr-defined]
        await server.quiet()
        await engine.staff(conversation, lambda s, k: holding.say(s, k, conversation, MAYA, "Yes, I am."))
        shown = await simulator.gets(str(person), "Yes, I am.")
        assert shown.text.startswith("Maya Chen")
        assert [text for _, text, *_ in parrot.heard] == ["I am Ann"]
        await simulator.says(person, "stop")  # type: ignore[attr-defined]
        await simulator.gets(str(person), "there will be no more messages here")
        await engine.staff(conversation, lambda s, k: holding.say(s, k, conversation, MAYA, "Too late."))
        await simulator.says(person, "start")  # type: ignore[attr-defined]
        await simulator.gets(str(person), "messages are on again")
        await engine.hand_back(conversation, MAYA)
        await simulator.gets(str(person), "payload: /")
    assert not any("Too late." in text for text in simulator.texts(str(person)))
