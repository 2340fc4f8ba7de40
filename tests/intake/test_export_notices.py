"""What leaves the house says that it is general information and not legal advice (R-06)."""

from __future__ import annotations

import csv
import io
import json

import openpyxl
import pytest

from bot.intake import export, prescreen, subject
from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.knowledge.catalogue import LANGUAGES, Language
from tests.databases import sqlite_url as database_url
from tests.intake.people import DAY, made

__all__ = ["database_url"]

SAYS = {
    "en": "General information, not legal advice. Only IRCC decides, and its website prevails.",
    "fr": "Renseignements généraux et non conseils juridiques. Seul IRCC décide, et son site Web prévaut.",
}


def test_each_row_of_leads_in_the_language_of_the_visitor(database: Database) -> None:
    for language in LANGUAGES:
        made(database, language=language)
    with database.session(reading=True) as session:
        written = export.as_csv(session, database.seal, Filters())
        data = json.loads(export.as_json(session, database.seal, Filters()))
    assert [row["notice"] for row in csv.DictReader(io.StringIO(written))] == [SAYS["en"], SAYS["fr"]]
    assert [lead["notice"] for lead in data["leads"]] == [SAYS["en"], SAYS["fr"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_of_a_prescreen_that_has_a_result(language: Language) -> None:
    rows = list(prescreen.score([{"age": "31"}, {"age": "old"}], DAY, language))
    assert [row.get("notice") for row in rows] == [SAYS[language], None]
    read = list(csv.DictReader(io.StringIO(prescreen.written(rows, "csv").decode("utf-8-sig"))))
    assert [row["notice"] for row in read] == [SAYS[language], ""]
    sheet = openpyxl.load_workbook(io.BytesIO(prescreen.written(rows, "xlsx"))).active
    assert SAYS[language] in [cell.value for cell in sheet[2]]


def test_the_copy_that_a_visitor_gets(database: Database) -> None:
    lead = made(database)
    with database.session(reading=True) as session:
        data = subject.everything(session, database.seal, lead.conversation_id)
    assert json.loads(subject.as_json(data))["notice"] == SAYS
    for language in LANGUAGES:
        assert SAYS[language] in subject.readable(data, language)
