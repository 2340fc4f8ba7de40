"""How many questions are left after a person wrote everything in one message.

    python -m tests.evaluate.one_message

reads each message of ``one_message.yml`` (invented) and counts the questions whose answer could still change a
result, each answered plainly. What the dialogue asks besides, to make sure of what it
heard or before it shows the result, is not counted. docs/evaluation.md holds the last run.
"""

from __future__ import annotations

import statistics
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.assessment.relevance import next_question
from bot.facts import Known, Profile, vocabulary
from bot.facts.questions import asked_together
from bot.understanding import read

PEOPLE = Path(__file__).with_suffix(".yml")
AIM = 6
ON = date(2026, 11, 25)
# What somebody answers who is asked afterwards; the first choice, no, and these numbers otherwise.
ANSWERS: dict[str, Any] = {
    "destination": "outside_quebec",
    "education": "bachelor",
    "spouse_education": "bachelor",
    "canadian_study": "none",
    "eca": "not_done",
    "language_test": "none",
    "second_language_test": "none",
    "spouse_language_test": "none",
    "canadian_work_years": 0,
    "spouse_canadian_work_years": 0,
    "family_size": 2,
    "funds_amount": 25000,
}
BY_TYPE: dict[str, Any] = {"boolean": False, "integer": 33, "number": 7, "date": date(2026, 6, 15), "noc": "21231"}


def questions_left(message: str) -> list[str]:
    """What is asked after the message, in order."""
    profile = Profile({found.fact: Known(found.value) for found in read(message, as_of=ON).facts})
    asked: list[str] = []
    while (question := next_question(profile, (), ON)) is not None:
        asked.append(question)
        answers = {fact: Known(_answer(fact)) for fact in asked_together(profile, question)}
        profile = Profile({**profile, **answers})
    return asked


def _answer(fact_id: str) -> Any:
    fact = vocabulary()[fact_id]
    return ANSWERS.get(fact_id, fact.values[0] if fact.type == "choice" else BY_TYPE.get(fact.type))


def main() -> None:
    people = yaml.safe_load(PEOPLE.read_text(encoding="utf-8"))
    asked = [questions_left(person["says"]) for person in people]
    counts = sorted(map(len, asked))
    within = sum(count <= AIM for count in counts)
    print(f"{len(counts)} people: median {statistics.median(counts):g} questions left, {within} with at most {AIM}")
    print("questions left:", *counts)
    for question, count in Counter(question for questions in asked for question in questions).most_common():
        print(f"{count:4} {question}")


if __name__ == "__main__":
    main()
