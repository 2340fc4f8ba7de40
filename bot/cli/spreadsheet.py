"""A spreadsheet of leads, scored row by row; memory does not grow with the file."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console
from rich.progress import Progress

from bot.assessment import Assessment, assess
from bot.assessment.model import PROGRAMS, SECTIONS
from bot.facts import Profile, vocabulary
from bot.facts.encoding import DECLINED_WORD, UNKNOWN_WORD, decode
from bot.facts.values import Fact
from bot.rules import RuleDateError

OWN = ("id", "as_of")
LISTS = frozenset({"jobs", "stays"})
YES, NO = frozenset({"yes", "true", "1", "oui", "vrai"}), frozenset({"no", "false", "0", "non", "faux"})
COLUMNS = (
    "id",
    "as_of",
    "rule_set",
    "score_status",
    "score_rules",
    "total",
    "low",
    "high",
    *SECTIONS,
    *PROGRAMS,
    "error",
)
NOC_DIGITS = 5
BAR_STEP = 65536


class SpreadsheetError(ValueError):
    """The file cannot be read as a spreadsheet; the message names the file and the mend."""


class CellError(ValueError):
    """A cell cannot be read; the message names the column."""


def score_spreadsheet(source: Path, target: Path | None, on: date) -> None:
    """Score every row of a CSV file into another one, with a progress bar where somebody looks on.

    Columns are named by facts; ``id`` and ``as_of`` may stand beside them, and other columns are left out with a
    warning. A row that cannot be read carries its ``error`` and does not stop the rest.
    """
    console = Console(stderr=True)
    try:
        size = source.stat().st_size
        with (
            source.open(encoding="utf-8-sig", newline="") as rows,
            target.open("w", encoding="utf-8", newline="") if target else nullcontext(sys.stdout) as found,
            Progress(console=console, disable=not console.is_terminal) as progress,
        ):
            task = progress.add_task(source.name, total=size)
            reader = csv.DictReader(_counted(rows, progress, task))
            _check_header(reader.fieldnames, source, console)
            writer = csv.DictWriter(found, COLUMNS, lineterminator="\n")
            writer.writeheader()
            for row in reader:
                writer.writerow(score_row(row, on))
    except OSError as error:
        raise SpreadsheetError(f"{error.filename or source}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise SpreadsheetError(f"{source}: not UTF-8 text; save it as CSV UTF-8") from None
    except csv.Error as error:
        raise SpreadsheetError(f"{source}: not readable as CSV: {error}") from None


def score_row(row: Mapping[str, str | None], on: date) -> dict[str, Any]:
    """One row as a row of results."""
    own = {"id": row.get("id"), "as_of": row.get("as_of") or on.isoformat()}
    try:
        asked = _day(own["as_of"])
        return {**own, **_result(assess(profile_of(row), asked))}
    except (CellError, RuleDateError) as error:
        return {**own, "error": str(error)}


def profile_of(row: Mapping[str, str | None]) -> Profile:
    """The facts of a row; an empty cell was not asked. Raises ``CellError`` naming the column."""
    facts: dict[str, Fact] = {}
    for name, cell in row.items():
        if name in vocabulary() and cell is not None and cell.strip():
            try:
                facts[name] = decode(name, _value(name, cell.strip()), "file")
            except ValueError:
                raise CellError(f"{name}: {cell.strip()!r} is not a possible value") from None
    return Profile(facts)


def _value(name: str, cell: str) -> Any:
    """A cell as the value of a fact. Raises ValueError."""
    word = cell.lower()
    if word in (UNKNOWN_WORD, DECLINED_WORD):
        return word
    match vocabulary()[name].type:
        case "boolean":
            if word not in YES | NO:
                raise ValueError(cell)
            return word in YES
        case "integer":
            return int(cell)
        case "number":
            return float(cell.replace(",", "."))
        case "noc":
            return cell.zfill(NOC_DIGITS)
        case "choice":
            return word
    return cell


def _result(found: Assessment) -> dict[str, Any]:
    score = found.score
    sections: dict[str, Any] = {section.id: section.points for section in score.sections}
    return {
        "as_of": found.as_of.isoformat(),
        "rule_set": found.rule_set,
        "score_status": found.crs.status,
        "score_rules": score.rule_set,
        "total": score.total if score.status == "computed" else None,
        "low": score.low,
        "high": score.high,
        **(sections if score.status == "computed" else {}),
        **{program.id: program.answer for program in found.programs},
    }


def _day(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise CellError(f"as_of: {value!r} is not a day like 2026-11-02") from None


def _check_header(names: Any, source: Path, console: Console) -> None:
    known = [name for name in names or () if name in vocabulary()]
    lists = [name for name in known if vocabulary()[name].type in LISTS]
    if lists:
        raise SpreadsheetError(f"{source}: column {lists[0]}: lists do not fit in a cell; use --jsonl")
    if not known:
        raise SpreadsheetError(f"{source}: no column is named by a fact; name them age, education, language_test, …")
    left_out = [name for name in names if name not in vocabulary() and name not in OWN]
    if left_out:
        console.print(f"Left out: {', '.join(str(name) for name in left_out)}", markup=False)


def _counted(rows: TextIO, progress: Progress, task: Any) -> Iterator[str]:
    """The lines of a file, while the bar moves on now and then."""
    read = 0
    for line in rows:
        read += len(line.encode())
        if read >= BAR_STEP:
            progress.advance(task, read)
            read = 0
        yield line
    progress.advance(task, read)
