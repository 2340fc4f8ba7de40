"""Places: Canada and its cities, Quebec, and everywhere else."""

from __future__ import annotations

import re
from typing import Final

from babel import Locale

from bot.understanding.normalise import normalise
from bot.understanding.words import words

_W = words("places")

CANADA: Final = _W["canada"]
QUEBEC: Final = _W["quebec"]
OUTSIDE_QUEBEC: Final = _W["outside_quebec"]


def _country_names() -> str:
    """Names of every country but Canada, English and French, on the plain form."""
    names = {
        normalise(name).text
        for language in ("en", "fr")
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code not in _NOT_COUNTRIES
    }
    by_start: dict[str, list[str]] = {}
    for name in sorted((name for name in names if len(name) > 3), key=len, reverse=True):
        by_start.setdefault(name[:2], []).append(re.escape(name[2:]))
    return "|".join(f"{re.escape(start)}(?:{'|'.join(ends)})" for start, ends in sorted(by_start.items()))


# Canada itself, and codes that are no country (the world, the euro area, unknown).
_NOT_COUNTRIES: Final = frozenset({"CA", "ZZ", "EU", "EZ", "UN", "XA", "XB", "QO"})
_EVERY_COUNTRY: Final = _country_names()
ABROAD: Final = re.compile(rf"{_W.source('abroad')}|\b(?:{_EVERY_COUNTRY})\b")
COUNTRY: Final = re.compile(rf"{_W.source('country')}|\b(?:{_EVERY_COUNTRY})\b")
