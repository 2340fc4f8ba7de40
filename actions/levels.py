"""Levels (CLB, NCLC) in the place of a test's scores, and scores in the place of levels: the same results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from actions.turn import Tracker, facts_in_message, language_of, profile_of, values_before
from bot.knowledge.catalogue import text
from bot.understanding.normalise import normalise
from bot.understanding.test_names import ENGLISH, FRENCH, LANGUAGE_WORD

LEVELS: Final = frozenset({"clb", "nclc"})
TESTS: Final = ("language_test", "second_language_test", "spouse_language_test")


def in_its_language(tracker: Tracker, told: Mapping[str, Any]) -> dict[str, Any]:
    """ "CLB 9" of somebody who took the TEF are levels of French, unless they say that they mean English."""
    levels = [fact for fact in TESTS if told.get(fact) in LEVELS]
    if not levels or LANGUAGE_WORD.search(normalise(str(tracker.latest_message.get("text") or "")).text):
        return {}
    before = values_before(tracker)
    return {
        fact: "nclc" if before[fact] in FRENCH else "clb" for fact in levels if before.get(fact) in ENGLISH | FRENCH
    }


def same_results(fact: str, before: Mapping[str, Any], told: Mapping[str, Any]) -> bool:
    """Whether a test takes the place of its levels or they its, and ``fact`` is one of the results or the test."""
    test = fact if fact in TESTS else _test_of(fact)
    named = {before.get(test), told.get(test)}
    return len(named) == 2 and not LEVELS.isdisjoint(named) and (named <= FRENCH or named <= ENGLISH)


def _test_of(fact: str) -> str:
    return fact.removesuffix(fact.rsplit("_", 1)[-1]) + "language_test"


def levels_noted(tracker: Tracker) -> list[str]:
    """Told to somebody who gave levels where a test had been named: what the report says counts."""
    before, profile = values_before(tracker), profile_of(tracker)
    given = [
        fact
        for fact in facts_in_message(tracker)
        if fact in TESTS and profile.value(fact) in LEVELS and before.get(fact) in (ENGLISH | FRENCH) - LEVELS
    ]
    return [text("heard.levels", language_of(tracker))] if given else []
