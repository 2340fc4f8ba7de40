"""Fixtures of this folder: the real server, and members of the firm in front of its console."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher

from bot.facts.encoding import profile_from
from bot.firm import load_firm
from bot.intake import leads, transcript
from bot.intake.brief import brief
from bot.intake.consents import Consent
from bot.intake.database import Database
from bot.intake.lead_values import Lead
from bot.intake.staff import accounts, passwords, sessions
from bot.intake.told import Told
from bot.settings import load
from bot.web import create_app
from tests.databases import database, database_url, empty_database, postgresql_url
from tests.parrot import Parrot

__all__ = ["database", "database_url", "empty_database", "postgresql_url"]

PASSWORD = "moss under the north gate"
FACTS = {"age": 31, "marital_status": "single", "education": "master", "eca": "done", "foreign_work_years": 4}


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def parrot(tmp_path: Path) -> Parrot:
    return Parrot(tmp_path / "parrot.json")


@pytest.fixture
def given() -> dict[str, Any]:
    """Settings of the server; a test changes them by ``pytest.mark.parametrize``."""
    return {}


@pytest_asyncio.fixture
async def server(
    tmp_path: Path, database: Database, parrot: Parrot, given: dict[str, Any]
) -> AsyncIterator[TestServer]:
    settings = load(None, **{"var_dir": tmp_path, "turn_timeout": 5, "stop_grace": 2} | given)
    running = TestServer(create_app(settings, load_firm(Path("firm.yml")), parrot, database=database))
    await running.start_server()
    yield running
    await running.close()


@dataclass
class Person:
    """Somebody in front of a browser."""

    http: ClientSession
    account: accounts.Account | None = None
    csrf: str = ""

    async def sees(self, path: str, status: int = 200) -> str:
        async with self.http.get(path, allow_redirects=False) as response:
            text = await response.text()
            assert response.status == status, (path, response.status, text[-600:])
            if token := re.search(r'name="csrf" value="(\w+)"', text):
                self.csrf = token[1]
            return text

    async def does(self, path: str, **form: str) -> tuple[int, str]:
        """Send a form; the status, and where it leads or what it shows."""
        async with self.posts(path, form) as response:
            return response.status, response.headers.get("Location") or await response.text()

    def posts(self, path: str, form: dict[str, str], **headers: str) -> Any:
        return self.http.post(path, data={"csrf": self.csrf, **form}, headers=headers, allow_redirects=False)


NewPerson = Callable[..., Person]


@pytest_asyncio.fixture
async def stranger(server: TestServer) -> AsyncIterator[Callable[[], Person]]:
    """Makes people whom nobody knows yet."""
    opened: list[ClientSession] = []

    def new() -> Person:
        base = str(server.make_url("/"))
        http = ClientSession(base, cookie_jar=CookieJar(unsafe=True), headers={"Origin": base.rstrip("/")})
        opened.append(http)
        return Person(http)

    yield new
    for http in opened:
        await http.close()


@pytest.fixture
def member(server: TestServer, database: Database, stranger: Callable[[], Person]) -> Callable[[str], Any]:
    """Logs somebody with this role in, as the whole log-in would have."""

    async def new(role: str, name: str = "") -> Person:
        person = stranger()
        name = name or role.capitalize()
        licence = "R123456" if role == "licensee" else ""

        def make(session: Any, seal: Any) -> tuple[accounts.Account, str]:
            email = f"{name.split()[0].lower()}@firm.example"
            given = {"email": email, "name": name, "role": role, "licence_no": licence, "by": "test"}
            _, token = accounts.invite(session, seal, **given)
            account = accounts.accept(session, seal, token, PASSWORD)
            return account, sessions.begin(session, seal, account.id, "full", address="", agent="a test")

        person.account, token = await database.write(make)
        person.http.cookie_jar.update_cookies({"staff": token}, server.make_url("/"))
        await person.sees("/staff/account")
        return person

    return new


@pytest.fixture
def new_lead(database: Database) -> Callable[..., Any]:
    """Makes leads, each with a conversation of its own."""

    async def make(name: str = "Amara Okafor", contact: str = "amara@mail.example", **facts: Any) -> Lead:
        def work(session: Any, seal: Any) -> Lead:
            received = transcript.open_conversation(session, seal, language="en", channel="web")
            conversation = received.conversation.id
            transcript.finish(session, seal, received.message, [], asked=None)
            said = transcript.receive_text(session, seal, conversation, "a", "I am 31 and single")
            transcript.finish(session, seal, said.message, [], asked=None)
            known = {**FACTS, **facts}
            profile = profile_from(known)
            at = said.message.created_at
            return leads.record_lead(
                session,
                seal,
                conversation_id=conversation,
                language="en",
                channel="web",
                name=name,
                contact=contact,
                profile=profile,
                found=brief(profile, date(2026, 11, 25)),
                consents=[Consent("consent.contact", "I agree", "en")],
                told=[Told(fact, value, "message", at, seq=said.message.seq) for fact, value in known.items()],
            )

        return await database.write(work)

    return make
