"""Whether the partner comes along, by who moves, who stays, and who takes whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.places import CANADA
from bot.understanding.words import words

_W = words("accompanying")
_OTHERS: Final = re.compile(rf"\b(?:{words('people').source('kin')})\b")

_WHO = rf"\b(?:(?P<who>{_W.source('the_partner')})|(?P<pronoun>{_W.source('pronoun')}))(?:'s)?"
_DOES: Final = re.compile(
    rf"{_WHO}(?: ?\([^)]{{0,90}}\))?(?P<between>{_W.source('between')})"
    rf"(?:(?P<comes>{_W.source('comes')})|(?P<joins>{_W.source('joins_fr')})|(?P<stays>{_W.source('stays')}))"
)
# Fixed ways of saying it, looked for in this order.
_SAID: Final = (
    (False, _W["no_label"]),
    (False, _W["without"]),
    (True, _W["accompanied"]),
    (True, _W["with_partner"]),
    (True, _W["takes"]),
    (True, _W["joint_moving"]),
    (True, _W["together"]),
    (True, _W["with_partner_and"]),
)
_NEGATED = _W["negated"]
_NEGATED_AFTER = _W["negated_after"]
_YES_AFTER = _W["yes_after"]
_AFTERWARDS = _W["afterwards"]
_UNSURE = _W["unsure"]
_UNSURE_AFTER = _W["unsure_after"]
_BEFORE_UNSURE = _W["before_unsure"]
_LABEL = _W["label"]
_ALONE = _W["alone"]
_COUPLE = _W["couple"]
_NO_COUPLE = _W["no_couple"]
_STRONG = _W["strong"]
_OF_THE_PAST: Final = re.compile(r"\b(?:ex|late|former|business)[ -]$")
_LAST_STATEMENT: Final = re.compile(r"\b(?:and|et)\b|,")

FACT: Final = "spouse_accompanying"


def read(message: Message) -> Iterator[Candidate]:
    seen: list[tuple[int, int]] = []
    for found in _found(message):
        if any(found.start < end and start < found.end for start, end in seen):
            continue
        seen.append((found.start, found.end))
        if found.value is not None:
            yield found
    if not seen and _COUPLE.search(message.text) and not _NO_COUPLE.search(message.text):
        for match in message.finditer(_ALONE):
            yield Candidate(FACT, False, *match.span(), "self")


def _found(message: Message) -> Iterator[Candidate]:
    """What the message says, value None where it is left open; of overlapping ones the first stands."""
    for match in message.finditer(_LABEL):
        yield Candidate(FACT, match["yes"] is not None, *match.span(), "self")
    fixed = [(value, match) for value, pattern in _SAID for match in pattern.finditer(message.text)]
    for value, match in fixed[:]:
        if not value:
            yield Candidate(FACT, False, *match.span(), "self")
    for match in _DOES.finditer(message.text):
        if _is_partner(message, match):
            yield Candidate(FACT, _does(message, match), *match.span(), "self")
    for value, match in fixed:
        if value:
            before, after = message.around(*match.span())
            open_ = _UNSURE.search(before[-20:]) or _UNSURE_AFTER.match(after) or _UNSURE.search(match.group())
            taken: bool | None = None if open_ else not _NEGATED.search(f"{before[-22:]} {match.group()}")
            yield Candidate(FACT, taken, *match.span(), "self")


def _is_partner(message: Message, match: re.Match[str]) -> bool:
    """Not an ex-wife; "she" only where she is the partner, or can be nobody else."""
    before = message.text[max(0, match.start() - 10) : match.start()]
    if match["pronoun"] is None:
        return not _OF_THE_PAST.search(before) and message.people.at(match.end("who") - 1) != "other"
    if message.asks_for(FACT) or message.people.at(match.start()) == "partner":
        return True
    said = message.text[match.start() : match.end() + 16]
    return bool(_STRONG.search(said)) and not _OTHERS.search(message.text)


def _does(message: Message, match: re.Match[str]) -> bool | None:
    """Whether the partner comes, None where that is left open or something else is told."""
    before, after = message.around(*match.span(), 24, 40)
    between = match["between"]
    told = _LAST_STATEMENT.split(between)[-1] if len(between) > 12 else between
    if _BEFORE_UNSURE.search(before) or _UNSURE.search(between) or _UNSURE_AFTER.match(after):
        return None
    negated = bool(_NEGATED.search(told) or _NEGATED_AFTER.match(after)) and not _YES_AFTER.match(after)
    if match["stays"]:
        here = CANADA.search(re.split(r"[,;.]", after)[0])
        return None if here or negated else False
    if match["joins"]:
        return False if negated or _AFTERWARDS.match(after) else None
    return not negated and not _AFTERWARDS.match(after)
