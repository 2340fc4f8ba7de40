"""Years of work without a place, where the conversation has told already where they were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.understanding.reading import Found, NotTaken, Reading

CANADA: Final = "canadian_work_years"
ABROAD: Final = "foreign_work_years"
WORKED: Final = (CANADA, ABROAD)


def in_their_place(reading: Reading, known: Mapping[str, Any]) -> Reading:
    """The reading without the question where work was, if ``known``, the years told so far, answers it.

    "7 years, like I said" tells again what is known; years without a place are abroad after none in Canada.
    """
    placed = {item: fact for item in reading.not_taken if (fact := _place(item, known)) is not None}
    facts = tuple(Found(fact, item.value, item.span, item.said, certainty="likely") for item, fact in placed.items())
    left = tuple(item for item in reading.not_taken if item not in placed)
    return replace(reading, facts=reading.facts + facts, not_taken=left)


def _place(item: NotTaken, known: Mapping[str, Any]) -> str | None:
    """The fact that years without a place are for; None: it has to be asked."""
    if item.reason != "unclear_place" or set(item.options) != set(WORKED):
        return None
    if item.value in (told := {known[fact]: fact for fact in WORKED if known.get(fact) is not None}):
        return told[item.value]
    return ABROAD if known.get(CANADA) == 0 and known.get(ABROAD) is None else None
