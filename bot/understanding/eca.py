"""The educational credential assessment (ECA): done, under way, not done or not needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.words import words

_W = words("education")

_NOT_STARTED: Final = re.compile(r"\b(?:not|never|pas|yet to|jamais|n'ai)(?: yet| even| encore)?,? $")
_NOT_YET: Final = re.compile(r"\b(?:not|never|pas|yet to)\b[^,.;]{0,10}$")


def read(message: Message) -> Iterator[Candidate]:
    """Done, under way, not done or not needed."""
    if not _W["about_eca"].search(message.text):
        return
    seen: list[tuple[int, int]] = []
    for value, pattern in (
        ("not_needed", _W["eca_not_needed"]),
        ("not_done", _W["eca_none"]),
        ("in_progress", _W["eca_progress"]),
        ("in_progress", _W["evaluation_under_way"]),
        ("done", _W["eca_done"]),
        ("done", _W["assessed"]),
    ):
        for match in pattern.finditer(message.text):
            # "EDE en cours avec WES": what follows at once belongs to it.
            if any(match.start() <= b + 1 and a < match.end() for a, b in seen):
                continue
            seen.append(match.span())
            before, _ = message.around(*match.span(), 16, 0)
            denied = (pattern is _W["assessed"] and _NOT_YET.search(before)) or (
                value == "in_progress" and _NOT_STARTED.search(before)
            )
            told = "not_done" if denied else value
            yield Candidate("eca", told, *match.span(), said_plainly=told in ("not_done", "in_progress"))
