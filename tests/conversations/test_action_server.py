"""A separate action server is a setting: the same conversation, with the custom actions in another process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.running import RunningAssistant, Visitor, free_port

pytestmark = pytest.mark.server

START_SECONDS = 90


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What both processes share: the database and the key."""
    return tmp_path_factory.mktemp("actions")


@pytest.fixture(scope="module")
def action_server(directory: Path) -> Iterator[str]:
    """`assistant rasa run actions`, as any Rasa user starts it."""
    port = free_port()
    database = RunningAssistant(directory).database_url
    with (directory / "actions.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "rasa", "run", "actions", "--port", str(port)],
            env={**os.environ, "VAR_DIR": str(directory), "DATABASE_URL": database},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}/webhook"
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(url, timeout=2).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise AssertionError(f"no action server at {url}")


def test_a_conversation_with_a_separate_action_server(action_server: str, model: Path, directory: Path) -> None:
    endpoints = directory / "endpoints.yml"
    endpoints.write_text(f"action_endpoint:\n  url: {action_server}\n", encoding="utf-8")
    assistant = RunningAssistant(directory, environment={"ENDPOINTS": str(endpoints)}).start()
    try:
        visitor = Visitor(assistant)
        assert "automated assistant" in visitor.text()
        visitor.press("Start my assessment")
        visitor.say("I am 34, how long is an express entry profile valid?")
        assert "12 months" in visitor.text()
        assert "not legal advice" in visitor.text()
        assert visitor.facts.value("age") == 34
        assert visitor.asked == "stage"
    finally:
        assistant.stop()
