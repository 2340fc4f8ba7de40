"""Marital status, and what the partner is: coming along, citizen or permanent resident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding import accompanying
from bot.understanding.durations import find_durations
from bot.understanding.message import Candidate, Message
from bot.understanding.places import CANADA
from bot.understanding.reading import Reason
from bot.understanding.words import words

_W = words("partner")

# Longer names first: "common-law partner" before "partner", "not married" before "married".
_STATUS_ORDER: Final = ("single", "common_law", "separated", "divorced", "widowed", "married")
_STATUSES: Final = tuple((status, _W[f"status.{status}"]) for status in _STATUS_ORDER)
_NOT_YET = _W["not_yet"]
_PENDING = _W["pending"]
_NEGATED = _W["negated"]
_DONE: Final = re.compile(r"\b(?:got|was|were|been|just|since|me suis|nous sommes|s'est|on s'est|suis) $")
_NO_LONGER_MARRIED: Final = frozenset({"divorced", "widowed", "separated"})
_ENGAGED = _W["engaged"]
_MARRIED_BY = _W["married_by"]
_LIVING_TOGETHER = _W["living_together"]
_A_YEAR = _W["at_least_a_year"]
_UNMARRIED = re.compile(r"(?:not|un|pas|non|ni|never|jamais)\b|unmarried")

_CITIZEN_BY_BIRTH = _W["citizen_by_birth"]
_CITIZEN: Final = (
    (False, _W["citizen.no.4"]),
    (False, _W["citizen.no.1"]),
    (False, _W["citizen.no.2"]),
    (False, _W["citizen.no.3"]),
    (False, _W["citizen.no.5"]),
    (True, _W["citizen.yes.1"]),
    (True, _W["citizen.yes.2"]),
)
_COUPLE = words("accompanying")["couple"]
_OTHERS: Final = re.compile(rf"\b(?:{words('people').source('kin')})\b")
_APART: Final = re.compile(r"\b(?:not|never|pas|jamais|no longer|plus)\W+(?:yet |currently |encore )?$")
_PARTNER: Final = re.compile(rf"\b(?:{_W.source('partner')})\b")
_APPLYING = _W["applying"]
_DATING: Final = re.compile(r"\b(?:girlfriend|boyfriend|fiancee?|copine|copain|blonde|chum)\b")
_COMMON_LAW = _W["status.common_law"]


def read(message: Message) -> Iterator[Candidate]:
    explicit = list(_statuses(message))
    stated = {c.value for c in explicit if c.reason is None and c.holder == "self"}
    if "single" in stated and stated - {"single"} <= _NO_LONGER_MARRIED:
        # "single (divorced)": the exact word stands.
        explicit = [c for c in explicit if c.value != "single" or len(stated) == 1]
    yield from explicit
    yield from _implied(message, {c.value for c in explicit if c.reason is None})
    yield from _boolean(message, "spouse_citizen_or_pr", _CITIZEN)
    for match in message.finditer(_CITIZEN_BY_BIRTH):
        if CANADA.match(message.text, match.end()):
            yield Candidate("spouse_citizen_or_pr", True, *match.span(), "self", likely=True)
    yield from accompanying.read(message)


def _statuses(message: Message) -> Iterator[Candidate]:
    seen: list[tuple[int, int]] = []
    for status, pattern in _STATUSES:
        for match in pattern.finditer(message.text):
            start, end = match.span()
            if any(start < b and a < end for a, b in seen):
                continue
            seen.append((start, end))
            before, after = message.around(start, end)
            if message.people.at(start) == "other":
                yield Candidate("marital_status", status, start, end, "other")
            elif status in ("married", "divorced", "separated") and (
                _NOT_YET.search(before) or (_PENDING.match(after) and not _DONE.search(before))
            ):
                reason: Reason = "engaged" if status == "married" else "pending"
                options = ("single", "common_law") if status == "married" else ("married", "separated")
                yield Candidate("marital_status", status, start, end, "self", reason=reason, options=options)
            elif (_NEGATED.search(before) and status != "single") or (
                status == "single"
                and re.search(r"\b(?:not|no longer|pas|plus) (?:a )?$", before)
                and match.group().startswith(("single", "celib"))
            ):
                yield Candidate("marital_status", status, start, end, "self", reason="negated")
            elif status == "single" and _UNMARRIED.match(match.group()) and _lives_together(message.text):
                continue
            elif status == "single" and re.match(r" (?:mother|mom|mum|dad|father|parent)s?\b", after):
                # A word for a parent alone; what else is said of the status is more exact.
                yield Candidate("marital_status", status, start, end, "self", likely=True, rank=-1)
            else:
                yield Candidate("marital_status", status, start, end, "self")
    for match in _ENGAGED.finditer(message.text):
        if (
            not any(match.start() < b and a < match.end() for a, b in seen)
            and message.people.at(match.start()) != "other"
        ):
            yield Candidate(
                "marital_status",
                None,
                *match.span(),
                "self",
                reason="engaged",
                options=("single", "common_law"),
                said_plainly=True,
            )
    for match in _living_together(message.text):
        if not any(status == "common_law" and p.search(message.text) for status, p in _STATUSES):
            yield _together(message, match)


def _living_together(text: str) -> Iterator[re.Match[str]]:
    """Where the words say that the couple lives under one roof."""
    for match in _LIVING_TOGETHER.finditer(text):
        if not _APART.search(text[max(0, match.start() - 20) : match.start()]):
            yield match


def _lives_together(text: str) -> bool:
    return any(True for _ in _living_together(text))


def _together(message: Message, match: re.Match[str]) -> Candidate:
    """A year or more under one roof makes a common-law partner; anything less is asked about."""
    sentence = message.sentence_at(match.start())
    words = message.text[sentence.start : sentence.end]
    long = any((length.years or 0) >= 1 for length in find_durations(words, message.as_of)) or _A_YEAR.search(words)
    if long:
        return Candidate("marital_status", "common_law", *match.span(), "self", likely=True)
    return Candidate(
        "marital_status", None, *match.span(), "self", reason="unclear_status", options=("single", "common_law")
    )


def _implied(message: Message, stated: set[str]) -> Iterator[Candidate]:
    """ "my wife" says married, unless a status was said or she is a wife to be or of the past."""
    match = _MARRIED_BY.search(message.text)
    if match is None:
        return
    before, after = message.around(*match.span())
    if (
        re.search(r"\b(?:ex|late|former|future)[ -]?$", before)
        or re.match(r"[- ](?:to[- ]be|de fait)", after)
        or re.search(r"future|late|ex", match.group().split()[1] if " " in match.group() else "")
    ):
        return
    if stated:
        if stated & {"single"}:
            yield Candidate(
                "marital_status", "married", *match.span(), "self", reason="contradiction", options=(*stated, "married")
            )
        return
    yield Candidate("marital_status", "married", *match.span(), "self", likely=True)


def _only_the_partner(message: Message) -> bool:
    """Whether "she" can be nobody but the partner: a couple, and nobody else named."""
    return _COUPLE.search(message.text) is not None and not _OTHERS.search(message.text)


def _boolean(message: Message, fact: str, patterns: tuple[tuple[bool, re.Pattern[str]], ...]) -> Iterator[Candidate]:
    seen: list[tuple[int, int]] = []
    for value, pattern in patterns:
        for match in message.finditer(pattern):
            start, end = match.span()
            if any(start < b and a < end for a, b in seen):
                continue
            holder = message.people.at(end - 1)
            if (
                re.match(r"(?:she|he|elle|il)\b", match.group())
                and holder != "partner"
                and not message.asks_for(fact)
                and not _only_the_partner(message)
            ):
                continue
            named = _PARTNER.search(match.group())
            if named and message.people.at(start + named.end() - 1) == "other":
                continue
            before, after = message.around(start, end)
            if (
                fact == "spouse_citizen_or_pr"
                and value
                and (re.match(r" ?(?:applicant|application|process)", after) or _APPLYING.search(match.group()))
            ):
                continue
            if re.search(r"\b(?:ex|late|former|business)[ -]$", before):
                continue
            if match.group().startswith(("marri", "marie")) and message.people.at(start) == "other":
                continue
            if (
                _DATING.search(match.group())
                and not _lives_together(message.text)
                and not _COMMON_LAW.search(message.text)
            ):
                continue
            seen.append((start, end))
            yield Candidate(fact, value, start, end, "self")
