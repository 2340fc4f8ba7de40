"""What every answer carries, files, errors, and the addresses for operators."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.channels.incoming import RefusedError
from bot.knowledge.catalogue import LANGUAGES, catalogue
from bot.rules import RuleBook
from bot.web import guard, problems
from bot.web.limits import KEYS, Buckets
from tests.databases import sqlite_url as database_url
from tests.web.conftest import EMBEDDER, Browser

__all__ = ["database_url"]

ADDRESSES = ["/", "/plain", "/api/conversations/current", "/static/widget.js", "/nothing", "/healthz"]


@pytest.mark.parametrize("path", ADDRESSES)
async def test_every_answer_says_what_browsers_must_not_do(browser: Browser, path: str) -> None:
    async with browser().get(path) as response:
        headers = response.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == f"'self' {EMBEDDER}"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "Server" not in headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", "/plain", "/embed"])
async def test_pages_load_nothing_from_elsewhere_and_hold_no_script(browser: Browser, path: str) -> None:
    async with browser().get(path) as response:
        page = await response.text()
    loaded = re.findall(r'<(?:script|link|img|iframe)\b[^>]*?\b(?:src|href)="([^"]*)"', page)
    assert all(address.startswith("/") and not address.startswith("//") for address in loaded)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style|\bstyle=|\bon[a-z]+=", page)


async def test_files_are_kept_by_browsers_and_asked_for_anew_when_they_change(browser: Browser) -> None:
    session = browser()
    async with session.get("/static/widget.js") as response:
        assert response.status == 200
        assert "javascript" in response.headers["Content-Type"]
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        tag = response.headers["ETag"]
    async with session.get("/static/widget.js", headers={"If-None-Match": tag}) as response:
        assert response.status == 304
    async with session.get("/static/widget.js?v=1") as response:
        assert "immutable" in response.headers["Cache-Control"]
    for outside in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/"):
        async with session.get(outside) as response:
            assert response.status in (403, 404)


async def test_operators_see_whether_it_lives_works_and_what_it_is(browser: Browser) -> None:
    session = browser()
    async with session.get("/healthz") as response:
        assert (response.status, await response.json()) == (200, {"status": "ok"})
    async with session.get("/readyz") as response:
        assert (response.status, await response.json()) == (200, {"status": "ok", "database": True, "rules": True})
    async with session.get("/version") as response:
        content = await response.json()
    assert set(content["rules"]) == {"today", "shown"}
    assert content["rules"]["shown"]["status"] == "in_force"
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", content["version"])


async def test_without_rules_for_today_it_is_not_ready(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.health.rulebook", lambda: RuleBook({}))
    async with browser().get("/readyz") as response:
        assert (response.status, (await response.json())["rules"]) == (503, False)


async def test_search_engines_begin_no_conversations(browser: Browser) -> None:
    async with browser().get("/robots.txt") as response:
        assert "Disallow: /plain" in await response.text()


async def test_a_server_that_cannot_store_is_not_ready_but_alive(browser: Browser, database: Any) -> None:
    database.engine.dispose()
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE conversations RENAME TO lost")
    session = browser()
    async with session.get("/readyz") as response:
        assert response.status == 503
    async with session.get("/healthz") as response:
        assert response.status == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/api/nothing", 404, "not_found"), ("DELETE", "/api/messages", 405, "method")],
)
async def test_errors_of_the_api_are_problems_with_a_text(
    visitor: ClientSession, method: str, path: str, status: int, code: str
) -> None:
    async with visitor.request(method, path, headers={"Accept-Language": "fr"}) as response:
        content = await response.json(content_type=None)
        assert response.content_type == "application/problem+json"
    assert (response.status, content["status"], content["code"]) == (status, status, code)
    assert content["text"] == content["detail"]


async def test_an_unforeseen_error_is_told_with_an_id_and_nothing_else(
    visitor: ClientSession, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_message: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("bot.web.api.rendered", broken)
    async with visitor.get("/api/conversations/current") as response:
        content = await response.json(content_type=None)
    assert (response.status, content["code"]) == (500, "server")
    assert "secret" not in repr(content)
    error_id = content["text"].split()[-1].rstrip(".")
    assert any(error_id in record.getMessage() for record in caplog.records)


@pytest.mark.parametrize(
    "given", [{"environment": "production", "secret_key": "s" * 32, "contact_key": "A" * 43 + "="}]
)
async def test_in_production_the_cookie_is_secure(browser: Browser) -> None:
    async with browser().post("/api/conversations", json={}) as response:
        assert response.cookies["eea"]["secure"]


def test_every_code_of_an_error_has_a_text() -> None:
    codes = set(problems.REFUSALS) | set(problems.HTTP_CODES.values())
    for path in Path(guard.__file__).parent.glob("*.py"):
        codes |= set(re.findall(r'Problem\(\s*\d+,\s*"(\w+)"', path.read_text(encoding="utf-8")))
    assert {"gone", "origin", "request", "rate", "rate_new", "form_expired", "server"} <= codes
    assert set(RefusedError.__init__.__annotations__) == {"refusal", "return"}
    texts = catalogue().under("trouble")
    assert codes <= set(texts)
    assert all(set(words) == set(LANGUAGES) for words in texts.values())


def test_a_bucket_is_refilled_steadily_and_forgets_the_oldest() -> None:
    bucket = Buckets(2, seconds=10)
    assert [bucket.take("a", now=0.0) for _ in range(2)] == [0, 0]
    assert bucket.take("a", now=0.0) == pytest.approx(5)
    assert bucket.take("b", now=0.0) == 0
    assert bucket.take("a", now=5.0) == 0
    assert bucket.take("a", now=5.0) > 0
    for place in range(KEYS):
        bucket.take(f"c{place}", now=5.0)
    assert bucket.take("a", now=5.0) == 0
    assert Buckets(0, seconds=10).take("a") == 0
