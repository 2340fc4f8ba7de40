"""What moves the score: each change alone and in pairs in their fixed order, and the two partners either way."""

from __future__ import annotations

from typing import Literal

from bot.assessment import Assessment
from bot.assessment.gains import Change, Gain
from bot.assessment.partner import PartnerComparison, Scenario
from bot.knowledge.catalogue import Language, number, text
from bot.knowledge.parts.shape import Item, Part, Row, Rows, hint, title

ROWS_OF = {"education": "education", "canadian_study": "canadian_study"}
"""Changes whose level is a value of a fact."""


def moves(assessment: Assessment, language: Language) -> Part:
    """The gains and the spouse comparison."""
    gains, partner = assessment.gains, assessment.partner
    tables = (("alone", gains.alone), ("pairs", gains.pairs))
    lead = ["gains.intro", "gains.unchanged", *([] if gains.exact else ["gains.not_exact"])]
    older = gains.in_force_until if assessment.crs.previous else None
    return Part(
        id="moves",
        title=title("moves", language),
        hint=hint("moves", len(gains.alone), language),
        lead=(
            *((text(key, language) for key in lead) if gains.alone else (text("part.moves.none", language),)),
            *((text("gains.older_rules", language, until=older),) if older is not None else ()),
        ),
        tables=tuple(_table(name, found, language) for name, found in tables if found),
        items=(_partner(partner, language),) if partner is not None else (),
    )


def _table(name: str, found: tuple[Gain, ...], language: Language) -> Rows:
    caption = text(f"part.moves.{name}", language)
    head = (caption, text("part.moves.points", language), text("part.moves.total", language))
    return Rows(caption, head, tuple(_row(gain, language) for gain in found))


def _row(gain: Gain, language: Language) -> Row:
    """A row says which limit takes points off, and how many there would be without it."""
    detail = ""
    if gain.limits:
        limits = ", ".join(text(f"part.limit.{limit}", language) for limit in gain.limits)
        detail = text("part.moves.limited", language, unlimited=gain.unlimited, limits=limits)
    return Row(_label(gain, language), gain.points, gain.total, detail)


def _label(gain: Gain, language: Language) -> str:
    """One change by its name, two by their short ones."""
    if len(gain.changes) == 1:
        return change_text(gain.changes[0], "change", language)
    first, second = (change_text(change, "short", language) for change in gain.changes)
    both = text("gains.together", language, first=first, second=second)
    return both[0].upper() + both[1:]


def change_text(change: Change, form: Literal["change", "short"], language: Language) -> str:
    """A change in words."""
    values = dict(change.values)
    if "ability" in values:
        values["ability"] = text(f"fact.{values['ability']}.label", language).lower()
    if change.id in ROWS_OF:
        values["level"] = text(f"fact.{ROWS_OF[change.id]}.value.{values['level']}", language)
    return text(f"gains.{form}.{change.id}", language, **values)


def _partner(found: PartnerComparison, language: Language) -> Item:
    intro, *notes = couple_lines(found, language)
    return Item(label=text("part.moves.partner", language), text=intro, notes=tuple(notes))


def couple_lines(found: PartnerComparison, language: Language) -> tuple[str, ...]:
    """Each way the couple can apply with its points, in a fixed order, and what has to be said beside them."""
    return (
        text("partner.intro", language),
        *(_scenario(scenario, language) for scenario in found.scenarios),
        *(text(f"partner.note.{note}", language) for note in found.notes),
    )


def _scenario(scenario: Scenario, language: Language) -> str:
    score = number(scenario.low, language)
    if not scenario.exact:
        score = text("partner.range", language, low=scenario.low, high=scenario.high)
    return text(f"partner.scenario.{scenario.id}", language, score=score)
