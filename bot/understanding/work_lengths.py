"""Which lengths of time in a message may be lengths of work, also those told without the word "years"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import floor
from typing import Final

from bot.understanding import work_none
from bot.understanding.durations import Duration, between
from bot.understanding.message import Candidate, Message
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.words import words

_W = words("work")

_WORK_FACTS: Final = frozenset(
    {"canadian_work_years", "foreign_work_years", "spouse_canadian_work_years", "fsw_work_years"}
)
_LISTS_WORK = re.compile(r"\b(?:experience|work) ?[:=-] ?\d")
_STARTED_BEFORE = re.compile(rf"{_W.source('started')}[^.;\n]{{0,48}}\b(?:in|on|en|le|since|depuis) (?:the )?$")
_STARTED_AGO = re.compile(rf"{_W.source('started')}[^.;\n]{{0,48}}$")
_AGO: Final = re.compile(r"(?P<n>\d{1,2}(?:\.\d)?) (?P<unit>months?|years?|mois|ans?)(?: ago)?\b")
_SAME_STATEMENT: Final = re.compile(r" (?!(?:then|puis|and|et|plus)\b)[a-z' ]*(?<!then )(?<!and )(?<!et )(?<!puis )")
_IN_OTHER_WORDS: Final = re.compile(r" ?[(:,=-] ?(?:from |de |du )?")
# How far from the last length a number still counts years, and from a length the day it began.
_SAME_LIST: Final = 60
_SAME_PLACE: Final = 40


def labelled(message: Message) -> Iterator[Candidate]:
    """ "Foreign: 5", "Canadian experience 2": a number behind its label; it is taken."""
    for place, fact in (("canadian", "canadian_work_years"), ("foreign", "foreign_work_years")):
        for match in message.finditer(_W[f"label_{place}"]):
            message.take(*match.span())
            yield Candidate(fact, number(float(match["n"])), *match.span("n"))


def find(message: Message) -> list[Duration]:
    """Lengths of time that nobody took yet, in order; the same length told twice once."""
    told = [d for d in message.durations if message.free(d.start, d.end)]
    told = sorted([*told, *_bare(message, told), *_started(message, told)], key=lambda d: d.start)
    return [d for d, before in zip(told, [None, *told], strict=False) if not _same_again(message, before, d)]


def asks_for_work(message: Message) -> bool:
    """Whether the question at hand is about years of work."""
    return message.asked in _WORK_FACTS


def number(years: float) -> float:
    """A whole number of years as an integer."""
    return int(years) if float(years).is_integer() else years


def _same_again(message: Message, before: Duration | None, length: Duration) -> bool:
    """ "2 years in Calgary since 2024" is one length, told twice."""
    if before is None or length.start_on is None or before.start_on is not None:
        return False
    gap = message.text[before.end : length.start]
    if length.end_on is not None:
        alike = None not in (length.years, before.years) and abs((length.years or 0) - (before.years or 0)) <= 1
        return alike and (_IN_OTHER_WORDS.fullmatch(gap) is not None or _goes_on(gap))
    return _goes_on(gap)


def _goes_on(gap: str) -> bool:
    """ "5 years as a technician in Abidjan from 2017": no new statement begins between the two."""
    return len(gap) <= _SAME_PLACE and _SAME_STATEMENT.fullmatch(gap) is not None


def _bare(message: Message, durations: list[Duration]) -> Iterator[Duration]:
    """Years without the word, where lengths of work are being told: "3 years in Canada, 2 in India"."""
    for match in message.finditer(_W["count_alone"]):
        start, end = match.span("n") if match["n"] else match.span("n2")
        told = match["n"] or any(d.end <= start <= d.end + _SAME_LIST for d in durations)
        if told and all(end <= d.start or d.end <= start for d in durations):
            yield Duration(start, end, float(match["n"] or match["n2"]))
    told = durations or asks_for_work(message) or _LISTS_WORK.search(message.text) or work_none.in_canada(message.text)
    if not told:
        return
    for match in message.finditer(_W["bare_place"]):
        start, end = match.span("n")
        after = match.end()
        sentence = message.sentence_at(start)
        said_before = message.text[sentence.start : start]
        if _W["not_work"].search(said_before) and not _W["work"].search(said_before):
            continue
        placed = CANADA.match(message.text, after) or ABROAD.match(message.text, after)
        if placed and all(end <= d.start or d.end <= start for d in durations):
            yield Duration(start, end, float(match["n"]))


def _started(message: Message, durations: list[Duration]) -> Iterator[Duration]:
    """ "I started my job in Calgary in March 2024", of which no end is told."""
    if _W["ended"].search(message.text):
        return
    for match in _AGO.finditer(message.text):
        before = message.text[max(message.sentence_at(match.start()).start, match.start() - 56) : match.start()]
        said = _STARTED_AGO.search(before)
        if said and (match.group().endswith("ago") or before.endswith("il y a ")):
            years = float(match["n"]) / (12 if match["unit"].startswith("m") else 1)
            yield Duration(match.start(), match.end(), floor(years * 100) / 100, estimated=True)
    for one in message.dates:
        sentence = message.sentence_at(one.start)
        said = _STARTED_BEFORE.search(message.text[sentence.start : one.start])
        known = one.value is not None and one.year_given and one.value <= message.as_of
        if said and known and one.value and all(one.end <= d.start or d.end <= one.start for d in durations):
            start = sentence.start + said.start()
            yield between(start, one.end, one.value, message.as_of, goes_on=True)
