"""Our real server beside simulated providers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from aiohttp.test_utils import TestServer, unused_port

from bot.channels.outbox import Timing
from bot.channels.providers import configured
from bot.channels.turns import Dialogue
from bot.firm import load_firm
from bot.intake.database import Database
from bot.settings import load
from bot.web import create_app
from bot.web.state import STATE, State
from tests.simulators.base import Simulator

QUICK = Timing(send=1.0, lease=2.0, unsure=0.3, first=0.02, longest=0.2, attempts=20, look=0.3, settle=0.05)
"""The patience of production, shortened: a test waits for what happens, not for time."""
PATIENT = replace(QUICK, settle=1.0)
"""For tests of what comes in the wrong order: the whole of it comes in this time on a slow machine too."""


class Serving:
    def __init__(self, server: TestServer, state: State, url: str) -> None:
        self.server = server
        self.conversations = state.conversations
        self.messaging = state.messaging
        self.url = url

    async def quiet(self) -> None:
        """Until everything that arrived is answered and sent."""
        await self.messaging.inbox.quiet()
        await self.messaging.outbox.quiet()


@asynccontextmanager
async def serving(
    folder: Path, database: Database, dialogue: Dialogue, *simulators: Simulator, timing: Timing = QUICK
) -> AsyncIterator[Serving]:
    """Our server, to which these providers deliver and over which it answers."""
    port = unused_port()
    url = f"http://127.0.0.1:{port}"
    settings = load(None, var_dir=folder, public_url=url, turn_timeout=5, stop_grace=2)
    keys: dict[str, str] = {}
    for simulator in simulators:
        await simulator.start()
        simulator.connect(url)
        keys |= simulator.keys
    app = create_app(
        settings,
        load_firm(Path("firm.yml")),
        dialogue,
        database=database,
        channels=configured(None, **keys),
        timing=timing,
    )
    server = TestServer(app, port=port)
    await server.start_server()
    try:
        yield Serving(server, app[STATE], url)
    finally:
        await server.close()
        for simulator in simulators:
            await simulator.stop()
