"""The REST API for programs: keys and scopes, idempotency, streams, and the document that describes it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import jsonschema
import pytest
import pytest_asyncio
from aiohttp import ClientResponse, ClientSession
from aiohttp.test_utils import TestServer

from bot.intake import erasure, transcript
from bot.intake.channels import clients
from bot.intake.channels.clients import SCOPES, Scope
from bot.intake.database import Database
from bot.knowledge.answer import Answer
from bot.web import v1
from bot.web.state import STATE
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot

__all__ = ["database_url"]


def key_for(database: Database, client: str, *scopes: Scope) -> str:
    with database.session() as session:
        return clients.create(session, database.seal, client, scopes or SCOPES)


class Program:
    """A client of the API. Every JSON answer is held against the document."""

    def __init__(self, http: ClientSession, key: str) -> None:
        self.http = http
        self.key = key
        self.number = 0

    async def call(
        self, method: str, path: str, *, body: Any = None, idempotency: str | None = None, **headers: str
    ) -> tuple[int, Any]:
        self.number += 1
        sent = {"Authorization": f"Bearer {self.key}", "Idempotency-Key": idempotency or f"n{self.number}", **headers}
        async with self.http.request(method, f"/api/v1{path}", json=body, headers=sent) as response:
            return response.status, await described(response, method)

    async def begin(self, **body: str) -> str:
        status, content = await self.call("POST", "/conversations", body=body)
        assert status == 201
        return str(content["id"])

    async def say(self, conversation: str, text: str, **more: Any) -> tuple[int, Any]:
        return await self.call("POST", f"/conversations/{conversation}/messages", body={"text": text}, **more)


async def described(response: ClientResponse, method: str) -> Any:
    """The content, which has to be as the document says."""
    content = await response.json(content_type=None) if response.content_type.endswith("json") else None
    path = response.url.path
    for template, item in v1.document()["paths"].items():
        parts, given = template.split("/"), path.split("/")
        if len(parts) == len(given) and all(p == g or p.startswith("{") for p, g in zip(parts, given, strict=True)):
            answers = item[method.lower()]["responses"]
            found = answers.get(str(response.status), answers.get("default"))
            assert found, f"{method} {path}: {response.status} is not described"
            name = found.get("$ref", "").rpartition("/")[2]
            told = v1.document()["components"]["responses"][name] if name else found
            if content is not None:
                schema = told["content"][response.content_type]["schema"]
                jsonschema.Draft202012Validator({**schema, "components": v1.document()["components"]}).validate(content)
            return content
    raise AssertionError(f"{path} is not described")


@pytest_asyncio.fixture
async def http(server: TestServer) -> AsyncIterator[ClientSession]:
    async with ClientSession(str(server.make_url("/"))) as session:
        yield session


@pytest.fixture
def program(http: ClientSession, database: Database) -> Program:
    return Program(http, key_for(database, "portal"))


async def test_a_conversation(program: Program) -> None:
    conversation = await program.begin(language="fr")
    status, content = await program.call("GET", f"/conversations/{conversation}")
    assert (status, content["messages"][0]["lines"]) == (200, ["Bonjour"])
    status, said = await program.say(conversation, "choices")
    assert status == 201
    assert said["message"]["text"] == "choices"
    (answer,) = said["answers"]
    assert [button["title"] for button in answer["buttons"]] == ["Single", "Read"]
    chosen = {"message": answer["id"], "button": 0}
    status, said = await program.call("POST", f"/conversations/{conversation}/messages", body=chosen)
    assert said["answers"][0]["lines"] == ['payload: /inform{"marital_status": "single"}']


async def test_sent_again_it_has_the_same_answer_and_no_second_effect(program: Program, parrot: Parrot) -> None:
    first = await program.call("POST", "/conversations", body={}, idempotency="begin")
    again = await program.call("POST", "/conversations", body={}, idempotency="begin")
    assert (first[0], again[0]) == (201, 200)
    assert first[1]["id"] == again[1]["id"]
    conversation = first[1]["id"]
    one, two = [await program.say(conversation, "once", idempotency="say") for _ in range(2)]
    assert (one[0], two[0], one[1]) == (201, 200, two[1])
    status, problem = await program.say(conversation, "twice", idempotency="say")
    assert (status, problem["code"]) == (422, "idempotency")
    assert [text for _, text, *_ in parrot.heard] == ["once"]


async def test_the_same_request_at_the_same_time_begins_one_conversation(program: Program) -> None:
    calls = [program.call("POST", "/conversations", body={}, idempotency="same") for _ in range(5)]
    ids = {content["id"] for _, content in await asyncio.gather(*calls)}
    assert len(ids) == 1


async def test_a_client_reaches_its_own_conversations_only(
    program: Program, http: ClientSession, database: Database
) -> None:
    conversation = await program.begin()
    other = Program(http, key_for(database, "another"))
    same = Program(http, key_for(database, "portal", "conversations:read"))
    assert (await other.call("GET", f"/conversations/{conversation}"))[0] == 404
    assert (await other.say(conversation, "hello"))[0] == 404
    assert (await same.call("GET", f"/conversations/{conversation}"))[0] == 200


async def test_scopes_and_keys(program: Program, http: ClientSession, database: Database) -> None:
    conversation = await program.begin()
    reader = Program(http, key_for(database, "portal", "conversations:read"))
    status, problem = await reader.say(conversation, "hello", **{"Accept-Language": "fr"})
    assert (status, problem["code"], problem["detail"]) == (403, "scope", "Cette clé ne le permet pas.")
    assert (await reader.call("DELETE", f"/conversations/{conversation}"))[0] == 403
    for wrong in ("", "eea_wrong", program.key[:-1], f"{program.key}x"):
        assert (await Program(http, wrong).call("POST", "/conversations", body={}))[0] == 401
    with database.session() as session:
        made = {one.client: one for one in clients.keys(session, database.seal)}
        assert program.key not in str(made)
        for one in clients.keys(session, database.seal):
            assert clients.revoke(session, database.seal, one.id)
    assert (await program.call("GET", f"/conversations/{conversation}"))[0] == 401


async def test_without_an_idempotency_key_nothing_is_done(program: Program, http: ClientSession) -> None:
    headers = {"Authorization": f"Bearer {program.key}"}
    async with http.post("/api/v1/conversations", json={}, headers=headers) as response:
        assert (response.status, (await described(response, "POST"))["code"]) == (400, "idempotency_key")
        assert response.content_type == "application/problem+json"


async def stream_of(response: ClientResponse, count: int) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    kind = ""
    async for raw in response.content:
        line = raw.decode().rstrip("\n")
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            found.append((kind, json.loads(line.removeprefix("data: "))))
            if len(found) == count:
                break
    return found


async def test_answers_are_streamed(program: Program, http: ClientSession) -> None:
    conversation = await program.begin()
    headers = {"Authorization": f"Bearer {program.key}", "Idempotency-Key": "s", "Accept": "text/event-stream"}
    path = f"/api/v1/conversations/{conversation}/messages"
    for _ in range(2):  # sent again, it streams the same
        async with http.post(path, json={"text": "slow hello"}, headers=headers) as response:
            assert response.content_type == "text/event-stream"
            found = await stream_of(response, 3)
        assert [kind for kind, _ in found] == ["received", "message", "done"]
        assert found[1][1]["lines"] == ["text: slow hello"]


async def test_events_tell_what_staff_write_and_go_on_after_a_break(
    program: Program, http: ClientSession, server: TestServer, database: Database
) -> None:
    conversation = await program.begin()
    headers = {"Authorization": f"Bearer {program.key}"}
    path = f"/api/v1/conversations/{conversation}/events"
    assert server.app is not None
    conversations = server.app[STATE].conversations
    async with http.get(path, headers=headers) as response:
        ((_, greeting),) = await stream_of(response, 1)
        await conversations.aside(
            lambda s, k: transcript.tell(s, k, conversation, [Answer("en", ("A person writes.",))], sender="staff")
        )
        ((_, written),) = await stream_of(response, 1)
    assert (written["from"], written["lines"]) == ("staff", ["A person writes."])
    async with http.get(path, headers=headers | {"Last-Event-ID": str(greeting["id"])}) as response:
        assert (await stream_of(response, 1))[0][1]["id"] == written["id"]


async def test_erasing_is_asked_for(program: Program, database: Database) -> None:
    conversation = await program.begin()
    assert (await program.call("DELETE", f"/conversations/{conversation}"))[0] == 202
    with database.session(reading=True) as session:
        assert erasure.requested(session, database.seal) == [conversation]


async def test_the_document_is_served_and_names_every_address(http: ClientSession) -> None:
    async with http.get("/api/v1/openapi.json") as response:
        served = await response.json()
    assert served["openapi"] == "3.1.0"
    assert served["paths"] == v1.document()["paths"]
    told = {
        (path, method.upper()) for path, item in served["paths"].items() for method in item if method != "parameters"
    }
    assert told == {(route.path, route.method) for route in v1.routes}  # type: ignore[attr-defined]
    for name, schema in served["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert name[0].isupper()
