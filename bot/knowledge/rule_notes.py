"""What the rule data says of a doubt, in the reader's language. The data itself is written in English."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from bot.knowledge.catalogue import Language, catalogue
from bot.understanding.bare import bare

_ABOUT: Final = Path(__file__).with_name("rules_fr.yml")


def rule_note(note: str, language: Language) -> str:
    """The note in this language; one that the catalogue does not hold, as it was written."""
    return _by_english().get(bare(note), {}).get(language, note)


def rule_about(about: str, language: Language) -> str:
    """What a rule is about, or the note of a version; what was added without a French line, as it was written."""
    return _about_french().get(about, about) if language == "fr" else about


@lru_cache(maxsize=1)
def _about_french() -> Mapping[str, str]:
    found: Mapping[str, str] = yaml.safe_load(_ABOUT.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _by_english() -> Mapping[str, Mapping[str, str]]:
    """By the bare words: the catalogue may end a sentence where the data has a semicolon."""
    return {bare(both["en"]): both for both in catalogue().under("rule_note").values()}
