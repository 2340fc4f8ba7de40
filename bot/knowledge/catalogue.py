"""Every text a person reads, by id, in English and French (``texts/*.yml``).

A text is a string with named places: ``{name}``, or with a format: ``{name:money}``,
``{name:date}``, ``{name:number}``, which Babel writes as the language does.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from bot import files

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = ("en", "fr")
LOCALES: Mapping[Language, str] = {"en": "en_CA", "fr": "fr_CA"}
DIRECTORY = Path(__file__).with_name("texts")


class CatalogueError(ValueError):
    """A text file is not well formed; the message names file and key."""


class UnknownTextError(KeyError):
    """No text has this id."""


def money(value: float, language: Language) -> str:
    """Canadian dollars without cents: ``$15,263`` and ``15 263 $``."""
    return format_currency(value, "CAD", locale=LOCALES[language], format=_MONEY[language], currency_digits=False)


_MONEY: Mapping[Language, str] = {"en": "$#,##0", "fr": "#,##0 $"}


def day(value: date, language: Language) -> str:
    """A date with the month in words: ``November 2, 2026``, ``2 novembre 2026`` and ``1er novembre 2026``."""
    return _first(format_date(value, format="long", locale=LOCALES[language]), value, language)


def short_day(value: date, language: Language) -> str:
    """The same with the month cut short: ``Nov 2, 2026``, ``2 nov. 2026`` and ``1er nov. 2026``."""
    return _first(format_date(value, format="medium", locale=LOCALES[language]), value, language)


def _first(written: str, value: date, language: Language) -> str:
    """French counts the first day of a month as such."""
    return f"1er{written[1:]}" if language == "fr" and value.day == 1 else written


def number(value: float, language: Language) -> str:
    return format_decimal(value, locale=LOCALES[language])


class _Formatter(string.Formatter):
    def __init__(self, language: Language) -> None:
        self.language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        match format_spec:
            case "money":
                return money(value, self.language)
            case "date":
                return day(value, self.language)
            case "number":
                return number(value, self.language)
        if isinstance(value, date) and not isinstance(value, datetime) and not format_spec:
            return day(value, self.language)
        if isinstance(value, int | float) and not isinstance(value, bool) and not format_spec:
            return number(value, self.language)
        return cast(str, super().format_field(value, format_spec))


_FORMATTERS = {language: _Formatter(language) for language in LANGUAGES}


class Catalogue(Mapping[str, Mapping[str, str]]):
    """Texts by dotted id; each holds one string per language."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        self._texts = texts

    def __getitem__(self, key: str) -> Mapping[str, str]:
        try:
            return self._texts[key]
        except KeyError:
            raise UnknownTextError(key) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def say(self, key: str, language: Language, /, **values: Any) -> str:
        """The text ``key`` in ``language`` with its places filled. A missing value raises KeyError."""
        return _FORMATTERS[language].vformat(self[key][language], (), values)

    def under(self, prefix: str) -> dict[str, Mapping[str, str]]:
        """The texts whose id starts with ``prefix.``, by the rest of the id."""
        start = f"{prefix}."
        return {key[len(start) :]: text for key, text in self._texts.items() if key.startswith(start)}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The project's texts."""
    return load(DIRECTORY)


def text(key: str, language: Language, /, **values: Any) -> str:
    """Shorthand for ``catalogue().say(...)``."""
    return catalogue().say(key, language, **values)


def load(directory: Path) -> Catalogue:
    """Read every text file of a directory; raises ``CatalogueError`` naming file and key."""
    texts: dict[str, Mapping[str, str]] = {}
    for path in sorted(directory.glob("*.yml")):
        for key, value in _leaves(files.read(path) or {}, path, ""):
            if key in texts:
                raise CatalogueError(f"{path.name}: {key} stands in another file too")
            texts[key] = value
    return Catalogue(texts)


def _leaves(node: Any, path: Path, prefix: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    if not isinstance(node, dict):
        raise CatalogueError(f"{path.name}: {prefix}: expected en and fr, found {node!r}")
    if set(node) & set(LANGUAGES):
        missing = [language for language in LANGUAGES if not isinstance(node.get(language), str) or not node[language]]
        if missing or set(node) != set(LANGUAGES):
            raise CatalogueError(f"{path.name}: {prefix}: needs exactly one text in en and one in fr")
        yield prefix, {language: node[language].strip() for language in LANGUAGES}
        return
    for key, child in node.items():
        if isinstance(key, bool):
            raise CatalogueError(f"{path.name}: {prefix}: a key that YAML reads as {key}; put it in quotes")
        yield from _leaves(child, path, f"{prefix}.{key}" if prefix else str(key))
