"""Many people at once: a spreadsheet is taken in, assessed row by row in the background, and given back.

Only the reader's own ``id`` of a row goes into the results; names and addresses in other columns are
not looked at. The file that was sent is erased as soon as it is done.
"""

from __future__ import annotations

import base64
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Literal

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.facts import vocabulary
from bot.intake.cells import OWN, RESULT_COLUMNS, fact_columns, safe, score_row
from bot.intake.columns import delimiter_of, facts_of
from bot.intake.sealing import Seal
from bot.intake.work_tables import PrescreenRow
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import label, value_text

Format = Literal["csv", "xlsx"]
Trouble = Literal["not_readable", "no_facts", "too_many_rows", "too_large", "empty"]
MOST_ROWS: Final = 10_000
MOST_BYTES: Final = 20_000_000
MOST_UNPACKED: Final = 200_000_000
STEP: Final = 100
"""Rows after which the progress is told."""
Row = dict[str, str | None]


class PrescreenError(ValueError):
    """The file cannot be taken. ``trouble``: text ``prescreen.<trouble>``."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble

    def text(self, language: Language) -> str:
        return text(f"prescreen.{self.trouble}", language, rows=MOST_ROWS)


class UnknownPrescreenError(LookupError):
    """There is no such file (any more), or it is not done."""


@dataclass(frozen=True, slots=True)
class Prescreen:
    """One file. ``state``: waiting, running or done; ``failed``: rows that could not be read."""

    id: int
    name: str
    staff_id: int | None
    state: str
    as_of: date
    rows: int
    done: int
    failed: int
    created_at: datetime
    finished_at: datetime | None


def template(format_: Format, language: Language) -> bytes:
    """A file to fill in: one column for each fact. In XLSX a second sheet tells what may stand in each."""
    columns = [*OWN, *fact_columns()]
    if format_ == "csv":
        return ("\ufeff" + ",".join(columns) + "\r\n").encode()
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = text("prescreen.sheet", language)
    sheet.append(columns)
    sheet.freeze_panes = "A2"
    told = book.create_sheet(text("prescreen.columns", language))
    for fact_id in fact_columns():
        told.append([fact_id, label(fact_id, language), _allowed(fact_id, language)])
    return _saved(book)


def add(session: Session, seal: Seal, *, name: str, data: bytes, staff_id: int | None, as_of: date) -> Prescreen:
    """Take a file in; it is assessed in the background. Raises ``PrescreenError``."""
    rows = list(read(data))
    if not rows:
        raise PrescreenError("empty")
    row = PrescreenRow(
        name=name[:120],
        staff_id=staff_id,
        state="waiting",
        as_of=as_of,
        rows=len(rows),
        done=0,
        failed=0,
        source_sealed=seal.close(base64.b64encode(data).decode()),
        created_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    return _prescreen(row)


def find(session: Session, _seal: Seal, prescreen_id: int) -> Prescreen:
    """One file with its progress. Raises ``UnknownPrescreenError``."""
    row = session.get(PrescreenRow, prescreen_id)
    if row is None:
        raise UnknownPrescreenError(prescreen_id)
    return _prescreen(row)


def prescreens(session: Session, _seal: Seal) -> list[Prescreen]:
    """Every file, newest first."""
    return [_prescreen(row) for row in session.scalars(select(PrescreenRow).order_by(PrescreenRow.id.desc()))]


def forget(session: Session, _seal: Seal, prescreen_id: int) -> None:
    """Erase a file and its results. Raises ``UnknownPrescreenError``."""
    row = session.get(PrescreenRow, prescreen_id)
    if row is None:
        raise UnknownPrescreenError(prescreen_id)
    session.delete(row)


def results(session: Session, seal: Seal, prescreen_id: int, format_: Format = "csv") -> bytes:
    """The results of a file that is done. Raises ``UnknownPrescreenError``."""
    row = session.get(PrescreenRow, prescreen_id)
    if row is None or row.result_sealed is None:
        raise UnknownPrescreenError(prescreen_id)
    return written(seal.open_json(row.result_sealed), format_)


def is_waiting(session: Session, _seal: Seal) -> bool:
    """Whether a file waits; asked often, it takes no lock."""
    return session.scalar(select(PrescreenRow.id).where(PrescreenRow.state == "waiting").limit(1)) is not None


def claim(session: Session, seal: Seal) -> tuple[Prescreen, bytes] | None:
    """The next file to work on. One that a process left half done is begun anew."""
    row = session.scalar(
        select(PrescreenRow)
        .where(PrescreenRow.state == "waiting")
        .order_by(PrescreenRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if row is None or row.source_sealed is None:
        return None
    row.state = "running"
    return _prescreen(row), base64.b64decode(seal.open(row.source_sealed))


def begin_anew(session: Session, _seal: Seal) -> None:
    """After a start: files that another run of this process was working on wait again."""
    for row in session.scalars(select(PrescreenRow).where(PrescreenRow.state == "running")):
        row.state, row.done, row.failed = "waiting", 0, 0


def progress(session: Session, _seal: Seal, prescreen_id: int, done: int, failed: int) -> None:
    """Tell how far the work is."""
    row = session.get(PrescreenRow, prescreen_id)
    if row is not None:
        row.done, row.failed = done, failed


def finish(session: Session, seal: Seal, prescreen_id: int, found: list[dict[str, Any]]) -> None:
    """Keep the results; the file that was sent is erased."""
    row = session.get(PrescreenRow, prescreen_id)
    if row is None:
        return
    row.state, row.source_sealed, row.finished_at = "done", None, datetime.now(UTC)
    row.done, row.failed = len(found), sum(bool(one.get("error")) for one in found)
    row.result_sealed = seal.close_json(found)


def score(rows: Iterable[Row], on: date, language: Language) -> Iterator[dict[str, Any]]:
    """The results row by row, each with its number in the file (the header is line 1)."""
    for number, row in enumerate(rows, start=2):
        yield {"line": number, **score_row(row, on, language)}


def written(found: Iterable[Mapping[str, Any]], format_: Format) -> bytes:
    """Results as a file that no spreadsheet program computes."""
    columns = ("line", *RESULT_COLUMNS)
    rows = [[safe(row.get(column)) for column in columns] for row in found]
    if format_ == "csv":
        text_ = io.StringIO(newline="")
        csv.writer(text_).writerows([list(columns), *rows])
        return ("\ufeff" + text_.getvalue()).encode()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("results")
    for cells in (list(columns), *rows):
        sheet.append(cells)
    return _saved(book)


def read(data: bytes) -> Iterator[Row]:
    """The rows of a CSV or XLSX file by column. Raises ``PrescreenError``.

    A column is named by its fact's id or by its label in either language. Empty rows are left out.
    """
    if len(data) > MOST_BYTES:
        raise PrescreenError("too_large")
    lines = _xlsx(data) if data.startswith(b"PK") else _csv(data)
    columns = facts_of(next(lines, []))
    if not any(column in vocabulary() for column in columns):
        raise PrescreenError("no_facts")
    count = 0
    for cells in lines:
        row = {column: cell for column, cell in zip(columns, cells, strict=False) if column is not None}
        if any(row.values()):
            count += 1
            if count > MOST_ROWS:
                raise PrescreenError("too_many_rows")
            yield row


def _csv(data: bytes) -> Iterator[list[str | None]]:
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PrescreenError("not_readable") from None
    try:
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter_of(content.partition("\n")[0])):
            yield list(row)
    except csv.Error:
        raise PrescreenError("not_readable") from None


def _xlsx(data: bytes) -> Iterator[list[str | None]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise PrescreenError("too_large")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        if isinstance(error, PrescreenError):
            raise
        raise PrescreenError("not_readable") from None


def _cell(value: Any) -> str | None:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else str(value)


def _allowed(fact_id: str, language: Language) -> str:
    fact = vocabulary()[fact_id]
    if fact.type == "choice":
        return "; ".join(f"{value} ({value_text(fact_id, value, language)})" for value in fact.values)
    return text(f"prescreen.type.{fact.type}", language)


def _saved(book: Workbook) -> bytes:
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def _prescreen(row: PrescreenRow) -> Prescreen:
    return Prescreen(
        row.id,
        row.name,
        row.staff_id,
        row.state,
        row.as_of,
        row.rows,
        row.done,
        row.failed,
        row.created_at,
        row.finished_at,
    )
