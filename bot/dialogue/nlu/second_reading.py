"""Where not the likeliest intent of a ranking is meant, but another one of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

DANGER: Final = "crisis"
QUESTION: Final = "faq"
SWITCHES: Final = frozenset({"switch_to_english", "switch_to_french"})
NOT_UNLIKELY: Final = 0.3
"""From this certainty on a life in danger outweighs all but a question: it is asked about, nothing stops."""
_ABOUT_A_LANGUAGE: Final = re.compile(
    r"\b(?:if|learn\w*|stud(?:y|ied|ying)|improv\w*|retak\w*|tests?|exams?|points?|scores?|levels?|bonus|clb|nclc|tef|tcf"
    r"|si|appren\w*|étudi\w*|amélior\w*|repass\w*|examens?|pointage|niveaux?)\b",
    re.IGNORECASE,
)
"""Words of somebody who speaks about a language, and does not ask for the conversation to be held in it."""


def second_reading(ranking: Sequence[Mapping[str, Any]], text: str) -> dict[str, Any] | None:
    """The intent that is meant instead of the likeliest one; None nearly always.

    ``ranking``: intents as ``name`` and ``confidence`` (0 to 1), the likeliest first. A life in danger need only be
    not unlikely; "what if I learn French?" does not switch to French.
    """
    if not ranking:
        return None
    first = ranking[0]["name"]
    if first not in {DANGER, QUESTION}:
        for one in ranking:
            if one["name"] == DANGER and one["confidence"] >= NOT_UNLIKELY:
                return dict(one)
    if first in SWITCHES and _ABOUT_A_LANGUAGE.search(text):
        return next((dict(one) for one in ranking if one["name"] not in SWITCHES), None)
    return None
