"""Which of the readings that the assistant offered is meant: "in Canada", "mine", "December", "the second one"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from bot.understanding.dates import month_named
from bot.understanding.message import SPOUSE
from bot.understanding.normalise import normalise
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.words import words

_W = words("choosing")
_LONGEST: Final = 60
"""A longer message says something of its own."""
_OUTSIDE: Final = words("work")["outside"]

Choice = Mapping[str, Any]
"""One reading: the facts it tells, with their values as they are stored."""


def chosen(text: str, choices: Sequence[Choice], reason: str) -> Choice | None:
    """The reading that the words choose; None if they choose none. ``reason``: why there are several."""
    plain = normalise(text).text.strip()
    if not plain or len(plain) > _LONGEST or "?" in plain:
        return None
    for place, name in enumerate(("first", "second")):
        if _W[name].fullmatch(plain) and place < len(choices):
            return choices[place]
    fits = _BY_REASON.get(reason)
    fitting = [choice for choice in choices if fits is not None and fits(plain, choice)]
    return fitting[0] if len(fitting) == 1 else None


def _in_the_place(plain: str, choice: Choice) -> bool:
    canada, abroad = bool(CANADA.search(plain)), bool(ABROAD.search(plain))
    outside = _OUTSIDE.search(plain) is not None or _W["not_canada"].search(plain) is not None
    if outside or canada != abroad:
        return ("canadian" if canada and not outside else "foreign") in next(iter(choice))
    return False


def _of_the_person(plain: str, choice: Choice) -> bool:
    mine, theirs = _W["mine"].fullmatch(plain), _W["of_partner"].fullmatch(plain)
    return bool(theirs if next(iter(choice)).startswith(SPOUSE) else mine)


def _in_the_month(plain: str, choice: Choice) -> bool:
    month = month_named(plain)
    return month is not None and all(date.fromisoformat(str(day)).month == month for day in choice.values())


_BY_REASON: Final[Mapping[str, Callable[[str, Choice], bool]]] = {
    "unclear_place": _in_the_place,
    "unclear_person": _of_the_person,
    "ambiguous_date": _in_the_month,
}
