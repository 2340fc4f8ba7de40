"""Work: how long, in Canada or abroad, what kind, and the NOC code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import floor
from typing import Final

from bot.understanding import noc, work_totals
from bot.understanding.durations import Duration, between, find_durations
from bot.understanding.message import Candidate, Message
from bot.understanding.occupations import job_heads
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.reading import Reason
from bot.understanding.words import words
from bot.understanding.work_places import is_listed, last_place, place, told_of_home, told_of_home_here

_W = words("work")

_WORK = _W["work"]
_NOT_WORK = _W["not_work"]
_NO_CANADIAN: Final = (
    _W["no_canadian"],
    _W["no_canadian.2"],
    _W["no_canadian.3"],
    _W["no_canadian.4"],
    _W["no_canadian.5"],
    _W["no_canadian.6"],
)
_NO_FOREIGN: Final = (
    _W["no_foreign"],
    _W["no_foreign.2"],
    _W["no_foreign.3"],
)
_NO_EXPERIENCE_IN = _W["no_experience_in"]
_NEVER_WORKED = _W["never_worked"]
_KINDS: Final[tuple[tuple[Reason, re.Pattern[str]], ...]] = (
    (
        "student_work",
        _W["kinds.student_work"],
    ),
    (
        "part_time",
        _W["kinds.part_time"],
    ),
    (
        "self_employed",
        _W["kinds.self_employed"],
    ),
    ("remote", _W["kinds.remote"]),
)
_OF_WHICH = _W["of_which"]
_TOTAL = _W["total_words"]
_FULL_TIME = re.compile(r"\b(?:full[- ]?time|temps plein|fulltime)\b")
_BARE_PLACE = _W["bare_place"]
_COUNT_ALONE = _W["count_alone"]
_SAME_LIST: Final = 60
_SAME_PLACE: Final = 40
_SAME_STATEMENT: Final = re.compile(r" (?!(?:then|puis|and|et|plus)\b)[a-z' ]*(?<!then )(?<!and )(?<!et )(?<!puis )")
_WORK_FACTS: Final = frozenset(
    {"canadian_work_years", "foreign_work_years", "spouse_canadian_work_years", "fsw_work_years"}
)
_SAYS_WORK = _W["says_work"]
_OWN_JOB = re.compile(r"\b(?:je suis|i am|i was|am|etais|suis)(?: an?| une?)? ")
_AT_A_FIRM = _W["at_a_firm"]
_ACTIVITY = _W["activity"]
_WORDS_OF = re.compile(r"[a-z]{5,}")
_LABEL_CANADIAN = _W["label_canadian"]
_LABEL_FOREIGN = _W["label_foreign"]
_SEVERAL_JOBS = _W["several_jobs"]
_STARTED_BEFORE = re.compile(rf"{_W.source('started')}[^.;\n]{{0,48}}\b(?:in|on|en|le|since|depuis) (?:the )?$")
_ENDED = _W["ended"]
_STARTED_AGO = re.compile(rf"{_W.source('started')}[^.;\n]{{0,48}}$")
_LISTS_WORK = re.compile(r"\b(?:experience|work) ?[:=-] ?\d")
_AGO: Final = re.compile(r"(?P<n>\d{1,2}(?:\.\d)?) (?P<unit>months?|years?|mois|ans?)(?: ago)?\b")
_THERE: Final = _W["there"]
_AS_A_JOB: Final = re.compile(r"\b(?:as|comme)\b")
_NEXT_TO: Final = 40
_HERE: Final = re.compile(r"\b(?:here|ici)\b")
_LABELLED_WORK = re.compile(r"\b(?:experience|work|jobs?|travail|employment)\b[^,;]{0,20}[:\-=(,]?[^,;]{0,20}$")
_SOMEBODY_HAS = re.compile(_W.source("somebody_has"))
_SAID_NO_MORE = re.compile(r" ?(?:too|as well|aussi|only|seulement)? ?(?:$|[,.;)\n])")


@dataclass(slots=True)
class _Stint:
    """A length of work with the words around it."""

    duration: Duration
    words: str
    place: str | None = None
    guessed: bool = False


def read(message: Message) -> Iterator[Candidate]:
    yield from noc.read(message)
    yield from _none(message)
    yield from _lengths(message)


def _none(message: Message) -> Iterator[Candidate]:
    for fact, patterns in (("canadian_work_years", _NO_CANADIAN), ("foreign_work_years", _NO_FOREIGN)):
        for pattern in patterns:
            for match in pattern.finditer(message.text):
                if message.free(*match.span()):
                    message.take(*match.span())
                    yield Candidate(fact, 0, *match.span())
    for match in message.finditer(_NO_EXPERIENCE_IN):
        if ABROAD.match(message.text, match.end()):
            yield Candidate("foreign_work_years", 0, *match.span(), likely=True, rank=-1)
    for match in message.finditer(_NEVER_WORKED):
        yield Candidate("canadian_work_years", 0, *match.span(), likely=True)
        yield Candidate("foreign_work_years", 0, *match.span(), likely=True)


def _lengths(message: Message) -> Iterator[Candidate]:
    yield from work_totals.read(message)
    for fact, pattern in (("canadian_work_years", _LABEL_CANADIAN), ("foreign_work_years", _LABEL_FOREIGN)):
        for match in message.finditer(pattern):
            message.take(*match.span())
            yield Candidate(fact, _number(float(match["n"])), *match.span("n"))
    durations = [d for d in message.durations if message.free(d.start, d.end)]
    durations = sorted([*durations, *_bare(message, durations), *_started(message, durations)], key=lambda d: d.start)
    durations = [
        d for d, before in zip(durations, [None, *durations], strict=False) if not _same_again(message, before, d)
    ]
    stints = [stint for d in durations if (stint := _stint(message, d, durations)) is not None]
    if not stints:
        return
    if len(stints) > 1 and _SEVERAL_JOBS.search(message.text):
        first, last = stints[0].duration, stints[-1].duration
        yield Candidate(
            "canadian_work_years" if CANADA.search(message.text) else "foreign_work_years",
            None,
            first.start,
            last.end,
            reason="unclear_amount",
        )
        return
    stints = sorted([*stints, *_elliptic(message, durations, stints)], key=lambda stint: stint.duration.start)
    placed = _placed(message, stints)
    yield from _summed(message, placed)


def _same_again(message: Message, before: Duration | None, length: Duration) -> bool:
    """ "2 years in Calgary since 2024" is one length, told twice."""
    if before is None or length.start_on is None or before.start_on is not None or length.end_on is not None:
        return False
    gap = message.text[before.end : length.start]
    return len(gap) <= _SAME_PLACE and _SAME_STATEMENT.fullmatch(gap) is not None


def _bare(message: Message, durations: list[Duration]) -> Iterator[Duration]:
    """Years without the word, where lengths of work are being told: "3 years in Canada, 2 in India"."""
    for match in message.finditer(_COUNT_ALONE):
        start, end = match.span("n") if match["n"] else match.span("n2")
        told = match["n"] or any(d.end <= start <= d.end + _SAME_LIST for d in durations)
        if told and all(end <= d.start or d.end <= start for d in durations):
            yield Duration(start, end, float(match["n"] or match["n2"]))
    if not durations and message.asked not in _WORK_FACTS and not _LISTS_WORK.search(message.text):
        return
    for match in message.finditer(_BARE_PLACE):
        start, end = match.span("n")
        after = match.end()
        sentence = message.sentence_at(start)
        said_before = message.text[sentence.start : start]
        if _NOT_WORK.search(said_before) and not _WORK.search(said_before):
            continue
        placed = CANADA.match(message.text, after) or ABROAD.match(message.text, after)
        if placed and all(end <= d.start or d.end <= start for d in durations):
            yield Duration(start, end, float(match["n"]))


def _elliptic(message: Message, durations: list[Duration], stints: list[_Stint]) -> Iterator[_Stint]:
    """ "I worked 2 years in Canada, wife 1 year": what is said of one of the two holds for the other."""
    for duration in durations:
        sentence = message.sentence_at(duration.start)
        before = message.text[sentence.start : duration.start]
        earlier = [stint for stint in stints if sentence.start <= stint.duration.end <= duration.start and stint.place]
        if not earlier or any(stint.duration is duration for stint in stints):
            continue
        if _SOMEBODY_HAS.search(before) and _SAID_NO_MORE.match(message.text, duration.end):
            yield _Stint(duration, before[-20:], earlier[-1].place)


def _started(message: Message, durations: list[Duration]) -> Iterator[Duration]:
    """ "I started my job in Calgary in March 2024", of which no end is told."""
    if _ENDED.search(message.text):
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


def _number(years: float) -> float:
    return int(years) if float(years).is_integer() else years


def _stint(message: Message, duration: Duration, all_durations: list[Duration]) -> _Stint | None:
    """The duration with the words that belong to it: its clause, and following clauses without one of their own."""
    text = _without_taken(message, duration)
    sentence = message.sentence_at(duration.start)
    others = [d for d in all_durations if d is not duration]
    left = max((d.end for d in others if sentence.start <= d.end <= duration.start), default=sentence.start)
    right = min((d.start for d in others if duration.end <= d.start <= sentence.end), default=sentence.end)
    before, after = text[left : duration.start], text[duration.end : right]
    near_before = re.split(r"[,;()|\n]|(?<!\d)/|/(?!\d)|\band\b|\bet\b|\bbut\b|\bmais\b|\bthen\b| \+ | / ", before)[-1]
    if "(" in before and ")" not in before[before.rfind("(") :]:
        outer, inner = before.rsplit("(", 1)
        near_before = re.split(r"[,;]", outer)[-1] + re.split(r"[,;]", inner)[-1]
    cut = re.split(r"[,;(|\n]|(?<!\d)/|/(?!\d)|\band\b|\bet\b|\bbut\b|\bmais\b|\bthen\b|\bpuis\b| \+ | / ", after)
    aside = re.match(r" ?\(([^)]*)\)", after)
    near_after = aside[1] if aside else cut[0]
    near = f"{near_before} {text[duration.start : duration.end]} {near_after}"
    near = near.replace("work permit", "permit")
    if _NOT_WORK.search(near) and not (_SAYS_WORK.search(near) or _names_own_job(near)):
        return None
    if duration.years is not None and duration.years > 60:
        return None
    asked = message.asked in (
        "canadian_work_years",
        "foreign_work_years",
        "spouse_canadian_work_years",
        "fsw_work_years",
    )
    clause_after = after if len(cut) < 2 or right == sentence.end else near_after
    wide = f"{near_before} {text[duration.start : duration.end]} {clause_after}"
    whole = text[sentence.start : sentence.end]
    if left == sentence.start and right == sentence.end and _about_work(whole) and not _NOT_WORK.search(whole):
        wide = whole
    words_before = re.split(r"[;.]", message.text[left : duration.start])[-1]
    rest = message.text[duration.end : sentence.end]
    placed_near, placed_wide = (CANADA.search(part) or ABROAD.search(part) for part in (near, wide))
    told = (
        asked
        or _about_work(near)
        or _about_work(wide)
        or _LABELLED_WORK.search(words_before)
        or _follows_a_job(before, near_after, rest)
        or is_listed(before, after, whole, several=len(all_durations) > 1 or _tells_of_none(message.text))
        or (placed_near and (_about_work(message.text) or _ACTIVITY.search(whole)))
        or (placed_wide and (_AT_A_FIRM.search(near) or (_TOTAL.search(near) and _AT_A_FIRM.search(wide))))
    )
    if not told:
        return None
    stint = _Stint(duration, near)
    stint.place = place(rest, before, near_after, near_before, wide, words_before)
    return stint


def _tells_none_in_canada(text: str) -> bool:
    return any(pattern.search(text) for pattern in _NO_CANADIAN)


def _tells_none_abroad(text: str) -> bool:
    return any(pattern.search(text) for pattern in _NO_FOREIGN)


def _tells_of_none(text: str) -> bool:
    return _tells_none_in_canada(text) or _tells_none_abroad(text)


def _follows_a_job(before: str, near_after: str, after: str) -> bool:
    """ "nurse in Manila, 6 years, ...": a length of its own behind the item that names a job."""
    if near_after.strip() or not re.match(r" ?(?:$|[,;|/\n])", after):
        return False
    item = re.split(r"[,;|/\n]", before.rstrip(" ,;|/\n"))[-1] if before.rstrip().endswith((",", "/", "|", ";")) else ""
    return not job_heads().isdisjoint(_WORDS_OF.findall(item)) and not _NOT_WORK.search(item)


def _about_work(part: str) -> bool:
    """Whether the words speak of work, in general or by the name of a job."""
    return bool(_WORK.search(part)) or not job_heads().isdisjoint(_WORDS_OF.findall(part))


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


def _placed(message: Message, stints: list[_Stint]) -> list[_Stint]:
    """Where a stint without a place was, if the rest of the message settles it."""
    if all(stint.place for stint in stints):
        return stints
    no_canada, no_foreign = _tells_none_in_canada(message.text), _tells_none_abroad(message.text)
    for stint, following in pairwise(stints):
        joined = 0 <= following.duration.start - stint.duration.end <= _NEXT_TO
        if stint.place is None and joined and _AS_A_JOB.search(stint.words) and _AS_A_JOB.search(following.words):
            stint.place = following.place
    for stint in stints:
        if stint.place is None and no_canada and not no_foreign:
            stint.place = "abroad"
        elif stint.place is None and no_foreign and not no_canada:
            stint.place = "canada"
        elif stint.place is None and _THERE.search(stint.words):
            stint.place = last_place(message.text[: stint.duration.start])
        elif stint.place is None and _HERE.search(stint.words) and _here_is_canada(message, stints):
            stint.place, stint.guessed = "canada", True
        elif stint.place is None and not no_canada and told_of_home(message):
            stint.place, stint.guessed = "abroad", True
    return stints


def _here_is_canada(message: Message, stints: list[_Stint]) -> bool:
    """ "here": where the person lives in Canada, or the other place than the one abroad just told."""
    beside_abroad = any(stint.place == "abroad" for stint in stints) and CANADA.search(message.text) is not None
    return beside_abroad or told_of_home_here(message)


def _summed(message: Message, stints: list[_Stint]) -> Iterator[Candidate]:
    asked = message.asked or ""
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
        value = _number(d.years)
        if kind:
            yield Candidate(fact or "canadian_work_years", value, d.start, d.end, reason=kind)
        elif total:
            if _OF_WHICH.search(message.text) and len(stints) > 1:
                continue
            yield Candidate(
                "foreign_work_years", value, d.start, d.end, holder, reason="unclear_place",
                options=("canadian_work_years", "foreign_work_years"), estimated=d.estimated,
            )  # fmt: skip
        else:
            if _OF_WHICH.search(message.text) and stint is stints[0] and len(stints) > 1:
                continue
            yield Candidate(fact, value, d.start, d.end, estimated=d.estimated, likely=stint.guessed)


def _kind(message: Message, stint: _Stint, place: str | None) -> Reason | None:
    sentence = message.sentence_at(stint.duration.start)
    words = message.text[sentence.start : sentence.end]
    near = stint.words
    for reason, pattern in _KINDS:
        if reason == "student_work" and place == "abroad":
            continue
        if reason == "self_employed" and place == "abroad":
            continue
        found = pattern.search(near)
        if not found and reason in ("part_time", "student_work") and _FULL_TIME.search(near):
            continue
        if not found and sentence.end - sentence.start < 90 and len(find_durations(words, message.as_of)) == 1:
            found = pattern.search(words)
        if found and not re.search(
            r"\b(?:not|no|never|pas|jamais) (?:\w+ )?$", words[: max(words.find(found.group()), 0)]
        ):
            return reason
    return None
