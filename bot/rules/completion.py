"""Complete a set of points with what an operator has read on the official page.

A completion is a file that names the page (``url``), the day it was read (``read_on``) and who read it
(``reader``), and gives a value for every cell of the set that is not established. It is checked like rule data,
stored as ``<set>.yml`` in the directory of completions, and from then on stands in the place of the empty cells,
with its own provenance.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.rules import shapes
from bot.rules.errors import RulesError
from bot.rules.loader import first_fault, read_yaml
from bot.rules.model import Rule, Source, Version

SET_RULE = "crs.set"
GRAND_TOTAL = "crs.grand_total"
CODES, SIZE, LEVELS = "crs.high_wage.codes", "crs.high_wage.size", "crs.high_wage.levels"
BY_LEVEL = ("crs.high_wage.experience_points", "crs.high_wage.job_offer_points")
UNIT_GROUPS = "noc.unit_groups"
GRIDS = frozenset({"grid", "band_grid"})
BANDED = frozenset({"bands", "column_bands", "band_grid"})


class Completion(BaseModel):
    """What an operator's file must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    set: str
    url: str
    read_on: date
    reader: str = Field(min_length=3)
    note: str | None = None
    rules: dict[str, Any] = Field(min_length=1)

    @field_validator("url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if not url.startswith("https://"):
            raise ValueError("give the https address of the page that was read")
        return url

    @field_validator("reader")
    @classmethod
    def _is_name(cls, reader: str) -> str:
        if not reader.strip():
            raise ValueError("give the name of the person who read the page")
        return reader.strip()


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of the set: its value until now, in the set before, and what the file gives."""

    rule_id: str
    before: Any
    after: Any


def read(path: Path, rules: Mapping[str, Rule], today: date | None = None) -> Completion:
    """The completion in a file, checked against the rules. Raises ``RulesError`` naming file, key and mend."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise RulesError(f"{path.name}: the file holds no keys; it needs set, url, read_on, reader and rules")
    for key in ("url", "read_on", "reader"):
        if not content.get(key):
            raise RulesError(f"{path.name}: {key}: is missing; a completion names url, read_on and reader")
    try:
        completion = Completion.model_validate(content)
    except ValidationError as error:
        raise RulesError(f"{path.name}: {first_fault(error)}") from None
    if today is not None and completion.read_on > today:
        raise RulesError(f"{path.name}: read_on: {completion.read_on} lies in the future")
    try:
        _check(completion, rules)
    except ValueError as error:
        raise RulesError(f"{path.name}: {error}") from None
    return completion


def changes(completion: Completion, rules: Mapping[str, Rule]) -> list[Change]:
    """Every cell that the file gives, beside the value of the set before."""
    found = []
    for rule_id, value in sorted(completion.rules.items()):
        rule = rules[rule_id]
        version = _version(rule, completion.set, rules)
        earlier = [other.value for other in rule.versions if other.effective_from < version.effective_from]
        found.append(Change(rule_id, earlier[-1] if earlier else None, shapes.named(rule.shape, value)))
    return found


def template(set_id: str, rules: Mapping[str, Rule]) -> str:
    """A file to fill in. Raises ``RulesError`` for a set that is not incomplete."""
    started = _incomplete(rules)
    if set_id not in started:
        raise RulesError(f"{set_id}: is not incomplete; these are: {', '.join(started) or 'none'}")
    start = started[set_id].effective_from
    lines = [
        f"# Values of {set_id}, as read on the official page. The value in the set before stands beside each cell;",
        "# write what the page says now, and 0 where something earns nothing any more.",
        f"set: {set_id}",
        "url: ",
        "read_on: ",
        "reader: ",
        "rules:",
    ]
    for rule in rules.values():
        if _is_empty(rule, start):
            earlier = [version.value for version in rule.versions if version.effective_from < start]
            before = json.dumps(shapes.written(rule.shape, earlier[-1])) if earlier else "nothing"
            lines += [f"  # {rule.about} ({rule.shape}); before: {before}", f"  {rule.id}: "]
    return "\n".join(lines)


def store(path: Path, completion: Completion, directory: Path) -> Path:
    """Keep the file as ``<set>.yml`` in the directory of completions; an older one is kept beside it."""
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / f"{completion.set}.yml"
    if target.exists():
        number = sum(1 for _ in directory.glob(f"{completion.set}.yml.*")) + 1
        shutil.copyfile(target, directory / f"{target.name}.{number}")
    fresh = directory / f"{target.name}.new"
    shutil.copyfile(path, fresh)
    fresh.replace(target)
    return target


def completed(rules: Mapping[str, Rule], directory: Path) -> Mapping[str, Rule]:
    """The rules with every completion of the directory in place. Raises ``RulesError`` for a file with a fault."""
    found = dict(rules)
    for path in sorted(directory.glob("*.yml")):
        found.update(_applied(read(path, rules), found))
    return found


def _applied(completion: Completion, rules: Mapping[str, Rule]) -> Iterator[tuple[str, Rule]]:
    source = Source(completion.url, f"Read by {completion.reader}", completion.read_on)
    for rule_id in (*completion.rules, SET_RULE):
        rule = rules[rule_id]
        version = _version(rule, completion.set, rules)
        value = completion.set if rule_id == SET_RULE else shapes.named(rule.shape, completion.rules[rule_id])
        filled = replace(
            version,
            value=value,
            status="in_force",
            sources=(source,),
            verified_on=completion.read_on,
            verified_by=completion.reader,
            confidence="high",
            missing=None,
            note=completion.note,
        )
        versions = tuple(filled if other is version else other for other in rule.versions)
        yield rule_id, replace(rule, versions=versions)


def _check(completion: Completion, rules: Mapping[str, Rule]) -> None:
    """Raise ValueError naming the key that is wrong."""
    started = _incomplete(rules)
    if completion.set not in started:
        raise ValueError(f"set: {completion.set!r} is not incomplete; these are: {', '.join(started) or 'none'}")
    for rule_id, value in completion.rules.items():
        rule = rules.get(rule_id)
        if rule is None or not rule_id.startswith("crs.") or rule_id == SET_RULE:
            raise ValueError(f"rules.{rule_id}: is not a rule of the set")
        _version(rule, completion.set, rules)
        try:
            shapes.check(rule.shape, value)
        except ValueError as error:
            raise ValueError(f"rules.{rule_id}: {error}") from None
        if rule.unit == "points":
            _check_points(rule_id, value)
    needed = [rule_id for rule_id, rule in rules.items() if _is_empty(rule, started[completion.set].effective_from)]
    missing = [rule_id for rule_id in needed if rule_id not in completion.rules]
    if missing:
        raise ValueError(f"rules.{missing[0]}: is missing; {len(missing)} of {len(needed)} cells are not given")
    _check_points_within(completion)
    _check_rows(completion, rules)
    _check_list(completion, rules)


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


def _check_rows(completion: Completion, rules: Mapping[str, Rule]) -> None:
    """Tables by name need exactly the rows of the set before, so that every person finds a row."""
    for change in changes(completion, rules):
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


def _check_list(completion: Completion, rules: Mapping[str, Rule]) -> None:
    """Every occupation exists, every level has points, and the list has the size that was announced."""
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


def _incomplete(rules: Mapping[str, Rule]) -> dict[str, Version]:
    return {str(version.value): version for version in rules[SET_RULE].versions if version.status == "incomplete"}


def _version(rule: Rule, set_id: str, rules: Mapping[str, Rule]) -> Version:
    """The version of a rule that belongs to a set. Raises ValueError for a rule that has none."""
    start = next(version.effective_from for version in rules[SET_RULE].versions if version.value == set_id)
    for version in rule.versions:
        if version.effective_from == start:
            return version
    raise ValueError(f"rules.{rule.id}: has no version from {start}")


def _is_empty(rule: Rule, start: date) -> bool:
    return any(version.effective_from == start and version.value is None for version in rule.versions)


def _figures(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        for entry in value.values():
            yield from _figures(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _figures(entry)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value
