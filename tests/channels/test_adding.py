"""The channel of docs/channels/adding.md, as it is printed there, holds a conversation."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.channels import providers
from bot.intake.database import Database
from tests.parrot import Parrot
from tests.simulators.base import Shown, Simulator
from tests.simulators.serving import Serving, serving

PAGE = Path("docs/channels/adding.md")
TOKEN, SECRET, ANN = "simulated-token", "simulated-secret", "ann"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder of providers with one file more."""
    [code] = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "harbour.py").write_text(code, encoding="utf-8")
    monkeypatch.setattr(providers, "__path__", [*providers.__path__, str(tmp_path)])
    providers.known.cache_clear()
    yield
    providers.known.cache_clear()
    sys.modules.pop("bot.channels.providers.harbour", None)


class HarbourSimulator(Simulator):
    path = "/webhooks/harbour"

    @property
    def keys(self) -> dict[str, str]:
        return {"harbour_token": TOKEN, "harbour_secret": SECRET, "harbour_api": self.url}

    def routes(self, router: web.UrlDispatcher) -> None:
        router.add_post("/messages", self._message)
        router.add_get("/me", self._me)

    async def _me(self, _request: web.Request) -> web.Response:
        return web.json_response({"name": "The firm"})

    async def _message(self, request: web.Request) -> web.Response:
        throttled = web.json_response({}, status=429, headers={"Retry-After": str(self.retry_after)})
        if (failed := await self.failing(request, throttled)) is not None:
            return failed
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({}, status=401)
        content = await request.json()
        assert 0 < len(content["text"]) <= 500
        buttons = {one["title"]: one["id"] for one in content["buttons"]}
        assert len(buttons) == len(content["buttons"]) <= 4
        self.received[content["to"]].append(Shown(content["text"], buttons, content))
        return web.json_response({"id": str(self.number())})

    async def says(self, person: str, secret: str = SECRET, **said: Any) -> int:
        message = {"event": "message", "id": str(self.number()), "from": person, "at": time.time(), **said}
        body = json.dumps(message).encode()
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return await self.post(body, {"X-Harbour-Signature": signature})


@pytest.fixture
def harbour() -> HarbourSimulator:
    return HarbourSimulator()


@pytest.fixture
async def server(
    tmp_path: Path, database: Database, parrot: Parrot, harbour: HarbourSimulator
) -> AsyncIterator[Serving]:
    async with serving(tmp_path, database, parrot, harbour) as running:
        yield running


async def test_a_conversation_and_a_rate_limit(server: Serving, harbour: HarbourSimulator) -> None:
    answers = iter(["throttled", "unavailable", "broken"])
    harbour.fault = lambda: next(answers, None)  # type: ignore[assignment,return-value]
    await harbour.says(ANN, text="I am 31")
    await harbour.gets(ANN, "text: I am 31")
    await harbour.says(ANN, text="And again")
    await harbour.gets(ANN, "text: And again")
    assert harbour.texts(ANN) == ["Hello", "text: I am 31", "text: And again"]


@pytest.mark.usefixtures("server")
async def test_a_forged_delivery_and_garbage_change_nothing(parrot: Parrot, harbour: HarbourSimulator) -> None:
    assert await harbour.says(ANN, secret="wrong", text="I am 31") == 401
    assert await harbour.says(ANN, nothing="") == 400
    assert await harbour.says(ANN, event="joined") == 200
    assert parrot.heard == []
    assert harbour.texts(ANN) == []


def test_it_is_off_without_its_keys_and_says_what_is_missing() -> None:
    from bot.settings import SettingsError

    assert "harbour" in [channel.name for channel in providers.known()]
    assert "harbour" not in [channel.name for channel in providers.configured(None)]
    with pytest.raises(SettingsError, match="HARBOUR_TOKEN is set and HARBOUR_SECRET is not"):
        providers.configured(None, harbour_token=TOKEN)
