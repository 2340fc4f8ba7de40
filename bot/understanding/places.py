"""Places: Canada and its cities, Quebec, and everywhere else."""

from __future__ import annotations

from typing import Final

from bot.understanding.words import words

_W = words("places")

CANADA: Final = _W["canada"]
QUEBEC: Final = _W["quebec"]
OUTSIDE_QUEBEC: Final = _W["outside_quebec"]
ABROAD: Final = _W["abroad"]
COUNTRY: Final = _W["country"]
