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
_CLEAN = _W["clean"]


def read(message: Message) -> Iterator[Candidate]:
    for match in _CLEAN.finditer(message.text):
        message.take(*match.span())
        yield Candidate("criminal_record", False, *match.span())
    for fact, pattern in _FACTS:
        for match in message.finditer(pattern):
            before, after = message.around(*match.span(), 35, 25)
            if re.match(r" ?(?:check|certificate|clearance|verification|exam)", after):
                continue
            if fact == "past_refusal" and _OTHER_REFUSAL.search(before[-20:] + match.group()):
                continue
            negated = _NONE.search(before) or re.match(
                r" ?(?:[:=-] ?)?(?:none|no\b|nil|aucun|non\b|neant|jamais|never|clean|clear)", after
            )
            yield Candidate(fact, not negated, *match.span())
