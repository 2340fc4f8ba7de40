"""How many people are in the family: applicant, partner and dependent children, coming along or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.message import Candidate, Message
from bot.understanding.words import words

_W = words("family")

_FAMILY_OF = _W["family_of"]
_CHILDREN = _W["children"]
_NO_CHILDREN = _W["no_children"]
_ALONE = _W["alone"]
_COUPLE = _W["couple"]
_KID_AFTER = _W["kid_after"]
_SPLIT_BOYS = _W["split_boys"]


def read(message: Message) -> Iterator[Candidate]:
    asked = message.asked == "family_size"
    direct = list(_direct(message))
    yield from direct
    if direct:
        return
    yield from _counted(message, asked=asked)


def _direct(message: Message) -> Iterator[Candidate]:
    for match in message.finditer(_FAMILY_OF):
        size = int(match["n"] or match["n2"] or match["n3"])
        if re.match(r"(?:we (?:are|will be)|nous (?:sommes|serons)|on (?:est|sera))", match.group()) and not _W[
            "people_after"
        ].match(message.text[match.end() :]):
            continue
        message.take(*match.span())
        if 1 <= size <= 30:
            yield Candidate("family_size", size, *match.span(), "self")
        else:
            yield Candidate("family_size", size, *match.span(), "self", reason="impossible_value")


def _counted(message: Message, *, asked: bool) -> Iterator[Candidate]:
    """The size from the people named: "married with 2 kids", "me, my wife and a daughter"."""
    text = message.text
    children, first, last = _children(message)
    partner = _partner(text)
    if children is None:
        none = _NO_CHILDREN.search(text)
        couple = _COUPLE.search(text)
        alone = _ALONE.search(text)
        if none and partner is not None and message.people.at(none.start()) in ("self", "both", "partner"):
            yield Candidate("family_size", 1 + partner, *none.span(), "self", likely=True)
        elif asked and couple:
            yield Candidate("family_size", 2, *couple.span(), "self")
        elif asked and alone:
            yield Candidate("family_size", 1, *alone.span(), "self")
        return
    couple = _COUPLE.search(text)
    if couple:
        partner = 1
    if partner is None and asked and re.search(r"\b(?:me|myself|moi)\b", text):
        partner = 0
    if partner is not None:
        yield Candidate("family_size", 1 + partner + children, first, last, "self", likely=True)


def _partner(text: str) -> int | None:
    """1 or 0 when the message says that there is a partner, or none."""
    if _W["without_partner"].search(text):
        return 0
    if _W["with_partner"].search(text):
        return 1
    return None


def _children(message: Message) -> tuple[int | None, int, int]:
    text = message.text
    split = _SPLIT_BOYS.search(text)
    if split:
        groups = [value for value in split.groups() if value]
        return sum(_count(value) for value in groups), *split.span()
    total, first, last = None, len(text), 0
    for match in _CHILDREN.finditer(text):
        if _KID_AFTER.match(text[match.end() :]) or not message.free(match.start("kind"), match.end("kind")):
            continue
        word = match["n"]
        if word in ("my", "our", "mon", "ma", "notre") and match["kind"] in (
            "kids",
            "children",
            "enfants",
            "sons",
            "daughters",
            "filles",
            "dependents",
            "dependants",
            "child",
            "dependent",
        ):
            continue
        before = text[max(0, match.start() - 20) : match.start()]
        if (
            total is not None
            or re.search(r"\b(?:no|her|his|sister|brother|their|not|if|pas)\b[^,.;]{0,12}$", before)
            or re.search(r"\b(?:when|as) $", before)
        ):
            continue
        if word in ("a", "an", "un", "une", "one") and match["kind"].endswith("s") and match["kind"] != "fils":
            continue
        total, first, last = _count(word), match.start(), match.end()
    return total, first, last


def _count(word: str) -> int:
    return int(word) if word.isdigit() else 1
