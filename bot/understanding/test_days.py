"""Which test a day is of, where somebody took two: the one named last before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.understanding.message import Candidate, Message
from bot.understanding.second_test import DAY, SECOND, TEST


def of_their_tests(message: Message, candidates: list[Candidate]) -> Iterator[Candidate]:
    """The candidates; a day of the applicant's test is one of the second test where that one is spoken of."""
    tests = [
        c for c in candidates if c.fact in (TEST, SECOND + TEST) and c.reason is None and c.value not in (None, "none")
    ]
    for candidate in candidates:
        if candidate.fact != DAY:
            yield candidate
            continue
        before = [test for test in tests if test.start < candidate.start]
        named = str((before or tests)[-1].fact) if tests else (message.asked or "")
        yield replace(candidate, fact=SECOND + DAY) if named.startswith(SECOND) else candidate
