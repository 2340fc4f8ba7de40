"""``assistant rules``: what is in force on a day, checks, and completing a set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.rules import app, cell_text
from bot.rules import RulesError
from tests.rules.invented import SET, changed, invented, write

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


def table(shown: str) -> dict[str, list[str]]:
    """The rows of a table as the terminal shows it, by their first cell."""
    rows = ([cell.strip() for cell in line.split("│")[1:-1]] for line in shown.splitlines() if line.startswith("│"))
    return {first: rest for first, *rest in rows}


def test_the_table_names_every_rule():
    found = RUN.invoke(app, ["--as-of", "2026-11-22"])
    assert found.exit_code == 0
    assert set(table(found.stdout)) == set(entries("--as-of", "2026-11-22"))


@pytest.mark.parametrize(
    ("day", "rule_id", "shown"),
    [
        ("2026-11-22", "funds.table", ["in_force", "2025-07-07", "", "2026-11-22", "high", "stale, check, disputed"]),
        (
            "2026-11-22",
            "crs.core.age",
            ["incomplete", "2026-11-03", "", "2026-11-22", "low", "missing: not_established"],
        ),
        ("2018-01-01", "crs.core.age", ["in_force", "2017-06-06", "2026-11-02", "2026-11-22", "high", ""]),
        ("2018-01-01", "funds.table", ["not yet", "", "", "", "", ""]),
    ],
)
def test_a_row_says_since_when_a_rule_stands_who_is_how_sure_and_what_is_in_doubt(day, rule_id, shown):
    assert table(RUN.invoke(app, ["--as-of", day]).stdout)[rule_id] == shown


def test_the_last_line_counts_all_rules_also_where_some_are_selected():
    every = entries("--as-of", "2026-11-22").values()
    marks = [
        ("incomplete", lambda entry: entry["status"] == "incomplete"),
        ("reported", lambda entry: entry["status"] == "reported"),
        ("stale", lambda entry: entry["stale"]),
        ("to check", lambda entry: entry["check_reason"] is not None),
        ("disputed", lambda entry: entry["disputed"] is not None),
    ]
    counts = [f"{len(every)} rules", *(f"{len([one for one in every if has(one)])} {mark}" for mark, has in marks)]
    for options in ([], ["--only", "stale"]):
        shown = RUN.invoke(app, ["--as-of", "2026-11-22", *options]).stdout
        assert shown.splitlines()[-1] == ", ".join(counts)


def test_what_is_stale_incomplete_disputed_or_to_be_checked():
    on = ("--as-of", "2026-11-22")
    assert "funds.table" in entries("--only", "stale", *on)
    assert "crs.core.age" in entries("--only", "incomplete", *on)
    assert "crs.high_wage.size" in entries("--only", "reported", *on)
    assert "validity.eca" in entries("--only", "disputed", *on)
    assert "fsw.pass_mark" in entries("--only", "check", *on)
    assert entries("--only", "incomplete", "--as-of", "2026-11-02") == {}
    assert RUN.invoke(app, ["--only", "nice"]).exit_code == 2


@pytest.mark.parametrize(
    ("day", "status"), [("2023-05-30", "not yet"), ("2026-02-17", "in_force"), ("2026-02-18", "ended")]
)
def test_a_rule_that_has_ended_is_told_from_one_that_is_still_to_come(day, status):
    """The category of agriculture was in the lists of 2025 and not in those of 2026."""
    table = RUN.invoke(app, ["--as-of", day]).stdout
    (row,) = [line for line in table.splitlines() if "categories.agriculture.codes" in line]
    assert f" {status} " in row


def test_an_entry_says_when_it_was_verified_and_where():
    entry = entries("--as-of", "2026-05-05")["crs.core.age"]
    assert (entry["effective_from"], entry["effective_to"]) == ("2017-06-06", "2026-11-02")
    assert entry["verified_on"] == "2026-11-22"
    assert entry["source"].startswith("https://www.canada.ca/")


def test_references_list_every_figure():
    found = {value["id"]: value for value in json.loads(RUN.invoke(app, ["--references", "--json"]).stdout)}
    assert found["deadlines.ita"]["value"] == 60
    assert found["funds.table.3"]["value"] == 23360
    shown = table(RUN.invoke(app, ["--references"]).stdout)
    assert shown["deadlines.ita"] == ["60", "calendar_days", "2021-06-29", "2026-11-22"]
    assert shown["noc.version"][1] == ""


def test_a_day_before_the_rules_is_refused():
    found = RUN.invoke(app, ["--as-of", "2017-06-05"])
    assert found.exit_code == 2
    assert "2017-06-06" in found.output


def test_check_is_quiet_when_nothing_is_wrong():
    found = RUN.invoke(app, ["check"])
    assert found.exit_code == 0
    assert "no fault" in found.stdout


def test_check_fails_where_two_rules_do_not_fit_together(monkeypatch):
    monkeypatch.setattr("bot.cli.rules.rulebook", lambda: changed("noc.count", value=515))
    found = RUN.invoke(app, ["check"])
    assert found.exit_code == 1
    assert found.stderr.strip() == "Rules: noc/noc2021.yml: noc.unit_groups: has 516 rows, noc.count differs"


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
    shown = table(refused.output)
    assert shown["crs.additional.sibling"] == ["15", "0"]
    assert shown["crs.high_wage_cap"] == ["not established", "88"]
    assert not completions.exists()
    stored = RUN.invoke(app, ["complete", SET, str(file)], input="y\n")
    assert stored.exit_code == 0
    assert (completions / f"{SET}.yml").exists()
    entry = entries("--as-of", "2026-11-22")["crs.core.age"]
    assert (entry["status"], entry["verified_by"]) == ("in_force", "Nobody, Invented")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "not established"),
        (True, "yes"),
        (["élève"], '["élève"]'),
        (dict.fromkeys("abcdefghijkl", 0), json.dumps(dict.fromkeys("abcdefghijkl", 0))),
        (dict.fromkeys("abcdefghijklm", 0), "table of 13"),
    ],
)
def test_a_table_of_more_than_twelve_rows_is_shown_by_its_size(value, shown):
    assert cell_text(value) == shown


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
    refused = RUN.invoke(app, ["template", "crs-2025-03-25"])
    assert refused.exit_code == 1
    assert refused.stderr.startswith("crs-2025-03-25: is not incomplete")


def test_faulty_rules_end_in_one_line(monkeypatch):
    def broken() -> None:
        raise RulesError("crs/core/age.yml: crs.core.age: value: wrong")

    monkeypatch.setattr("bot.cli.rules.rulebook", broken)
    found = RUN.invoke(app, ["--json"])
    assert found.exit_code == 1
    assert found.stderr.strip() == "Rules: crs/core/age.yml: crs.core.age: value: wrong"
