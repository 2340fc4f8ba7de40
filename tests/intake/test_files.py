"""Files in and out: a spreadsheet of people is assessed row by row; leads leave as CSV and JSON, never as formulas."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.facts import Profile
from bot.intake import erasure, export, prescreen, replies, work
from bot.intake.cells import FORMULA_STARTS, fact_columns, safe
from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.intake.prescreen import PrescreenError
from bot.intake.replies import ReplyError
from bot.knowledge.catalogue import LANGUAGES
from tests.databases import database, sqlite_url
from tests.intake.people import DAY, made

__all__ = ["database"]
database_url = sqlite_url

PEOPLE = """id;Age;éducation;education;name;as_of
A-1;31;;master;Anna;
A-2;two hundred;;master;Ben;
;;;;;
A-3;29;;bachelor;=SUM(A1);2026-13-01
"""


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def worked(database: Database, data: bytes, format_: prescreen.Format = "csv") -> bytes:
    """A file that went all the way through."""
    with database.session() as session:
        added = prescreen.add(session, database.seal, name="people.csv", data=data, staff_id=1, as_of=DAY)
    with database.session() as session:
        claimed = prescreen.claim(session, database.seal)
        assert claimed is not None
        found = list(prescreen.score(prescreen.read(claimed[1]), claimed[0].as_of, "en"))
        prescreen.finish(session, database.seal, added.id, found)
    with database.session(reading=True) as session:
        return prescreen.results(session, database.seal, added.id, format_)


def test_each_row_is_assessed_and_a_bad_one_says_why(database: Database) -> None:
    first, second, third = rows(worked(database, PEOPLE.encode()))
    assert (first["id"], first["line"], first["error"], first["as_of"]) == ("A-1", "2", "", DAY.isoformat())
    assert int(first["high"]) >= int(first["low"]) > 0
    assert second["error"] == 'age: "two hundred" is not a possible value. It takes a whole number from 0 to 120.'
    assert third["error"] == 'as_of: "2026-13-01" is not a day written as year-month-day'
    assert "Anna" not in worked(database, PEOPLE.encode()).decode("utf-8-sig")


def test_the_file_that_was_sent_is_erased_when_it_is_done(database: Database) -> None:
    worked(database, PEOPLE.encode())
    with database.session(reading=True) as session:
        (done,) = prescreen.prescreens(session, database.seal)
        assert (done.state, done.rows, done.done, done.failed) == ("done", 3, 3, 2)
        assert prescreen.claim(session, database.seal) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_template_comes_back_assessed(database: Database, language: str) -> None:
    book = load_workbook(io.BytesIO(prescreen.template("xlsx", language)))  # type: ignore[arg-type]
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    assert header == ["id", "as_of", *fact_columns()]
    values = {"id": 7, "age": 31, "education": "master", "eca_issued_on": date(2025, 1, 5)}
    sheet.append([values.get(str(name)) for name in header])
    filled = io.BytesIO()
    book.save(filled)
    found = load_workbook(io.BytesIO(worked(database, filled.getvalue(), "xlsx"))).worksheets[0]
    told = dict(zip(*[[cell.value for cell in row] for row in found.iter_rows()], strict=True))
    assert (str(told["id"]), told["error"]) == ("7", None)
    assert prescreen.template("csv", "en").decode("utf-8-sig").startswith("id,as_of,stage")


@pytest.mark.parametrize(
    ("data", "trouble"),
    [
        (b"\xff\xfe\x00", "not_readable"),
        (b"PK\x03\x04 not really", "not_readable"),
        (b"name,phone\nAnna,1\n", "no_facts"),
        (b"age\n", "empty"),
        (b"", "no_facts"),
        (b"age\n" + b"30\n" * (prescreen.MOST_ROWS + 1), "too_many_rows"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_both_languages(
    database: Database, data: bytes, trouble: str
) -> None:
    with database.session() as session, pytest.raises(PrescreenError) as refused:
        prescreen.add(session, database.seal, name="x", data=data, staff_id=1, as_of=DAY)
    assert refused.value.trouble == trouble
    assert all(refused.value.text(language) for language in LANGUAGES)


@given(st.text() | st.sampled_from(FORMULA_STARTS).flatmap(lambda start: st.text().map(lambda rest: start + rest)))
def test_no_cell_begins_like_a_formula(written: str) -> None:
    assert not str(safe(written)).startswith(FORMULA_STARTS)
    assert str(safe(written)).endswith(written)


def test_a_result_in_xlsx_holds_no_formula() -> None:
    data = prescreen.written([{"id": "=1+1", "error": "@x"}], "xlsx")
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_leads_leave_with_chosen_columns_and_without_those_erased(database: Database) -> None:
    kept = made(database, name="=HYPERLINK(1)", profile=Profile.of(age=31))
    gone = made(database, name="Gone Person", contact="gone@home.example")
    with database.session() as session:
        work.set_labels(session, database.seal, kept.id, ["nurse"], staff_id=1)
        erasure.erase(session, database.seal, gone.conversation_id, "visitor")
    with database.session(reading=True) as session:
        text = export.as_csv(session, database.seal, Filters(open=None), ["reference", "name", "labels", "age"])
        data = json.loads(export.as_json(session, database.seal, Filters(open=None)))
        with pytest.raises(export.UnknownColumnError):
            export.as_csv(session, database.seal, Filters(), ["password"])
    assert list(csv.reader(io.StringIO(text))) == [
        ["reference", "name", "labels", "age"],
        [kept.reference, "'=HYPERLINK(1)", "nurse", "31"],
    ]
    assert [lead["reference"] for lead in data["leads"]] == [kept.reference]
    assert data["leads"][0]["facts"] == {"age": 31}


def test_a_reply_that_promises_is_not_kept(database: Database) -> None:
    with database.session() as session:
        with pytest.raises(ReplyError) as refused:
            replies.keep(session, database.seal, title="Yes", en="You are guaranteed.", fr="C'est garanti.", staff_id=1)
        assert len(refused.value.faults) >= 2
        with pytest.raises(ReplyError):
            replies.keep(session, database.seal, title="Yes", en="Only English", fr=" ", staff_id=1)
        kept = replies.keep(
            session, database.seal, title="Thanks", en="Thank you, we read it.", fr="Merci, nous lisons.", staff_id=1
        )
        again = replies.keep(
            session, database.seal, title="Thanks!", en="Thank you.", fr="Merci.", staff_id=2, reply_id=kept.id
        )
        assert [reply.title for reply in replies.replies(session, database.seal)] == ["Thanks!"]
        assert (again.id, again["fr"]) == (kept.id, "Merci.")
        assert replies.remove(session, database.seal, kept.id)


def test_staff_of_a_workbook_with_two_sheets_is_read_from_the_first() -> None:
    book = Workbook()
    book.worksheets[0].append(["age"])
    book.worksheets[0].append([40.0])
    book.create_sheet("other").append(["age", 1])
    data = io.BytesIO()
    book.save(data)
    assert list(prescreen.read(data.getvalue())) == [{"age": "40"}]
