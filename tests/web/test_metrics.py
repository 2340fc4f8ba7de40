"""Metrics: off unless asked for; counts by route and kind; nothing of a person in any label."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from tests.databases import sqlite_url as database_url
from tests.web.conftest import Browser

__all__ = ["database_url"]


async def scraped(browser: Browser) -> dict[str, float]:
    async with browser().get("/metrics") as response:
        assert response.status == 200
        text = await response.text()
    return {
        f"{sample.name}{sorted(sample.labels.items())}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_they_are_not_there_unless_asked_for(browser: Browser) -> None:
    async with browser().get("/metrics") as response:
        assert response.status == 404


@pytest.mark.parametrize("given", [{"metrics": True}])
async def test_a_conversation_is_counted_and_nobody_is_named(browser: Browser, visitor: ClientSession) -> None:
    before = await scraped(browser)
    async with visitor.post("/api/messages", json={"client_id": "a", "text": "My name is Amara"}) as response:
        number = (await response.json())["message"]["id"]
    async with visitor.get(f"/api/messages?after={number}&wait=10") as response:
        assert (await response.json())["messages"]
    async with visitor.get(f"/nothing/{'x' * 20}") as response:
        assert response.status == 404
    after = await scraped(browser)
    grown = {name for name, value in after.items() if value > before.get(name, 0)}
    assert "assistant_turn_seconds_count[]" in grown
    assert "assistant_answers_total[('kind', 'text')]" in grown
    assert "assistant_requests_total[('method', 'POST'), ('route', '/api/messages'), ('status', '201')]" in grown
    assert "assistant_requests_total[('method', 'GET'), ('route', 'none'), ('status', '404')]" in grown
    assert after["assistant_rules_stale[]"] >= 0
    assert not any(word in name for name in after for word in ("Amara", "xxxx", "127.0.0.1"))
