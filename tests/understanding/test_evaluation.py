"""Understanding does not fall below its floors on messages that no reader was written for."""

from pathlib import Path

import pytest

from bot.understanding.evaluation import Scores, evaluate, load, main, table

SETS = Path(__file__).parent / "evaluation"


FLOORS = [
    ("en", 1450, 0.985, 0.965),
    ("fr", 950, 0.985, 0.98),
    ("blind_en", 230, 0.97, 0.89),
    ("blind_fr", 150, 0.955, 0.885),
]
"""Messages, precision and recall: a little below what was measured."""


@pytest.mark.parametrize(("name", "messages", "precision", "recall"), FLOORS)
def test_unseen_messages_stay_above_the_floor(name, messages, precision, recall):
    result = evaluate(load(sorted(SETS.glob(f"{name}*.jsonl"))))
    assert result.messages >= messages
    assert result.overall.precision >= precision
    assert result.overall.recall >= recall


def test_right_wrong_and_missed_are_counted():
    line = {
        "text": "31, single",
        "asked": None,
        "facts": {"age": 30, "marital_status": "single", "noc": "21231"},
        "may": [],
    }
    result = evaluate([line])
    assert result.of("age") == Scores(0, 1, 1)
    assert result.of("marital_status") == Scores(1, 0, 0)
    assert result.of("noc") == Scores(0, 0, 1)
    assert result.whole == 0
    assert "marital_status" in table(result)


def test_a_fact_that_may_be_found_is_neither_right_nor_wrong():
    result = evaluate([{"text": "my wife is 30", "facts": {}, "may": ["marital_status"]}])
    assert (result.overall, result.whole) == (Scores(0, 0, 0), 1)


def test_the_command_needs_files(capsys):
    assert main([]) == 2
    assert main([str(SETS / "fr.jsonl")]) == 0
    assert "all facts" in capsys.readouterr().out
