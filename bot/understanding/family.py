"""How many people are in the family: applicant, partner and dependent children, coming along or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.words import words

_W = words("family")

_FAMILY_OF = _W["family_of"]
_ONLY_PEOPLE = _W["only_people"]
_CHILDREN = _W["children"]
_OPENS_WITH_CHILD = _W["opens_with_child"]
_MULTIPLE = _W["multiple"]
_PARENT_OF = _W["parent_of"]
_LABEL = _W["children_label"]
_AGES = _W["their_ages"]
_NO_CHILDREN = _W["no_children"]
_ALONE = _W["alone"]
_ONLY_ME = _W["only_me"]
_COUPLE = _W["couple"]
_ONLY_COUPLE = _W["only_couple"]
_KID_AFTER = _W["kid_after"]
_NOT_BORN = _W["not_born"]
_NOT_OURS = _W["not_ours"]
_OURS = _W["ours"]
_PLURAL: Final = re.compile(r"(?:.*(?<!fil)s|children|babies|gosses|jumeaux)$")


def read(message: Message) -> Iterator[Candidate]:
    asked = message.asked == "family_size"
    direct = list(_direct(message))
    yield from direct
    if direct:
        return
    people = _ONLY_PEOPLE.search(message.text)
    if people:
        yield Candidate("family_size", int(people["n"]), *people.span("n"), "self", likely=True)
        return
    yield from _counted(message, asked=asked)


def _direct(message: Message) -> Iterator[Candidate]:
    for match in message.finditer(_FAMILY_OF):
        size = int(match["n"] or match["n2"] or match["n3"] or match["n4"])
        if (
            "fami" not in match.group()
            and re.match(r"(?:we (?:are|will be)|nous (?:sommes|serons)|on (?:est|sera))", match.group())
            and not _W["people_after"].match(message.text[match.end() :])
        ):
            continue
        message.take(*match.span())
        if 1 <= size <= 30:
            yield Candidate("family_size", size, *match.span(), "self")
        else:
            yield Candidate("family_size", size, *match.span(), "self", reason="impossible_value")


def _counted(message: Message, *, asked: bool) -> Iterator[Candidate]:
    """The size from the people named: "married with 2 kids", "me, my wife and a daughter"."""
    text = message.text
    children = _children(message)
    partner = _partner(text)
    if children is None:
        yield from _childless(message, partner, asked=asked)
        return
    if children.count is None:
        if _NO_CHILDREN.search(text):
            yield from _childless(message, partner, asked=asked)
        return
    if _COUPLE.search(text) or (
        partner is None and _OURS.search(text[max(0, children.start - 20) : children.start + 1])
    ):
        partner = 1
    if partner is None and message.partnered:
        partner = 1
    if partner is None and asked:
        partner = 1 if _W["with_partner"].search(text) else 0 if re.search(r"\b(?:me|myself|moi)\b", text) else None
    if partner is not None:
        yield Candidate("family_size", 1 + partner + children.count, children.start, children.end, "self", likely=True)


def _childless(message: Message, partner: int | None, *, asked: bool) -> Iterator[Candidate]:
    """Without children named: two when only a couple is, one when only oneself."""
    text = message.text
    none = _NO_CHILDREN.search(text)
    couple = _COUPLE.search(text)
    only_couple = _ONLY_COUPLE.search(text)
    only_me = _ONLY_ME.search(text)
    alone = _ALONE.search(text)
    if only_couple:
        yield Candidate("family_size", 2, *only_couple.span(), "self", likely=True)
    elif none and couple:
        yield Candidate("family_size", 2, *none.span(), "self", likely=True)
    elif none and partner is not None and message.people.at(none.start()) in ("self", "both", "partner"):
        yield Candidate("family_size", 1 + partner, *none.span(), "self", likely=True)
    elif none and alone and partner is None:
        yield Candidate("family_size", 1, *none.span(), "self", likely=True)
    elif asked and couple:
        yield Candidate("family_size", 2, *couple.span(), "self")
    elif asked and alone:
        yield Candidate("family_size", 1, *alone.span(), "self")
    elif only_me and not partner:
        yield Candidate("family_size", 1, *only_me.span(), "self", likely=True)


def _partner(text: str) -> int | None:
    """1 or 0 when the message says that there is a partner, or none."""
    if _W["without_partner"].search(text):
        return 0
    if _W["with_partner"].search(text):
        return 1
    return None


@dataclass(frozen=True, slots=True)
class _Children:
    """How many children are named, None for several of unknown number; where."""

    count: int | None
    start: int
    end: int


def _children(message: Message) -> _Children | None:
    """The applicant's children: a number said, or those named one by one."""
    said = _said_number(message)
    if said:
        return said
    generic: list[tuple[int | None, re.Match[str]]] = []
    named: list[tuple[int | None, re.Match[str]]] = []
    for match in message.finditer(_CHILDREN):
        if not _is_ours(message, match.start("kind"), match.end("kind"), match.start()):
            continue
        number = match["n"] or match["n2"]
        count = int(number) if number else None if _PLURAL.match(match["kind"]) else 1
        if count is not None and count > 15:
            continue
        (generic if match["generic"] else named).append((count, match))
    for match in message.finditer(_OPENS_WITH_CHILD):
        if not generic and not named:
            named.append((1, match))
    told = [pair for pair in generic if pair[0] is not None] or generic
    found = told[:1] if told else named
    if not found:
        return None
    counts = [count for count, _ in found]
    total = None if None in counts else sum(count for count in counts if count)
    return _Children(total, min(m.start() for _, m in found), max(m.end() for _, m in found))


def _said_number(message: Message) -> _Children | None:
    """ "Kids: 2", "mother of three", "kids (3 and 5)", "twins"."""
    for pattern in (_LABEL, _PARENT_OF, _AGES, _MULTIPLE):
        for match in pattern.finditer(message.text):
            if not _is_ours(message, match.start(), match.end(), match.start()):
                continue
            group = match.groupdict()
            if group.get("ages"):
                before = re.search(r"\b(\d{1,2}) (?:\w+ )?$", message.text[: match.start()])
                count = (
                    int(before[1])
                    if before
                    else len(re.findall(r"\d+", re.sub(r"\d+ ?(?:m|mois)", "1", group["ages"])))
                )
            elif group.get("twins") or group.get("n") in ("jumeaux", "twins"):
                count = 2
            elif group.get("triplets"):
                count = 3
            else:
                said = group.get("n") or group.get("n2") or group.get("n3") or "1"
                count = int(said) if said.isdigit() else 1
            if count <= 15:
                return _Children(count, *match.span())
    return None


def _is_ours(message: Message, start: int, end: int, from_: int) -> bool:
    """Not a nephew, not a child to come, not "child care"."""
    before = message.text[max(0, from_ - 22) : start]
    after = message.text[end : end + 24]
    if _KID_AFTER.match(after) or _NOT_OURS.search(before):
        return False
    clause = re.split(r"[,.;]", before)[-1]
    return not (_NOT_BORN.search(clause) or re.match(r"[^,.;]{0,6}\b(?:on the way|en route|due)\b", after))
