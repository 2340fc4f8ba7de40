"""The risks that the facts show, in the neutral words meant for a visitor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.assessment import Assessment
from bot.assessment.risks import Risk
from bot.knowledge.catalogue import Language, text
from bot.knowledge.pages import pages
from bot.knowledge.parts.shape import Item, Part, hint, title


def risks(assessment: Assessment, language: Language) -> Part | None:
    """Every risk with what in the facts shows it; None where there is none."""
    found = assessment.risks
    if not found:
        return None
    return Part(
        id="risks",
        title=title("risks", language),
        hint=hint("risks", len(found), language),
        lead=(text("part.risks.lead", language),),
        items=tuple(_item(risk, language) for risk in found),
    )


def _item(risk: Risk, language: Language) -> Item:
    return Item(
        text(f"risks.{risk.id}.title", language),
        text(f"risks.{risk.id}.visitor", language),
        tuple(because_text(signal.id, signal.values, language) for signal in risk.signals),
        pages()[risk.rule.page].url[language],
    )


def because_text(signal_id: str, values: Mapping[str, Any], language: Language) -> str:
    """What in the facts shows a risk."""
    return text(f"risks.because.{signal_id}", language, **values)
