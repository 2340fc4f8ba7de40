"""What a newer version of a rule says otherwise than the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

MOST: Final = 60
"""Changes that are listed; a whole new table is read in its file."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place of a value. ``before`` or ``after`` None: it is not there in that version."""

    place: str
    before: Any
    after: Any


def changes(before: Any, after: Any) -> list[Change]:
    """Every place where two values differ, at most ``MOST`` and one more. Lists are compared as sets of entries."""
    old, new = dict(_places(before)), dict(_places(after))
    found = [Change(place, old.get(place), new.get(place)) for place in {**old, **new}]
    return [one for one in found if one.before != one.after][: MOST + 1]


def _places(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from _places(part, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list | tuple):
        for part in value:
            yield (f"{place} {part}".strip(), part) if not isinstance(part, Mapping) else _row(part, place)
    elif value is not None:
        yield place, value


def _row(row: Mapping[str, Any], place: str) -> tuple[str, Any]:
    """A row of a table: its first cell names it, the others are its value."""
    name, *others = row.values()
    return f"{place} {name}".strip(), tuple(others)
