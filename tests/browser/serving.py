"""Real servers for the browser: the assistant with a scripted dialogue, and a site that embeds it."""

from __future__ import annotations

import asyncio
import socket
import threading
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from aiohttp import web
from scripted import ScriptedDialogue

from bot.firm import Firm, load_firm
from bot.intake.database import Database
from bot.intake.schema import upgrade
from bot.settings import load
from bot.web import create_app

FIRM = Path(__file__).parents[2] / "firm.yml"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Serving(ABC):
    """One aiohttp application in a thread of its own; it can be stopped and started on the same port."""

    def __init__(self, host: str = "localhost") -> None:
        self.port = free_port()
        self.url = f"http://{host}:{self.port}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner: web.AppRunner | None = None

    @abstractmethod
    async def application(self) -> web.Application:
        """What is served."""

    def start(self) -> None:
        self._wait(self._start())

    def stop(self) -> None:
        """Stops as the product does: turns in flight finish, everybody is told."""
        if self._runner is not None:
            self._wait(self._runner.cleanup())
            self._runner = None

    def close(self) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def call(self, step: Callable[[], Awaitable[Any]]) -> Any:
        """Runs a step inside the server."""

        async def run() -> Any:
            return await step()

        return self._wait(run())

    async def _start(self) -> None:
        self._runner = web.AppRunner(await self.application(), shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()

    def _wait(self, step: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(step, self._loop).result(30)


class Assistant(Serving):
    """The product's own server on a database in ``directory``; only the dialogue is scripted."""

    def __init__(
        self, directory: Path, dialogue: ScriptedDialogue, *, firm: Firm | None = None, **settings: Any
    ) -> None:
        super().__init__()
        self.dialogue = dialogue
        self.firm = firm or load_firm(FIRM)
        limits = {
            "messages_per_minute": 0,
            "messages_per_minute_per_address": 0,
            "conversations_per_hour_per_address": 0,
        }
        self.settings = load(
            None, var_dir=directory, port=self.port, public_url=self.url, stop_grace=2, **limits, **settings
        )

    async def application(self) -> web.Application:
        database = Database.of(self.settings)
        upgrade(database)
        database.close()
        return create_app(self.settings, self.firm, self.dialogue)


class Site(Serving):
    """A firm's own website, on another origin than the assistant and with a strict policy of its own."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1")
        self.assistant = ""
        self.attributes = ""

    async def application(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/", self._page)
        app.router.add_get("/second", self._page)
        return app

    async def _page(self, request: web.Request) -> web.Response:
        sockets = self.assistant.replace("http", "ws", 1)
        policy = f"default-src 'none'; script-src {self.assistant}; connect-src {self.assistant} {sockets}"
        html = (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A law firm</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<script type="module" src="{self.assistant}/static/widget.js"></script></head>'
            f'<body><main><h1>A law firm</h1><p>Text of <a href="/second">its own</a>.</p></main>'
            f"<express-entry-assistant {self.attributes}></express-entry-assistant></body></html>"
        )
        return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": policy})
