"""Tables that answers carry: funds by family size, programs side by side, latest rounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.knowledge.answer import Table
from bot.knowledge.catalogue import catalogue, text
from bot.knowledge.figures import MissingFigureError
from bot.knowledge.places import Filling

PROGRAMS = ("cec", "fsw", "fst")
COLUMNS = ("program", "work", "language", "education", "other")


def table(table_id: str, filling: Filling) -> Table | None:
    """The table of a topic, or None where the rules hold nothing for it."""
    try:
        return _TABLES[table_id](filling)
    except MissingFigureError:
        return None


def programs(filling: Filling) -> Table:
    """CEC, FSW and FST side by side, with the figures in force."""

    def cell(row: str, column: str) -> str:
        return filling.fill(catalogue()[f"faq.table.programs.{row}.{column}"][filling.language])

    return Table(
        caption=text("faq.table.programs.caption", filling.language),
        head=tuple(cell("head", column) for column in COLUMNS),
        rows=tuple(tuple(cell(row, column) for column in COLUMNS) for row in PROGRAMS),
    )


_TABLES: Mapping[str, Callable[[Filling], Table]] = {"programs": programs}
