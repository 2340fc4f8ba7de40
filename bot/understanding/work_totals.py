"""Years of which a part is told apart: "7 years in total, 2 of them in Canada", "10 ans dont 3 à Montréal"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.understanding.durations import Duration
from bot.understanding.message import Candidate, Message
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.words import words
from bot.understanding.work_places import last_place

_W = words("work")
_PARTS: Final = (_W["part_of"], _W["last_part"], _W["half_part"], _W["rest_part"], _W["part"], _W["part_listed"])
_OF_TOTAL = re.compile(rf"\b{_W.source('of_total')}")
_TOTAL_WORDS = _W["total_words"]
_WORK = _W["work"]
# From the total to its part, and from a part to the place it names.
_FAR: Final = 48
_NEXT_COUNT: Final = re.compile(r"\. ?\d")
_LEAD: Final = re.compile(r" ?(?:the |la |le |l'|a |an |une? )?")
_NEXT: Final = re.compile(r"(?:,? ?(?:and|et) |[&+;])")
_CANADIAN: Final = re.compile(r"canadian|canadienne?s?$")
_FOREIGN: Final = re.compile(r"(?:foreign|abroad)$")


@dataclass(frozen=True, slots=True)
class _Part:
    years: float
    place: str
    start: int
    end: int


def read(message: Message) -> Iterator[Candidate]:
    """Both sides of a total of which one is told; the spans are taken."""
    lengths = message.durations
    for total in lengths:
        if total.years is None or not message.free(total.start, total.end):
            continue
        parts = list(_parts(message, total))
        known = sum(part.years for part in parts)
        if not parts or known > total.years:
            continue
        message.take(total.start, total.end)
        sides = {"canada": 0.0, "abroad": 0.0}
        for part in parts:
            message.take(part.start, part.end)
            sides[part.place] += part.years
        rest = round(total.years - known, 2)
        told = {part.place for part in parts}
        if len(told) == 1 and rest:
            sides["abroad" if told == {"canada"} else "canada"] = rest
        for place, fact in (("canada", "canadian_work_years"), ("abroad", "foreign_work_years")):
            if place == "canada" and place not in told:
                continue
            years = sides[place]
            if years:
                value = int(years) if years.is_integer() else years
                yield Candidate(
                    fact, value, total.start, parts[-1].end, estimated=total.estimated, likely=place not in told
                )


def _parts(message: Message, total: Duration) -> Iterator[_Part]:
    """The parts told after a total, as long as each follows the one before."""
    text = message.text
    sentence = message.sentence_at(total.start)
    end = sentence.end
    if _TOTAL_WORDS.search(text, max(sentence.start, total.start - _FAR), end) and _NEXT_COUNT.match(text, end):
        end = message.sentence_at(end + 2).end
    stop = min(end, total.end + 160)
    reach, left = total.end, total.years or 0.0
    if not _about_work(text[sentence.start : stop]):
        return
    if _W["half_before"].search(text, sentence.start, total.start):
        half = last_place(text[total.end : stop])
        if half:
            yield _Part(round((total.years or 0) / 2, 2), half, total.start, total.end)
        return
    while reach < stop:
        found = next(
            (
                m
                for m in (pattern.search(text, reach, stop) for pattern in _PARTS)
                if m and _belongs(text, total, reach, m)
            ),
            None,
        )
        if found is None:
            return
        place, end = _place(text, found)
        years = round(left, 2) if found.re is _W["rest_part"] else _years(found, total)
        if place is None or not years:
            return
        yield _Part(years, place, found.start(), end)
        reach, left = end, left - years


def _belongs(text: str, total: Duration, reach: int, part: re.Match[str]) -> bool:
    """Whether it is a part of the total, not one more length beside it."""
    between = text[reach : part.start()]
    if part.re is _W["rest_part"] and reach == total.end:
        return False
    if len(between) > _FAR or CANADA.search(between) or ABROAD.search(between):
        return False
    if reach == total.end and part.re is _W["part"] and _NEXT.match(part.group()):
        return False
    if reach > total.end or part.re is not _W["part"] or _OF_TOTAL.match(part.group()):
        return True
    around = text[max(0, total.start - 24) : part.start()]
    enclosed = part.group()[0] in "(:"
    return enclosed or bool(_TOTAL_WORDS.search(around)) or (part["unit"] is None and part.group()[0] == ",")


def _place(text: str, part: re.Match[str]) -> tuple[str | None, int]:
    said = part.group()
    if _CANADIAN.search(said):
        return "canada", part.end()
    if _FOREIGN.search(said):
        return "abroad", part.end()
    lead = _LEAD.match(text, part.end())
    start = lead.end() if lead else part.end()
    for place, pattern in (("canada", CANADA), ("abroad", ABROAD)):
        match = pattern.match(text, start)
        if match:
            return place, match.end()
    return None, part.end()


def _years(part: re.Match[str], total: Duration) -> float:
    if part.re is _W["half_part"]:
        return round((total.years or 0) / 2, 2)
    number = float(part["n"] or 1)
    unit = part.groupdict().get("unit") or ""
    return round(number / 12 - 0.005, 2) if unit.startswith("m") else number


def _about_work(words_: str) -> bool:
    return _WORK.search(words_) is not None or _TOTAL_WORDS.search(words_) is not None
