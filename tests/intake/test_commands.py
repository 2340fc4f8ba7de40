"""``assistant subject``, ``notify``, ``keys`` and ``demo`` as an operator runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app, demo, storage
from bot.cli import leads as leads_command
from bot.cli import subject as subject_command
from bot.intake import schema
from bot.intake.database import Database
from bot.intake.staff import audit
from bot.settings import Settings, load
from tests.databases import sqlite_url
from tests.intake.people import made

database_url = sqlite_url


@pytest.fixture
def configured(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = load(None, var_dir=tmp_path, database_url=database_url)
    for module in (storage, demo, subject_command):
        monkeypatch.setattr(module, "settings", lambda: settings)
    monkeypatch.setenv("COLUMNS", "200")
    return settings


@pytest.fixture
def filled(configured: Settings) -> Database:
    database = Database.of(configured)
    schema.upgrade(database)
    made(database)
    return database


def run(*arguments: str, ok: bool = True) -> Result:
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code == 0) is ok, result.output
    return result


def test_a_person_is_shown_given_a_copy_and_erased(filled: Database, tmp_path: Path) -> None:
    for person in ("L-0001", "anna@home.example", "Anna Ødegård"):
        assert "anna@home.example" in run("subject", "show", person).output
    assert json.loads(run("subject", "show", "L-0001", "--json").stdout)["conversations"][0]["lead"]["notes"] == []
    run("subject", "export", "L-0001", "--to", str(tmp_path / "copy.json"))
    assert "notes" not in json.loads((tmp_path / "copy.json").read_text())["conversations"][0]["lead"]
    run("subject", "export", "L-0001", "--to", str(tmp_path / "copie.txt"), "--language", "fr")
    assert "Ce qui est conservé" in (tmp_path / "copie.txt").read_text()
    assert run("subject", "erase", "L-0001", ok=False).exception
    assert "1 leads" in run("subject", "erase", "L-0001", "--yes").output
    assert "Nobody is kept" in run("subject", "show", "L-0001", ok=False).output
    run("subject", "tombstones", "--to", str(tmp_path / "stones.txt"))
    assert len((tmp_path / "stones.txt").read_text().split()) == 1
    assert "Erased again: 0" in run("subject", "replay", str(tmp_path / "stones.txt")).output
    with filled.session(reading=True) as session:
        actions = [entry.action for entry in audit.entries(session, filled.seal)]
        assert {"subject.erased", "subject.export"} <= set(actions)
        assert audit.verify(session, filled.seal).broken is None


def test_what_is_kept_no_longer_is_swept(filled: Database) -> None:
    assert "Erased: 0" in run("subject", "sweep").output
    with filled.session() as session:
        session.connection().exec_driver_sql("UPDATE leads SET last_activity_at = '2020-01-01 00:00:00'")
    assert "Erased: 1" in run("subject", "sweep").output


def test_who_is_told_is_added_listed_and_removed(filled: Database) -> None:
    assert "Nobody is told yet" in run("notify").output
    added = run("notify", "add", "https://crm.example/hook", "--event", "lead.created").output
    assert "Secret of the signature" in added
    run("notify", "add", "office@firm.example")
    listed = json.loads(run("notify", "--json").stdout)
    assert [(one["way"], one["types"][0]) for one in listed] == [
        ("webhook", "lead.created"),
        ("email", "consent.changed"),
    ]
    for wrong in (["http://crm.example"], ["nonsense"], ["a@b.example", "--event", "lead.sold"]):
        run("notify", "add", *wrong, ok=False)
    run("notify", "remove", "1")
    run("notify", "remove", "1", ok=False)
    assert "Everything was delivered" in run("notify", "failed").output
    assert "Tried again: 0" in run("notify", "replay").output


def test_the_demonstration_fills_an_empty_database_with_people_to_look_at(configured: Settings) -> None:
    run("demo", "--leads", "12")
    listed = json.loads(run("leads", "--json").stdout)
    assert 3 <= len(listed) <= 12
    assert [lead["place"]["priority"] for lead in listed] == sorted(lead["place"]["priority"] for lead in listed)
    shown = json.loads(run("leads", "show", listed[0]["reference"], "--json").stdout)
    assert shown["transcript"]
    assert shown["told"]
    assert "There are leads already" in run("demo", ok=False).output
    assert "Done" in run("keys", "rotate").output
    exported = run("leads", "export", "--column", "reference", "--column", "status").stdout
    assert exported.splitlines()[0] == "reference,status"
    assert len(json.loads(run("leads", "export", "--json", "--closed").stdout)["leads"]) == 12


def test_the_demonstration_stays_out_of_production(configured: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    public = configured.model_copy(update={"environment": "production"})
    monkeypatch.setattr(demo, "settings", lambda: public)
    assert "production" in run("demo", ok=False).output


def test_people_in_a_spreadsheet_are_assessed_by_command(configured: Settings, tmp_path: Path) -> None:
    assert leads_command.app is not None
    (tmp_path / "people.csv").write_text("id,age,education\nA,31,master\nB,x,\n", encoding="utf-8")
    said = run("leads", "prescreen", str(tmp_path / "people.csv"), "--to", str(tmp_path / "found.csv")).output
    assert "2 rows, 1 not readable" in said
    assert (tmp_path / "found.csv").read_text(encoding="utf-8-sig").splitlines()[2].startswith("3,B,")
    run("leads", "template", "--to", str(tmp_path / "template.xlsx"))
    assert (tmp_path / "template.xlsx").read_bytes().startswith(b"PK")
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe")
    assert "not a CSV" in run("leads", "prescreen", str(tmp_path / "bad.csv"), ok=False).output
