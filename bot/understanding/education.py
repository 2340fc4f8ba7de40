"""Education, where it was, and its assessment (ECA). Only what is finished counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding import eca
from bot.understanding.durations import find_durations
from bot.understanding.message import Candidate, Message
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.words import words

_W = words("education")

LEVELS: Final = (
    "none",
    "secondary",
    "one_year",
    "two_year",
    "bachelor",
    "two_or_more",
    "professional",
    "master",
    "doctorate",
)
_YEARS_TO_LEVEL: Final = {1: "one_year", 2: "two_year", 3: "bachelor", 4: "bachelor"}

_LEVEL_ORDER: Final = ("none", "doctorate", "professional", "master", "two_year", "bachelor", "secondary")
_LEVEL: Final = tuple((level, _W[f"level.{level}"]) for level in _LEVEL_ORDER)
_DIPLOMA = _W["diploma"]
_UNCLEAR: Final = (
    (re.compile(r"\b(?:llb|law degree|bachelor of laws|diplome de droit)\b"), ("bachelor", "professional")),
    (
        _W["unclear"],
        ("secondary", "bachelor"),
    ),
    (
        _W["unclear.2"],
        ("bachelor", "master"),
    ),
)
_BAC_IN = _W["bac_in"]

_UNFINISHED_BEFORE = _W["unfinished_before"]
_UNFINISHED_AFTER = _W["unfinished_after"]
_FINISHED_AFTER = _W["finished_after"]
_NOT_BEFORE = _W["not_before"]
_ANOTHER_BEFORE = _W["another_before"]
_ANOTHER_SENSE = _W["another_sense"]
_TAUGHT_BEFORE = _W["taught_before"]
_SECOND_DEGREE = _W["second_degree"]
_NO_CANADIAN_STUDY = _W["no_canadian_study"]
_NEVER_IN_CANADA = _W["never_in_canada"]
_ASSESSED_AS = _W["assessed_as"]
_CANADIAN_LABEL = _W["canadian_label"]
_NEXT_THING = _W["next_thing"]
_LAST_THING = _W["last_thing"]
_NOT_ABOUT_STUDY = _W["not_about_study"]
_STUDIED = _W["studied"]
_STUDIED_ELSEWHERE = _W["studied_elsewhere"]
_NOT_STUDIED = _W["not_studied"]
_SHORT: Final = "one_or_two_years"
_LONG: Final = "three_or_more_years"
# The names of the two choices say it: one or two years, or three and more.
_LONG_FROM_YEARS: Final = 2.75
_ECA_BODY = re.compile(rf"\b{_W.source('eca_body')}\b")


def read(message: Message) -> Iterator[Candidate]:
    levels = list(_levels(message))
    yield from levels
    yield from _two_or_more(message, levels)
    yield from _canadian_study(message, levels)
    yield from eca.read(message)


def _levels(message: Message) -> Iterator[Candidate]:
    seen: list[tuple[int, int]] = []

    seen += [(day.start, day.end) for day in message.dates if day.precision == "day"]

    def fresh(start: int, end: int) -> bool:
        return all(end <= a or b <= start for a, b in seen)

    for match in _BAC_IN.finditer(message.text):
        seen.append(match.span())
        yield _judged(message, "bachelor", *match.span(), likely=True)
    for pattern, options in _UNCLEAR:
        for match in pattern.finditer(message.text):
            if fresh(*match.span()):
                seen.append(match.span())
                if message.asked_base == "education" and options == ("secondary", "bachelor"):
                    yield _judged(message, "bachelor", *match.span(), likely=True)
                else:
                    yield Candidate("education", None, *match.span(), reason="unclear_level", options=options)
    for match in _DIPLOMA.finditer(message.text):
        if fresh(*match.span()):
            found = _diploma(message, match)
            if found:
                seen.append(match.span())
                yield found
    for level, pattern in _LEVEL:
        for match in pattern.finditer(message.text):
            if fresh(*match.span()):
                seen.append(match.span())
                yield _judged(message, level, *match.span())


def _judged(message: Message, level: str, start: int, end: int, *, likely: bool = False) -> Candidate:
    before, after = message.around(start, end, 60, 45)
    rank = LEVELS.index(level) + (len(LEVELS) if _ASSESSED_AS.search(before) else 0)
    if level != "none":
        said = message.text[start:end]
        other_sense = said.startswith(("master", "licence", "doctor")) and _ANOTHER_BEFORE.search(before)
        taught = level == "secondary" and _TAUGHT_BEFORE.search(before)
        if _ANOTHER_SENSE.match(after) or other_sense or taught or _licence_to_work(message, start, end):
            return Candidate(None, level, start, end, reason="unclear_level")
        if _NOT_BEFORE.search(before) and not re.search(r"\bnot only\b", before):
            return Candidate("education", level, start, end, reason="negated", said_plainly=True)
        if _UNFINISHED_BEFORE.search(before) or _unfinished_after(after):
            return Candidate("education", level, start, end, reason="unfinished", said_plainly=True)
    return Candidate("education", level, start, end, rank=rank, likely=likely)


def _unfinished_after(after: str) -> bool:
    """ "masters in progress"; what is in progress in "licence (EDE en cours)" is the assessment."""
    if _FINISHED_AFTER.match(after):
        return False
    match = _UNFINISHED_AFTER.match(after)
    return match is not None and _ECA_BODY.search(match.group()) is None


def _licence_to_work(message: Message, start: int, end: int) -> bool:
    """ "licence" is a degree in French; in English it is one only "in" a subject."""
    if message.text[start:end] != "licence" or message.language == "fr":
        return False
    return re.match(r" (?:in|of|degree)\b", message.text[end:]) is None


def _diploma(message: Message, match: re.Match[str]) -> Candidate | None:
    """A diploma whose length says its level; without a length it is asked about."""
    said = match["length"] or match["length2"]
    text = match.group()
    start, end = match.span()
    if match["kind1"] in ("college", "program", "course", "programme", "technical") and not re.search(
        r"diploma|certificate|college|program|course", text
    ):
        return None
    length = {"one": 1, "un": 1, "two": 2, "three": 3}.get(said or "") or (int(float(said)) if said else None)
    if re.search(r"certificate of qualification|birth|police|marriage|nomination", message.text[start : end + 20]):
        return None
    if match["kind2"] and not said and re.fullmatch(r"certificates?|diplome ", text):
        return None
    level = _YEARS_TO_LEVEL.get(length or 0)
    if (
        level is None
        and re.search(r"post[- ]?grad\w*|\bpg\b|graduate certificate|pgd|pg ?dip", text)
        and "pgdm" not in text
    ):
        return _judged(message, "one_year", start, end, likely=True)
    if level is None and re.search(r"attestation|aec", text):
        return _judged(message, "one_year", start, end, likely=True)
    if level is None:
        found = _judged(message, "one_year", start, end)
        if found.reason is None:
            found.reason, found.options, found.value = "unclear_level", ("one_year", "two_year", "bachelor"), None
        return found
    return _judged(message, level, start, end, likely=level == "bachelor")


def _two_or_more(message: Message, levels: list[Candidate]) -> Iterator[Candidate]:
    """A three-year credential beside another one; a master's stands above both."""
    rank = LEVELS.index("two_or_more")
    for match in _SECOND_DEGREE.finditer(message.text):
        if re.search(r"master|maitrise", match.group()):
            continue
        yield Candidate("education", "two_or_more", *match.span(), rank=rank, likely=True)
        return
    for holder in ("self", "partner"):
        mine = [c for c in levels if c.reason is None and message.people.at(c.start) in (holder, "both")]
        three = [c for c in mine if c.value == "bachelor"]
        others = [c for c in mine if c.value in ("one_year", "two_year")]
        if three and others and not any(_same_degree(message, c, o) for c in three for o in others):
            last = others[-1]
            yield Candidate("education", "two_or_more", last.start, last.end, rank=rank, likely=True)


