"""Figures of the dated rules, in words, with a memory of which were used."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from babel.core import Locale
from babel.lists import format_list

from bot.knowledge.catalogue import LOCALES, Language, catalogue, day, money, number
from bot.rules import RuleDateError, RuleValue, rulebook

ONE_DAY = timedelta(days=1)
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WITHOUT_WORDS = frozenset({"level", "codes"})
"""Units that the line itself names (CLB 7, 186 occupations)."""


class MissingFigureError(LookupError):
    """A rule holds no value at this date; the argument is its id."""


class Figures:
    """Rule values at one date by id, with a memory of which were read."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.rules = rulebook().at(as_of)
        self._used: dict[str, RuleValue] = {}

    def look(self, rule_id: str) -> RuleValue | None:
        """The rule of this date, without counting it as read; None where no rule stands."""
        try:
            return self.rules.reference(rule_id)
        except RuleDateError:
            return None

    def read(self, rule_id: str) -> RuleValue:
        """The rule of this date. Raises ``MissingFigureError`` if it holds no value, and remembers that too."""
        found = self.look(rule_id)
        if found is not None:
            self._used[rule_id] = found
        if found is None or found.value is None:
            raise MissingFigureError(rule_id)
        return found

    __getitem__ = read

    def earlier(self, rule_id: str) -> RuleValue:
        """The last version that holds a value, on or before this date.

        While the rule in force is incomplete this is the one before it. Raises ``MissingFigureError``.
        """
        found = self.look(rule_id)
        while found is not None and found.value is None:
            found = Figures(found.effective_from - ONE_DAY).look(rule_id)
        if found is None:
            raise MissingFigureError(rule_id)
        self._used[f"{rule_id} until {found.effective_to}"] = found
        return found

    def first_day(self, rule_id: str) -> date:
        """The first day of the rule in force, whether or not it holds a value. Raises ``MissingFigureError``."""
        found = self.look(rule_id)
        if found is None:
            raise MissingFigureError(rule_id)
        return found.effective_from

    @property
    def used(self) -> tuple[RuleValue, ...]:
        """The rules that were read, in order; those without a value too."""
        return tuple(self._used.values())


def in_words(rule: RuleValue, language: Language, *, unit: bool = True) -> str:
    """The value as the language writes it: ``60 calendar days``, ``2 ans``, ``$15,263``, ``0, 1, 2 or 3``."""
    return written(rule.value, rule.unit if unit else None, language)


def written(value: Any, unit: str | None, language: Language) -> str:
    """A value with its unit; raises ``UnknownTextError`` for a unit that has no words."""
    if isinstance(value, date):
        return day(value, language)
    if isinstance(value, list | tuple):
        items = [written(item, None, language) for item in value]
        return format_list(items, style="or", locale=LOCALES[language])
    if isinstance(value, str):
        return day(date.fromisoformat(value), language) if ISO_DATE.fullmatch(value) else value
    if unit == "cad":
        return money(value, language)
    if unit is None or unit in WITHOUT_WORDS:
        return number(value, language)
    form = "one" if Locale.parse(LOCALES[language]).plural_form(value) == "one" else "other"
    return catalogue().say(f"faq.unit.{unit}.{form}", language, n=value)
