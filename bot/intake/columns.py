"""How a spreadsheet names its columns and parts its cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.intake.cells import OWN, fact_columns
from bot.knowledge.catalogue import LANGUAGES
from bot.knowledge.wording import label

DELIMITERS: Final = ",;\t"
"""The first one wins where none of them is more frequent."""


def delimiter_of(header: str) -> str:
    """What parts the cells: a comma, a semicolon (as spreadsheet programs write in French) or a tab."""
    return max(DELIMITERS, key=header.count)


def facts_of(header: Iterable[str | None]) -> list[str | None]:
    """The fact in each column, ``id`` or ``as_of``; None for a column that is none of them.

    A column is named by its fact's id or by its label in either language; capitals do not matter.
    """
    names = {
        name.casefold(): fact for fact in fact_columns() for name in (fact, *(label(fact, one) for one in LANGUAGES))
    }
    names |= {name: name for name in OWN}
    return [names.get((cell or "").strip().casefold()) for cell in header]
