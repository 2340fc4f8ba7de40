"""Work: how long, in Canada or abroad, what kind, and the NOC code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from bot.understanding import noc, work_lengths, work_none, work_stints, work_totals
from bot.understanding.durations import find_durations
from bot.understanding.message import Candidate, Message
from bot.understanding.places import CANADA, COUNTRY
from bot.understanding.reading import Reason
from bot.understanding.words import words
from bot.understanding.work_places import all_there, last_place, lives_here, told_of_home, told_of_home_here
from bot.understanding.work_stints import Stint

_W = words("work")

_KINDS: Final[tuple[Reason, ...]] = ("unpaid", "student_work", "part_time", "self_employed", "remote")
_FULL_TIME = re.compile(r"\b(?:full[- ]?time|temps plein|fulltime)\b")
_AS_A_JOB: Final = re.compile(r"\b(?:as|comme|en cd[di])\b")
_HERE: Final = re.compile(r"\b(?:here|ici)\b")
_NEXT_TO: Final = 40
_A_TOTAL_AND_PARTS: Final = 3
# Months are rounded down to hundredths of a year.
_ALIKE: Final = 0.03


def read(message: Message) -> Iterator[Candidate]:
    yield from noc.read(message)
    yield from work_none.read(message)
    yield from _lengths(message)


def _lengths(message: Message) -> Iterator[Candidate]:
    yield from work_totals.read(message)
    yield from work_lengths.labelled(message)
    durations = work_lengths.find(message)
    stints = [stint for d in durations if (stint := work_stints.find(message, d, durations)) is not None]
    if not stints:
        return
    if len(stints) > 1 and _W["several_jobs"].search(message.text):
        first, last = stints[0].duration, stints[-1].duration
        yield Candidate(
            "canadian_work_years" if CANADA.search(message.text) else "foreign_work_years",
            None,
            first.start,
            last.end,
            reason="unclear_amount",
        )
        return
    stints = sorted(
        [*stints, *work_stints.elliptic(message, durations, stints)], key=lambda stint: stint.duration.start
    )
    yield from _summed(message, _worked(message, _without_total(message, stints)))


def _worked(message: Message, stints: list[Stint]) -> list[Stint]:
    """The stints with their places. "En PVT depuis mars, serveur depuis mai": the stay is no work of its own."""
    others = [stint for stint in stints if not _W["stay"].search(stint.words) or _W["says_work"].search(stint.words)]
    if len(others) < len(stints) and any(stint.place == "canada" for stint in _placed(message, others)):
        return others
    return _placed(message, stints)


def _without_total(message: Message, stints: list[Stint]) -> list[Stint]:
    """ "11 years in total: Morocco 8 years, Canada 3 years": the sum of the others is no stint of its own.

    Nor is the "12+ years" above a list of jobs that all have their dates.
    """
    if len(stints) < _A_TOTAL_AND_PARTS:
        return stints
    for total in (stints[0], stints[-1]):
        others = [stint for stint in stints if stint is not total]
        known = sum(stint.duration.years or 0 for stint in others)
        d = total.duration
        near = message.text[max(0, d.start - _NEXT_TO) : d.end + _NEXT_TO // 2]
        if d.years is not None and abs(d.years - known) < _ALIKE and _W["total_words"].search(near):
            return others
        dated = d.start_on is None and all(stint.duration.start_on is not None for stint in others)
        if dated and d.years is not None and d.years <= known + 1:
            return others
    return stints


def _placed(message: Message, stints: list[Stint]) -> list[Stint]:
    """Where a stint without a place was, if the rest of the message settles it."""
    if all(stint.place for stint in stints):
        return stints
    no_canada, no_foreign = work_none.in_canada(message.text), work_none.abroad(message.text)
    for stint, following in pairwise(stints):
        joined = 0 <= following.duration.start - stint.duration.end <= _NEXT_TO
        if stint.place is None and joined and _AS_A_JOB.search(stint.words) and _AS_A_JOB.search(following.words):
            stint.place = following.place
    canadian = any(stint.place == "canada" for stint in stints)
    for stint in stints:
        if stint.place is not None:
            continue
        if whole := all_there(message.text):
            stint.place = whole
        elif no_canada != no_foreign:
            stint.place = "abroad" if no_canada else "canada"
        elif _W["there"].search(stint.words):
            stint.place = last_place(message.text[: stint.duration.start])
        elif _is_here(message, stints, stint) or (not canadian and _goes_on(stint) and lives_here(message)):
            stint.place, stint.guessed = "canada", True
        elif not no_canada and told_of_home(message):
            stint.place, stint.guessed = "abroad", True
    return stints


def _goes_on(stint: Stint) -> bool:
    """Whether the person still works there."""
    still_open = stint.duration.start_on is not None and stint.duration.end_on is None
    return still_open or _W["works_now"].search(stint.words) is not None


def _is_here(message: Message, stints: list[Stint], stint: Stint) -> bool:
    """ "here": where the person lives in Canada, or the other place than the one abroad just told."""
    if not _HERE.search(stint.words):
        return False
    beside_abroad = any(other.place == "abroad" for other in stints) and CANADA.search(message.text) is not None
    return beside_abroad or told_of_home_here(message)


def _summed(message: Message, stints: list[Stint]) -> Iterator[Candidate]:
    asked = "" if message.together else message.asked or ""
    for stint in stints:
        d = stint.duration
        holder = message.people.at(d.start)
        place = stint.place
        if place is None and asked in ("canadian_work_years", "spouse_canadian_work_years"):
            place = "canada"
        if place is None and asked == "foreign_work_years":
            place = "abroad"
        fact = {"canada": "canadian_work_years", "abroad": "foreign_work_years", None: None}[place]
        total = place is None
        message.take(d.start, d.end)
        if d.years is None:
            yield Candidate(fact or "foreign_work_years", None, d.start, d.end, reason="unclear_amount")
            continue
        kind = _kind(message, stint, place)
        value = work_lengths.number(d.years)
        if kind:
            yield Candidate(fact or "canadian_work_years", value, d.start, d.end, reason=kind)
        elif total:
            if _W["of_which"].search(message.text) and len(stints) > 1:
                continue
            yield Candidate(
                "foreign_work_years", value, d.start, d.end, holder, reason="unclear_place",
                options=("canadian_work_years", "foreign_work_years"), estimated=d.estimated,
            )  # fmt: skip
        else:
            if _W["of_which"].search(message.text) and stint is stints[0] and len(stints) > 1:
                continue
            apart = _apart(message, stints, stint)
            yield Candidate(fact, value, d.start, d.end, estimated=d.estimated, likely=stint.guessed, apart=apart)


def _apart(message: Message, stints: list[Stint], stint: Stint) -> str:
    """What tells a stint from another of the same length: its period, or its place in a list of stints."""
    d = stint.duration
    if d.start_on is not None:
        return f"{d.start_on} {d.end_on}"
    sentence = message.sentence_at(d.start)
    beside = [s for s in stints if sentence.start <= s.duration.start < sentence.end and s.duration.start_on is None]
    named = COUNTRY.search(stint.words)
    return named.group() if named and len(beside) > 1 else ""


def _beside(message: Message, stint: Stint, words: str) -> str:
    """The part of a sentence that tells of a stint: "since 2025, before that part time" tells of two."""
    said = message.text[stint.duration.start : stint.duration.end]
    return next((part for part in _W["earlier"].split(words) if said in part), words)


def _kind(message: Message, stint: Stint, place: str | None) -> Reason | None:
    sentence = message.sentence_at(stint.duration.start)
    words = _beside(message, stint, message.text[sentence.start : sentence.end])
    near = stint.words
    short = sentence.end - sentence.start < 90 and len(find_durations(words, message.as_of)) == 1
    for reason in _KINDS:
        pattern = _W[f"kinds.{reason}"]
        if reason == "student_work" and place == "abroad":
            continue
        if reason == "self_employed" and place == "abroad":
            continue
        if reason == "remote" and place == "abroad" and CANADA.search(message.text) is None:
            continue  # nobody named Canada: wherever the employer was, the work was abroad
        found = pattern.search(near)
        if not found and reason in ("part_time", "student_work") and _FULL_TIME.search(near):
            continue
        if not found and reason != "unpaid" and short:
            found = pattern.search(words)
        if found and not re.search(
            r"\b(?:not|no|never|pas|jamais) (?:\w+ )?$", words[: max(words.find(found.group()), 0)]
        ):
            return reason
    return None
