"""Results of a second test that turn out to be those of the first language: each language has one."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.understanding.reading import Reading
from bot.understanding.test_names import ENGLISH, FRENCH

SECOND: Final = "second_"
TEST: Final = "language_test"


def of_the_first_language(reading: Reading, known: str | None) -> Reading:
    """The reading with a second test as the first one, where it is in the language of ``known``, the first test so far.

    "TEF: 290, 240, 370, 375", when a second test is asked for and the first is known by its NCLC levels.
    """
    tests = {found.fact: found.value for found in reading.facts if found.fact in (TEST, SECOND + TEST)}
    given = tests.get(SECOND + TEST)
    same = any({given, known} <= language for language in (ENGLISH, FRENCH))
    if not same or TEST in tests:
        return reading
    facts = tuple(replace(found, fact=found.fact.removeprefix(SECOND)) for found in reading.facts)
    return replace(reading, facts=facts)
