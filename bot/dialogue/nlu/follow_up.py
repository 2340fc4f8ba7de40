"""A follow-up keeps the topic of the answer before: "and for my wife?", "how much for five?", "and in 2025?".

A message that begins like a follow-up and is short is read as the same question about somebody or something else.
The words are in ``follow_up.yml``; the Rasa component is ``follow_up_reader``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot import files
from bot.assessment.rounds import CANADIAN_EXPERIENCE
from bot.dialogue.nlu.lexicon import Lexicon
from bot.dialogue.nlu.text import words
from bot.knowledge.rounds_asked import ONE_PROGRAM, RoundsAsked
from bot.knowledge.tables import ROUNDS
from bot.knowledge.topic import Topic
from bot.knowledge.topics import topics

FAMILY_SIZE = "family_size"
LONGEST: Final = 9
"""Words of a follow-up; a longer message says what it is about."""
LARGEST_FAMILY: Final = 15
BARE: Final = 3
"""So few words after an answer about rounds need no beginning of a follow-up: "French?", "in 2025"."""
_YEAR: Final = re.compile(r"20\d\d")
PATH = Path(__file__).with_name("follow_up.yml")


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The topic that answers; ``about``: the aspect asked for; ``family_size``: the size asked for; ``kind`` and
    ``year``: of the rounds asked for."""

    topic: str
    about: str | None = None
    family_size: int | None = None
    kind: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    opens: Lexicon
    aspects: Lexicon
    topics: Mapping[str, str]
    rounds: Lexicon
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
        rounds=Lexicon(data["rounds"]),
        numbers={**data["numbers"]["en"], **data["numbers"]["fr"]},
    )


def follow_up(text: str, last: str, before: Mapping[str, Any] | None = None) -> FollowUp | None:
    """What a follow-up of the topic ``last`` asks; None if the message is none.

    ``before``: the follow-up that ``last`` answered, if it was one: "and for French?", then "and in 2025?".
    """
    known = _vocabulary()
    said = words(text)
    plain = [word for word in said if word != "?"]
    if not plain or len(plain) > LONGEST:
        return None
    topic = topics()[last]
    opens = bool(known.opens.ideas(said))
    if topic.table in ROUNDS and (opens or len(plain) <= BARE) and (asked := rounds_named(text)) is not None:
        return _of_rounds(asked, last, before or {})
    if not opens:
        return None
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


def rounds_named(text: str) -> RoundsAsked | None:
    """The one kind of round and the one year that a text names; None where it names neither, or several."""
    said = words(text)
    kinds = set(_vocabulary().rounds.ideas(said))
    years = {int(word) for word in said if _YEAR.fullmatch(word)}
    if len(kinds) > 1 or len(years) > 1 or not (kinds or years):
        return None
    return RoundsAsked(next(iter(kinds), None), next(iter(years), None))


def of_rounds(text: str, topic: str) -> FollowUp | None:
    """A question about rounds that names a kind or a year itself; ``topic``: what it was taken for."""
    asked = rounds_named(text) if topics()[topic].table in ROUNDS else None
    return None if asked is None else _of_rounds(asked, topic, {})


def _of_rounds(asked: RoundsAsked, last: str, before: Mapping[str, Any]) -> FollowUp:
    kind, year = asked.kind or before.get("kind"), asked.year or before.get("year")
    if kind is None and last == ONE_PROGRAM:
        kind = CANADIAN_EXPERIENCE
    return FollowUp(RoundsAsked(kind, year).topic, kind=kind, year=year)


def _size(word: str, numbers: Mapping[str, int]) -> int | None:
    size = int(word) if word.isdigit() else numbers.get(word)
    return size if size is not None and 1 <= size <= LARGEST_FAMILY else None


def _depends_on_family_size(topic: Topic) -> bool:
    return topic.table == "funds" or any(FAMILY_SIZE in line.when for line in topic.lines)