def _same_degree(message: Message, a: Candidate, b: Candidate) -> bool:
    low, high = sorted((a, b), key=lambda c: c.start)
    return bool(
        re.fullmatch(r"[ (/]*(?:or|ou|i\.e\.?|equivalent to|=|called)?[ (/]*", message.text[low.end : high.start])
    )


def _canadian_study(message: Message, levels: list[Candidate]) -> Iterator[Candidate]:
    for pattern in (_NO_CANADIAN_STUDY, _STUDIED_ELSEWHERE):
        for match in pattern.finditer(message.text):
            likely = pattern is _STUDIED_ELSEWHERE
            if not likely or ABROAD.match(message.text, match.end()):
                yield Candidate("canadian_study", "none", *match.span(), likely=likely)
    for match in _NEVER_IN_CANADA.finditer(message.text):
        yield Candidate("canadian_study", "none", *match.span(), likely=True)
    yield from _time_studied(message)
    for found in levels:
        if found.reason is not None and found.reason != "unclear_level":
            continue
        value = {"one_year": _SHORT, "two_year": _SHORT}.get(str(found.value), _LONG)
        worked = message.text.startswith(("post-doc", "postdoc"), found.start)
        if (
            worked
            or found.value in (None, "none", "secondary", "two_or_more")
            or not _in_canada(message, found, levels)
        ):
            continue
        yield Candidate("canadian_study", value, found.start, found.end, rank=int(value == _LONG))


