"""A follow-up keeps the topic of the answer before: "and for my wife?", "how much for five?".

A message that begins like a follow-up and is short is read as the same question about somebody or something else.
The words are in ``follow_up.yml``; the Rasa component is ``follow_up_reader``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from bot import files
from bot.dialogue.nlu.lexicon import Lexicon
from bot.dialogue.nlu.text import words
from bot.knowledge.topic import Topic
from bot.knowledge.topics import topics

FAMILY_SIZE = "family_size"
LONGEST: Final = 9
"""Words of a follow-up; a longer message says what it is about."""
LARGEST_FAMILY: Final = 15
PATH = Path(__file__).with_name("follow_up.yml")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The topic that answers; ``about``: the aspect asked for; ``family_size``: the size asked for."""

    topic: str
    about: str | None = None
    family_size: int | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    opens: Lexicon
    aspects: Lexicon
    topics: Mapping[str, str]
    numbers: Mapping[str, int]


@lru_cache(maxsize=1)
def _vocabulary() -> _Words:
    data = files.read(PATH)
    opens = {
        language: ", ".join(f"^{entry.strip()}" for entry in said.split(","))
        for language, said in data["opens"].items()
    }
    aspects = data["aspects"]
    return _Words(
        opens=Lexicon({"opens": opens}),
        aspects=Lexicon({aspect: {"en": entry["en"], "fr": entry["fr"]} for aspect, entry in aspects.items()}),
        topics={aspect: entry["topic"] for aspect, entry in aspects.items()},
        numbers={**data["numbers"]["en"], **data["numbers"]["fr"]},
    )


def follow_up(text: str, last: str) -> FollowUp | None:
    """What a follow-up of the topic ``last`` asks; None if the message is none."""
    known = _vocabulary()
    said = words(text)
    plain = [word for word in said if word != "?"]
    if not plain or len(plain) > LONGEST or not known.opens.ideas(said):
        return None
    topic = topics()[last]
    aspects = list(dict.fromkeys(known.aspects.ideas(plain)))
    aspects.sort(key=lambda aspect: aspect not in topic.about)
    if aspects:
        target = topic.about.get(aspects[0], known.topics[aspects[0]])  # type: ignore[call-overload]
        return FollowUp(target if isinstance(target, str) else last, aspects[0])
    sizes = {size for word in plain if (size := _size(word, known.numbers)) is not None}
    if len(sizes) > 1:
        sizes.discard(1)  # "une famille de cinq" is five
    if len(sizes) == 1 and _depends_on_family_size(topic):
        return FollowUp(last, family_size=sizes.pop())
    return None


def _size(word: str, numbers: Mapping[str, int]) -> int | None:
    size = int(word) if word.isdigit() else numbers.get(word)
    return size if size is not None and 1 <= size <= LARGEST_FAMILY else None


def _depends_on_family_size(topic: Topic) -> bool:
    return topic.table == "funds" or any(FAMILY_SIZE in line.when for line in topic.lines)
