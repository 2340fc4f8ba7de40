"""What the firm's people write a day or more after the visitor did (R-33, R-34): signed, or not at all."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from aiohttp import ClientSession, CookieJar
from yarl import URL

from bot.intake import consents
from bot.intake.channels.tables import PersonRow
from bot.intake.consents import Consent
from bot.intake.database import Database
from bot.intake.staff import accounts, sessions
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot
from tests.simulators.serving import Serving, serving
from tests.simulators.telegram import TelegramSimulator

__all__ = ["database_url"]

SIGNATURE = (
    "Example Immigration Services, 100 Example Street, Ottawa, ON K1A 0A0. 613-555-0100, office@firm.example."
    " To end messages, write STOP."
)
PERSON = 1001


@dataclass
class Desk:
    """A licensee in the console, in front of the conversation of a person on Telegram."""

    http: ClientSession
    simulator: TelegramSimulator
    database: Database
    conversation: str

    async def does(self, what: str, **form: str) -> int:
        address = f"/staff/conversations/{self.conversation}"
        async with self.http.get(address) as response:
            found = re.search(r'name="csrf" value="(\w+)"', await response.text())
        assert found
        data = {"csrf": found[1], **form}
        async with self.http.post(f"{address}/{what}", data=data, allow_redirects=False) as response:
            return response.status

    def last_wrote(self, ago: timedelta) -> None:
        with self.database.session() as session:
            session.execute(sa.update(PersonRow).values(last_heard_at=datetime.now(UTC) - ago))

    def agrees(self, granted: bool, channel: str = "telegram") -> None:
        consent = Consent("consent.messages", "May we write?", "en", purpose="messages", granted=granted)
        with self.database.session() as session:
            given = {"conversation_id": self.conversation, "channel": channel, "consent": consent}
            consents.record_consent(session, self.database.seal, **given)


@asynccontextmanager
async def desk(server: Serving, database: Database, simulator: TelegramSimulator) -> AsyncIterator[Desk]:
    await simulator.says(PERSON, "I am Ann")
    await server.quiet()
    with database.session() as session:
        conversation = session.scalars(sa.select(PersonRow.conversation_id)).one()
        given = {"email": "maya@firm.example", "name": "Maya Chen", "role": "licensee", "licence_no": "R123456"}
        _, link = accounts.invite(session, database.seal, **given, by="test")
        maya = accounts.accept(session, database.seal, link, "moss under the north gate")
        token = sessions.begin(session, database.seal, maya.id, "full", address="", agent="a test")
    headers = {"Origin": server.url}
    async with ClientSession(server.url, cookie_jar=CookieJar(unsafe=True), headers=headers) as http:
        http.cookie_jar.update_cookies({"staff": token}, URL(server.url))
        yield Desk(http, simulator, database, conversation)


@pytest.fixture
async def maya(tmp_path: Path, database: Database, parrot: Parrot) -> AsyncIterator[Desk]:
    simulator = TelegramSimulator()
    async with serving(tmp_path, database, parrot, simulator) as server, desk(server, database, simulator) as found:
        assert await found.does("take") == 303
        yield found


async def test_who_is_there_is_answered_without_a_signature(maya: Desk) -> None:
    assert await maya.does("say", text="Good day.") == 303
    assert "STOP" not in (await maya.simulator.gets(str(PERSON), "Good day.")).text


async def test_a_follow_up_names_the_firm_its_address_and_how_to_end_it(maya: Desk) -> None:
    maya.last_wrote(timedelta(days=3))
    assert await maya.does("say", text="Is the letter there?") == 303
    assert SIGNATURE in (await maya.simulator.gets(str(PERSON), "Is the letter there?")).text
    assert await maya.does("ask", fact="age") == 303
    assert SIGNATURE in (await maya.simulator.gets(str(PERSON), "Maya Chen would like to know")).text


async def test_six_months_later_nobody_is_written_to_without_consent(maya: Desk) -> None:
    maya.last_wrote(timedelta(days=190))
    assert await maya.does("say", text="We have an offer.") == 409
    assert await maya.does("ask", fact="age") == 409
    maya.agrees(True, channel="web")  # on the page, for the e-mail address given there
    assert await maya.does("say", text="You agreed elsewhere to an offer.") == 409
    maya.agrees(False, channel="web")
    maya.agrees(True)
    assert await maya.does("say", text="You asked us to write.") == 303
    assert SIGNATURE in (await maya.simulator.gets(str(PERSON), "You asked us to write.")).text
    maya.agrees(False)
    assert await maya.does("say", text="And again.") == 409
    assert not any("offer" in text or "again" in text for text in maya.simulator.texts(str(PERSON)))


async def test_stop_ends_messages_at_once(maya: Desk) -> None:
    await maya.simulator.says(PERSON, "stop")
    await maya.simulator.gets(str(PERSON), "there will be no more messages here")
    assert await maya.does("say", text="One more thing.") == 409
