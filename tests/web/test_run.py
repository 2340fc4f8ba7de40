"""How the server starts, how it stops, and what it says when it cannot start."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cli.run import StartError, bind, prepare, serve
from bot.firm import FirmError
from bot.intake import schema, transcript
from bot.intake.database import Database
from bot.knowledge.answer import Answer
from bot.rules import RulesError
from bot.settings import Settings, load
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot
from tests.running import free_port
from tests.web.process import Process

__all__ = ["database_url"]


@pytest.fixture
def process(tmp_path: Path, database_url: str) -> Iterator[Process]:
    made = Process(tmp_path, database_url)
    yield made
    made.end()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_order_the_turn_in_flight_is_finished(
    process: Process, number: signal.Signals, tmp_path: Path, database_url: str
) -> None:
    said = process.start()
    assert said[-1] == f"Express Entry Assistant is ready: http://localhost:{process.port}"
    process.open()
    assert process.say("slow one") == 201
    assert process.running
    process.running.send_signal(number)
    assert process.wait() == 0
    database = Database.of(load(None, var_dir=tmp_path, database_url=database_url))
    with database.session() as session:
        assert transcript.unhandled(session, database.seal) == []
    database.close()


def test_a_message_that_kills_the_process_each_time_is_given_up_and_the_next_one_answered(process: Process) -> None:
    process.start()
    process.open()
    process.say("die")
    for _ in range(3):
        assert process.wait() == -signal.SIGKILL
        process.launch()
    assert process.wait() == -signal.SIGKILL
    process.start()
    lines = process.until(3)
    assert lines[1] == "> die"
    assert "One moment is needed" in lines[2]
    process.say("31")
    assert process.until(5)[-1] == "text: 31"


def test_a_start_that_cannot_work_ends_with_one_line_and_no_trace(process: Process) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", process.port))
        other.listen()
        process.launch()
        assert process.wait() == 2
    taken = f"Port {process.port} is taken. Set PORT to a free one, for example: PORT={process.port + 1} make run"
    assert (process.line(), process.line()) == (taken, None)


@pytest.fixture
def configured(tmp_path: Path, database_url: str) -> Settings:
    return load(None, var_dir=tmp_path, database_url=database_url, port=free_port())


async def failure(configured: Settings, **changes: Any) -> str:
    """The line with which a start of the server fails."""

    async def parrot(_settings: Settings) -> Parrot:
        raise AssertionError("the model was loaded although the server cannot start")

    changed = configured.model_copy(update=changes)
    with pytest.raises((StartError, FirmError)) as error:
        await serve(changed, parrot, Database.of(changed))
    message = str(error.value)
    assert "\n" not in message
    return message


async def test_an_address_that_is_not_ours(configured: Settings) -> None:
    assert (await failure(configured, host="203.0.113.7")).startswith("HOST: 203.0.113.7 is not an address of this")
    assert (await failure(configured, host="no.such.name.invalid")).startswith("HOST: no.such.name.invalid")


async def test_a_port_taken_by_somebody_who_is_not_yet_listening(configured: Settings) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", configured.port))
        assert "is taken" in await failure(configured)


def test_a_port_that_is_not_taken_is_held_until_the_server_listens() -> None:
    port = free_port()
    (held,) = bind("127.0.0.1", port)
    with closing(held), pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


async def test_a_firm_that_is_not_there_or_not_for_the_public(configured: Settings, tmp_path: Path) -> None:
    assert "FIRM_CONFIG" in await failure(configured, firm_config=tmp_path / "none.yml")
    assert "demonstration" in await failure(configured, environment="production")


async def test_rules_that_cannot_be_read(configured: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RulesError("crs/core.yml: crs.core.age: value: is missing")

    monkeypatch.setattr("bot.cli.run.rulebook", broken)
    assert await failure(configured) == "crs/core.yml: crs.core.age: value: is missing"


async def test_a_database_that_does_not_answer(configured: Settings) -> None:
    gone = "postgresql+psycopg2://nobody:secret@127.0.0.1:1/none"
    message = await failure(configured, database_url=gone)
    assert message.startswith("DATABASE_URL: postgresql+psycopg2://nobody:***@127.0.0.1:1/none cannot be used")
    assert "secret" not in message


def test_a_file_that_is_no_database(configured: Settings, tmp_path: Path) -> None:
    (tmp_path / "assistant.db").write_text("this is no database, and long enough to be seen as none" * 20)
    with pytest.raises(StartError, match="cannot be used"):
        prepare(Database.of(configured))


def test_a_database_of_another_key_is_not_begun_with(configured: Settings) -> None:
    database = Database.of(configured)
    schema.upgrade(database)
    with database.session() as session:
        received = transcript.open_conversation(session, database.seal, language="en", channel="web")
        transcript.finish(session, database.seal, received.message, [Answer("en", ("Hello",))], asked=None)
    prepare(database)
    database.close()
    other = load(None, var_dir=configured.var_dir, database_url=configured.database_url, contact_key="A" * 43)
    with pytest.raises(StartError, match="CONTACT_KEY"):
        prepare(Database.of(other))


def test_a_database_of_a_newer_version_is_not_begun_with(configured: Settings) -> None:
    database = Database.of(configured)
    prepare(database)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StartError, match="newer"):
        prepare(database)
