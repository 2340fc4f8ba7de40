"""The process is killed in the middle of a turn, with Rasa in it: nothing is lost and nothing is answered twice."""

from __future__ import annotations

import signal
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.running import TURN_SECONDS, RunningAssistant, Visitor

TURNS = (
    ("31 years old", "stage", 0.0),
    ("just thinking about it", "destination", 0.012),
    ("outside Quebec", "marital_status", 0.03),
)
"""What is said, the fact that is asked for next, and the seconds until the process is killed."""


@pytest.fixture
def own(tmp_path: Path, model: Path) -> Iterator[RunningAssistant]:
    running = RunningAssistant(tmp_path).start()
    yield running
    running.stop()


def test_a_turn_cut_short_is_finished_after_the_start_and_only_once(own: RunningAssistant) -> None:
    visitor = Visitor(own)
    for text, next_question, seconds in TURNS:
        before = visitor.messages[-1]["id"]
        sent = visitor.http.post(
            f"{own.url}/api/messages", json={"text": text, "client_id": str(uuid.uuid4())}, timeout=TURN_SECONDS
        )
        assert sent.ok
        time.sleep(seconds)
        own.stop(signal.SIGKILL)
        own.start()
        new = _answered(visitor, before)
        assert [m["text"] for m in new if m["from"] == "visitor"] == [text]
        lines = [tuple(m["lines"]) for m in new if m["from"] == "assistant"]
        assert lines, "it was answered"
        assert len(lines) == len(set(lines)), "and only once"
        assert visitor.asked == next_question
        visitor.messages.extend(new)
    assert visitor.facts.value("age") == 31
    assert visitor.facts.value("destination") == "outside_quebec"


def _answered(visitor: Visitor, after: str) -> list[dict]:
    """Everything after a message, once nothing is being worked on any more."""
    deadline = time.monotonic() + TURN_SECONDS
    while time.monotonic() < deadline:
        got = visitor.http.get(f"{visitor.assistant.url}/api/messages", params={"after": after}, timeout=TURN_SECONDS)
        if got.ok and not got.json()["typing"] and any(m["from"] == "assistant" for m in got.json()["messages"]):
            return list(got.json()["messages"])
        time.sleep(0.05)
    raise requests.Timeout("no answer")
