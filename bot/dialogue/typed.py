"""A button that was typed: whoever writes its title means it, on every channel and whatever the classifier thinks."""

from __future__ import annotations

from typing import Any

from bot.knowledge.answer import Answer
from bot.understanding.bare import bare


def payload_of(tracker: Any, text: str | None) -> str | None:
    """The payload of the button of the last turn with this title; None: there is none.

    A title of one word is left to the dialogue: "no" may answer something else that was asked beside it.
    """
    wanted = bare(text or "")
    if " " not in wanted or (text or "").startswith("/"):
        return None
    for event in reversed(tracker.events):
        if event.type_name == "user":
            return None
        if event.type_name == "bot" and "answer" in (event.metadata or {}):
            for button in Answer.from_dict(event.metadata["answer"]).buttons:
                if button.payload and bare(button.title) == wanted:
                    return button.payload
    return None
