"""Shapes that the value of a rule can have, and the check for each.

Every check takes a value as YAML gives it and raises ValueError with the key that is wrong.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from typing import Any

from bot.rules import bands

COLUMNS = ("with_spouse", "without_spouse")
ABILITIES = ("reading", "writing", "listening", "speaking")


def check(shape: str, value: Any) -> None:
    """Raise ValueError unless ``value`` has this shape."""
    try:
        checker = SHAPES[shape]
    except KeyError:
        raise ValueError(f"shape {shape!r} is not one of {', '.join(sorted(SHAPES))}") from None
    checker(value)


def named(shape: str, value: Any) -> Any:
    """The value with names instead of places: columns, abilities and family sizes become keys."""
    match shape:
        case "columns":
            return dict(zip(COLUMNS, value, strict=True))
        case "column_table" | "column_bands":
            return {key: dict(zip(COLUMNS, pair, strict=True)) for key, pair in value.items()}
        case "ability_figures":
            return dict(zip(ABILITIES, value, strict=True))
        case "level_table":
            return {level: dict(zip(ABILITIES, row, strict=True)) for level, row in value.items()}
        case "funds_table":
            sizes = {str(size): amount for size, amount in enumerate(value["amounts"], start=1)}
            return {**sizes, "additional": value["additional"]}
    return value


def written(shape: str, value: Any) -> Any:
    """A value of the score with names as rule files write it: the reverse of ``named``."""
    match shape:
        case "columns":
            return list(value.values())
        case "column_table" | "column_bands":
            return {key: list(pair.values()) for key, pair in value.items()}
    return value


def _figure(value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError(f"{value!r} is not a figure of 0 or more")


def _flag(value: Any) -> None:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is not true or false")


def _text(value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is not a text")


def _list_of(item: Callable[[Any], None]) -> Callable[[Any], None]:
    def checker(value: Any) -> None:
        if not isinstance(value, list) or not value:
            raise ValueError(f"{value!r} is not a list")
        for entry in value:
            item(entry)

    return checker


def _code(value: Any) -> None:
    if not isinstance(value, str) or not value.isdigit() or not 2 <= len(value) <= 5:
        raise ValueError(f"{value!r} is not a NOC code in quotes")


def _codes(value: Any) -> None:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list of NOC codes")
    for entry in value:
        _code(entry)
    if len(set(value)) != len(value):
        raise ValueError("a NOC code stands twice")


def _columns(value: Any) -> None:
    """Points with and without an accompanying spouse: ``[with, without]``."""
    if not isinstance(value, list) or len(value) != len(COLUMNS):
        raise ValueError(f"{value!r} is not a pair [with spouse, without spouse]")
    for entry in value:
        _figure(entry)


def _table_of(cell: Callable[[Any], None], *, banded: bool = False) -> Callable[[Any], None]:
    def checker(value: Any) -> None:
        if not isinstance(value, dict) or not value:
            raise ValueError(f"{value!r} is not a table")
        for key, entry in value.items():
            if not isinstance(key, str):
                raise ValueError(f"{key!r}: write the key in quotes")
            try:
                cell(entry)
            except ValueError as error:
                raise ValueError(f"{key}: {error}") from None
        if banded:
            bands.check(value)

    return checker


def _ability_figures(value: Any) -> None:
    if not isinstance(value, list) or len(value) != len(ABILITIES):
        raise ValueError(f"{value!r} is not four figures: {', '.join(ABILITIES)}")
    for entry in value:
        _figure(entry)


def _levels(value: Any) -> None:
    """Lowest score per level: ``"7": [reading, writing, listening, speaking]``; a higher level needs more."""
    _table_of(_list_of(_figure))(value)
    rows = sorted(((int(level), row) for level, row in value.items()), reverse=True)
    for level, row in rows:
        if len(row) != len(ABILITIES):
            raise ValueError(f"{level}: needs four scores: {', '.join(ABILITIES)}")
    for (higher, above), (lower, below) in itertools.pairwise(rows):
        if higher != lower + 1 or not all(a > b for a, b in zip(above, below, strict=True)):
            raise ValueError(f"level {higher} must need more than level {lower} in each ability")


def _funds(value: Any) -> None:
    if not isinstance(value, dict) or set(value) != {"amounts", "additional"}:
        raise ValueError("needs exactly the keys amounts and additional")
    _list_of(_figure)(value["amounts"])
    _figure(value["additional"])
    if value["amounts"] != sorted(value["amounts"]):
        raise ValueError("amounts: a larger family must need more")


def _rows(value: Any) -> None:
    """Rows of a CSV file, as the loader gives them."""
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value) or not value:
        raise ValueError("needs file: with the name of a CSV file beside this one")


SHAPES: Mapping[str, Callable[[Any], None]] = {
    "figure": _figure,
    "flag": _flag,
    "text": _text,
    "figures": _list_of(_figure),
    "ability_figures": _ability_figures,
    "names": _list_of(_text),
    "codes": _codes,
    "columns": _columns,
    "abilities": _table_of(_figure),
    "table": _table_of(_figure),
    "names_table": _table_of(_list_of(_text)),
    "column_table": _table_of(_columns),
    "bands": _table_of(_figure, banded=True),
    "column_bands": _table_of(_columns, banded=True),
    "grid": _table_of(_table_of(_figure)),
    "band_grid": _table_of(_table_of(_figure), banded=True),
    "level_table": _levels,
    "funds_table": _funds,
    "rows": _rows,
}
