"""The book of rules: every rule through time, and the rules of one day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.rules.errors import RuleDateError, UnknownRuleError
from bot.rules.model import Rule, RuleValue, Version

DAYS_KEPT = 64


class RuleBook(Mapping[str, Rule]):
    """Every rule through time, by id. Two books are never the same, so that what was made of one can be kept for it."""

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        self._rules = dict(rules)
        starts = {version.effective_from for rule in rules.values() for version in rule.versions}
        ends = {
            date.fromordinal(version.effective_to.toordinal() + 1)
            for rule in rules.values()
            for version in rule.versions
            if version.effective_to is not None
        }
        self._edges = sorted(starts | ends)
        self._spans: dict[int, Span] = {}
        self._days: dict[date, Rules] = {}

    def __getitem__(self, rule_id: str) -> Rule:
        try:
            return self._rules[rule_id]
        except KeyError:
            raise UnknownRuleError(rule_id) from None

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    @property
    def first_day(self) -> date:
        """The first day for which a score can be computed."""
        return self["crs.set"].versions[0].effective_from

    def edges(self) -> list[date]:
        """The days on which some rule starts or ends, from the first day of the score on."""
        return [edge for edge in self._edges if edge >= self.first_day]

    def at(self, as_of: date) -> Rules:
        """The rules of one day. Raises ``RuleDateError`` for a day before ``first_day``."""
        found = self._days.get(as_of)
        if found is None:
            if as_of < self.first_day:
                raise RuleDateError(f"the rules start on {self.first_day}; no rule stands for {as_of}")
            if len(self._days) >= DAYS_KEPT:
                self._days.clear()
            found = self._days[as_of] = Rules(self, self._span(as_of), as_of)
        return found

    def _span(self, day: date) -> Span:
        index = bisect_right(self._edges, day)
        span = self._spans.get(index)
        if span is None:
            span = self._spans[index] = Span(self, day)
        return span


class Span:
    """The versions that stand together over a run of days in which no rule changes.

    ``tables``: what was compiled from them, by name; computed once for all days of the run.
    """

    __slots__ = ("day", "tables", "versions")

    def __init__(self, book: RuleBook, day: date) -> None:
        self.day = day
        self.versions = {rule.id: rule.on(day) for rule in book.values() if rule.has(day)}
        self.tables: dict[str, Any] = {}


class Rules:
    """The rules of one day."""

    __slots__ = ("_book", "_complete", "_references", "_span", "as_of")

    def __init__(self, book: RuleBook, span: Span, as_of: date) -> None:
        self._book = book
        self._span = span
        self.as_of = as_of
        self._references: dict[str, RuleValue] = {}
        self._complete: Rules | None = None

    def version(self, rule_id: str) -> Version:
        """The version of a rule on this day. Raises ``RuleDateError`` or ``UnknownRuleError``."""
        version = self._span.versions.get(rule_id)
        return version if version is not None else self._book[rule_id].on(self.as_of)

    def value(self, rule_id: str) -> Any:
        """The bare value of a rule on this day; None where nothing is established."""
        return self.version(rule_id).value

    def through_time(self, rule_id: str) -> Rule:
        """A rule with all its versions. Raises ``UnknownRuleError``."""
        return self._book[rule_id]

    def first_day(self, rule_id: str) -> date:
        """The first day for which a rule is written down."""
        return self._book[rule_id].versions[0].effective_from

    def has(self, rule_id: str) -> bool:
        """Whether the rule has a value on this day."""
        version = self._span.versions.get(rule_id)
        return version is not None and version.value is not None

    def under(self, prefix: str) -> Iterator[Version]:
        """The versions of this day whose id starts with ``prefix.``."""
        start = f"{prefix}."
        return (version for rule_id, version in self._span.versions.items() if rule_id.startswith(start))

    def reference(self, reference_id: str) -> RuleValue:
        """A figure by its dotted id: a rule, or one cell of a table (``crs.core.age.30.with_spouse``).

        Raises ``UnknownRuleError`` for an id that does not exist, ``RuleDateError`` for a rule that does not
        stand on this day.
        """
        found = self._references.get(reference_id)
        if found is None:
            found = self._references[reference_id] = self._reference(reference_id)
        return found

    def _reference(self, reference_id: str) -> RuleValue:
        rule_id, path = self._split(reference_id)
        version = self.version(rule_id)
        value = None if version.value is None else cell(version.value, path, reference_id)
        rule = self._book[rule_id]
        needs_check = version.needs_check_since is not None and self.as_of >= version.needs_check_since
        return RuleValue(
            id=reference_id,
            value=value,
            unit=version.unit,
            effective_from=version.effective_from,
            effective_to=version.effective_to,
            status=version.status,
            stale=rule.is_stale(version, self.as_of),
            disputed=version.disputed,
            missing=version.missing,
            sources=version.sources,
            verified_on=version.verified_on,
            confidence=version.confidence,
            note=version.note,
            needs_official_check=version.confirmed if needs_check else None,
            check_reason=version.check_reason if needs_check else None,
        )

    def references(self) -> Iterator[str]:
        """The id of every rule of this day and of every cell of its tables."""
        for rule_id, version in self._span.versions.items():
            yield rule_id
            yield from (f"{rule_id}.{path}" for path in cells(version.value))

    def last_complete_score(self) -> Rules:
        """The rules of the last day, up to this one, on which a score can be computed: this day itself if possible."""
        if self._complete is None:
            self._complete = self._last_complete()
        return self._complete

    def _last_complete(self) -> Rules:
        sets = self._book["crs.set"].versions
        for version in reversed(sets):
            if version.effective_from <= self.as_of and version.status == "in_force":
                last = version.effective_to
                return self if last is None or self.as_of <= last else self._book.at(last)
        raise RuleDateError(f"no complete set of points stands on or before {self.as_of}")

    def compiled(self, name: str, build: Any) -> Any:
        """What ``build(self)`` makes of the rules, computed once for all days on which none of them changes."""
        tables = self._span.tables
        if name not in tables:
            tables[name] = build(self)
        return tables[name]

    def _split(self, reference_id: str) -> tuple[str, tuple[str, ...]]:
        parts = reference_id.split(".")
        for length in range(len(parts), 0, -1):
            rule_id = ".".join(parts[:length])
            if rule_id in self._book:
                return rule_id, tuple(parts[length:])
        raise UnknownRuleError(reference_id)


def cell(value: Any, path: tuple[str, ...], reference_id: str) -> Any:
    """The part of a value that a path leads to. Raises ``UnknownRuleError`` where it leads nowhere."""
    for key in path:
        if isinstance(value, Mapping) and key in value:
            value = value[key]
        else:
            raise UnknownRuleError(reference_id)
    return value


def cells(value: Any) -> Iterator[str]:
    """The paths to the cells of a table."""
    if isinstance(value, Mapping):
        for key, entry in value.items():
            inner = list(cells(entry))
            yield from (f"{key}.{path}" for path in inner) if inner else (str(key),)
