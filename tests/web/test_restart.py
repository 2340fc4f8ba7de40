"""The server killed in the middle of a turn and started again: nothing lost, nothing answered twice."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.process import Process


@pytest.fixture
def server(tmp_path: Path, database_url: str) -> Iterator[Process]:
    process = Process(tmp_path, database_url)
    yield process
    process.end()


def test_killed_in_mid_turn_nothing_is_lost_and_nothing_answered_twice(server: Process) -> None:
    server.start()
    server.open()
    assert server.say("31") == 201
    server.until(3)
    assert server.say("slow one", "a") == 201
    assert server.say("two", "b") == 201
    assert server.running
    server.running.kill()
    server.wait()
    assert server.say("three", "c") == 0
    server.start()
    assert server.say("slow one", "a") == 200  # the browser did not know whether it had been received
    assert server.say("three", "c") == 201
    assert server.until(9)[:3] == ["Hello", "> 31", "text: 31"]
    lines = server.transcript()[3:]
    assert [line for line in lines if line.startswith("> ")] == ["> slow one", "> two", "> three"]
    assert [line for line in lines if not line.startswith("> ")] == ["text: slow one", "text: two", "text: three"]


def test_killed_after_the_dialogue_had_answered_the_answer_is_not_made_again(server: Process) -> None:
    server.start()
    server.open()
    server.say("die after")
    assert server.wait() == -signal.SIGKILL
    server.start()
    assert server.until(3) == ["Hello", "> die after", "I was killed."]
