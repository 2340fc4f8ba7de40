"""The parts of a result below its score, in words: what moves it, past rounds, what to prove, what happens when."""

from __future__ import annotations

from typing import Any

from bot.assessment import Assessment
from bot.knowledge.catalogue import Language
from bot.knowledge.parts.documents import documents
from bot.knowledge.parts.moves import couple_lines, moves
from bot.knowledge.parts.risks import risks
from bot.knowledge.parts.rounds import categories, rounds
from bot.knowledge.parts.shape import Part
from bot.knowledge.parts.timeline import timeline

__all__ = ["Part", "couple_lines", "parts"]

ORDER = (moves, rounds, categories, documents, risks, timeline)


def parts(assessment: Assessment, language: Language) -> list[dict[str, Any]]:
    """Every part that has something to say, in the order in which a person reads them, as JSON data."""
    found = (make(assessment, language) for make in ORDER)
    return [part.to_dict() for part in found if part is not None]