def _in_canada(message: Message, found: Candidate, levels: list[Candidate]) -> bool:
    """Whether the words around a level, up to the next one, say that it was studied in Canada."""
    following = min((other.start for other in levels if other.start >= found.end), default=len(message.text))
    previous = max((other.end for other in levels if other.end <= found.start), default=0)
    before, after = message.around(found.start, found.end, 35, 60)
    before, after = before[-max(found.start - previous, 0) :], after[: following - found.end]
    if found.start == previous:
        before = ""
    clause_after = _NEXT_THING.split(after)[0]
    aside = re.match(r" ?\([^)]*\)", after)
    if aside:
        clause_after = aside.group() + _NEXT_THING.split(after[aside.end() :])[0]
    elif "(" in message.text[found.start : found.end]:
        inside, _, outside = after.partition(")")
        clause_after = inside + _NEXT_THING.split(outside)[0]
    clause_before = _LAST_THING.split(before)[-1]
    near = clause_before + message.text[found.start : found.end] + clause_after
    if _CANADIAN_LABEL.search(before):
        return True
    place = CANADA.search(near)
    if place is None or _NOT_ABOUT_STUDY.search(near):
        return False
    return re.search(r"\b(?:not|no|never|outside)\b[^,.]{0,15}$", near[: place.start()]) is None


def _time_studied(message: Message) -> Iterator[Candidate]:
    """ "studied 2 years in Canada": the length of the program, or for the partner that there was one."""
    for match in _STUDIED.finditer(message.text):
        sentence = message.sentence_at(match.start())
        begin = max(sentence.start, match.start() - 40)
        near = message.text[begin : min(sentence.end, match.end() + 60)]
        place = CANADA.search(near)
        if place is None or _NOT_ABOUT_STUDY.search(near) or _NOT_STUDIED.search(near):
            continue
        if message.people.at(match.start()) == "partner":
            yield Candidate("adaptability_spouse_canadian_study", True, *match.span(), "self", likely=True)
            return
        said = _LAST_THING.split(near[: match.start() - begin])[-1] + near[match.start() - begin :]
        lengths = [d.years for d in find_durations(said, message.as_of) if d.years]
        if len(lengths) == 1:
            value = _SHORT if lengths[0] < _LONG_FROM_YEARS else _LONG
            yield Candidate("canadian_study", value, *match.span(), likely=True)
            return
