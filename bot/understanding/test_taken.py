"""Whether a test that is named was taken, was not, or is still to come."""

from __future__ import annotations

from bot.understanding.message import Message
from bot.understanding.test_names import TestName
from bot.understanding.words import words

_W = words("language_tests")

_TAKEN_BEFORE = _W["taken_before"]
_TAKEN_AFTER = _W["taken_after"]
_TEST_DAY = _W["test_day"]
_PLANNED = _W["planned"]
_NOT_BEFORE = _W["not_before"]
_NOT_AFTER = _W["not_after"]


def not_taken(message: Message, test: TestName) -> bool:
    """Whether the person says that they have no result of this test yet."""
    before, after = message.around(test.start, test.end, 45, 40)
    return bool(_NOT_BEFORE.search(before.rsplit(",", 1)[-1]) or _NOT_AFTER.search(after))


def still_to_come(message: Message, test: TestName) -> bool:
    """Whether the test is not taken, planned or hoped for."""
    planned = _PLANNED.match(message.text, test.end) is not None
    return (
        planned or not_taken(message, test) or message.modalities.at(test.start, test.end) in ("target", "hypothetical")
    )


def is_taken(message: Message, test: TestName) -> bool:
    """Whether the person says that they took this test."""
    day = next((day for day in message.dates if 0 <= day.start - test.end <= 30), None)
    if day and day.value and day.value <= message.as_of and _TEST_DAY.match(message.text[test.end : day.start]):
        return True
    before, after = message.around(test.start, test.end, 45, 30)
    return bool(_TAKEN_BEFORE.search(before.rsplit(",", 1)[-1]) or _TAKEN_AFTER.match(after))
