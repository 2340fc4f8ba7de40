"""Which topics are due to be read again, and which hang on a rule.

A topic keeps a stamp of what its rules said at its review. Dates alone would not do: a rule may be completed on the
day of a review, before or after it, or with the date of an older reading.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.knowledge.catalogue import Language, text
from bot.knowledge.figures import Figures
from bot.knowledge.topic import Topic
from bot.rules import RuleValue, UnknownRuleError, rulebook

REVIEW_EVERY_DAYS = 365
_REVIEW: Final = re.compile(r"^(?:reviewed_on|reviewed_by|reviewed_rules):.*\n", re.MULTILINE)


def due(topic: Topic, as_of: date, language: Language = "en") -> tuple[str, ...]:
    """Why the topic has to be read again on this day, in words; empty if it does not."""
    reasons: list[str] = []
    age = (as_of - topic.reviewed_on).days
    if age > REVIEW_EVERY_DAYS:
        reasons.append(text("review.age", language, days=age))
    figures = Figures(as_of)
    for rule_id in topic.depends_on:
        rule = figures.look(rule_id)
        if rule is None:
            reasons.append(text("review.no_rule", language, rule=rule_id))
        elif topic.reviewed_on < rule.effective_from <= as_of:
            reasons.append(text("review.changed", language, rule=rule_id, on=rule.effective_from))
        elif rule.stale:
            reasons.append(text("review.stale", language, rule=rule_id))
    if topic.reviewed_rules != stamp(topic, topic.reviewed_on):
        reasons.append(text("review.otherwise", language))
    return tuple(reasons)


def stamp(topic: Topic, on: date) -> str:
    """Eight letters that change when a rule of the topic says something else of that day; empty without rules."""
    found = Figures(on)
    said = [_content(rule) if (rule := found.look(rule_id)) else None for rule_id in sorted(topic.depends_on)]
    return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()[:8] if said else ""


def _content(rule: RuleValue) -> list[Any]:
    value = "rows" if _is_list_of_rows(rule.value) else rule.value
    return [rule.id, value, rule.unit, rule.effective_from, rule.status, rule.disputed, rule.missing]


def reviewed(path: Path, topic: Topic, *, on: date, by: str) -> None:
    """Write into the topic's file that it was read against its rules and its page."""
    lines = f"reviewed_on: {on}\nreviewed_by: {by}\n"
    if mark := stamp(topic, on):
        lines += f'reviewed_rules: "{mark}"\n'
    written = path.read_text(encoding="utf-8")
    start = written.index("reviewed_on:")
    path.write_text(written[:start] + lines + _REVIEW.sub("", written[start:]), encoding="utf-8")


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
