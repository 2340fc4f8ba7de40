"""A button that was typed: whoever writes its title means it, on every channel and whatever the classifier thinks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.knowledge.answer import Answer, Button
from bot.understanding.bare import bare


def payload_of(tracker: Any, text: str | None) -> str | None:
    """The payload of the button of the last turn with this title; None: there is none.

    A title of one word is left to the dialogue: "no" may answer something else that was asked beside it.
    """
    wanted = bare(text or "")
    if " " not in wanted or (text or "").startswith("/"):
        return None
    shown = (button for button in buttons_just_shown(tracker) if bare(button.title) == wanted)
    return next((button.payload for button in shown if button.payload), None)


def buttons_just_shown(tracker: Any) -> Iterator[Button]:
    """The buttons of the assistant's last turn, those of the newest message first."""
    for event in reversed(tracker.events):
        if event.type_name == "user":
            return
        if event.type_name == "bot" and "answer" in (event.metadata or {}):
            yield from Answer.from_dict(event.metadata["answer"]).buttons
