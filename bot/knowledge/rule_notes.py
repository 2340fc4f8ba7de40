"""What the rule data says of a doubt, in the reader's language. The data itself is written in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.knowledge.catalogue import Language, catalogue


def rule_note(note: str, language: Language) -> str:
    """The note in this language; one that the catalogue does not hold, as it was written."""
    return _by_english().get(_key(note), {}).get(language, note)


@lru_cache(maxsize=1)
def _by_english() -> Mapping[str, Mapping[str, str]]:
    return {_key(both["en"]): both for both in catalogue().under("rule_note").values()}


def _key(note: str) -> str:
    """The words of a note: the catalogue may end a sentence where the data has a semicolon."""
    return " ".join(re.findall(r"\w+", note.casefold()))
