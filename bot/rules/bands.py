"""Rows of official tables that stand for several whole numbers: ``20-29``, ``<=17``, ``>=45``."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")

_FORM = re.compile(r"^(?:(<=|>=|<|>)(\d+)|(\d+)-(\d+)|(\d+))$")


def bounds(band: str) -> tuple[int, int | None]:
    """First and last number of a band; last None means without end. Raises ValueError for another form."""
    match = _FORM.match(band)
    if match is None:
        raise ValueError(f"{band!r} is not a band like 20-29, <=17 or >=45")
    sign, edge, low, high, single = match.groups()
    if single is not None:
        return int(single), int(single)
    if low is not None:
        if int(low) >= int(high):
            raise ValueError(f"{band!r} runs backwards")
        return int(low), int(high)
    number = int(edge)
    return {"<=": (0, number), "<": (0, number - 1), ">=": (number, None), ">": (number + 1, None)}[sign]


def check(bands: Iterable[str], first: int | None = 0) -> None:
    """Raise ValueError unless the bands follow each other without gap or overlap, to no end."""
    spans = [(bounds(band), band) for band in bands]
    spans.sort(key=lambda span: span[0][0])
    if first is not None and spans and spans[0][0][0] != first:
        raise ValueError(f"the first band is {spans[0][1]!r}, expected one that starts with {first}")
    for ((_, last), band), ((start, _), following) in itertools.pairwise(spans):
        if last is None or start <= last:
            raise ValueError(f"the bands {band!r} and {following!r} overlap")
        if start != last + 1:
            raise ValueError(f"no band holds {last + 1}: {band!r} is followed by {following!r}")
    if not spans or spans[-1][0][1] is not None:
        raise ValueError("the last band must be open, like >=45")


def flatten(table: Mapping[str, T]) -> tuple[T, ...]:
    """The table as a tuple indexed by whole number from 0; the last entry holds for every larger number.

    Numbers below the first band take its value.
    """
    spans = sorted(((bounds(band), value) for band, value in table.items()), key=lambda span: span[0][0])
    (first, _), value = spans[0]
    cells: list[T] = [value] * first
    for (low, high), value in spans:
        cells.extend([value] * ((high if high is not None else low) - low + 1))
    return tuple(cells)
