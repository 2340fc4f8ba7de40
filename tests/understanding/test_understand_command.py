"""``assistant understand``: one message, or lines of JSON in and out."""

import json

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.understand import understand

APP = typer.Typer()
APP.command()(understand)
RUNNER = CliRunner()


def lines(output):
    return [json.loads(line) for line in output.splitlines() if line.strip()]


def test_a_message_is_read():
    result = RUNNER.invoke(APP, ["31 F single, my cousin is in Toronto", "--as-of", "2026-11-22"])
    read = json.loads(result.stdout)
    assert read["facts"] == {"age": 31, "marital_status": "single"}
    assert read["not_taken"][0]["reason"] == "cousin"
    age = read["found"][0]
    assert (age["said"], age["span"], age["whose"]) == ("31", [0, 2], "applicant")


def test_the_question_that_was_asked_counts():
    result = RUNNER.invoke(APP, ["8 7 7.5 7", "--asked", "spouse_listening"])
    assert json.loads(result.stdout)["facts"]["spouse_writing"] == 7.5


def test_lines_in_lines_out(tmp_path):
    given = tmp_path / "messages.jsonl"
    given.write_text(
        json.dumps({"id": "a", "text": "née le 5 mars 1995", "asked": None, "lang": "fr"})
        + "\n\n"
        + json.dumps({"id": "b", "text": "idk", "asked": "age", "lang": None})
        + "\nnot json\n"
        + json.dumps({"id": "d", "text": "x", "asked": "shoe_size"})
        + "\n",
        encoding="utf-8",
    )
    result = RUNNER.invoke(APP, ["--jsonl", str(given), "--as-of", "2026-11-22"])
    born, unknown, broken, unheard_of = lines(result.stdout)
    assert (born["id"], born["facts"]["date_of_birth"]) == ("a", "1995-03-05")
    assert (unknown["id"], unknown["state"]) == ("b", "unknown")
    assert "error" in broken
    assert "shoe_size" in unheard_of["error"]


@pytest.mark.parametrize("arguments", [["--jsonl"], ["--jsonl", "-"]])
def test_lines_come_from_standard_input_too(arguments):
    result = RUNNER.invoke(APP, arguments, input='{"id": 1, "text": "yes", "asked": "sibling_in_canada"}\n')
    assert lines(result.stdout)[0]["facts"] == {"sibling_in_canada": True}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["hello", "--lang", "de"],
        ["hello", "--as-of", "tomorrow"],
        ["hello", "--asked", "nothing"],
        ["--jsonl", "no such file"],
    ],
)
def test_what_cannot_work_is_refused_with_a_reason(arguments):
    assert RUNNER.invoke(APP, arguments).exit_code == 2
