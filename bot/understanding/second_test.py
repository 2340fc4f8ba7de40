"""Which of two tests is the second one: each official language has one, whatever was asked for when it was told."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.understanding.normalise import normalise
from bot.understanding.reading import Reading
from bot.understanding.settling import CORRECTION
from bot.understanding.test_names import ABILITIES, ENGLISH, FRENCH, LANGUAGE_WORD

SECOND: Final = "second_"
TEST: Final = "language_test"
DAY: Final = "language_taken_on"
_OF_A_TEST: Final = frozenset({TEST, DAY, *ABILITIES})
_BEGINS_WITH_NO: Final = re.compile(r"\W*(?:no|non|nope|not|pas)\b")


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


def of_the_other_language(reading: Reading, known: str | None, text: str, *, asked: str | None) -> Reading:
    """The reading with a test in the other language than ``known``, the first test so far, as the second one.

    "English: IELTS 6 each", after the TCF. Not where it takes the place of the first: "no, IELTS", "actually I took
    the CELPIP", a test named alone when ``asked`` is whether the first one is right, or "CLB 8" after the TEF.
    """
    told = {found.fact for found in reading.facts}
    other = any(known in one and reading.value(TEST) in two for one, two in ((ENGLISH, FRENCH), (FRENCH, ENGLISH)))
    if not other or SECOND + TEST in told:
        return reading
    plain = normalise(text).text
    instead = CORRECTION.search(plain) is not None or _BEGINS_WITH_NO.match(plain) is not None
    unclear = reading.value(TEST) == "clb" or (asked == TEST and told.isdisjoint(ABILITIES))
    if instead or (unclear and LANGUAGE_WORD.search(plain) is None):
        return reading
    return replace(
        reading,
        facts=tuple(replace(f, fact=SECOND + f.fact) if f.fact in _OF_A_TEST else f for f in reading.facts),
        not_taken=tuple(replace(n, fact=SECOND + n.fact) if n.fact in _OF_A_TEST else n for n in reading.not_taken),
    )
