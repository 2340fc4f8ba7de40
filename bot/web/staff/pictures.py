"""Pictures made by the server: SVG without style or script, each with its text alternative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from markupsafe import Markup

WIDTH: Final = 420
ROW: Final = 44
BAR: Final = 16


@dataclass(frozen=True, slots=True)
class Bar:
    """``low`` to ``high`` of ``most``; both the same when nothing is open. ``said``: the figure in words."""

    label: str
    low: float
    high: float
    most: float
    said: str


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """Horizontal bars: full up to ``low``, hatched up to ``high``, on a ground of ``most``."""
    described = "; ".join(f"{row.label}: {row.said}" for row in rows)
    drawn = Markup("").join(_bar(place, row) for place, row in enumerate(rows))
    return Markup(
        '<svg class="bars" role="img" viewBox="0 0 {} {}" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{}</svg>'
    ).format(WIDTH, len(rows) * ROW, f"{title}: {described}", drawn)


def score(card: Mapping[str, Any], words: Any) -> Markup:
    """The sections of a result card (``bot.knowledge.results.result_card``) and their sum."""
    rows = [
        Bar(
            label=part["label"],
            low=part["low"],
            high=part["high"],
            most=part["max"],
            said=words.say("picture.of", points=_span(part["low"], part["high"], words), most=part["max"]),
        )
        for part in (*card["sections"], card["total"])
        if part["max"]
    ]
    return bars(card["total"]["label"], rows)


def funnel(title: str, steps: Sequence[tuple[str, int]], words: Any) -> Markup:
    """How many came to each step; each bar is a share of the first."""
    most = max((count for _, count in steps), default=0) or 1
    return bars(title, [Bar(label, count, count, most, words.number(count)) for label, count in steps])


def _span(low: float, high: float, words: Any) -> str:
    return words.number(low) if low == high else f"{words.number(low)}–{words.number(high)}"


def _bar(place: int, row: Bar) -> Markup:
    top = place * ROW
    low, high = (round(WIDTH * value / row.most, 1) if row.most else 0 for value in (row.low, row.high))
    return Markup(
        '<text x="0" y="{}">{}</text><text x="{}" y="{}" text-anchor="end" class="said">{}</text>'
        '<rect class="ground" x="0" y="{}" width="{}" height="{}" rx="4"/>'
        '<rect class="maybe" x="0" y="{}" width="{}" height="{}" rx="4"/>'
        '<rect class="sure" x="0" y="{}" width="{}" height="{}" rx="4"/>'
    ).format(
        top + 14, row.label, WIDTH, top + 14, row.said,
        top + 20, WIDTH, BAR, top + 20, high, BAR, top + 20, low, BAR,
    )  # fmt: skip
