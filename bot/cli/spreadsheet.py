"""A spreadsheet of leads, scored row by row; memory does not grow with the file."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from bot.facts import vocabulary
from bot.intake.cells import LISTS, RESULT_COLUMNS, safe, score_row
from bot.intake.columns import delimiter_of, facts_of
from bot.knowledge.catalogue import Language, text

BAR_STEPS = 200
LEAST_NAME = 8


class SpreadsheetError(ValueError):
    """The file cannot be read as a spreadsheet; the message names the file and the mend."""


def score_spreadsheet(source: Path, target: Path | None, on: date, language: Language = "en") -> None:
    """Score every row of a CSV file into another one, with a progress bar where somebody looks on.

    Columns are named by facts or their labels; ``id`` and ``as_of`` may stand beside them, and other columns are left
    out with a warning. A row that cannot be read carries its ``error`` and does not stop the rest; empty rows are
    passed over. Errors and the notice of a row are in ``language``.
    """
    console = Console(stderr=True)
    try:
        size = source.stat().st_size
        with source.open(encoding="utf-8-sig", newline="") as rows:
            header = rows.readline()
            lines = _Lines(chain((header,), rows))
            reader = csv.reader(lines, delimiter=delimiter_of(header))
            columns = _columns(next(reader, []), source, console)
            with (
                target.open("w", encoding="utf-8", newline="") if target else nullcontext(sys.stdout) as found,
                _bar(console, hidden=target is None and sys.stdout.isatty()) as bar,
            ):
                task = bar.add_task(_name(source, console), total=size)
                writer = csv.DictWriter(found, RESULT_COLUMNS, lineterminator="\n")
                writer.writeheader()
                moved = 0
                for cells in reader:
                    if any(cell.strip() for cell in cells):
                        scored = _scored(cells, columns, on, language)
                        writer.writerow({name: safe(cell) for name, cell in scored.items()})
                    if lines.read - moved >= size / BAR_STEPS:
                        moved = lines.read
                        bar.update(task, completed=moved)
                bar.update(task, completed=size)
    except OSError as error:
        raise SpreadsheetError(f"{error.filename or source}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SpreadsheetError(f"{source}: not UTF-8 text; save it as CSV UTF-8") from None
    except csv.Error as error:
        raise SpreadsheetError(f"{source}: not readable as CSV: {error}") from None


def _scored(cells: Sequence[str], columns: Sequence[str | None], on: date, language: Language) -> dict[str, Any]:
    """One row of results. A row with more cells than columns has slipped, so that nothing in it can be trusted."""
    row = {column: cell for column, cell in zip(columns, cells, strict=False) if column is not None}
    if any(cell.strip() for cell in cells[len(columns) :]):
        own = {"id": row.get("id"), "as_of": row.get("as_of") or on.isoformat()}
        return {**own, "error": text("cell.too_many", language)}
    return score_row(row, on, language)


def _columns(header: Sequence[str], source: Path, console: Console) -> list[str | None]:
    """The fact in each column. Raises ``SpreadsheetError``."""
    found = facts_of(header)
    lists = [name for name in header if name in vocabulary() and vocabulary()[name].type in LISTS]
    if lists:
        raise SpreadsheetError(f"{source}: column {lists[0]}: lists do not fit in a cell; use --jsonl")
    known = [name for name in found if name is not None]
    if not any(name in vocabulary() for name in known):
        raise SpreadsheetError(f"{source}: no column is named by a fact; name them age, education, language_test, …")
    twice = next((name for name in known if known.count(name) > 1), None)
    if twice is not None:
        raise SpreadsheetError(f"{source}: column {twice} stands there twice; leave one of them out")
    left_out = [title for title, name in zip(header, found, strict=True) if name is None]
    if left_out:
        console.print(f"Left out: {', '.join(left_out)}", markup=False)
    return found


def _bar(console: Console, *, hidden: bool) -> Progress:
    """The bar, as wide as the screen; ``hidden`` where the rows go to the same screen and would run through it."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=console, disable=hidden or not console.is_terminal)


def _name(source: Path, console: Console) -> str:
    """The name of the file, short enough to leave the bar its room."""
    name = Text(source.name)
    name.truncate(max(LEAST_NAME, console.width // 3), overflow="ellipsis")
    return name.plain


class _Lines:
    """The lines of a file, and how many bytes of it were read."""

    def __init__(self, rows: Iterable[str]) -> None:
        self.rows, self.read = rows, 0

    def __iter__(self) -> Iterator[str]:
        for line in self.rows:
            self.read += len(line.encode())
            yield line
