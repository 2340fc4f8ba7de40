"""``assistant ask``: the answer as in a conversation, and one line of JSON for each question of a file."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.cli.ask import look_up
from bot.knowledge.firm import FirmWords
from bot.knowledge.topics import topics

RUN = CliRunner()
LINES = [
    {"id": "q1", "text": "How long is my Express Entry profile valid?", "lang": "en"},
    {"id": 2, "text": "Quels examens de français sont acceptés pour Entrée express?", "lang": "fr"},
    {"id": "q3", "text": "how long is an ECA valid? and how much are the government fees?"},
]


class Understood:
    """A dialogue that has understood what the test says."""

    def __init__(self, **parsed: Any) -> None:
        self.parsed = {"intent": {"name": "faq", "confidence": 0.9}, **parsed}

    async def understood(self, text: str) -> dict[str, Any]:
        return self.parsed


def firm(language: str) -> FirmWords:
    return FirmWords("Maple Crossing", "https://college-ic.ca/register")


def found(dialogue: Understood, text: str = "?", lang: str = "en") -> dict[str, Any]:
    return asyncio.run(look_up(dialogue, text, lang, firm)).to_dict()


def ranked(*topics_: tuple[str, float]) -> list[dict[str, Any]]:
    return [{"topic": topic, "confidence": certainty} for topic, certainty in topics_]


def test_what_is_sure_is_answered_with_alternatives() -> None:
    said = found(Understood(topics=ranked(("fees", 0.8), ("fees_refund", 0.1), ("firm_fees", 0.05), ("scams", 0.01))))
    assert list(said) == ["topic", "score", "alternatives", "answer"]
    assert (said["topic"], said["score"]) == ("fees", 0.8)
    assert [other["topic"] for other in said["alternatives"]] == ["fees_refund", "firm_fees", "scams"]
    assert "right of permanent residence" in said["answer"]


def test_what_is_not_sure_is_offered() -> None:
    said = found(Understood(topics=ranked(("fees", 0.3), ("fees_refund", 0.28), ("firm_fees", 0.25))))
    assert said["topic"] == "fees"
    assert said["answer"].splitlines() == [
        "Which of these did you mean?",
        *(f"- {topics()[topic].title.en}" for topic in ("fees", "fees_refund", "firm_fees")),
        "- None of these",
    ]


def test_what_is_hardly_a_question_is_not_answered_as_one() -> None:
    said = found(Understood(topics=ranked(("fees", 0.02), ("scams", 0.001))))
    assert "Which of these did you mean?" in said["answer"]


def test_two_questions_get_two_answers() -> None:
    said = found(Understood(questions=[ranked(("eca_validity", 0.9)), ranked(("fees", 0.9))]))
    assert said["topic"] == "eca_validity"
    assert "5 years" in said["answer"]
    assert "right of permanent residence" in said["answer"]


def test_advice_is_not_given_here_either() -> None:
    dialogue = Understood(
        intent={"name": "advice_request", "confidence": 0.9}, topics=ranked(("spouse_not_coming", 0.05))
    )
    assert "spouse or partner does not come" not in found(dialogue)["answer"]
    assert found(dialogue, lang="fr")["answer"]


def test_nothing_understood_says_so() -> None:
    assert found(Understood(topics=[])) == {
        "topic": None,
        "score": 0.0,
        "alternatives": [],
        "answer": "I did not understand that. I know Express Entry and can look at your situation.",
    }


@pytest.mark.server
def test_a_file_of_questions_is_answered_line_by_line() -> None:
    given = "\n".join([*(json.dumps(line, ensure_ascii=False) for line in LINES), "not json", ""])
    done = RUN.invoke(app, ["ask", "--jsonl"], input=given)
    assert done.exit_code == 0, done.output
    first, second, third, broken = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    assert list(first) == ["id", "topic", "score", "alternatives", "answer"]
    assert (first["id"], first["topic"]) == ("q1", "profile_validity")
    assert (second["id"], second["topic"]) == (2, "french_tests")
    assert "Le TEF Canada et le TCF Canada sont acceptés" in second["answer"]
    assert third["topic"] == "eca_validity"
    assert "right of permanent residence" in third["answer"]
    assert broken["id"] is None
    assert "error" in broken


def test_a_question_is_needed() -> None:
    assert RUN.invoke(app, ["ask"]).exit_code == 2
    assert RUN.invoke(app, ["ask", "fees?", "--lang", "de"]).exit_code == 2
