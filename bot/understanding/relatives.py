"""Brothers and sisters in Canada, and the relatives that count only for the selection grid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.words import words

_W = words("relatives")

_NO_SIBLING = _W["no_sibling"]
# "no relatives" as an item of one's whole profile is about Canada.
_ITEM = re.compile(r"[,;/|\n.] ?$")
_ENDS = re.compile(r" ?(?:$|[,;/|\n.])")
_PROFILE = 60
_HAS_SIBLING = _W["has_sibling"]
_SIBLING_YES = _W["sibling_yes"]
_IN_LAW = _W["in_law"]
_COUSIN_BEFORE = _W["cousin_before"]
_PARTNER: Final = re.compile(rf"\b(?:{words('people').source('partner')})\b")
_KIN: Final = re.compile(rf"\b(?:{words('people').source('kin')})\b|\bfriends?\b")
# "her brother": a partner's counts as one's own does, anybody else's does not.
_HERS: Final = re.compile(r"\b(?:her|his) $")
_COUSIN = re.compile(r"\bcousin(?:e|s|es)?(?:[ -](?:brother|sister)s?)?\b")
_STATUS = _W["status"]
_OTHER_STATUS = _W["other_status"]
_CLOSE = _W["close"]
_NOT_THERE = _W["not_there"]


def read(message: Message) -> Iterator[Candidate]:
    text = message.text
    for match in message.finditer(_SIBLING_YES):
        message.take(*match.span())
        yield Candidate("sibling_in_canada", True, *match.span(), "self")
    for match in message.finditer(_NO_SIBLING):
        sentence = message.sentence_at(match.start())
        relatives_only = (
            re.search(r"siblin|brother|sister|fratrie|cousin|frere|soeur|unique|only child|single child", match.group())
            is None
        )
        where = text[match.end() : min(sentence.end, match.end() + 45)]
        if relatives_only and not re.search(r"canad|there|la-bas", match.group() + where):
            listed = _ENDS.match(text, match.end()) and _ITEM.search(text[: match.start()]) and len(text) > _PROFILE
            if not listed:
                continue
        if ABROAD.search(where[:25]) and not CANADA.search(where):
            continue
        message.take(*match.span())
        yield Candidate("sibling_in_canada", False, *match.span(), "self", likely=relatives_only)
    for match in _COUSIN.finditer(text):
        if message.free(*match.span()):
            message.take(*match.span())
            yield Candidate("sibling_in_canada", None, *match.span(), "self", reason="cousin", said_plainly=True)
    for match in message.finditer(_HAS_SIBLING):
        yield from _sibling(message, match)
    yield from _close_relatives(message)


def _sibling(message: Message, match: re.Match[str]) -> Iterator[Candidate]:
    text = message.text
    sentence = message.sentence_at(match.start())
    after = text[match.end() : min(sentence.end, match.end() + 90)]
    before = text[max(sentence.start, match.start() - 30) : match.start()]
    if _IN_LAW.match(after):
        if CANADA.search(after) or _STATUS.search(after):
            yield Candidate(
                "sibling_in_canada", None, *match.span(), "self", reason="other_relative", said_plainly=True
            )
        return
    if _COUSIN_BEFORE.search(before) and not (_HERS.search(before) and _of_partner(message, match.start())):
        return
    clause = _W["marriage"].sub("", _W["end_of_statement"].split(after)[0])
    place = CANADA.search(clause)
    status = _STATUS.search(clause)
    canadian_before = re.search(r"\b(?:canadian|pr|citizen)\s$", before)
    if not place and not status and not canadian_before and not (CANADA.search(before)):
        if message.asked == "sibling_in_canada" and not ABROAD.search(clause):
            return
        return
    if _NOT_THERE.search(clause) and not status:
        return
    if (ABROAD.search(clause) and not place) or re.search(
        r"\b(?:usa?|united states|america|uk|australia|dubai)\b", clause
    ):
        return
    negated = (
        re.search(r"\b(?:not|neither|n'est pas|pas|without)\b[^,.;]{0,25}$", clause[: status.start()])
        if status
        else None
    )
    if (_OTHER_STATUS.search(clause) and not status) or (negated and place):
        yield Candidate("sibling_in_canada", False, *match.span(), "self", likely=True)
    elif status and not negated and not re.search(r"\b(?:applied|waiting|applying|apply|soon|demande)\b", clause):
        yield Candidate(
            "sibling_in_canada",
            True,
            match.start(),
            match.end() + len(clause.rstrip()),
            "self",
            likely=not (place or canadian_before),
        )
    elif canadian_before:
        yield Candidate("sibling_in_canada", True, *match.span(), "self", likely=True)
    else:
        yield Candidate(
            "sibling_in_canada", None, *match.span(), "self", reason="unclear_status", options=(True, False)
        )


def _of_partner(message: Message, place: int) -> bool:
    """Whether "her" and "his" can only be the partner: one was named, or is known, and nobody else before."""
    before = message.text[:place]
    return (message.partnered or _PARTNER.search(before) is not None) and not _KIN.search(before)


def _close_relatives(message: Message) -> Iterator[Candidate]:
    """Uncles, aunts, nephews, nieces, parents and grandparents who are citizens or residents in Canada."""
    for match in message.finditer(_CLOSE):
        sentence = message.sentence_at(match.start())
        after = re.split(r"[;.,]| but | and i ", message.text[match.end() : min(sentence.end, match.end() + 60)])[0]
        if (
            _STATUS.search(after)
            and CANADA.search(after)
            and not re.search(r"\b(?:not|pas|n't|applied|waiting)\b", after)
        ):
            yield Candidate("adaptability_relative_in_canada", True, *match.span(), "self", likely=True)
