"""A choice that was typed: its number, its title, or a title that was cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.channels.incoming import Chosen
from bot.channels.rendering import choice_of, choices, numbered
from bot.intake.messages import Message
from bot.understanding.bare import bare

_NUMBER: Final = re.compile(r"[#(]?\s*(\d{1,2})\s*[.)]?")


def typed(words: str, said: Sequence[Message], client_id: str) -> Chosen | None:
    """The choice that the words mean among the buttons of the last answers; None: they are words.

    ``said``: the assistant's messages since the person last wrote. A number counts only for the last
    buttons, and only where the question is not answered with a figure.
    """
    offering = [message for message in said if message.answer and choices(message.answer, message.seq)]
    if not offering:
        return None
    last = offering[-1]
    assert last.answer
    number = _NUMBER.fullmatch(words.strip())
    if number and numbered(last.answer):
        offered = choices(last.answer, last.seq)
        place = int(number[1])
        return _chosen(offered[place - 1].id, client_id) if 1 <= place <= len(offered) else None
    for message in reversed(offering):
        assert message.answer
        for choice in choices(message.answer, message.seq):
            if bare(words) == bare(choice.whole):
                return _chosen(choice.id, client_id)
    return None


def _chosen(choice: str, client_id: str) -> Chosen | None:
    found = choice_of(choice)
    return Chosen(client_id, *found) if found else None
