"""Checks of the rules as a whole, beyond the form of each file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.rules.book import RuleBook
from bot.rules.errors import RulesError
from bot.rules.language import language_rules
from bot.rules.noc import unit_groups
from bot.rules.programs import program_rules
from bot.rules.score import score_rules


def check_book(book: RuleBook) -> None:
    """Compile every span of days and compare what must agree. Raises ``RulesError`` naming file and rule."""
    for fault in faults(book):
        raise RulesError(fault)


def faults(book: RuleBook) -> Iterator[str]:
    """What is wrong, each as ``file: rule: what``."""
    yield from _outside_sets(book)
    for day in book.edges():
        rules = book.at(day)
        try:
            language_rules(rules)
            program_rules(rules)
            if rules.last_complete_score() is rules:
                score_rules(rules)
        except (LookupError, TypeError, ValueError) as error:
            yield f"rules of {day}: do not fit together: {error}"
            continue
        yield from _codes(book, day)


def _outside_sets(book: RuleBook) -> Iterator[str]:
    """A rule of the score changes only on the first day of a set of points."""
    starts = {version.effective_from for version in book["crs.set"].versions}
    for rule in book.values():
        if rule.subject == "crs":
            for version in rule.versions:
                if version.effective_from not in starts:
                    yield f"{rule.file}: {rule.id}: from: {version.effective_from} is not the first day of a set"


def _codes(book: RuleBook, day: date) -> Iterator[str]:
    """Every NOC code of five digits exists, and there are as many unit groups as the classification has."""
    rules = book.at(day)
    groups = unit_groups(rules)
    if not groups:
        return
    if len(groups) != rules.value("noc.count"):
        yield f"{book['noc.unit_groups'].file}: noc.unit_groups: has {len(groups)} rows, noc.count differs"
    for rule in book.values():
        if rule.shape == "codes" and rule.has(day):
            for code in rules.value(rule.id) or ():
                if not any(known.startswith(code) for known in groups):
                    yield f"{rule.file}: {rule.id}: {code} is not in the classification"
