"""What all tests share: the trained model and the running assistant."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import RunningAssistant


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[RunningAssistant]:
    """The assistant with the present model, running for the whole session."""
    running = RunningAssistant(tmp_path_factory.mktemp("assistant")).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model, trained now if its sources have changed."""
    from bot.dialogue.training import ensure

    return ensure(Path("models"))[0]
