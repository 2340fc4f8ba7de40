"""The words people use, by subject, as regular expressions on the plain form (``*.yml``).

A list is an alternation of whole words; ``any`` an alternation as it stands; a string one expression.
``{name}`` stands for another entry of the same file or of ``shared.yml``. The code says what is done
with the words; the files say which they are, in English and French.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from bot import files

_DIRECTORY: Final = Path(__file__).parent
_REFERENCE: Final = re.compile(r"\{([a-z_][a-z_.]*)\}")


class WordsError(ValueError):
    """A file of words is not well formed; the message names file and entry."""


class Words:
    """The compiled expressions of one file, by name."""

    def __init__(self, name: str, entries: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        self._name = name
        self._entries = {**shared, **entries}
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, key: str) -> re.Pattern[str]:
        if key not in self._compiled:
            try:
                self._compiled[key] = re.compile(self.source(key))
            except re.error as error:
                raise WordsError(f"{self._name}.yml: {key}: {error}") from None
        return self._compiled[key]

    def named(self, prefix: str) -> tuple[str, ...]:
        """The entries of one name and its numbered continuations: ``no_work``, ``no_work.2``."""
        return tuple(key for key in self._entries if key == prefix or key.startswith(f"{prefix}."))

    def source(self, key: str, within: tuple[str, ...] = ()) -> str:
        """The expression of an entry with its references written out."""
        if key not in self._entries or key in within:
            trail = " > ".join((*within, key))
            raise WordsError(f"{self._name}.yml: {trail}: no such entry, or one that refers to itself")
        entry = self._entries[key]
        if isinstance(entry, list):
            text = rf"\b(?:{'|'.join(entry)})\b"
        elif isinstance(entry, dict):
            text = f"(?:{'|'.join(entry['any'])})"
        else:
            text = str(entry)
        return _REFERENCE.sub(lambda found: f"(?:{self.source(found[1], (*within, key))})", text)


@cache
def words(name: str) -> Words:
    """The words of ``name``.yml."""
    shared = _read("shared")
    return Words(name, _read(name), shared)


@cache
def _read(name: str) -> dict[str, Any]:
    path = _DIRECTORY / f"{name}.yml"
    loaded = files.read(path)
    if not isinstance(loaded, dict):
        raise WordsError(f"{path.name}: expected named entries")
    return {str(key): value for key, value in loaded.items()}
