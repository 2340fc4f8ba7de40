"""The API as a browser uses it that has no WebSocket."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from tests.parrot import Parrot
from tests.web.conftest import EMBEDDER, Browser


async def post(session: ClientSession, path: str, body: Any, **options: Any) -> tuple[int, dict[str, Any]]:
    async with session.post(path, json=body, **options) as response:
        return response.status, await response.json(content_type=None)


async def get(session: ClientSession, path: str, **options: Any) -> tuple[int, dict[str, Any]]:
    async with session.get(path, **options) as response:
        return response.status, await response.json(content_type=None)


async def answers(session: ClientSession, after: int) -> list[dict[str, Any]]:
    """Messages after number ``after``, once there is an answer among them."""
    async with asyncio.timeout(20):
        while True:
            _, content = await get(session, f"/api/messages?after={after}&wait=5")
            if any(message["from"] != "visitor" for message in content["messages"]) and not content["typing"]:
                return list(content["messages"])


async def test_opening_a_conversation_gives_all_that_the_page_needs(browser: Browser) -> None:
    session = browser()
    async with session.post("/api/conversations", json={"language": "fr"}) as response:
        content = await response.json()
        cookie = response.cookies["eea"]
    assert content["language"] == "fr"
    assert [message["lines"] for message in content["messages"]] == [["Bonjour"]]
    assert content["limits"] == {"text": 1000}
    assert content["firm"]["name"] == "Example Immigration Services"
    assert content["strings"]["widget.input.send"] == "Envoyer"
    assert content["token"] is None
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie.value.split(".")[0] == content["conversation"]


async def test_a_message_is_acknowledged_and_answered(visitor: ClientSession) -> None:
    status, content = await post(visitor, "/api/messages", {"client_id": "a", "text": "31"})
    message = content["message"]
    assert status == 201
    assert (message["from"], message["text"], message["client_id"]) == ("visitor", "31", "a")
    (answer,) = await answers(visitor, message["id"])
    assert (answer["from"], answer["lines"], answer["kind"]) == ("assistant", ["text: 31"], "text")
    assert (await post(visitor, "/api/messages", {"client_id": "a", "text": "31"})) == (200, {"message": message})


async def test_a_reload_and_a_second_tab_show_the_conversation_so_far(visitor: ClientSession) -> None:
    await post(visitor, "/api/messages", {"client_id": "a", "text": "31"})
    await answers(visitor, 3)
    status, content = await get(visitor, "/api/conversations/current")
    assert status == 200
    assert [message["text"] or message["lines"][0] for message in content["messages"]] == ["Hello", "31", "text: 31"]


async def test_a_waiting_poll_ends_when_something_is_said(visitor: ClientSession) -> None:
    waiting = asyncio.create_task(get(visitor, "/api/messages?after=2&wait=25"))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    await post(visitor, "/api/messages", {"client_id": "a", "text": "31"})
    async with asyncio.timeout(5):
        _, content = await waiting
    assert content["messages"][0]["text"] == "31"


async def test_a_poll_without_news_comes_back_empty(visitor: ClientSession) -> None:
    status, content = await get(visitor, "/api/messages?after=2&wait=1")
    assert (status, content) == (200, {"language": "en", "messages": [], "typing": False})


async def test_a_chosen_button_never_shows_its_payload(visitor: ClientSession, parrot: Parrot) -> None:
    _, content = await get(visitor, "/api/conversations/current")
    (greeting,) = content["messages"]
    assert greeting["buttons"] == [{"id": 0, "title": "Yes"}]
    status, chosen = await post(visitor, "/api/messages", {"client_id": "b", "message": greeting["id"], "button": 0})
    assert (status, chosen["message"]["text"]) == (201, "Yes")
    await answers(visitor, chosen["message"]["id"])
    await post(visitor, "/api/messages", {"client_id": "c", "text": "choices"})
    await answers(visitor, 5)
    _, content = await get(visitor, "/api/conversations/current")
    assert parrot.heard[0][1] == "/affirm"
    assert "/affirm" not in repr([one for one in content["messages"] if one["lines"] != ["payload: /affirm"]])
    assert "/inform" not in repr(content)


async def test_the_language_of_the_page(visitor: ClientSession) -> None:
    status, content = await post(visitor, "/api/language", {"language": "fr"})
    assert (status, content["language"]) == (200, "fr")
    assert content["strings"]["widget.input.send"] == "Envoyer"
    assert [message["lines"] for message in await answers(visitor, 2)] == [["Bonjour"]]


@pytest.mark.parametrize(
    ("text", "code"),
    [("x" * 20_000, "too_long"), ("", "empty"), (" \n ", "empty"), ("\u200b", "empty")],
    ids=["long", "empty", "blank", "unseen"],
)
async def test_what_cannot_be_taken_is_told_in_the_language_of_the_conversation(
    visitor: ClientSession, parrot: Parrot, text: str, code: str
) -> None:
    await post(visitor, "/api/language", {"language": "fr"})
    status, content = await post(visitor, "/api/messages", {"client_id": "a", "text": text})
    assert (status, content["code"]) == (422, code)
    assert content["text"].startswith(("Votre message dépasse", "Je n'ai trouvé aucun mot"))
    assert parrot.heard == []


async def test_a_conversation_cannot_be_read_or_continued_without_its_token(
    visitor: ClientSession, browser: Browser, parrot: Parrot
) -> None:
    _, content = await get(visitor, "/api/conversations/current")
    stranger = browser()
    token = content["conversation"]
    for headers in ({}, {"Authorization": f"Bearer {token}"}, {"Cookie": f"eea={token}.abc.def"}):
        assert (await get(stranger, "/api/conversations/current", headers=headers))[0] == 401
        assert (await get(stranger, "/api/messages?after=0", headers=headers))[0] == 401
        body = {"client_id": "a", "text": "let me in"}
        assert (await post(stranger, "/api/messages", body, headers=headers))[0] == 401
        assert (await post(stranger, "/api/language", {"language": "fr"}, headers=headers))[0] == 401
    assert parrot.heard == []


async def test_a_widget_on_an_allowed_site_uses_a_token_and_no_cookie(browser: Browser) -> None:
    session = browser(EMBEDDER)
    async with session.post("/api/conversations", json={"language": "en"}) as response:
        content = await response.json()
        assert response.headers["Access-Control-Allow-Origin"] == EMBEDDER
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert "eea" not in response.cookies
    bearer = {"Authorization": f"Bearer {content['token']}"}
    assert (await get(session, "/api/conversations/current"))[0] == 401
    status, again = await get(session, "/api/conversations/current", headers=bearer)
    assert (status, again["conversation"]) == (200, content["conversation"])
    assert (await post(session, "/api/messages", {"client_id": "a", "text": "31"}, headers=bearer))[0] == 201


async def test_a_cookie_from_another_site_counts_for_nothing(visitor: ClientSession, parrot: Parrot) -> None:
    elsewhere = {"Origin": EMBEDDER}
    assert (await post(visitor, "/api/messages", {"client_id": "a", "text": "31"}, headers=elsewhere))[0] == 401
    for origin in ("https://evil.example", "null", "http://127.0.0.1.evil.example"):
        headers = {"Origin": origin}
        assert (await post(visitor, "/api/messages", {"client_id": "a", "text": "31"}, headers=headers))[0] == 403
        assert (await post(visitor, "/api/conversations", {"language": "en"}, headers=headers))[0] == 403
        async with visitor.get("/api/conversations/current", headers=headers) as response:
            assert response.status == 403
            assert "Access-Control-Allow-Origin" not in response.headers
    assert parrot.heard == []


async def test_not_even_a_token_helps_a_site_that_is_not_allowed(browser: Browser, parrot: Parrot) -> None:
    _, content = await post(browser(""), "/api/conversations", {})
    headers = {"Authorization": f"Bearer {content['token']}"}
    elsewhere = browser("https://evil.example")
    assert (await post(elsewhere, "/api/messages", {"client_id": "a", "text": "31"}, headers=headers))[0] == 403
    assert (await post(elsewhere, "/api/language", {"language": "fr"}, headers=headers))[0] == 403
    assert parrot.heard == []


async def test_the_question_before_a_request_from_another_site(browser: Browser) -> None:
    session = browser(EMBEDDER)
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    async with session.options("/api/messages", headers=ask) as response:
        assert response.status == 204
        assert response.headers["Access-Control-Allow-Origin"] == EMBEDDER
        assert "POST" in response.headers["Access-Control-Allow-Methods"]
        assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    async with session.options("/api/messages", headers={**ask, "Origin": "https://evil.example"}) as response:
        assert response.status == 403


async def test_a_program_without_an_origin_gets_a_token(browser: Browser) -> None:
    session = browser("")
    _, content = await post(session, "/api/conversations", {})
    assert content["token"].startswith(content["conversation"])
    assert content["language"] == "en"


async def test_the_language_of_the_browser_is_spoken_when_none_is_asked_for(browser: Browser) -> None:
    for wanted, spoken in (("fr-CA,fr;q=0.9,en;q=0.8", "fr"), ("de,en;q=0.5", "en"), ("zh", "en"), ("", "en")):
        session = browser(**{"Accept-Language": wanted})
        assert (await post(session, "/api/conversations", {}))[1]["language"] == spoken


async def test_a_conversation_that_was_erased_is_gone(visitor: ClientSession, database: Any) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM conversations")
    status, content = await get(visitor, "/api/conversations/current")
    assert (status, content["code"]) == (404, "gone")
    assert (await post(visitor, "/api/messages", {"client_id": "a", "text": "31"}))[0] == 404


@pytest.mark.parametrize("given", [{"messages_per_minute": 3}])
async def test_a_flood_of_messages_is_slowed_down(visitor: ClientSession, parrot: Parrot) -> None:
    found = [await post(visitor, "/api/messages", {"client_id": f"c{place}", "text": "31"}) for place in range(5)]
    assert [status for status, _ in found] == [201, 201, 201, 429, 429]
    assert found[-1][1]["code"] == "rate"
    async with visitor.post("/api/messages", json={"client_id": "x", "text": "31"}) as response:
        assert 1 <= int(response.headers["Retry-After"]) <= 20


@pytest.mark.parametrize("given", [{"conversations_per_hour_per_address": 2}])
async def test_a_flood_of_conversations_is_slowed_down(browser: Browser) -> None:
    found = [await post(browser(), "/api/conversations", {"language": "fr"}) for _ in range(3)]
    assert [status for status, _ in found] == [201, 201, 429]
    assert found[-1][1]["code"] == "rate_new"


@pytest.mark.parametrize("given", [{"conversations_per_hour_per_address": 1, "trusted_proxies": "127.0.0.0/8"}])
async def test_behind_a_trusted_proxy_each_visitor_has_a_limit_of_their_own(browser: Browser) -> None:
    addresses = ["203.0.113.1", "203.0.113.2", "203.0.113.1", "203.0.113.9, 203.0.113.2"]
    found = [
        (await post(browser(**{"X-Forwarded-For": address}), "/api/conversations", {}))[0] for address in addresses
    ]
    assert found == [201, 201, 429, 429]


async def test_an_address_that_a_visitor_makes_up_is_not_believed(server: TestServer, browser: Browser) -> None:
    from bot.web.state import STATE

    limits = server.app[STATE].limits
    taken: list[str] = []
    limits.opening = taken.append  # type: ignore[method-assign, assignment]
    await post(browser(**{"X-Forwarded-For": "203.0.113.1"}), "/api/conversations", {})
    assert taken == ["127.0.0.1"]
