"""Finding words in one transcript. It is opened for this alone and nothing of it is kept: at rest it stays sealed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.intake.search import folded

LONGEST: Final = 100
"""Characters of what is searched."""
AROUND: Final = 60
"""Characters shown before and after the first word that is found."""
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """A message that holds every word searched. ``parts``: what stands around the first of them; True: searched."""

    seq: int
    sender: str
    author: str | None
    at: datetime
    parts: tuple[tuple[str, bool], ...]


def find(messages: Iterable[dict[str, Any]], words: str) -> list[Found]:
    """Messages as they are drawn that hold every word, in their order; a word may be the beginning or a part of one.

    Capitals and accents count for nothing.
    """
    searched = [folded(word) for word in _WORD.findall(words[:LONGEST])]
    found = []
    for message in messages:
        text = " ".join(message["plain"])
        places = _places(text, searched)
        if places:
            parts = tuple(_parts(text, places))
            found.append(Found(message["id"], message["from"], message["author"], message["at"], parts))
    return found


def _places(text: str, searched: list[str]) -> list[tuple[int, int]]:
    """Where the words stand, in order and apart from each other; nothing unless every word is there."""
    letters = [folded(letter) for letter in text]
    plain = "".join(letters)
    origin = [place for place, letter in enumerate(letters) for _ in letter]
    if not searched or any(word not in plain for word in searched):
        return []
    pattern = "|".join(map(re.escape, sorted(searched, key=len, reverse=True)))
    return [(origin[hit.start()], origin[hit.end() - 1] + 1) for hit in re.finditer(pattern, plain)]


def _parts(text: str, places: list[tuple[int, int]]) -> Iterable[tuple[str, bool]]:
    """Whole words around the first place, where there are spaces."""
    first, last = places[0]
    begin = text.find(" ", first - AROUND, first) + 1 if first > AROUND else 0
    end = text.rfind(" ", last, last + AROUND) if last + AROUND < len(text) else len(text)
    end = end if end > last else min(len(text), last + AROUND)
    at = begin
    for start, stop in places:
        if stop > end:
            break
        yield ("…" if at == begin > 0 else "") + text[at:start], False
        yield text[start:stop], True
        at = stop
    yield text[at:end] + ("…" if end < len(text) else ""), False
