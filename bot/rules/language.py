"""Test scores to levels of the Canadian Language Benchmarks (CLB) and the NCLC."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from bot.rules.book import Rules
from bot.rules.model import Version
from bot.rules.shapes import ABILITIES

LEVELS = frozenset({"clb", "nclc"})


class NotOnScaleError(ValueError):
    """The test has no such score, or stands on no table of the day; the message says which."""


@dataclass(frozen=True, slots=True, eq=False)
class Thresholds:
    """Lowest scores of one ability of one test, rising, and the level that each of them gives."""

    scores: tuple[float, ...]
    levels: tuple[int, ...]
    highest_score: float


@dataclass(frozen=True, slots=True, eq=False)
class LanguageRules:
    """The tables of one day. ``highest_level``: everything above it counts the same."""

    tables: Mapping[str, Mapping[str, Thresholds]]
    sources: Mapping[str, Version]
    accepted: tuple[str, ...]
    highest_level: int

    def level(self, test: str, ability: str, score: float) -> int:
        """The level of one score; 0 below the lowest row. Raises ``NotOnScaleError``.

        ``test`` may be ``clb`` or ``nclc``: the score is the level itself, at most ``highest_level``.
        """
        if test in LEVELS:
            if score < 0:
                raise NotOnScaleError(f"{test} {ability} {score}: a level is 0 or more")
            return min(int(score), self.highest_level)
        try:
            thresholds = self.tables[test][ability]
        except KeyError:
            raise NotOnScaleError(f"{test} {ability}: no table on this day") from None
        if not 0 <= score <= thresholds.highest_score:
            raise NotOnScaleError(
                f"{test} {ability} {score:g}: the scale runs from 0 to {thresholds.highest_score:g}; "
                "check test and score"
            )
        index = bisect_right(thresholds.scores, score)
        return thresholds.levels[index - 1] if index else 0

    def lowest_score(self, test: str, ability: str, level: int) -> float:
        """The lowest score that gives a level. Raises ``NotOnScaleError`` where the table has no such row."""
        if test in LEVELS:
            return float(level)
        try:
            thresholds = self.tables[test][ability]
            return thresholds.scores[thresholds.levels.index(level)]
        except (KeyError, ValueError):
            raise NotOnScaleError(f"{test} {ability}: no row for level {level}") from None


def language_rules(rules: Rules) -> LanguageRules:
    """The tables of the day."""
    compiled: LanguageRules = rules.compiled("language", _compile)
    return compiled


def _compile(rules: Rules) -> LanguageRules:
    tables: dict[str, dict[str, Thresholds]] = {}
    sources: dict[str, Version] = {}
    for highest in rules.under("language.highest_score"):
        test = highest.rule_id.rpartition(".")[2]
        version = rules.version(f"language.{test}")
        rows = sorted((int(level), row) for level, row in version.value.items())
        sources[test] = version
        tables[test] = {
            ability: Thresholds(
                tuple(row[ability] for _, row in rows), tuple(level for level, _ in rows), highest.value[ability]
            )
            for ability in ABILITIES
        }
    return LanguageRules(
        tables, sources, tuple(rules.value("language.accepted")), rules.value("language.highest_level")
    )
