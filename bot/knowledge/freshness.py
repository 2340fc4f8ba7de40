"""Which topics are due to be read again, and which hang on a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.knowledge.figures import Figures
from bot.knowledge.topic import Topic
from bot.rules import UnknownRuleError, rulebook

REVIEW_EVERY_DAYS = 365


def due(topic: Topic, as_of: date) -> tuple[str, ...]:
    """Why the topic has to be read again on this day; empty if it does not."""
    reasons: list[str] = []
    age = (as_of - topic.reviewed_on).days
    if age > REVIEW_EVERY_DAYS:
        reasons.append(f"reviewed {age} days ago")
    figures = Figures(as_of)
    for rule_id in topic.depends_on:
        rule = figures.look(rule_id)
        if rule is None:
            reasons.append(f"no rule {rule_id} stands")
        elif topic.reviewed_on < rule.effective_from <= as_of:
            reasons.append(f"{rule_id} changed on {rule.effective_from}")
        elif rule.verified_on > topic.reviewed_on and not _is_list_of_rows(rule.value):
            reasons.append(f"{rule_id} was read anew on {rule.verified_on}")
        elif rule.stale:
            reasons.append(f"{rule_id} is stale")
    return tuple(reasons)


def _is_list_of_rows(value: Any) -> bool:
    """Rows (the rounds) are shown as they are; new ones change no words."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def hanging_on(rule: str, found: Iterable[Topic]) -> list[Topic]:
    """The topics that hang on a rule, one of its cells, or any rule of a group (``crs``, ``crs.additional``).

    Raises ``UnknownRuleError`` if no rule has this id or starts with it.
    """
    if not any(_within(rule_id, rule) or _within(rule, rule_id) for rule_id in rulebook()):
        raise UnknownRuleError(rule)
    return [topic for topic in found if any(_within(other, rule) or _within(rule, other) for other in topic.depends_on)]


def _within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith(f"{outer}.")
