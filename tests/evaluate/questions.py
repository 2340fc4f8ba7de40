"""How many questions a visitor is asked: over seeded people of every kind, each question answered alone.

    python -m tests.evaluate.questions

prints the median with every question of the vocabulary that makes sense for the person, and with those alone whose
answer could still change a result. docs/conversation.md holds the last run.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.assessment.relevance import next_question
from bot.facts import Known, Profile, vocabulary
from bot.facts.questions import asked_together, open_questions

PEOPLE = 300
SCORES = {
    "ielts_general": (5, 6, 6.5, 7, 8),
    "celpip_general": (5, 7, 9, 10),
    "tef_canada": (310, 350, 400, 500),
    "clb": (5, 7, 9),
    "nclc": (5, 7, 9),
}
NUMBERS = {"age": tuple(range(19, 50)), "family_size": (1, 2, 3, 4), "funds_amount": (0, 12000, 20000, 45000)}
YEARS = (0, 0, 1, 2, 3, 5)


def answer(chance: random.Random, fact_id: str, profile: Profile) -> Any:
    """An answer a person could give."""
    fact = vocabulary()[fact_id]
    ability = fact_id.rsplit("_", 1)[-1]
    if ability in ("listening", "reading", "writing", "speaking"):
        return chance.choice(SCORES[profile.value(f"{fact_id.removesuffix(ability)}language_test")])
    if fact_id == "second_language_test":
        return chance.choice(("none", "none", "none", "nclc"))
    if fact_id.endswith("language_test"):
        return chance.choice(("none", *SCORES))
    match fact.type:
        case "boolean":
            return chance.random() < 0.3
        case "choice":
            return chance.choice(fact.values)
        case "date":
            return date(2026, chance.randint(1, 9), 12)
        case "noc":
            return chance.choice(("21231", "72310", "31301", "63200", "65200", "13110"))
    return chance.choice(NUMBERS.get(fact_id, YEARS))


def asked(seed: int, following: Callable[[Profile], str | None]) -> int:
    """How many questions one person answers."""
    chance = random.Random(seed)
    profile, count = Profile(), 0
    while (question := following(profile)) is not None:
        count += 1
        for fact_id in (fact for fact in asked_together(profile, question) if profile.applies(fact)):
            profile = Profile({**profile, fact_id: Known(answer(chance, fact_id, profile))})
    return count


def main() -> None:
    as_of = date(2026, 11, 25)
    ways: dict[str, Callable[[Profile], str | None]] = {
        "every question that makes sense": lambda profile: next(iter(open_questions(profile)), None),
        "questions whose answer could change a result": lambda profile: next_question(profile, (), as_of),
    }
    for name, following in ways.items():
        counts = [asked(seed, following) for seed in range(PEOPLE)]
        middle, least, most = statistics.median(counts), min(counts), max(counts)
        print(f"{name}: median {middle:g}, from {least} to {most}, {PEOPLE} people")


if __name__ == "__main__":
    main()
