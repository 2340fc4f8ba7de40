"""The conversation as a plain form: everything works without JavaScript."""

from __future__ import annotations

import html
import re
import sqlite3
from typing import Any

import pytest
from aiohttp import ClientSession, FormData

from bot.web import pages
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot
from tests.web.conftest import Browser

__all__ = ["database_url"]


async def read(session: ClientSession, path: str = "/plain", **options: Any) -> tuple[int, str]:
    async with session.get(path, **options) as response:
        return response.status, await response.text()


async def send(session: ClientSession, **fields: str) -> tuple[int, str]:
    async with session.post("/plain", data=FormData(fields)) as response:
        return response.status, await response.text()


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def texts(page: str) -> list[str]:
    return [html.unescape(text).strip() for text in re.findall(r"<p>([^<]*)</p>", page)]


async def test_a_conversation_by_form(browser: Browser, parrot: Parrot) -> None:
    session = browser()
    status, page = await read(session)
    assert status == 200
    assert "Hello" in texts(page)
    status, page = await send(session, csrf=csrf(page), text="I am 31")
    assert status == 200
    assert texts(page)[-2:] == ["I am 31", "text: I am 31"]
    _, again = await read(session)
    assert texts(again)[-2:] == ["I am 31", "text: I am 31"]
    assert [text for _, text, _, _ in parrot.heard] == ["I am 31"]


async def test_a_button_of_the_form(browser: Browser, parrot: Parrot) -> None:
    session = browser()
    _, page = await read(session)
    message, button = re.search(r'name="message" value="(\d+)"', page), re.search(r'name="button" value="(\d+)"', page)
    assert message
    assert button
    assert "/affirm" not in page
    _, page = await send(session, csrf=csrf(page), message=message[1], button=button[1])
    assert texts(page)[-2:] == ["Yes", "payload: /affirm"]


async def test_the_same_form_sent_twice_is_one_message_and_another_text_is_another(
    browser: Browser, parrot: Parrot
) -> None:
    session = browser()
    _, page = await read(session)
    for text in ("31", "31", "32"):
        await send(session, csrf=csrf(page), text=text)
    assert [text for _, text, _, _ in parrot.heard] == ["31", "32"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "I found no words"), ("x" * 20_000, "longer than 1,000 characters")],
    ids=["empty", "long"],
)
async def test_what_cannot_be_taken_is_told_and_stays_in_the_field(
    browser: Browser, parrot: Parrot, text: str, said: str
) -> None:
    session = browser()
    _, page = await read(session)
    status, page = await send(session, csrf=csrf(page), text=text)
    assert status == 422
    assert any(said in text for text in re.findall(r'role="alert">([^<]*)<', page))
    assert page.count(f">{text}</textarea>") == 1
    assert parrot.heard == []


async def test_markup_is_shown_and_not_obeyed(browser: Browser) -> None:
    session = browser()
    _, page = await read(session)
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    _, page = await send(session, csrf=csrf(page), text=attack)
    assert "<script>alert" not in page
    assert "<img" not in page
    assert attack in html.unescape(page)


async def test_a_form_without_our_token_is_not_taken(browser: Browser, parrot: Parrot) -> None:
    session, other = browser(), browser()
    _, page = await read(session)
    _, foreign = await read(other)
    for token in ("", "made-up", csrf(foreign)):
        status, again = await send(session, csrf=token, text="kept <31>")
        assert status == 403
        assert "kept &lt;31&gt;</textarea>" in again
    async with session.post("/plain", data={"csrf": csrf(page), "text": "31"}, headers={"Origin": "null"}) as response:
        assert response.status == 403
    assert parrot.heard == []


async def test_a_form_whose_conversation_is_gone_begins_a_new_one_and_keeps_the_text(
    browser: Browser, parrot: Parrot
) -> None:
    session = browser()
    _, page = await read(session)
    session.cookie_jar.clear()
    status, again = await send(session, csrf=csrf(page), text="31")
    assert status == 401
    assert ">31</textarea>" in again
    assert parrot.heard == []
    status, page = await send(session, csrf=csrf(again), text="31")
    assert texts(page)[-1] == "text: 31"


async def test_the_language_of_the_form(browser: Browser) -> None:
    session = browser()
    _, page = await read(session, "/plain?language=fr")
    assert '<html lang="fr"' in page
    assert "Bonjour" in texts(page)
    _, page = await read(session, "/plain?language=en")
    assert '<html lang="en"' in page
    assert "Hello" in texts(page)


async def test_an_answer_that_takes_long_is_told(
    browser: Browser, parrot: Parrot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ANSWER_SECONDS", 0.1)
    parrot.pause = 1
    session = browser()
    _, page = await read(session)
    _, page = await send(session, csrf=csrf(page), text="slow")
    assert "The answer takes longer than usual" in html.unescape(page)


async def test_without_the_database_the_form_says_so_and_keeps_the_text(
    browser: Browser, database: Any, parrot: Parrot
) -> None:
    session = browser()
    _, page = await read(session)
    lock = sqlite3.connect(str(database.url.database), isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    status, refused = await send(session, csrf=csrf(page), text="31")
    lock.execute("ROLLBACK")
    assert status == 503
    assert "I cannot save messages at the moment" in html.unescape(refused)
    assert ">31</textarea>" in refused
    assert csrf(refused)


async def test_pages_of_the_server(browser: Browser) -> None:
    session = browser()
    for path in ("/", "/embed"):
        for language, words in (("en", "Example Immigration Services"), ("fr", "Example Immigration Services")):
            status, page = await read(session, f"{path}?language={language}")
            assert status == 200
            assert f'<html lang="{language}"' in page
            assert words in page


async def test_the_page_speaks_the_language_of_the_conversation(browser: Browser) -> None:
    session = browser()
    async with session.post("/api/conversations", json={"language": "fr"}) as response:
        assert response.status == 201
    _, page = await read(session, "/")
    assert '<html lang="fr"' in page
