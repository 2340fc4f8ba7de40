"""The firm whose assistant this is, as the texts name it."""

from __future__ import annotations

from functools import lru_cache

from bot.firm import Firm, load_firm
from bot.knowledge.catalogue import Language
from bot.knowledge.firm import FirmWords
from bot.settings import settings


@lru_cache(maxsize=1)
def firm() -> Firm:
    return load_firm(settings().firm_config)


def firm_words(language: Language) -> FirmWords:
    """The firm's details for a text in this language."""
    return firm().words(language)
