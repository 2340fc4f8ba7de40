"""Topics to read again, and the command that lists them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.knowledge import app
from bot.knowledge.freshness import due, hanging_on
from bot.knowledge.topics import topics
from bot.rules import UnknownRuleError
from bot.rules.book import forget
from bot.rules.completion import read, store
from bot.rules.loader import load
from bot.rules.rounds_import import check
from bot.rules.rounds_import import store as record
from tests.rules.feed import NEWEST, RULES, feed, new
from tests.rules.invented import invented, write

TODAY = date(2026, 11, 22)


def test_a_topic_is_due_a_year_after_its_review() -> None:
    topic = topics()["not_government"]
    assert due(topic, TODAY) == ()
    assert due(topic, date(2027, 11, 25)) == ()
    assert due(topic, date(2027, 11, 26)) == ("reviewed 366 days ago",)


def test_a_topic_is_due_when_a_rule_it_hangs_on_changed_after_the_review() -> None:
    topic = topics()["score_maximum"].model_copy(update={"reviewed_on": date(2026, 11, 1)})
    assert "crs.grand_total changed on 2026-11-03" in due(topic, TODAY)
    assert not any("changed" in reason for reason in due(topic, date(2026, 11, 2)))


def test_a_topic_is_due_when_a_rule_it_hangs_on_is_stale() -> None:
    assert due(topics()["proof_of_funds"], TODAY) == ("funds.table is stale",)


@pytest.fixture
def rules_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A directory of completions and imports of its own."""
    monkeypatch.setenv("RULES_DIR", str(tmp_path))
    forget()
    yield tmp_path
    forget()


def test_after_a_set_of_points_is_completed_its_topics_are_due(rules_directory: Path) -> None:
    path = write(rules_directory / "file.yml", {**invented(), "read_on": date(2026, 11, 24)})
    store(path, read(path, load()), rules_directory)
    path.unlink()
    forget()
    before_it_was_read = {"reviewed_on": date(2026, 11, 22)}
    found = {
        topic.id for topic in topics().values() if due(topic.model_copy(update=before_it_was_read), date(2026, 11, 25))
    }
    assert {"score_maximum", "sibling", "french_points", "high_wage", "job_offer", "nomination"} <= found
    assert not {"not_government", "scams", "ita_deadline"} & found


def test_new_rounds_change_no_words(rules_directory: Path) -> None:
    text = feed(new(NEWEST + 1, "2026-10-14", "Canadian Experience Class", 515, 2500))
    rows, difference = check(text, RULES, date(2026, 11, 26))
    record(text, rows, difference, rules_directory, origin="feed", read_on=date(2026, 11, 26), by="Ana Tran")
    forget()
    assert due(topics()["cec_rounds"], date(2026, 11, 26)) == ()


def test_what_hangs_on_a_rule_or_a_group_of_rules() -> None:
    everything = topics().values()
    funds = {topic.id for topic in hanging_on("funds.table", everything)}
    assert funds == {"proof_of_funds", "funds_family_size"}
    assert "language_minimums" in {topic.id for topic in hanging_on("cec.language", everything)}, "a cell of the table"
    assert {"nomination", "sibling"} <= {topic.id for topic in hanging_on("crs.additional", everything)}
    with pytest.raises(UnknownRuleError):
        hanging_on("doom", everything)


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def test_the_list_and_its_filters() -> None:
    code, output = run("--json")
    assert code == 0
    assert {entry["id"] for entry in json.loads(output)} == set(topics())
    code, output = run("--depends", "funds.table", "--json")
    assert {entry["id"] for entry in json.loads(output)} == {"proof_of_funds", "funds_family_size"}
    code, output = run("--due", "--on", "2026-11-22", "--json")
    assert "proof_of_funds" in {entry["id"] for entry in json.loads(output)}
    assert "not_government" not in {entry["id"] for entry in json.loads(output)}


def test_the_table_names_topic_and_reason() -> None:
    code, output = run("--due", "--on", "2026-11-22")
    assert code == 0
    assert "funds.table is stale" in output


def test_an_unknown_rule_and_a_strange_day_end_with_one_line() -> None:
    code, output = run("--depends", "doom")
    assert code == 2
    assert "doom is not a rule" in output
    code, output = run("--on", "tomorrow")
    assert code == 2
    assert "2026-11-22" in output


def test_the_check_ends_with_success() -> None:
    code, output = run("lint")
    assert (code, "in order" in output) == (0, True), output
