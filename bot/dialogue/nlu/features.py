"""A message as features: its words, their letters, and the ideas of the lexicon alone and in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from bot.dialogue.nlu.lexicon import Lexicon
from bot.dialogue.nlu.text import shape

GROUPS: Final = ("word", "letters", "idea", "pair")
"""The order in which ``features`` gives them. Each group weighs about the same in the classifier."""

_ASKS: Final = frozenset(
    ("how_many", "how_long", "how_often", "when", "where", "who", "why", "how", "what", "define", "difference")
) | {"yes_or_no", "happens"}
_SHORTEST, _LONGEST = 2, 4
_MOST_IDEAS: Final = 24
"""Of a long message only so many ideas make pairs, the first ones."""


def features(words: Sequence[str], lexicon: Lexicon) -> tuple[list[str], list[str], list[str], list[str]]:
    """The features of a message (``text.words``) by group, repeated as often as they occur."""
    said = lexicon.ideas(words)
    ideas = [*_form(words, said), *said]
    return (
        _word_features(words),
        [part for word in words if word[0].isalpha() for part in letters(word)],
        ideas,
        [f"{one}+{other}" for one, other in combinations(sorted(dict.fromkeys(ideas[:_MOST_IDEAS])), 2)],
    )


def _form(words: Sequence[str], ideas: Sequence[str]) -> list[str]:
    """Whether the message asks or tells, whether it is very short, and which kinds of number it holds.

    "my brother lives in Regina" tells a fact and "does my brother count" asks: the same words, another intent.
    """
    asks = "?" in words or not _ASKS.isdisjoint(ideas)
    form = ["#asks" if asks else "#tells"]
    if len(words) <= 2:
        form.append("#short")
    return [*form, *sorted({shape(word) for word in words if word[0].isdigit()})]


def _word_features(words: Sequence[str]) -> list[str]:
    shapes = [shape(word) for word in words]
    pairs = [f"{one} {other}" for one, other in pairwise(shapes)]
    return [*shapes, *pairs, *(word for word in words if word[0].isdigit())]


@lru_cache(maxsize=20_000)
def letters(word: str) -> tuple[str, ...]:
    """Every run of two to four letters of a word, with its edges marked by a space."""
    edged = f" {word} "
    return tuple(
        edged[start : start + size]
        for size in range(_SHORTEST, min(_LONGEST, len(edged)) + 1)
        for start in range(len(edged) - size + 1)
    )
