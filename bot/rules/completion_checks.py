"""Whether what an operator read fits the set: shapes, points, rows and the list of occupations.

Every fault is a ValueError that names the key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.rules import shapes
from bot.rules.completion_file import SET_RULE, Completion, incomplete, is_empty, value_of, version_of
from bot.rules.model import Rule

GRAND_TOTAL = "crs.grand_total"
CODES, SIZE, LEVELS = "crs.high_wage.codes", "crs.high_wage.size", "crs.high_wage.levels"
BY_LEVEL = ("crs.high_wage.experience_points", "crs.high_wage.job_offer_points")
UNLISTED = "crs.high_wage.unlisted_points"
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
        if value is None:
            continue
        try:
            shapes.check(rule.shape, value)
        except ValueError as error:
            raise ValueError(f"rules.{rule_id}: {error}") from None
        if rule.unit is not None:
            _check_whole(rule_id, value)
    needed = [rule_id for rule_id, rule in rules.items() if is_empty(rule, started[completion.set].effective_from)]
    blank = [rule_id for rule_id, value in completion.rules.items() if value is None]
    missing = [rule_id for rule_id in needed if rule_id not in completion.rules] + blank
    if missing:
        raise ValueError(f"rules.{missing[0]}: is missing; {len(missing)} of {len(needed)} cells are not given")
    _check_points(completion, rules)


def _check_whole(rule_id: str, value: Any) -> None:
    """Points, levels, years, months and ages are counted in whole numbers."""
    for figure in _figures(value):
        if not isinstance(figure, int):
            raise ValueError(f"rules.{rule_id}: {figure} is not a whole number")


def _check_points(completion: Completion, rules: Mapping[str, Rule]) -> None:
    most = value_of(GRAND_TOTAL, completion, rules)
    for rule_id, value in completion.rules.items():
        if rules[rule_id].unit == "points" and (highest := max(_figures(value))) > most:
            raise ValueError(f"rules.{rule_id}: {highest} is more than {GRAND_TOTAL}, {most}")


def check_rows(changes: Iterable[Change], rules: Mapping[str, Rule]) -> None:
    """Tables have the rows, columns and names of the set before. Raises ValueError.

    One that is missing would leave somebody without a row, and nobody would ever earn one that is new.
    """
    for change in changes:
        if change.before is None:
            continue
        shape = rules[change.rule_id].shape
        if shape in GRIDS:
            _check_columns(change)
        if isinstance(change.before, Mapping) and shape not in BANDED:
            _check_known(change, change.after, change.before)
            _check_whole_table(change)
        if shape == "names_table":
            _check_each_once(change, _names(change.after), _names(change.before))
        if shape == "names":
            _check_known(change, change.after, change.before)


def _check_known(change: Change, given: Iterable[str], known: Iterable[str]) -> None:
    for name in given:
        if name not in known:
            raise ValueError(f"rules.{change.rule_id}: {name!r} is not in the set before; nothing would read it")


def _check_whole_table(change: Change) -> None:
    gone = set(change.before) - set(change.after)
    if gone:
        raise ValueError(f"rules.{change.rule_id}: row {sorted(gone)[0]!r} is missing; give 0 where it earns nothing")


def _check_each_once(change: Change, given: Sequence[str], known: Sequence[str]) -> None:
    _check_known(change, given, known)
    for name in known:
        if given.count(name) != 1:
            raise ValueError(f"rules.{change.rule_id}: {name!r} must stand in exactly one row")


def _names(table: Mapping[str, Iterable[str]]) -> list[str]:
    return [name for row in table.values() for name in row]


def _check_columns(change: Change) -> None:
    columns = list(next(iter(change.before.values())))
    for row, cells in change.after.items():
        if list(cells) != columns:
            raise ValueError(f"rules.{change.rule_id}: {row}: needs exactly the columns {', '.join(columns)}")


def check_list(completion: Completion, rules: Mapping[str, Rule]) -> None:
    """Every occupation exists, every level has points, the list has the size announced. Raises ValueError."""

    def value(rule_id: str) -> Any:
        return value_of(rule_id, completion, rules)

    known = {row["code"] for row in rules[UNIT_GROUPS].versions[-1].value}
    codes, size = value(CODES), value(SIZE)
    levels = {str(level) for level in value(LEVELS)}
    for code, level in codes.items():
        if code not in known:
            raise ValueError(f"rules.{CODES}: {code!r} is not a unit group of NOC 2021; write five digits in quotes")
        if str(level) not in levels:
            raise ValueError(f"rules.{CODES}: {code}: level {level} is not one of {', '.join(sorted(levels))}")
    for rule_id in BY_LEVEL:
        if set(value(rule_id)) != levels:
            raise ValueError(f"rules.{rule_id}: needs points for exactly the levels {', '.join(sorted(levels))}")
    if len(codes) != size:
        raise ValueError(f"rules.{CODES}: has {len(codes)} codes, {SIZE} says {size}; give {SIZE} too if it changed")
    if value(UNLISTED):
        raise ValueError(f"rules.{UNLISTED}: the score counts no points for an occupation that is not on the list")


def _figures(value: Any) -> Iterator[Any]:
    """The figures of a value that has a unit: itself, or every cell of it."""
    if isinstance(value, Mapping | list):
        for entry in value.values() if isinstance(value, Mapping) else value:
            yield from _figures(entry)
    else:
        yield value
