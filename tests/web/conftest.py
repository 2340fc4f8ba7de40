"""Fixtures of this folder: the real server on a port of its own, with a parrot for a dialogue."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, CookieJar
from aiohttp.test_utils import TestServer

from bot.firm import Firm, load_firm
from bot.intake.database import Database
from bot.settings import Settings, load
from bot.web import create_app
from tests.databases import database, database_url, empty_database, postgresql_url
from tests.parrot import Parrot

__all__ = ["database", "database_url", "empty_database", "postgresql_url"]

EMBEDDER = "https://www.embedder.example"


@pytest.fixture
def parrot(tmp_path: Path) -> Parrot:
    return Parrot(tmp_path / "parrot.json")


@pytest.fixture
def given() -> dict[str, Any]:
    """Settings of the server; a test changes them by ``pytest.mark.parametrize``."""
    return {}


@pytest.fixture
def configured(tmp_path: Path, given: dict[str, Any]) -> Settings:
    values: dict[str, Any] = {"var_dir": tmp_path, "allowed_origins": EMBEDDER, "turn_timeout": 5, "stop_grace": 2}
    return load(None, **values | given)


@pytest.fixture
def firm() -> Firm:
    return load_firm(Path("firm.yml"))


@pytest_asyncio.fixture
async def server(configured: Settings, firm: Firm, parrot: Parrot, database: Database) -> AsyncIterator[TestServer]:
    running = TestServer(create_app(configured, firm, parrot, database=database))
    await running.start_server()
    yield running
    await running.close()


Browser = Callable[..., ClientSession]


@pytest_asyncio.fixture
async def browser(server: TestServer) -> AsyncIterator[Browser]:
    """Makes browsers, each with cookies of its own, on our own page unless an origin is given."""
    opened: list[ClientSession] = []

    def new(origin: str | None = None, **headers: str) -> ClientSession:
        base = str(server.make_url("/"))
        sent = {"Origin": base.rstrip("/") if origin is None else origin, **headers}
        session = ClientSession(base, cookie_jar=CookieJar(unsafe=True), headers={k: v for k, v in sent.items() if v})
        opened.append(session)
        return session

    yield new
    for session in opened:
        await session.close()


@pytest_asyncio.fixture
async def visitor(browser: Browser) -> ClientSession:
    """A browser with a conversation."""
    session = browser()
    async with session.post("/api/conversations", json={"language": "en"}) as response:
        assert response.status == 201
    return session
