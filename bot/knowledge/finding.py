"""From a ranking of topics to what is said: the answer, or the closest topics to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import Language, text
from bot.knowledge.topics import topics
from bot.knowledge.wording import payload

Ranking = Sequence[tuple[str, float]]
"""Topics with their certainty, best first."""

CERTAIN: Final = 0.65
"""Share of the certainty that the best topic needs to be answered straight away (measured: docs/evaluation.md)."""
MOST_OFFERED: Final = 3
LEAST_SHARE: Final = 0.1
"""A third topic with less than this is not worth a button."""


def shares(ranking: Ranking) -> list[tuple[str, float]]:
    """The topics that exist, with their part of the whole certainty."""
    known = [(topic, certainty) for topic, certainty in ranking if topic in topics()]
    whole = sum(certainty for _, certainty in known) or 1.0
    return [(topic, certainty / whole) for topic, certainty in known]


def certain(ranking: Ranking) -> str | None:
    """The topic to answer, or None where it must be asked which one was meant."""
    found = shares(ranking)
    return found[0][0] if found and found[0][1] >= CERTAIN else None


def closest(ranking: Ranking) -> list[str]:
    """The two or three topics that a question is most likely about."""
    found = shares(ranking)[:MOST_OFFERED]
    return [topic for place, (topic, share) in enumerate(found) if place < 2 or share >= LEAST_SHARE]


def offer(topic_ids: Sequence[str], language: Language) -> Answer:
    """The topics as buttons, and one for none of them; without any topic, that nothing was understood."""
    if not topic_ids:
        return Answer(language, (text("clarify.free_1", language),))
    buttons = [Button(topics()[topic].title[language], payload("faq", {"topic": topic})) for topic in topic_ids]
    buttons.append(Button(text("button.neither", language), "/ask_help"))
    return Answer(language, (text("clarify.which_topic", language),), kind="question", buttons=tuple(buttons))
