"""What is imported or completed while the assistant runs is in its next answer; a fault changes nothing."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest

from bot.assessment import assess
from bot.facts import Profile
from bot.knowledge.firm import FirmWords
from bot.knowledge.topics import answer
from bot.rules import RulesError, rulebook
from bot.rules.completion import read, store
from bot.rules.loader import load
from bot.rules.rounds_import import FOLDER, RECORDS, check
from bot.rules.rounds_import import store as record
from tests.assessment.people import profile
from tests.rules.feed import NEWEST, RULES, TODAY, feed, new
from tests.rules.invented import SET, invented, write

FIRM = FirmWords(name="Example", register_url="https://example.org")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of completions and imports of its own, from which the rules were read before."""
    monkeypatch.setenv("RULES_DIR", str(tmp_path / "kept"))
    rulebook()
    return tmp_path / "kept"


def imported(directory: Path, number: int = NEWEST + 1) -> None:
    rounds = [new(n, "2026-10-14", "Canadian Experience Class", 515, 2500) for n in range(NEWEST + 1, number + 1)]
    text = feed(*rounds)
    rows, difference = check(text, RULES, TODAY)
    record(text, rows, difference, directory, origin="feed", read_on=TODAY, by="Ana Tran")


def last_cec_cut_off() -> str:
    said = answer("cec_rounds", language="en", as_of=TODAY, profile=Profile(), firm=FIRM)
    assert said.table is not None
    return said.table.rows[0][2]


def test_imported_rounds_are_in_the_next_answer(kept: Path) -> None:
    assert last_cec_cut_off() != "515"
    imported(kept)
    assert last_cec_cut_off() == "515"


def test_an_import_is_seen_by_an_assistant_that_answered_while_it_was_being_stored(kept: Path) -> None:
    (kept / FOLDER).mkdir(parents=True)
    assert last_cec_cut_off() != "515"
    imported(kept)
    assert last_cec_cut_off() == "515"


def test_a_completed_set_is_in_the_next_assessment(kept: Path, tmp_path: Path) -> None:
    day = date(2026, 11, 10)
    assert assess(profile(), day).crs.status == "rules_incomplete"
    path = write(tmp_path / "file.yml", invented())
    store(path, read(path, load()), kept)
    assert rulebook().at(day).value("crs.set") == SET
    assert assess(profile(), day).crs.status == "computed"


def test_the_rules_are_read_once_while_nothing_is_new(kept: Path) -> None:
    imported(kept)
    assert rulebook() is rulebook()


def test_a_fault_is_logged_once_and_changes_nothing(kept: Path, caplog: pytest.LogCaptureFixture) -> None:
    imported(kept)
    before = rulebook()
    records = kept / FOLDER / RECORDS
    whole = records.read_text(encoding="utf-8")
    records.write_text(whole[:-9], encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        assert rulebook() is before
        assert rulebook() is before
    assert len(caplog.records) == 1
    assert RECORDS in caplog.text
    records.write_text(whole + "\n", encoding="utf-8")
    assert rulebook() is not before
    assert last_cec_cut_off() == "515"


def test_a_fault_at_the_first_reading_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    directory = tmp_path / "other" / FOLDER
    directory.mkdir(parents=True)
    (directory / RECORDS).write_text("[", encoding="utf-8")
    monkeypatch.setenv("RULES_DIR", str(tmp_path / "other"))
    with pytest.raises(RulesError, match=RECORDS):
        rulebook()
