"""Slips of the keyboard: an unknown word that is one or two letters away from a known one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

_SHORTEST: Final = 5
_LONG: Final = 9
"""From this length on two slips are allowed, below it one."""


class Spelling:
    """Known words, and the one that was probably meant by another."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_initial: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= _SHORTEST - 1 and word.isalpha():
                self._by_initial[word[0]].append(word)
        self.meant = lru_cache(maxsize=20_000)(self._meant)

    def _meant(self, word: str) -> str:
        """The word itself if it is known, short or unlike any other; else the nearest of the same initial."""
        if len(word) < _SHORTEST or word in self._known or not word.isalpha():
            return word
        slips = 1 if len(word) < _LONG else 2
        nearest = extractOne(word, self._by_initial.get(word[0], ()), scorer=OSA.distance, score_cutoff=slips)
        return word if nearest is None else nearest[0]
