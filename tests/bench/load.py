"""Conversations at full speed over the public WebSocket, one or many at once; each turn is timed."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import aiohttp

CONVERSATION = (
    "I want to check my points",
    "just thinking about it",
    "outside Quebec",
    "31",
    "single",
    "how long is an express entry profile valid?",
    "master's degree",
    "I studied abroad, not in Canada",
    "ECA is done by WES",
    "January 10, 2025",
    "IELTS General",
    "L 8 R 7 W 7 S 7.5",
    "March 3, 2026",
    "how many days do I have after an ITA?",
    "no second language",
)
TURN_SECONDS = 60

Converse = Callable[[], Awaitable[list[float]]]


@dataclass(frozen=True, slots=True)
class Load:
    """Latencies of all turns in seconds and how many turns were answered a second."""

    latencies: tuple[float, ...]
    turns_per_second: float

    def percentile(self, share: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


async def run(url: str, *, at_once: int, conversations: int, texts: Sequence[str] = CONVERSATION) -> Load:
    """Hold ``conversations`` conversations, ``at_once`` at a time."""
    return await percentiles(lambda: converse(url, texts), at_once=at_once, conversations=conversations)


async def percentiles(converse: Converse, *, at_once: int, conversations: int) -> Load:
    """The same with any way to hold one conversation that gives the seconds of its turns."""
    latencies: list[float] = []
    queue = list(range(conversations))

    async def worker() -> None:
        while queue:
            queue.pop()
            latencies.extend(await converse())

    begin = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(at_once)))
    return Load(tuple(latencies), len(latencies) / (time.perf_counter() - begin))


async def converse(url: str, texts: Sequence[str]) -> list[float]:
    """One conversation; the seconds from sending a message to the last of its answers."""
    latencies = []
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{url}/api/conversations", json={"language": "en"}) as response:
            opened = await response.json()
        headers = {"Sec-WebSocket-Protocol": f"eea.{opened['token']}"} if opened["token"] else {}
        async with session.ws_connect(f"{url}/api/ws", headers=headers) as ws:
            await ws.send_json({"type": "hello", "after": opened["messages"][-1]["id"]})
            for text in texts:
                begin = time.perf_counter()
                await ws.send_json({"type": "say", "client_id": str(uuid.uuid4()), "text": text})
                latencies.append(await _answered(ws) - begin)
    return latencies


async def _answered(ws: aiohttp.ClientWebSocketResponse) -> float:
    """The moment at which the turn's answers have all arrived."""
    last = 0.0
    async with asyncio.timeout(TURN_SECONDS):
        while True:
            event = await ws.receive_json()
            if event["type"] == "message" and event["message"]["from"] == "assistant":
                last = time.perf_counter()
            elif event["type"] == "typing" and not event["on"] and last:
                return last
            elif event["type"] == "error":
                raise RuntimeError(event["text"])
