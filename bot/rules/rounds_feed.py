"""IRCC's own feed of the rounds of invitations (``ee_rounds_123_en.json``), read and checked.

The feed is ``{"rounds": [{"drawNumber": "447", "drawDate": "2026-10-01", "drawName": …, "drawSize": "3,500",
"drawCRS": "476", "drawCutOff": "May 28, 2026 at 16:55:23 UTC", "drawDistributionAsOn": …, "dd1" … "dd18"}, …]}``:
every value is text. ``dd18`` is the size of the pool. Anything that is not as expected is a fault; nothing is guessed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, Final

from bot.rules.errors import RulesError

Row = Mapping[str, str]
"""One round with the keys of ``rounds.csv``: round, date, type, name, crs_cutoff, itas, tie_break_utc, …"""

HIGHEST_SCORE: Final = 1200
GENERAL: Final = "GENERAL"
_TYPES: Final = (
    ("no program specified", GENERAL),
    ("^general$", GENERAL),
    ("provincial nominee", "PNP"),
    ("canadian experience class", "CEC"),
    ("federal skilled trades", "FST"),
    ("federal skilled worker", "FSW"),
    ("french", "FRENCH"),
    ("physicians", "PHYSICIANS"),
    ("senior managers", "SENIOR_MANAGERS"),
    ("researchers", "RESEARCHERS"),
    ("military", "MILITARY"),
    ("health", "HEALTHCARE"),
    ("stem", "STEM"),
    ("trade", "TRADES"),
    ("transport", "TRANSPORT"),
    ("agriculture", "AGRICULTURE"),
    ("education", "EDUCATION"),
)
"""How a word of a name of the feed starts, in this order, and the kind of round it is."""

_VERSION = re.compile(r"[\s,(]*(?:20\d\d-)?version\s*\d+\)?\s*$", re.IGNORECASE)
_MOMENT = re.compile(
    r"(?P<month>[A-Z][a-z]+)\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\s+at\s+"
    r"(?P<time>\d{1,2}:\d{2}:\d{2})(?:\s+UTC)?"
)
"""Written by hand at IRCC: with ordinals, double spaces, and in round 383 without its UTC."""


def read_feed(text: str, *, since: date, today: date) -> list[Row]:
    """The rounds held on or after ``since``, oldest first. Raises ``RulesError`` naming the round and the field."""
    try:
        content = json.loads(text)
    except ValueError as error:
        raise RulesError(f"the feed is not JSON: {error}") from None
    entries = content.get("rounds") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not entries:
        raise RulesError("the feed holds no list of rounds")
    rows = [_row(entry, on, today) for entry in entries if (on := _held(entry)) >= since]
    if not rows:
        raise RulesError(f"the feed holds no round since {since}")
    rows.sort(key=lambda row: int(row["round"]))
    for earlier, later in pairwise(rows):
        _check_order(earlier, later)
    return rows


def kind(name: str) -> str:
    """The kind of round a name of the feed stands for; of a name never seen before, the name itself as an id."""
    plain = _VERSION.sub("", name).lower()
    for start, found in _TYPES:
        if re.search(rf"\b{start}", plain):
            return found
    return re.sub(r"\W+", "_", plain).strip("_").upper()


def is_known(row: Row) -> bool:
    """Whether the kind of a round is one that the assistant has words for."""
    return row["type"] in {found for _, found in _TYPES}


def _held(entry: Any) -> date:
    if not isinstance(entry, dict):
        raise RulesError(f"the feed holds {str(entry)[:40]!r} where a round should be")
    return _date(_field(entry, "drawDate"), _name(entry), "drawDate", "%Y-%m-%d")


def _row(entry: dict[str, Any], on: date, today: date) -> Row:
    where = _name(entry)
    if on > today:
        raise RulesError(f"{where}: drawDate: {on} lies in the future")
    raw_tie_break = str(entry.get("drawCutOff") or "").strip()
    tie_break = _moment(raw_tie_break, where) if raw_tie_break else None
    if tie_break is not None and tie_break.date() > on:
        raise RulesError(f"{where}: drawCutOff: {raw_tie_break} lies after the round")
    name = _field(entry, "drawName")
    return {
        "round": str(_number(entry, "drawNumber", most=100_000)),
        "date": on.isoformat(),
        "type": kind(name),
        "name": name,
        "programs": str(entry.get("drawText2") or "").strip(),
        "crs_cutoff": str(_number(entry, "drawCRS", most=HIGHEST_SCORE)),
        "itas": str(_number(entry, "drawSize", most=100_000)),
        "tie_break_utc": f"{tie_break:%Y-%m-%dT%H:%M:%SZ}" if tie_break else "",
        "tie_break_raw": raw_tie_break,
        "pool_as_of": _field(entry, "drawDistributionAsOn"),
        "pool_total": str(_number(entry, "dd18", most=10_000_000)),
        "source_key": "IRCC",
    }


def _check_order(earlier: Row, later: Row) -> None:
    number, following = int(earlier["round"]), int(later["round"])
    if following == number:
        raise RulesError(f"round {number} stands twice in the feed")
    if following != number + 1:
        raise RulesError(f"round {number + 1} is missing in the feed, {following} follows {number}")
    if later["date"] < earlier["date"]:
        raise RulesError(f"round {following} of {later['date']} lies before round {number} of {earlier['date']}")


def _name(entry: dict[str, Any]) -> str:
    return f"round {entry.get('drawNumber', '?')}"


def _field(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise RulesError(f"{_name(entry)}: {key}: is missing")
    return " ".join(value.split())


def _number(entry: dict[str, Any], key: str, *, most: int) -> int:
    text = _field(entry, key).replace(",", "")
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= most:
        raise RulesError(f"{_name(entry)}: {key}: {entry[key]!r} is not a number from 1 to {most}")
    return int(text)


def _date(text: str, where: str, key: str, form: str) -> date:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        raise RulesError(f"{where}: {key}: {text!r} is not a date") from None


def _moment(text: str, where: str) -> datetime:
    found = _MOMENT.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        written = "{month} {day} {year} {time}".format(**found.groupdict())
        return datetime.strptime(written, "%B %d %Y %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        raise RulesError(f"{where}: drawCutOff: {text!r} is not a time in UTC") from None
