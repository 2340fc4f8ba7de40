"""Topics to read again, and the command that lists them."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import files
from bot.cli.knowledge import app
from bot.knowledge.catalogue import text
from bot.knowledge.freshness import due, hanging_on, reviewed, stamp
from bot.knowledge.topic import Topic
from bot.knowledge.topics import DIRECTORY, topics
from bot.rules import UnknownRuleError
from bot.rules.completion import read, store
from bot.rules.loader import load
from bot.rules.rounds_import import check
from bot.rules.rounds_import import store as record
from tests.rules.feed import NEWEST, RULES, feed, new
from tests.rules.invented import invented, write

OTHERWISE = text("review.otherwise", "en")
TODAY = date(2026, 11, 22)


def test_a_topic_is_due_a_year_after_its_review() -> None:
    topic = topics()["not_government"]
    assert due(topic, TODAY) == ()
    assert due(topic, date(2027, 11, 25)) == ()
    assert due(topic, date(2027, 11, 26)) == ("reviewed 366 days ago",)


def test_a_topic_is_due_when_a_rule_it_hangs_on_changed_after_the_review() -> None:
    topic = topics()["score_maximum"].model_copy(update={"reviewed_on": date(2026, 11, 1)})
    assert "crs.grand_total changed on November 3, 2026" in due(topic, TODAY)
    assert not any("changed" in reason for reason in due(topic, date(2026, 11, 2)))


def test_a_topic_is_due_when_a_rule_it_hangs_on_is_stale() -> None:
    assert due(topics()["proof_of_funds"], TODAY) == ("funds.table is stale",)
    assert due(topics()["proof_of_funds"], TODAY, "fr") == ("funds.table n’a pas été vérifiée depuis trop longtemps",)


@pytest.fixture
def rules_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of completions and imports of its own."""
    monkeypatch.setenv("RULES_DIR", str(tmp_path))
    return tmp_path


def test_after_a_set_of_points_is_completed_its_topics_are_due(rules_directory: Path) -> None:
    path = write(rules_directory / "file.yml", {**invented(), "read_on": date(2026, 11, 24)})
    store(path, read(path, load()), rules_directory)
    path.unlink()
    before_it_was_read = {"reviewed_on": date(2026, 11, 22)}
    found = {
        topic.id for topic in topics().values() if due(topic.model_copy(update=before_it_was_read), date(2026, 11, 25))
    }
    assert {"score_maximum", "sibling", "french_points", "high_wage", "job_offer", "nomination"} <= found
    assert not {"not_government", "scams", "ita_deadline"} & found


@pytest.mark.parametrize("read_on", [date(2026, 11, 12), date(2026, 11, 25)], ids=["earlier", "same_day"])
def test_a_rule_completed_on_the_day_of_the_review_makes_its_topics_due(rules_directory: Path, read_on: date) -> None:
    today = topics()["score_maximum"].reviewed_on
    assert due(topics()["score_maximum"], today) == ()
    path = write(rules_directory / "file.yml", {**invented(), "read_on": read_on})
    store(path, read(path, load()), rules_directory)
    path.unlink()
    found = {topic.id for topic in topics().values() if OTHERWISE in due(topic, today)}
    assert {"score_maximum", "sibling", "french_points", "high_wage", "job_offer", "nomination"} <= found
    assert not {"not_government", "scams", "ita_deadline"} & found


def test_a_review_is_written_into_the_file_of_the_topic(
    rules_directory: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("topics")
    shutil.copy(DIRECTORY / "score_maximum.yml", folder)
    given = write(rules_directory / "file.yml", invented())
    store(given, read(given, load()), rules_directory)
    given.unlink()
    path = folder / "score_maximum.yml"
    topic = topics()["score_maximum"]
    assert OTHERWISE in due(topic, TODAY)
    reviewed(path, topic, on=date(2026, 11, 26), by="Ana Tran")
    changed = files.read(path)
    again = Topic.model_validate(changed)
    assert (again.reviewed_on, again.reviewed_by) == (date(2026, 11, 26), "Ana Tran")
    assert due(again, date(2026, 11, 26)) == ()
    before = files.read(DIRECTORY / "score_maximum.yml")
    kept = before.keys() - {"reviewed_on", "reviewed_by", "reviewed_rules"}
    assert {key: changed[key] for key in kept} == {key: before[key] for key in kept}


def test_every_topic_was_reviewed_under_the_rules_as_they_are_shipped(rules_directory: Path) -> None:
    otherwise = [topic.id for topic in topics().values() if topic.reviewed_rules != stamp(topic, topic.reviewed_on)]
    assert otherwise == [], "read them again, then `assistant knowledge reviewed`"


def test_new_rounds_change_no_words(rules_directory: Path) -> None:
    text = feed(new(NEWEST + 1, "2026-10-14", "Canadian Experience Class", 515, 2500))
    rows, difference = check(text, RULES, date(2026, 11, 26))
    record(text, rows, difference, rules_directory, origin="feed", read_on=date(2026, 11, 26), by="Ana Tran")
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
