"""Sensitive history, taken only when it is plainly said: refusals, fairness letter, record, health."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.words import words

_W = words("history")

_FACTS: Final = (
    (
        "fairness_letter",
        _W["facts.fairness_letter"],
    ),
    (
        "criminal_record",
        _W["facts.criminal_record"],
    ),
    (
        "medical_concern",
        _W["facts.medical_concern"],
    ),
    (
        "past_refusal",
        _W["facts.past_refusal"],
    ),
)
_OTHER_REFUSAL = re.compile(r"\b(?:nomination|pnp|oinp|sinp|aaip|eca|loan|credit|job|employer|designation)\b")
_NONE = _W["none"]
_NOTHING: Final = (("criminal_record", _W["clean"]), ("past_refusal", _W["never_refused"]))
_NONE_AFTER = _W["none_after"]


def read(message: Message) -> Iterator[Candidate]:
    for fact, nothing in _NOTHING:
        for match in nothing.finditer(message.text):
            message.take(*match.span())
            yield Candidate(fact, False, *match.span())
    for fact, pattern in _FACTS:
        for match in message.finditer(pattern):
            before, after = message.around(*match.span(), 35, 25)
            if re.match(r" ?(?:check|certificate|clearance|verification|exam)", after):
                continue
            if fact == "past_refusal" and _OTHER_REFUSAL.search(before[-20:] + match.group()):
                continue
            negated = _NONE.search(before) or _NONE_AFTER.match(after)
            yield Candidate(fact, not negated, *match.span())
