"""Past rounds that the facts fit, and categories: never as a prediction."""

from __future__ import annotations

from collections.abc import Iterator

from bot.assessment import Answer, Assessment
from bot.assessment.categories import CategoryResult
from bot.assessment.rounds import HISTORY, Standing
from bot.knowledge.catalogue import Language, catalogue, number, text
from bot.knowledge.parts.shape import Item, Part, facts_text, hint, title


def rounds(assessment: Assessment, language: Language) -> Part:
    """The newest round of each kind that the person could have stood in."""
    found = assessment.rounds
    limit = assessment.subject.rules.through_time(HISTORY).stale_after_days
    notes = [text(f"standing.note.{note}", language) for note in found.notes]
    if found.stale and found.newest is not None:
        notes.append(text("standing.note.old_data", language, on=found.newest))
    if found.undecided:
        kinds = ", ".join(kind_text(kind, language) for kind in found.undecided)
        notes.insert(0, text("part.rounds.undecided", language, kinds=kinds))
    return Part(
        id="rounds",
        title=title("rounds", language),
        hint=hint("rounds", len(found.standings), language),
        lead=(text("part.rounds.lead" if found.standings else "standing.none", language),),
        items=tuple(_standing(standing, limit, language) for standing in found.standings),
        notes=tuple(notes),
    )


def _standing(standing: Standing, limit: int, language: Language) -> Item:
    held = standing.round
    reasons = [text(f"standing.reason.{item.id}", language, **item.values) for item in standing.reasons]
    if standing.stale:
        reasons.append(text("standing.old_round", language, days=limit))
    said = text(
        f"standing.{standing.position}",
        language,
        number=held.number,
        on=held.on,
        cut_off=held.cut_off,
        difference=_difference(standing, language),
    )
    return Item(kind_text(held.type, language, held.name), said, tuple(reasons))


def _difference(standing: Standing, language: Language) -> str:
    """How far above or below the cut-off, without a sign."""
    if standing.difference is None or standing.difference_high is None:
        return ""
    low, high = sorted((abs(standing.difference), abs(standing.difference_high)))
    return number(low, language) if low == high else text("part.rounds.between", language, low=low, high=high)


def categories(assessment: Assessment, language: Language) -> Part | None:
    """Every category of the day: in with its reason, open with what would settle it, and out."""
    found = assessment.categories
    if not found:
        return None
    inside = [category for category in found if category.answer == "yes"]
    confirmed = dict.fromkeys(category.confirmed_until for category in found if category.confirmed_until is not None)
    return Part(
        id="categories",
        title=title("categories", language),
        hint=hint("categories", len(inside), language),
        items=(
            *(_inside(category, language) for category in inside),
            *_others(found, "cannot_tell", language),
            *_others(found, "no", language),
        ),
        notes=tuple(text("part.categories.not_confirmed", language, on=day) for day in confirmed),
    )


def _inside(category: CategoryResult, language: Language) -> Item:
    return Item(
        text(f"categories.name.{category.id}", language),
        text("categories.answer.yes", language),
        tuple(text(f"categories.reason.{item.id}", language, **item.values) for item in category.reasons),
    )


def _others(found: tuple[CategoryResult, ...], answer: Answer, language: Language) -> Iterator[Item]:
    """Those with another answer in one line: their reasons are of one kind."""
    those = [category for category in found if category.answer == answer]
    if not those:
        return
    names = "; ".join(text(f"categories.name.{category.id}", language) for category in those)
    facts = facts_text((fact for category in those for fact in category.open), language)
    notes = (text("part.categories.settled_by", language, facts=facts),) if facts else ()
    yield Item(text(f"part.categories.{answer}", language), names, notes)


def kind_text(kind: str, language: Language, otherwise: str = "") -> str:
    """A kind of round in words; ``otherwise`` the name that IRCC gave it, where it is a kind of its own."""
    for key in (f"standing.type.{kind}", f"categories.name.{kind}"):
        if key in catalogue():
            return text(key, language)
    return otherwise or kind
