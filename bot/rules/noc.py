"""Unit groups of the National Occupational Classification 2021."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.rules.book import Rules


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """One occupation: five-digit code, TEER category 0 to 5, title in English."""

    code: str
    teer: int
    title: str


def unit_groups(rules: Rules) -> Mapping[str, UnitGroup]:
    """The unit groups of the day by code; none before NOC 2021."""
    compiled: Mapping[str, UnitGroup] = rules.compiled("noc", _compile)
    return compiled


def _compile(rules: Rules) -> Mapping[str, UnitGroup]:
    if not rules.has("noc.unit_groups"):
        return {}
    return {
        row["code"]: UnitGroup(row["code"], int(row["teer"]), row["title"]) for row in rules.value("noc.unit_groups")
    }
