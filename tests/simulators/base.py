"""What the simulated providers have in common: an API that can fail, and deliveries that come again."""

from __future__ import annotations

import asyncio
import random
from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Literal

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

Fault = Literal["throttled", "unavailable", "lost", "broken"]
"""429; 503; taken and the answer lost; the line broken before anything was taken."""

PATIENCE = 30.0
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it. ``buttons``: title -> what pressing it sends."""

    text: str
    buttons: dict[str, str] = field(default_factory=dict)
    raw: dict[str, Any] = field(default_factory=dict)


class Simulator(ABC):
    """A provider. ``received``: what each person got; ``fault``: asked before each API call."""

    path: str
    keys: dict[str, str]
    """Where our server expects its webhook."""

    def __init__(self) -> None:
        self.received: dict[str, list[Shown]] = defaultdict(list)
        self.refused: Counter[str] = Counter()
        self.fault: Callable[[], Fault | None] = lambda: None
        self.retry_after = 0.05
        self.webhook = ""
        self.statuses: Counter[int] = Counter()
        self.acknowledged: list[float] = []
        self.closed_to: set[str] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._number = random.Random(7).randrange(10**6)

    def number(self) -> int:
        self._number += 1
        return self._number

    async def start(self) -> None:
        app = web.Application()
        self.routes(app.router)
        self.server = TestServer(app)
        await self.server.start_server()
        self.url = str(self.server.make_url("/")).rstrip("/")
        self.http = aiohttp.ClientSession()

    def background(self, delivery: Coroutine[Any, Any, Any]) -> None:
        """A delivery that nobody waits for, such as a status."""
        task = asyncio.create_task(delivery)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.http.close()
        await self.server.close()

    @abstractmethod
    def routes(self, router: web.UrlDispatcher) -> None:
        """The provider's API."""

    def connect(self, public_url: str) -> None:
        """Register our server's webhook, as an operator does at the provider."""
        self.webhook = public_url + self.path

    async def failing(self, request: web.Request, throttled: web.Response) -> web.Response | None:
        """The answer of a fault that is due now; ``lost`` is for the caller, who takes the message first."""
        match self.fault():
            case "throttled":
                return throttled
            case "unavailable":
                return web.json_response({"error": "try later"}, status=503)
            case "broken":
                self.cut(request)
                return web.Response(status=500)
            case "lost":
                request["lost"] = True
        return None

    def done(self, request: web.Request, response: web.Response) -> web.Response:
        """The answer, unless this one gets lost."""
        if request.get("lost"):
            self.cut(request)
        return response

    @staticmethod
    def cut(request: web.Request) -> None:
        if request.transport is not None:
            request.transport.abort()

    async def post(self, body: bytes, headers: dict[str, str], url: str = "", *, again: int = 0) -> int:
        """Deliver to our server; not acknowledged it is repeated, and ``again`` times although it was."""
        status = 0
        for _ in range(REPEATS):
            begin = asyncio.get_running_loop().time()
            async with self.http.post(url or self.webhook, data=body, headers=headers) as response:
                status = response.status
                await response.read()
            self.acknowledged.append(asyncio.get_running_loop().time() - begin)
            self.statuses[status] += 1
            if status < 500:
                break
            await asyncio.sleep(0.1)
        if again:
            await self.post(body, headers, url, again=again - 1)
        return status

    def texts(self, person: str) -> list[str]:
        return [shown.text for shown in self.received[person]]

    async def until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait for what has to happen."""
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110  (it may happen in another process)
                await asyncio.sleep(0.01)

    async def gets(self, person: str, words: str, *, after: int = 0) -> Shown:
        """Wait until a person has got a message with these words; returns it."""

        def found() -> Shown | None:
            return next((one for one in self.received[person][after:] if words in one.text), None)

        try:
            await self.until(lambda: found() is not None)
        except TimeoutError:
            raise AssertionError(f"{words!r} did not come; there are {self.texts(person)[after:]}") from None
        shown = found()
        assert shown
        return shown


def faults(share: float, seed: int, *kinds: Fault) -> Callable[[], Fault | None]:
    """Faults at random, the same ones at each run."""
    chance = random.Random(seed)
    return lambda: chance.choice(kinds) if chance.random() < share else None
