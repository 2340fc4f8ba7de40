"""French as it is printed in Canada: the apostrophe, and the spaces at which no line may break.

Source: Office québécois de la langue française, Vitrine linguistique, "Espacement" and "Apostrophe".
"""

from __future__ import annotations

import re
from typing import Any, Final

from bot.knowledge.catalogue import Language

_ADDRESS: Final = re.compile(r"\w+://\S+|[\w.+-]+@[\w.-]+")
_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=[\w«])")
_SPACE: Final = re.compile(r"(?<=«) | (?=»)| (?=:(?:\s|$))|(?<=\d) (?=[%$€]|\d{3}(?!\d))")
_NO_BREAK: Final = "\u00a0"
_ADDRESSES: Final = frozenset({"url", "href"})
"""Keys under which no words stand."""


def typeset(words: str) -> str:
    """The words with typographic apostrophes and no-break spaces; addresses in them stay as they are."""
    set_up: list[str] = []
    place = 0
    for address in _ADDRESS.finditer(words):
        set_up += [_typeset(words[place : address.start()]), address.group()]
        place = address.end()
    return "".join([*set_up, _typeset(words[place:])])


def printed(content: dict[str, Any], language: Language) -> dict[str, Any]:
    """The content with every French text in it typeset, except addresses; English as it stands."""
    set_up: dict[str, Any] = _all(content) if language == "fr" else content
    return set_up


def _all(content: Any) -> Any:
    if isinstance(content, str):
        return typeset(content)
    if isinstance(content, dict):
        return {key: value if key in _ADDRESSES else _all(value) for key, value in content.items()}
    return [_all(item) for item in content] if isinstance(content, list | tuple) else content


def _typeset(words: str) -> str:
    return _SPACE.sub(_NO_BREAK, _APOSTROPHE.sub("’", words))
