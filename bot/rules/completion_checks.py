"""Whether what an operator read fits the set: shapes, points, rows and the list of occupations.

Every fault is a ValueError that names the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.rules import shapes
from bot.rules.completion_file import SET_RULE, Completion, incomplete, is_empty, version_of
from bot.rules.model import Rule

GRAND_TOTAL = "crs.grand_total"
CODES, SIZE, LEVELS = "crs.high_wage.codes", "crs.high_wage.size", "crs.high_wage.levels"
BY_LEVEL = ("crs.high_wage.experience_points", "crs.high_wage.job_offer_points")
UNIT_GROUPS = "noc.unit_groups"
GRIDS = frozenset({"grid", "band_grid"})
BANDED = frozenset({"bands", "column_bands", "band_grid"})


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of the set: its value until now, in the set before, and what the file gives."""

    rule_id: str
    before: Any
    after: Any


def check_values(completion: Completion, rules: Mapping[str, Rule]) -> None:
    """Every cell of the set has a value of its shape, and no more points than the whole. Raises ValueError."""
    started = incomplete(rules)
    if completion.set not in started:
        raise ValueError(f"set: {completion.set!r} is not incomplete; these are: {', '.join(started) or 'none'}")
    for rule_id, value in completion.rules.items():
        rule = rules.get(rule_id)
        if rule is None or not rule_id.startswith("crs.") or rule_id == SET_RULE:
            raise ValueError(f"rules.{rule_id}: is not a rule of the set")
        version_of(rule, completion.set, rules)
        try:
            shapes.check(rule.shape, value)
        except ValueError as error:
            raise ValueError(f"rules.{rule_id}: {error}") from None
        if rule.unit == "points":
            _check_points(rule_id, value)
    needed = [rule_id for rule_id, rule in rules.items() if is_empty(rule, started[completion.set].effective_from)]
    missing = [rule_id for rule_id in needed if rule_id not in completion.rules]
    if missing:
        raise ValueError(f"rules.{missing[0]}: is missing; {len(missing)} of {len(needed)} cells are not given")
    _check_points_within(completion)


def _check_points(rule_id: str, value: Any) -> None:
    for points in _figures(value):
        if not isinstance(points, int):
            raise ValueError(f"rules.{rule_id}: {points} is not a whole number of points")


def _check_points_within(completion: Completion) -> None:
    most = completion.rules[GRAND_TOTAL]
    for rule_id, value in completion.rules.items():
        over = [points for points in _figures(value) if points > most] if ".high_wage.codes" not in rule_id else []
        if over and rule_id != SIZE:
            raise ValueError(f"rules.{rule_id}: {over[0]} is more than {GRAND_TOTAL}, {most}")


def check_rows(changes: Iterable[Change], rules: Mapping[str, Rule]) -> None:
    """Tables by name need exactly the rows of the set before, so that every person finds a row. Raises ValueError."""
    for change in changes:
        before, shape = change.before, rules[change.rule_id].shape
        if not isinstance(before, Mapping):
            continue
        if shape in GRIDS:
            _check_columns(change, before)
        if shape in BANDED:
            continue
        gone = set(before) - set(change.after)
        if gone:
            raise ValueError(
                f"rules.{change.rule_id}: row {sorted(gone)[0]!r} is missing; give 0 where it earns nothing"
            )


def _check_columns(change: Change, before: Mapping[str, Mapping[str, Any]]) -> None:
    columns = list(next(iter(before.values())))
    for row, cells in change.after.items():
        if list(cells) != columns:
            raise ValueError(f"rules.{change.rule_id}: {row}: needs exactly the columns {', '.join(columns)}")


def check_list(completion: Completion, rules: Mapping[str, Rule]) -> None:
    """Every occupation exists, every level has points, the list has the size announced. Raises ValueError."""
    known = {row["code"] for row in rules[UNIT_GROUPS].versions[-1].value}
    codes = completion.rules[CODES]
    levels = {str(level) for level in completion.rules.get(LEVELS, rules[LEVELS].versions[-1].value)}
    for code, level in codes.items():
        if code not in known:
            raise ValueError(f"rules.{CODES}: {code!r} is not a unit group of NOC 2021; write five digits in quotes")
        if str(level) not in levels:
            raise ValueError(f"rules.{CODES}: {code}: level {level} is not one of {', '.join(sorted(levels))}")
    for rule_id in BY_LEVEL:
        if set(completion.rules[rule_id]) != levels:
            raise ValueError(f"rules.{rule_id}: needs points for exactly the levels {', '.join(sorted(levels))}")
    size = completion.rules.get(SIZE, rules[SIZE].versions[-1].value)
    if len(codes) != size:
        raise ValueError(f"rules.{CODES}: has {len(codes)} codes, {SIZE} says {size}; give {SIZE} too if it changed")


def _figures(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for entry in value.values():
            yield from _figures(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _figures(entry)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value
