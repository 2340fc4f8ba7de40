"""One value a fact, of all that a message says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from bot.facts import vocabulary
from bot.understanding.attribution import OF_PARTNER
from bot.understanding.message import SPOUSE, Candidate, Message
from bot.understanding.test_names import TEST_FACTS
from bot.understanding.words import words

_W = words("reader")

CORRECTION: Final = _W["correction"]
# "... and now 11 months in Edmonton" tells the next thing.
_A_NUMBER: Final = re.compile(r" ?\d")


def settle(message: Message, candidates: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """One value a fact: the same said twice is said once, a corrected one gives way, two are asked about."""
    candidates = list(_shared_out(message, [_whose(c, candidates) for c in candidates]))
    taken: list[Candidate] = []
    dropped = [c for c in candidates if c.reason is not None]
    by_fact: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.reason is None and candidate.fact:
            if _acceptable(candidate.fact, candidate.value):
                by_fact.setdefault(candidate.fact, []).append(candidate)
            else:
                dropped.append(replace(candidate, reason="out_of_range"))
    for same in by_fact.values():
        best = max(c.rank for c in same)
        leading = [c for c in same if c.rank == best]
        values = list(dict.fromkeys(c.value for c in leading))
        told_apart = len({c.apart for c in leading if c.apart}) == len(leading) > 1
        if len(values) == 1 and not told_apart:
            taken.append(next((c for c in leading if not c.likely), leading[0]))
            continue
        summed = _sum(leading)
        if summed is not None and not _corrected(message, leading):
            taken.append(summed)
            continue
        last = max(leading, key=lambda c: c.start)
        if _corrected(message, leading):
            taken.append(last)
            continue
        first = min(leading, key=lambda c: c.start)
        dropped.append(
            replace(first, end=max(c.end for c in leading), reason="two_results", options=tuple(values), value=None)
        )
    return sorted(taken, key=lambda c: c.start), sorted(dropped, key=lambda c: c.start)


def _whose(candidate: Candidate, others: list[Candidate]) -> Candidate:
    """After "My wife is a nurse." a bare "IELTS 7 each." is hers only if the applicant's own was told."""
    if not candidate.unsure_whose or candidate.reason is not None or candidate.fact is None:
        return candidate
    own = candidate.fact.removeprefix(SPOUSE)
    about = TEST_FACTS if own in TEST_FACTS else {own}
    if any(c.fact in about and c.reason is None and c.value != "none" for c in others):
        return candidate
    return replace(candidate, reason="unclear_person", options=(own, candidate.fact))


def _shared_out(message: Message, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Of two values in a list, the one after the partner was named is the partner's: "CLB 10, husband BE, CLB 8"."""
    told: dict[str, set[bool]] = {}
    for c in candidates:
        if c.fact in OF_PARTNER and c.reason is None:
            told.setdefault(c.fact, set()).add(message.people.last_named(c.start) == "partner")
    taken = {c.fact for c in candidates if c.reason is None}
    for c in candidates:
        both = c.fact is not None and len(told.get(c.fact, ())) == 2 and f"{SPOUSE}{c.fact}" not in taken
        differ = (
            both and len({other.value for other in candidates if other.fact == c.fact and other.reason is None}) > 1
        )
        if differ and c.reason is None and message.people.last_named(c.start) == "partner":
            yield replace(c, fact=f"{SPOUSE}{c.fact}", likely=True)
        else:
            yield c


def _sum(same: list[Candidate]) -> Candidate | None:
    """Years abroad in two countries are added; the years in Canada of two jobs too."""
    if same[0].fact not in ("foreign_work_years", "canadian_work_years") or any(not c.value for c in same):
        return None
    total = round(sum(c.value for c in same), 2)
    value = int(total) if float(total).is_integer() else total
    return replace(same[0], value=value, end=max(c.end for c in same), likely=True)


def _corrected(message: Message, same: list[Candidate]) -> bool:
    """Whether the later value replaces the earlier ones."""
    first, last = min(same, key=lambda c: c.start), max(same, key=lambda c: c.start)
    end = max(c.end for c in same)
    between = CORRECTION.search(message.text, first.start, end)
    if between and between.group() == "now" and _sum(same) is not None and last.value < first.value:
        between = None  # years of work grow: "1 year as a cook and now 8 months as a supervisor"
    after = CORRECTION.search(message.text, end, end + 20)
    goes_on = after is not None and _A_NUMBER.match(message.text, after.end()) is not None
    return between is not None or (after is not None and not goes_on)


def _acceptable(fact: str, value: Any) -> bool:
    return fact in vocabulary() and vocabulary()[fact].accepts(value)
