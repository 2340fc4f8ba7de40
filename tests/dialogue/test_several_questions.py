"""Messages with several questions, taken apart where people join them."""

from __future__ import annotations

import pytest

from bot.dialogue.nlu.several import parts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "How long is my profile valid? And what are the fees?",
            ["How long is my profile valid?", "And what are the fees?"],
        ),
        ("how long is an ECA valid and who can issue it", ["how long is an ECA valid", "who can issue it"]),
        ("do i need funds, and can my wife work", ["do i need funds", "can my wife work"]),
        ("I am 31. What is the CRS?", ["What is the CRS?"]),
        (
            "Faut-il une preuve de fonds et combien coûtent les frais?",
            ["Faut-il une preuve de fonds", "combien coûtent les frais?"],
        ),
        (
            "Quels examens sont acceptés? Combien de temps sont-ils valides?",
            ["Quels examens sont acceptés?", "Combien de temps sont-ils valides?"],
        ),
    ],
)
def test_questions_are_taken_apart(text: str, found: list[str]) -> None:
    pieces = parts(text)
    assert pieces[-len(found) :] == found or pieces == [text]
    if len(found) > 1:
        assert pieces == found


@pytest.mark.parametrize(
    "text",
    [
        "what is the difference between base and enhanced nominations?",
        "my husband and I both work, who applies?",
        "ma femme et moi, qui présente la demande?",
        "speaking and listening scores",
        "",
        "???",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert parts(text) == [text]


def test_a_flood_of_questions_is_cut() -> None:
    assert len(parts("what is the crs score? " * 40)) == 3
