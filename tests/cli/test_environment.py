"""Every command takes its settings from ``.env``: the rules that an operator completed are found there too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.assessment.people import SINGLE
from tests.rules.invented import SET, invented, write

RUN = CliRunner()
AFTER = "2026-11-10"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder whose ``.env`` names where completed rules are kept."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RULES_DIR", "")
    (tmp_path / ".env").write_text("RULES_DIR=kept/here\n", encoding="utf-8")
    return tmp_path


def status() -> str:
    found = RUN.invoke(app, ["assess", "-", "--json", "--as-of", AFTER], input=json.dumps(SINGLE))
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)["crs"]["status"]


def test_rules_completed_where_the_file_says_are_used_by_every_command(folder: Path) -> None:
    assert status() == "rules_incomplete"
    given = write(folder / "invented.yml", invented())
    stored = RUN.invoke(app, ["rules", "complete", SET, str(given), "--yes"])
    assert stored.exit_code == 0, stored.output
    assert len(list((folder / "kept" / "here").iterdir())) == 1
    assert status() == "computed"


def test_the_environment_goes_before_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RUN.invoke(app, ["rules", "complete", SET, str(write(folder / "invented.yml", invented())), "--yes"])
    monkeypatch.setenv("RULES_DIR", str(folder / "empty"))
    assert status() == "rules_incomplete"


def test_a_setting_that_cannot_work_ends_any_command_with_one_line(folder: Path) -> None:
    (folder / ".env").write_text("PORT=many\n", encoding="utf-8")
    found = RUN.invoke(app, ["clb", "celpip_general", "reading", "7"])
    assert found.exit_code == 2
    assert found.stderr.startswith("PORT: ")
    assert len(found.stderr.splitlines()) == 1
