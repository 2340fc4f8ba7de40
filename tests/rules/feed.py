"""IRCC's feed of the rounds as it is written, made from the rounds that the product is shipped with."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.rules.loader import load
from bot.rules.rounds_import import HISTORY

TODAY = date(2026, 11, 25)
RULES = load()
SHIPPED: list[dict[str, str]] = RULES[HISTORY].versions[-1].value
NEWEST = int(SHIPPED[-1]["round"])


def entry(row: dict[str, str]) -> dict[str, str]:
    """A round of ``rounds.csv`` with the fields of the feed."""
    number = row["round"]
    on = date.fromisoformat(row["date"])
    return {
        "drawNumber": number,
        "drawNumberURL": f"<a href='/content/canadasite/en/…/invitations.html?q={number}'>{number}</a>",
        "drawDate": row["date"],
        "drawDateFull": f"{on:%B} {on.day}, {on.year}",
        "drawName": row["name"],
        "drawSize": f"{int(row['itas']):,}",
        "drawCRS": row["crs_cutoff"],
        "drawText2": row["programs"],
        "drawDateTime": f"{on:%B} {on.day}, {on.year} at 14:00:00 UTC",
        "drawCutOff": row["tie_break_raw"],
        "drawDistributionAsOn": row["pool_as_of"],
        "dd1": "728",
        "dd18": f"{int(row['pool_total']):,}",
    }


def new(number: int, on: str, name: str, cut_off: int, invitations: int, **fields: str) -> dict[str, str]:
    """A round that is not among those shipped."""
    return {
        **entry(SHIPPED[-1]),
        "drawNumber": str(number),
        "drawDate": on,
        "drawName": name,
        "drawCRS": str(cut_off),
        "drawSize": f"{invitations:,}",
        "drawCutOff": "September 2nd 2026 at  08:15:00 UTC",
        **fields,
    }


def entries(*more: dict[str, str]) -> list[dict[str, Any]]:
    """Newest first, as in the feed."""
    return [*reversed(more), *(entry(row) for row in reversed(SHIPPED))]


def feed(*more: dict[str, str]) -> str:
    return json.dumps({"classes": "wb-tables table", "rounds": entries(*more)})
