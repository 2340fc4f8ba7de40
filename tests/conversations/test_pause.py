"""After a pause the visitor is told where we were; a moment later nobody is."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.ask import where_we_were


def tracker(*events: dict[str, Any], language: str) -> Tracker:
    return Tracker("id", {"language": language}, {}, list(events), False, None, {}, None)


@pytest.mark.parametrize(("language", "words"), [("en", "We were at: Education"), ("fr", "Nous en étions à : Études")])
@pytest.mark.parametrize(("hours", "told"), [(24, True), (2, True), (0.01, False)])
def test_a_pause(language: str, words: str, hours: float, told: bool) -> None:
    begun = 1_790_000_000.0
    spoken = tracker(
        {"event": "user", "timestamp": begun},
        {"event": "bot", "timestamp": begun + 1},
        {"event": "user", "timestamp": begun + hours * 3600},
        language=language,
    )
    assert any(words in line for line in where_we_were(spoken, "education")) is told


def test_the_first_message_is_no_return() -> None:
    assert where_we_were(tracker({"event": "user", "timestamp": 1.0}, language="en"), "education") == []
