"""Whatever is sent that is not ours gets an error of the 400 kind and changes nothing."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from aiohttp.test_utils import TestServer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.firm import load_firm
from bot.intake import schema
from bot.intake.database import Database
from bot.settings import load
from bot.web import create_app
from tests.parrot import Parrot

PATIENT = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=12), children, max_size=4),
    max_leaves=12,
)
FIELDS = st.fixed_dictionaries({}, optional=dict.fromkeys(("client_id", "text", "message", "button"), JSON))
TOKENS = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=";,"), max_size=80)


@dataclass
class Served:
    """A server in a thread of its own, for tests that cannot be coroutines."""

    url: str
    parrot: Parrot
    database: Database

    def rows(self) -> int:
        with self.database.engine.connect() as connection:
            tables = ("conversations", "messages")
            return sum(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in tables)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    directory = tmp_path_factory.mktemp("garbage")
    configured = load(
        None,
        var_dir=directory,
        messages_per_minute=0,
        messages_per_minute_per_address=0,
        conversations_per_hour_per_address=0,
    )
    database = Database.of(configured)
    schema.upgrade(database)
    parrot = Parrot()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    app = create_app(configured, load_firm(Path("firm.yml")), parrot, database=database)
    server = TestServer(app)
    asyncio.run_coroutine_threadsafe(server.start_server(loop=loop), loop).result()
    yield Served(str(server.make_url("")).rstrip("/"), parrot, database)
    asyncio.run_coroutine_threadsafe(server.close(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
    database.close()


@pytest.fixture(scope="module")
def holder(served: Served) -> requests.Session:
    """Somebody with a conversation."""
    session = requests.Session()
    session.post(f"{served.url}/api/conversations", json={"language": "en"}, timeout=10).raise_for_status()
    return session


def test_the_server_under_garbage_does_take_a_message(served: Served, holder: requests.Session) -> None:
    before = served.rows()
    body = {"client_id": "sound", "text": "31"}
    assert holder.post(f"{served.url}/api/messages", json=body, timeout=10).status_code == 201
    assert served.rows() > before


def is_refused(served: Served, response: requests.Response, rows: int) -> None:
    assert 400 <= response.status_code < 500, response.text
    assert response.headers["Content-Type"].startswith("application/problem+json")
    assert response.json()["text"]
    assert served.rows() == rows


@PATIENT
@given(body=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_bodies_that_are_no_message(served: Served, holder: requests.Session, body: bytes) -> None:
    rows, headers = served.rows(), {"Content-Type": "application/json"}
    for path in ("/api/messages", "/api/language"):
        is_refused(served, holder.post(f"{served.url}{path}", data=body, headers=headers, timeout=10), rows)


@PATIENT
@given(fields=FIELDS)
def test_messages_with_fields_of_any_kind(served: Served, holder: requests.Session, fields: dict[str, object]) -> None:
    rows = served.rows()
    response = holder.post(f"{served.url}/api/messages", data=json.dumps(fields), timeout=10)
    is_refused(served, response, rows)  # it does not say that it is JSON
    headers = {"Content-Type": "application/json"}
    response = holder.post(f"{served.url}/api/messages", data=json.dumps(fields), headers=headers, timeout=10)
    if response.status_code not in (200, 201):
        is_refused(served, response, rows)


NAMES = ("", "a b", "é", "²", "x" * 65, "a\n", 31, None, True, ["a"])
NUMBERS = (-1, 2**31, 10**30, 1.5, True, "1", None, [1])


@pytest.mark.parametrize(
    "fields",
    [
        *(
            {"client_id": value, "text": "31"}
            for value in ("", "a b", "é", "²", "x" * 65, "a\n", 31, None, True, ["a"])
        ),
        *({"client_id": "a", "text": value} for value in (31, None, True, ["31"], {"text": "31"})),
        *({"client_id": "a", "message": value, "button": 0} for value in NUMBERS),
        *({"client_id": "a", "message": 2, "button": value} for value in NUMBERS),
    ],
    ids=str,
)
def test_fields_that_are_nearly_right(served: Served, holder: requests.Session, fields: dict[str, object]) -> None:
    rows = served.rows()
    is_refused(served, holder.post(f"{served.url}/api/messages", json=fields, timeout=10), rows)


@pytest.mark.parametrize(
    "body", [b"[" * 200_000, b'{"a":' * 40_000, b'{"text": ' + b"9" * 50_000 + b"}", b"\xff\xfe"], ids=range(4)
)
def test_bodies_made_to_hurt_the_parser(served: Served, holder: requests.Session, body: bytes) -> None:
    rows, headers = served.rows(), {"Content-Type": "application/json"}
    is_refused(served, holder.post(f"{served.url}/api/messages", data=body, headers=headers, timeout=10), rows)


def test_a_body_that_is_too_large(served: Served, holder: requests.Session) -> None:
    rows = served.rows()
    body = {"client_id": "a", "text": "x" * 400_000}
    response = holder.post(f"{served.url}/api/messages", json=body, timeout=10)
    assert response.status_code == 413
    is_refused(served, response, rows)


@PATIENT
@given(token=TOKENS)
def test_tokens_that_are_not_ours(served: Served, token: str) -> None:
    rows = served.rows()
    body = {"client_id": "a", "text": "31"}
    for headers in ({"Authorization": f"Bearer {token}"}, {"Cookie": f"eea={token}"}):
        is_refused(served, requests.get(f"{served.url}/api/messages", headers=headers, timeout=10), rows)
        is_refused(served, requests.post(f"{served.url}/api/messages", json=body, headers=headers, timeout=10), rows)


@PATIENT
@given(place=st.integers(min_value=0), character=st.sampled_from("abcXYZ019_-."))
def test_a_token_of_ours_in_which_one_character_is_another(
    served: Served, holder: requests.Session, place: int, character: str
) -> None:
    token = holder.cookies["eea"]
    place %= len(token) - 1  # of the last character only some bits count
    if token[place] == character:
        return
    forged = token[:place] + character + token[place + 1 :]
    response = requests.get(f"{served.url}/api/messages", headers={"Authorization": f"Bearer {forged}"}, timeout=10)
    is_refused(served, response, served.rows())


@PATIENT
@given(query=st.dictionaries(st.sampled_from(["after", "wait"]), st.text(max_size=12), min_size=1))
def test_questions_that_are_no_numbers(served: Served, holder: requests.Session, query: dict[str, str]) -> None:
    if all(value.isascii() and value.isdigit() for value in query.values()):
        return
    is_refused(served, holder.get(f"{served.url}/api/messages", params=query, timeout=10), served.rows())
