"""Lengths of work with the words that belong to each: is it work at all, and where was it?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.understanding import work_none
from bot.understanding.durations import Duration
from bot.understanding.message import Message
from bot.understanding.occupations import job_heads
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.words import words
from bot.understanding.work_lengths import asks_for_work
from bot.understanding.work_places import is_listed, place

_W = words("work")

_LONGEST: Final = 60
_BETWEEN_CLAUSES: Final = r"(?<!\d)/|/(?!\d)|\band\b|\bet\b|\bbut\b|\bmais\b|\bthen\b| \+ | / | - "
_CLAUSE_BEFORE = re.compile(rf"[,;()|\n]|{_BETWEEN_CLAUSES}")
_CLAUSE_AFTER = re.compile(rf"[,;(|\n]|\bpuis\b|{_BETWEEN_CLAUSES}")
_BEGINS: Final = re.compile(r"[;.]")
# Behind another length: "1 year of Canadian experience + 5 years back home".
_NEXT_BEGINS: Final = re.compile(r"[;.+]|\b(?:and|et|plus|then|puis)\b")
_OWN_JOB = re.compile(r"\b(?:je suis|i am|i was|am|etais|suis)(?: an?| une?)? ")
_WORDS_OF = re.compile(r"[a-z]{5,}")
_LABELLED_WORK = re.compile(r"\b(?:experience|work|jobs?|travail|employment)\b[^,;]{0,20}[:\-=(,]?[^,;]{0,20}$")
_SOMEBODY_HAS = re.compile(_W.source("somebody_has"))
_SAID_NO_MORE = re.compile(r" ?(?:too|as well|aussi|only|seulement)? ?(?:$|[,.;)\n])")


@dataclass(slots=True)
class Stint:
    """A length of work with the words around it."""

    duration: Duration
    words: str
    place: str | None = None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class _Around:
    """The words around a length. ``near``: of its clause; ``wide``: also of following clauses without a length of
    their own; ``whole``: of its sentence; ``before``, ``after``: up to the next length."""

    before: str
    after: str
    near_before: str
    near_after: str
    near: str
    wide: str
    whole: str
    words_before: str
    rest: str


def find(message: Message, duration: Duration, all_durations: list[Duration]) -> Stint | None:
    """The length with its words and its place; None where it is no length of work."""
    around = _around(message, duration, all_durations)
    if _W["not_work"].search(around.near) and not (_W["says_work"].search(around.near) or _names_own_job(around.near)):
        return None
    if duration.years is not None and duration.years > _LONGEST:
        return None
    if not _told(message, duration, around, several=len(all_durations) > 1):
        return None
    where = place(around.rest, around.before, around.near_after, around.near_before, around.wide, around.words_before)
    return Stint(duration, around.near, where)


def _around(message: Message, duration: Duration, all_durations: list[Duration]) -> _Around:
    text = _without_taken(message, duration)
    sentence = message.sentence_at(duration.start)
    others = [d for d in all_durations if d is not duration]
    left = max((d.end for d in others if sentence.start <= d.end <= duration.start), default=sentence.start)
    begins = _BEGINS if left == sentence.start else _NEXT_BEGINS
    right = min((d.start for d in others if duration.end <= d.start <= sentence.end), default=sentence.end)
    before, after = text[left : duration.start], text[duration.end : right]
    near_before = _CLAUSE_BEFORE.split(before)[-1]
    if "(" in before and ")" not in before[before.rfind("(") :]:
        outer, inner = before.rsplit("(", 1)
        near_before = re.split(r"[,;]", outer)[-1] + re.split(r"[,;]", inner)[-1]
    cut = _CLAUSE_AFTER.split(after)
    aside = re.match(r" ?\(([^)]*)\)", after)
    near_after = aside[1] if aside else cut[0]
    said = text[duration.start : duration.end]
    clause_after = after if len(cut) < 2 or right == sentence.end else near_after
    wide = f"{near_before} {said} {clause_after}"
    own = "" if said.startswith(("since ", "depuis ")) else said  # what happened then is not what was done since
    whole = text[sentence.start : sentence.end]
    alone = left == sentence.start and right == sentence.end
    if alone and _about_work(whole) and not _W["not_work"].search(whole):
        wide = whole
    return _Around(
        before,
        after,
        near_before,
        near_after,
        f"{near_before} {own} {near_after}".replace("work permit", "permit").replace("years old", ""),
        wide,
        whole,
        begins.split(message.text[left : duration.start])[-1],
        message.text[duration.end : sentence.end],
    )


def _told(message: Message, duration: Duration, around: _Around, *, several: bool) -> bool:
    """Whether anything says that the length is one of work: the question, words, a job's name, a place in a list."""
    near, wide, text = around.near, around.wide, message.text
    if (
        asks_for_work(message)
        or _about_work(near)
        or _about_work(wide)
        or _LABELLED_WORK.search(around.words_before)
        or _follows_a_job(around.before, around.near_after, around.rest)
    ):
        return True
    if duration.start_on is not None and _W["list_of_work"].match(around.whole):
        return True
    several = several or work_none.in_canada(text) or work_none.abroad(text)
    if is_listed(around.before, around.after, around.whole, several=several):
        return True
    placed_near, placed_wide = (CANADA.search(part) or ABROAD.search(part) for part in (near, wide))
    if placed_near and (_about_work(text) or _W["activity"].search(around.whole)):
        return True
    at_a_firm = _W["at_a_firm"].search(near) or (_W["total_words"].search(near) and _W["at_a_firm"].search(wide))
    return placed_wide is not None and at_a_firm is not None


def elliptic(message: Message, durations: list[Duration], stints: list[Stint]) -> Iterator[Stint]:
    """ "I worked 2 years in Canada, wife 1 year": what is said of one of the two holds for the other."""
    for duration in durations:
        sentence = message.sentence_at(duration.start)
        before = message.text[sentence.start : duration.start]
        earlier = [stint for stint in stints if sentence.start <= stint.duration.end <= duration.start and stint.place]
        if not earlier or any(stint.duration is duration for stint in stints):
            continue
        if _SOMEBODY_HAS.search(before) and _SAID_NO_MORE.match(message.text, duration.end):
            yield Stint(duration, before[-20:], earlier[-1].place)


def _follows_a_job(before: str, near_after: str, after: str) -> bool:
    """ "nurse in Manila, 6 years, ...": a length of its own behind the item that names a job."""
    if near_after.strip() or not re.match(r" ?(?:$|[,;|/\n(])", after):
        return False
    item = re.split(r"[,;|/\n]", before.rstrip(" ,;|/\n"))[-1] if before.rstrip().endswith((",", "/", "|", ";")) else ""
    return _about_work(item) and not _W["not_work"].search(item)


def _about_work(part: str) -> bool:
    """Whether the words speak of work, in general or by the name of a job."""
    return bool(_W["work"].search(part)) or not job_heads().isdisjoint(_WORDS_OF.findall(part))


def _names_own_job(part: str) -> bool:
    """ "I am a welder", "je suis soudeur": the job follows within three words."""
    said = _OWN_JOB.search(part)
    return said is not None and not job_heads().isdisjoint(_WORDS_OF.findall(part, said.end(), said.end() + 30))


def _without_taken(message: Message, duration: Duration) -> str:
    """The text with what other readers took blanked out ("5 years experience, none in Canada")."""
    text = message.text
    for start, end in message.taken:
        if not (start < duration.end and duration.start < end):
            text = text[:start] + " " * (end - start) + text[end:]
    return text
