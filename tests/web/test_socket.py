"""The WebSocket of the browser."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestServer

from bot.channels.incoming import Said
from bot.web import logs
from bot.web.state import STATE
from tests.parrot import Parrot
from tests.web.conftest import EMBEDDER, Browser


async def frames(line: ClientWebSocketResponse, last: str, count: int = 1) -> list[dict[str, Any]]:
    """What arrives until the ``count``-th frame of type ``last``."""
    heard: list[dict[str, Any]] = []
    async with asyncio.timeout(20):
        while sum(frame["type"] == last for frame in heard) < count:
            heard.append(await line.receive_json())
    return heard


async def hello(line: ClientWebSocketResponse, after: int = 0) -> dict[str, Any]:
    await line.send_json({"type": "hello", "after": after})
    return (await frames(line, "welcome"))[-1]


async def test_a_conversation_over_the_line(visitor: ClientSession) -> None:
    async with visitor.ws_connect("/api/ws") as line:
        welcome = await hello(line)
        assert [message["lines"] for message in welcome["messages"]] == [["Hello"]]
        assert {"language", "strings", "firm", "limits", "typing", "conversation"} <= set(welcome)
        await line.send_json({"type": "say", "client_id": "a", "text": "31"})
        heard = await frames(line, "typing", 2)
    assert [frame["type"] for frame in heard] == ["received", "typing", "message", "typing"]
    assert [frame["on"] for frame in heard if frame["type"] == "typing"] == [True, False]
    assert heard[0]["client_id"] == "a"
    assert heard[0]["message"]["text"] == "31"
    assert heard[2]["message"]["lines"] == ["text: 31"]


async def test_all_tabs_hear_all_and_only_the_sender_is_acknowledged(visitor: ClientSession) -> None:
    async with visitor.ws_connect("/api/ws") as one, visitor.ws_connect("/api/ws") as other:
        for line in (one, other):
            await hello(line)
        await one.send_json({"type": "say", "client_id": "a", "text": "31"})
        mine, theirs = await frames(one, "typing", 2), await frames(other, "typing", 2)
    assert [frame["type"] for frame in mine] == ["received", "typing", "message", "typing"]
    assert [frame["type"] for frame in theirs] == ["message", "typing", "message", "typing"]
    assert mine[0]["message"] == theirs[0]["message"]


async def test_a_line_that_comes_back_hears_what_it_missed_and_nothing_twice(visitor: ClientSession) -> None:
    async with visitor.ws_connect("/api/ws") as line:
        await hello(line)
        await line.send_json({"type": "say", "client_id": "a", "text": "slow one"})
        await frames(line, "received")
    async with visitor.ws_connect("/api/ws") as line:
        welcome = await hello(line, after=3)
        assert welcome["messages"] == []
        assert welcome["typing"] is True
        await line.send_json({"type": "say", "client_id": "a", "text": "slow one"})
        heard = await frames(line, "typing")
        assert [frame["type"] for frame in heard] == ["received", "message", "typing"]
        await line.send_json({"type": "ping"})
        assert [frame["type"] for frame in await frames(line, "pong")] == ["pong"]


async def test_what_is_said_while_the_welcome_is_read_is_told_once(
    visitor: ClientSession, server: TestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversations = server.app[STATE].conversations
    read = conversations.transcript

    async def said_meanwhile(conversation: str, after: int = 0) -> Any:
        await conversations.receive(conversation, Said("other", "31"))
        await conversations.quiet(conversation)
        return await read(conversation, after)

    async with visitor.ws_connect("/api/ws") as line:
        monkeypatch.setattr(conversations, "transcript", said_meanwhile)
        welcome = await hello(line)
        assert [message["text"] or message["lines"][0] for message in welcome["messages"]] == [
            "Hello",
            "31",
            "text: 31",
        ]
        await line.send_json({"type": "say", "client_id": "a", "text": "32"})
        heard = [frame for frame in await frames(line, "typing", 4) if frame["type"] != "typing"]
    assert [frame["message"]["text"] or frame["message"]["lines"][0] for frame in heard] == ["32", "text: 32"]


async def test_buttons_and_the_language_over_the_line(visitor: ClientSession, parrot: Parrot) -> None:
    async with visitor.ws_connect("/api/ws") as line:
        (greeting,) = (await hello(line))["messages"]
        await line.send_json({"type": "choose", "client_id": "a", "message": greeting["id"], "button": 0})
        heard = await frames(line, "message")
        assert heard[0]["message"]["text"] == "Yes"
        assert parrot.heard[0][1] == "/affirm"
        await line.send_json({"type": "language", "language": "fr"})
        heard = await frames(line, "message")
        (changed,) = [frame for frame in heard if frame["type"] == "language"]
        assert changed["strings"]["widget.input.send"] == "Envoyer"
        await line.send_json({"type": "choose", "client_id": "b", "message": greeting["id"], "button": 7})
        refused = (await frames(line, "error"))[-1]
        assert (refused["code"], refused["client_id"]) == ("unknown_button", "b")
        assert refused["text"].startswith("Ce choix")


@pytest.mark.parametrize(
    ("text", "code"),
    [("x" * 20_000, "too_long"), ("", "empty"), ("👩" * 20_000, "too_long")],
    ids=["long", "empty", "long in pictures"],
)
async def test_what_cannot_be_taken_is_told_and_the_line_goes_on(visitor: ClientSession, text: str, code: str) -> None:
    async with visitor.ws_connect("/api/ws") as line:
        await hello(line)
        await line.send_str(json.dumps({"type": "say", "client_id": "a", "text": text}))
        refused = (await frames(line, "error"))[-1]
        assert (refused["code"], refused["client_id"]) == (code, "a")
        await line.send_json({"type": "say", "client_id": "b", "text": "31"})
        assert (await frames(line, "message"))[-1]["message"]["lines"] == ["text: 31"]


@pytest.mark.parametrize(
    "garbage",
    ["", "31", "[]", "{", '{"type": "say"}', '{"type": "obey"}', '{"type": ["say"]}', "[" * 100_000, '{"a":' * 5000],
    ids=range(9),
)
async def test_garbage_is_answered_and_changes_nothing(visitor: ClientSession, parrot: Parrot, garbage: str) -> None:
    async with visitor.ws_connect("/api/ws") as line:
        await hello(line)
        await line.send_str(garbage)
        assert (await frames(line, "error"))[-1]["code"] == "request"
        await line.send_json({"type": "ping"})
        await frames(line, "pong")
    assert parrot.heard == []


async def test_a_line_that_sends_nothing_but_garbage_is_closed(visitor: ClientSession) -> None:
    async with visitor.ws_connect("/api/ws") as line:
        for _ in range(20):
            await line.send_str("garbage")
        async with asyncio.timeout(10):
            while (frame := await line.receive()).type is WSMsgType.TEXT:
                pass
    assert frame.type is WSMsgType.CLOSE
    assert line.close_code == 1008


@pytest.mark.parametrize("size", [300_000])
async def test_an_enormous_frame_ends_the_line_and_nothing_else(
    visitor: ClientSession, parrot: Parrot, size: int
) -> None:
    async with visitor.ws_connect("/api/ws") as line:
        await hello(line)
        await line.send_str(json.dumps({"type": "say", "client_id": "a", "text": "x" * size}))
        async with asyncio.timeout(10):
            while (await line.receive()).type is WSMsgType.TEXT:
                pass
        assert line.close_code == 1009
    async with visitor.ws_connect("/api/ws") as line:
        await hello(line)
    assert parrot.heard == []


async def refused(session: ClientSession, **options: Any) -> int:
    with pytest.raises(WSServerHandshakeError) as error:
        await session.ws_connect("/api/ws", **options)
    return error.value.status


async def test_the_line_needs_a_token_of_ours(visitor: ClientSession, browser: Browser) -> None:
    assert await refused(browser()) == 401
    assert await refused(browser(), headers={"Cookie": "eea=made.up.token"}) == 401
    assert await refused(visitor, headers={"Origin": "https://evil.example"}) == 403
    assert await refused(visitor, headers={"Origin": EMBEDDER}) == 401


async def test_a_widget_on_an_allowed_site_shows_its_token_as_a_subprotocol(browser: Browser) -> None:
    session = browser(EMBEDDER)
    async with session.post("/api/conversations", json={"language": "en"}) as response:
        token = (await response.json())["token"]
    async with session.ws_connect("/api/ws", protocols=("eea", f"eea.{token}")) as line:
        assert line.protocol == "eea"
        assert (await hello(line))["messages"][0]["lines"] == ["Hello"]
    assert await refused(session, protocols=("eea", "eea.made.up.token")) == 401


async def test_a_token_offered_alone_stands_in_no_log(browser: Browser, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure("INFO", production=True)
    try:
        session = browser(EMBEDDER)
        async with session.post("/api/conversations", json={"language": "en"}) as response:
            token = (await response.json())["token"]
        async with session.ws_connect("/api/ws", protocols=(f"eea.{token}",)) as line:
            await hello(line)
        logging.getLogger("bot").warning("seen")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    written = capsys.readouterr().err
    assert "seen" in written
    assert token not in written


@pytest.mark.parametrize("given", [{"messages_per_minute": 2}])
async def test_a_flood_over_the_line_is_slowed_down(visitor: ClientSession) -> None:
    async with visitor.ws_connect("/api/ws") as line:
        await hello(line)
        for place in range(3):
            await line.send_json({"type": "say", "client_id": f"c{place}", "text": "31"})
        refused = (await frames(line, "error"))[-1]
    assert (refused["code"], refused["client_id"]) == ("rate", "c2")


async def test_a_conversation_that_was_erased_is_told_and_the_line_closed(
    visitor: ClientSession, database: Any
) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM conversations")
    async with visitor.ws_connect("/api/ws") as line:
        await line.send_json({"type": "hello", "after": 0})
        assert (await frames(line, "error"))[-1]["code"] == "gone"
        assert (await line.receive()).type is WSMsgType.CLOSE


async def test_stopping_tells_the_line_lets_it_hear_the_answer_and_closes_it(
    visitor: ClientSession, server: TestServer
) -> None:
    async with visitor.ws_connect("/api/ws") as line:
        await hello(line)
        await line.send_json({"type": "say", "client_id": "a", "text": "slow"})
        await frames(line, "typing")
        closing = asyncio.create_task(server.close())
        heard = await frames(line, "message")
        assert [frame["type"] for frame in heard] == ["restarting", "message"]
        async with asyncio.timeout(10):
            while (await line.receive()).type is WSMsgType.TEXT:
                pass
        assert line.close_code == 1012
        await closing


async def test_a_closed_tab_is_forgotten(visitor: ClientSession, server: TestServer) -> None:
    state = server.app[STATE]
    async with visitor.ws_connect("/api/ws") as line:
        await hello(line)
        assert (len(state.sockets), len(state.conversations.hub)) == (1, 1)
    for _ in range(250):
        if not state.sockets:
            break
        await asyncio.sleep(0.02)
    assert (len(state.sockets), len(state.conversations.hub)) == (0, 0)
