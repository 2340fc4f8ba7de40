"""``assistant rules``: what is in force on a day, checks, and completing a set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.rules import app
from bot.rules import RulesError
from tests.rules.invented import SET, invented, write

RUN = CliRunner()


@pytest.fixture(autouse=True)
def completions(tmp_path, monkeypatch) -> Path:
    """A directory of completions of its own."""
    monkeypatch.setenv("RULES_DIR", str(tmp_path / "rules"))
    return tmp_path / "rules"


def entries(*options: str) -> dict[str, dict]:
    found = RUN.invoke(app, ["--json", *options])
    assert found.exit_code == 0, found.output
    return {entry["id"]: entry for entry in json.loads(found.stdout)}


def test_the_table_names_every_rule():
    found = RUN.invoke(app, ["--as-of", "2026-11-22"])
    assert found.exit_code == 0
    for rule_id in entries("--as-of", "2026-11-22"):
        assert rule_id in found.stdout


def test_what_is_stale_incomplete_disputed_or_to_be_checked():
    on = ("--as-of", "2026-11-22")
    assert "funds.table" in entries("--only", "stale", *on)
    assert "crs.core.age" in entries("--only", "incomplete", *on)
    assert "crs.high_wage.size" in entries("--only", "reported", *on)
    assert "validity.eca" in entries("--only", "disputed", *on)
    assert "fsw.pass_mark" in entries("--only", "check", *on)
    assert entries("--only", "incomplete", "--as-of", "2026-11-02") == {}
    assert RUN.invoke(app, ["--only", "nice"]).exit_code == 2


def test_an_entry_says_when_it_was_verified_and_where():
    entry = entries("--as-of", "2026-05-05")["crs.core.age"]
    assert (entry["effective_from"], entry["effective_to"]) == ("2017-06-06", "2026-11-02")
    assert entry["verified_on"] == "2026-11-22"
    assert entry["source"].startswith("https://www.canada.ca/")


def test_references_list_every_figure():
    found = {value["id"]: value for value in json.loads(RUN.invoke(app, ["--references", "--json"]).stdout)}
    assert found["deadlines.ita"]["value"] == 60
    assert found["funds.table.3"]["value"] == 23360
    (shown,) = [line for line in RUN.invoke(app, ["--references"]).stdout.splitlines() if " deadlines.ita " in line]
    assert [cell.strip() for cell in shown.split("│")[1:4]] == ["deadlines.ita", "60", "calendar_days"]


def test_a_day_before_the_rules_is_refused():
    found = RUN.invoke(app, ["--as-of", "2017-06-05"])
    assert found.exit_code == 2
    assert "2017-06-06" in found.output


def test_check_is_quiet_when_nothing_is_wrong():
    found = RUN.invoke(app, ["check"])
    assert found.exit_code == 0
    assert "no fault" in found.stdout


def test_check_fails_with_the_file_and_the_key(completions):
    completions.mkdir()
    content = invented()
    del content["rules"]["crs.core.age"]
    write(completions / f"{SET}.yml", content)
    found = RUN.invoke(app, ["check"])
    assert found.exit_code == 1
    assert "crs-2026-11-03.yml: rules.crs.core.age: is missing" in found.stderr


def test_completing_a_set_shows_what_changes_and_asks(tmp_path, completions):
    file = write(tmp_path / "file.yml", invented())
    refused = RUN.invoke(app, ["complete", SET, str(file)], input="n\n")
    assert refused.exit_code == 1
    assert "crs.additional.sibling" in refused.output
    assert not completions.exists()
    stored = RUN.invoke(app, ["complete", SET, str(file)], input="y\n")
    assert stored.exit_code == 0
    assert (completions / f"{SET}.yml").exists()
    entry = entries("--as-of", "2026-11-22")["crs.core.age"]
    assert (entry["status"], entry["verified_by"]) == ("in_force", "Nobody, Invented")


@pytest.mark.parametrize("key", ["url", "read_on", "reader"])
def test_a_completion_without_provenance_is_refused(tmp_path, completions, key):
    file = write(tmp_path / "file.yml", {**invented(), key: None})
    found = RUN.invoke(app, ["complete", SET, str(file), "--yes"])
    assert found.exit_code == 1
    assert f"{key}: is missing" in found.stderr
    assert not completions.exists()


def test_a_completion_of_another_set_is_refused(tmp_path):
    file = write(tmp_path / "file.yml", invented())
    found = RUN.invoke(app, ["complete", "crs-2025-03-25", str(file), "--yes"])
    assert found.exit_code == 1
    assert "is not crs-2025-03-25" in found.stderr


def test_the_template_can_be_filled_in():
    found = RUN.invoke(app, ["template", SET])
    assert found.exit_code == 0
    assert "reader: " in found.stdout
    assert RUN.invoke(app, ["template", "crs-2025-03-25"]).exit_code == 1


def test_faulty_rules_end_in_one_line(monkeypatch):
    def broken() -> None:
        raise RulesError("crs/core/age.yml: crs.core.age: value: wrong")

    monkeypatch.setattr("bot.cli.rules.rulebook", broken)
    found = RUN.invoke(app, ["--json"])
    assert found.exit_code == 1
    assert found.stderr.strip() == "Rules: crs/core/age.yml: crs.core.age: value: wrong"
