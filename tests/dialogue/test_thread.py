"""The dialogue in its own thread: the server goes on while a turn is computed, and a turn behaves as before."""

from __future__ import annotations

import asyncio
import threading
from typing import Any, cast

import pytest

from bot.dialogue.agent import DialogueError, RasaDialogue
from bot.dialogue.thread import DialogueThread
from bot.knowledge.answer import Answer

PATIENCE = 20


class Computing:
    """A dialogue whose turn gives its event loop no chance until it is let go."""

    def __init__(self) -> None:
        self.let_go = threading.Event()
        self.ended = threading.Event()
        self.threads: set[int] = set()

    async def turn(self, conversation_id: str, message_id: str, text: str, **_: Any) -> list[Answer]:
        self.threads.add(threading.get_ident())
        match text:
            case "compute":
                assert self.let_go.wait(PATIENCE)
            case "fail":
                raise DialogueError("nothing to say")
            case "wait":
                try:
                    await asyncio.Event().wait()
                finally:
                    self.ended.set()
        return [Answer("en", (text,))]


async def started() -> tuple[Computing, DialogueThread]:
    computing = Computing()

    async def load() -> RasaDialogue:
        return cast(RasaDialogue, computing)

    return computing, await DialogueThread.start(load)


async def turn(dialogue: DialogueThread, text: str) -> list[Answer]:
    return await dialogue.turn("c", "c.1", text, language="en", channel="web", asked=None, is_payload=False)


async def test_the_server_goes_on_while_a_turn_is_computed() -> None:
    computing, dialogue = await started()
    answering = asyncio.create_task(turn(dialogue, "compute"))
    while not computing.threads:  # noqa: ASYNC110  (it happens in another thread)
        await asyncio.sleep(0.001)
    assert not answering.done()
    computing.let_go.set()  # nobody but this event loop can do it
    assert (await answering)[0].lines == ("compute",)
    assert computing.threads.isdisjoint({threading.get_ident()})


async def test_every_turn_is_in_the_same_thread() -> None:
    computing, dialogue = await started()
    await asyncio.gather(*(turn(dialogue, f"{number}") for number in range(5)))
    assert len(computing.threads) == 1


async def test_what_a_turn_raises_is_raised_here() -> None:
    _, dialogue = await started()
    with pytest.raises(DialogueError, match="nothing to say"):
        await turn(dialogue, "fail")


async def test_a_turn_that_takes_too_long_ends_there_too() -> None:
    computing, dialogue = await started()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await turn(dialogue, "wait")
    assert await asyncio.to_thread(computing.ended.wait, PATIENCE)
