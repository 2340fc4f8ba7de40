"""The classifier that is served, out of the trained model."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogue.nlu.model import TextClassifier
from tests.evaluate.alarms import served


@pytest.fixture(scope="session")
def classifier(model: Path) -> TextClassifier:
    return served(model)
