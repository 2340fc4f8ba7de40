"""Which language a message is written in, English or French, or neither for certain."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final, Literal

from bot import files

Language = Literal["en", "fr"]

_PATH: Final = Path(__file__).with_name("language_words.yml")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FRENCH_LETTERS = re.compile(r"[àâçèêëîïôùûœ]", re.IGNORECASE)
_ELISION = re.compile(r"(?i)\b(?:j|l|d|n|qu|c|s|m|t)['’](?=[a-zàâçéèêëîïôùûœ]{2})")


@cache
def _words() -> dict[str, dict[str, float]]:
    lists = files.read(_PATH)
    return {
        language: {str(word): weight for weight, words in groups.items() for word in words}
        for language, groups in lists.items()
    }


def detect_language(text: str) -> Language | None:
    """The language of the message.

    None for messages that do not show one: "ok", "34", a name, a test score. Under three words only
    an unmistakable word decides ("bonjour", "célibataire", "hello").
    """
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if not words:
        return None
    score = {language: sum(known.get(word, 0.0) for word in words) for language, known in _words().items()}
    score["fr"] += len(_ELISION.findall(text)) + 0.5 * len(_FRENCH_LETTERS.findall(text))
    best, other = ("en", "fr") if score["en"] >= score["fr"] else ("fr", "en")
    margin = score[best] - score[other]
    enough = 1.0 if len(words) >= 3 else 1.5
    if score[best] < enough or margin < enough * 0.6:
        return None
    return "en" if best == "en" else "fr"
