"""Ideas of the field and the words that express them, in English and French (``lexicon.yml``)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot import files

PATH: Final = Path(__file__).with_name("lexicon.yml")
LANGUAGES: Final = ("en", "fr")


class LexiconError(ValueError):
    """A line of the lexicon that cannot be read; the message names the idea and the mend."""


class Lexicon:
    """Finds the ideas in a list of words (as ``text.words`` gives them)."""

    def __init__(self, ideas: Mapping[str, Mapping[str, str]]) -> None:
        """``ideas``: idea -> language -> its words and phrases, separated by commas."""
        self._words: dict[str, set[str]] = defaultdict(set)
        self._beginnings: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, list[tuple[tuple[str, ...], bool, str]]] = defaultdict(list)
        for idea, languages in ideas.items():
            if not isinstance(languages, Mapping) or set(languages) != set(LANGUAGES):
                raise LexiconError(f"lexicon: {idea}: give its words in {' and '.join(LANGUAGES)}, and nothing else")
            for language in LANGUAGES:
                for entry in str(languages[language]).split(","):
                    self._add(idea, entry)
        self._longest = max(map(len, self._beginnings), default=0)
        self._of_word = lru_cache(maxsize=20_000)(self._find)

    def _add(self, idea: str, entry: str) -> None:
        parts = tuple(entry.strip().removeprefix("^").replace("-", " ").split())
        if not parts or not entry.isascii() or entry != entry.lower():
            raise LexiconError(f"lexicon: {idea}: {entry.strip()!r}: write a word in lower case without accents")
        first_only = entry.strip().startswith("^")
        if len(parts) > 1 or first_only:
            if parts[0].endswith("*"):
                raise LexiconError(f"lexicon: {idea}: {entry.strip()!r}: only a later word of a phrase may end in *")
            self._phrases[parts[0]].append((parts[1:], first_only, idea))
        elif parts[0].endswith("*"):
            self._beginnings[parts[0][:-1]].add(idea)
        else:
            self._words[parts[0]].add(idea)

    def _find(self, word: str) -> frozenset[str]:
        found = set(self._words.get(word, ()))
        for length in range(2, min(len(word), self._longest) + 1):
            found |= self._beginnings.get(word[:length], set())
        return frozenset(found)

    def ideas(self, words: Sequence[str]) -> list[str]:
        """The ideas in the order of the words; an idea said twice is there twice."""
        found: list[str] = []
        for place, word in enumerate(words):
            found.extend(sorted(self._of_word(word)))
            for rest, first_only, idea in self._phrases.get(word, ()):
                if (not first_only or place == 0) and _follows(rest, words, place + 1):
                    found.append(idea)
        return found

    def words(self) -> list[str]:
        """The words that stand in the lexicon whole and alone."""
        return sorted(self._words)

    def knows(self, word: str) -> bool:
        """Whether the word alone expresses an idea."""
        return bool(self._of_word(word))


def _follows(rest: tuple[str, ...], words: Sequence[str], start: int) -> bool:
    if start + len(rest) > len(words):
        return False
    for part, word in zip(rest, words[start:], strict=False):
        if not (word == part or (part[-1] == "*" and word.startswith(part[:-1]))):
            return False
    return True


def read(text: str) -> Lexicon:
    """A lexicon from YAML text. Errors: ``LexiconError``."""
    ideas: Any = files.parsed(text)
    if not isinstance(ideas, dict):
        raise LexiconError("lexicon: give a mapping of ideas to their words")
    return Lexicon(ideas)
