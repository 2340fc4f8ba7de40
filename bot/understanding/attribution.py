"""Whose each candidate is and how it was said: the fact of its holder, or the reason why it is not taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.understanding.message import SPOUSE, Candidate, Message, base_of
from bot.understanding.people import named_after
from bot.understanding.reading import Reason
from bot.understanding.test_names import TEST_FACTS
from bot.understanding.words import words

_W = words("reader")

# What is said of the future is what these facts are about.
_ABOUT_PLANS: Final = frozenset({"destination", "spouse_accompanying", "stage"})
_TOLD_OF_PAST: Final = frozenset({"age", "marital_status", "family_size", "funds_amount"})
# The partner's fact for the applicant's; a partner's fact that has no counterpart is nobody's here.
OF_PARTNER: Final = frozenset({"education", *TEST_FACTS, "language_taken_on", "canadian_work_years"})
_OF_WORK: Final = frozenset({"unpaid", "part_time", "self_employed", "student_work", "remote"})
_MAY_PORTRAY: Final = frozenset({"question", "hypothetical"})
_PORTRAIT: Final = 3
# Of the applicant alone; after "my brother is a citizen", "no job offer" on its own is not the brother's.
_ONLY_APPLICANTS: Final = frozenset(
    {
        "job_offer",
        "provincial_nomination",
        "certificate_of_qualification",
        "stage",
        "destination",
        "funds_amount",
        "canadian_study",
        "eca",
    }
)
_ITEM_BEGINS: Final = re.compile(r"(?:[,;|/+]| - ) ?(?:and |et )?$")
_LEFT_BEHIND: Final = re.compile(
    r"\b(?:not|instead of|rather than|isn't|pas|au lieu de|plutot que) (?:a |an |at |in |un |une )?$"
)


def attribute(message: Message, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates as facts of their holders, each with the reason why it is not taken, if there is one."""
    own = [c.start for c in candidates if c.fact in _ONLY_APPLICANTS and _own_item(message, c)]
    judged = [judged for candidate in candidates for judged in _judge(message, candidate, own)]
    return list(_portraits(message, judged))


def _judge(message: Message, candidate: Candidate, own: list[int]) -> Iterator[Candidate]:
    """The candidate as the fact of its holder, or with the reason why it is not taken.

    ``own``: where items begin that can only be the applicant's; what follows them is the applicant's again.
    """
    fact = candidate.fact
    if fact is None:
        return
    holder = named_after(message.text, candidate.end) or candidate.holder or message.people.at(candidate.start)
    if holder in ("partner", "other") and candidate.holder is None and _back_to_self(message, candidate, own):
        holder = "self"
    if holder == "other":
        yield replace(candidate, reason=_somebody_elses(candidate))
        return
    if candidate.reason is None and not candidate.said_plainly:
        reason = _modality(message, candidate, base_of(fact))
        if reason:
            candidate = replace(candidate, reason=reason)
        elif (
            base_of(fact) not in _ABOUT_PLANS
            and _LEFT_BEHIND.search(message.text[max(0, candidate.start - 24) : candidate.start])
            and not isinstance(candidate.value, bool)
            and candidate.value not in ("none", "single", 0)
        ):
            candidate = replace(candidate, reason="negated")
    if holder in ("partner", "both"):
        base = fact.removeprefix(SPOUSE)
        if base in OF_PARTNER:
            unsure = holder == "partner" and candidate.holder != "both" and message.people.inherited(candidate.start)
            yield replace(candidate, fact=SPOUSE + base, unsure_whose=unsure)
        elif holder == "partner" and not fact.startswith(SPOUSE):
            yield replace(candidate, reason=_somebody_elses(candidate))
        if holder == "partner":
            if fact.startswith(SPOUSE) and base not in OF_PARTNER:
                yield candidate
            return
    yield candidate


def _back_to_self(message: Message, candidate: Candidate, own: list[int]) -> bool:
    named = message.people.last_mention(candidate.start)
    return any(named < start <= candidate.start for start in own) and named_after(message.text, candidate.end) is None


def _own_item(message: Message, candidate: Candidate) -> bool:
    """Whether an item of a list after the partner's ("wife IELTS 6 each, no job offer") is the applicant's."""
    if candidate.holder is not None:
        return False
    sentence = message.sentence_at(candidate.start)
    before = message.text[sentence.start : candidate.start]
    return (message.people.inherited(candidate.start) and not before.strip()) or _ITEM_BEGINS.search(before) is not None


def _portraits(message: Message, candidates: list[Candidate]) -> Iterator[Candidate]:
    """ "What is my score with age 29, a master's and CLB 9?": who asks so tells of themselves.

    An age beside two other kinds of facts in the same question or supposition makes it a self-portrait.
    """
    asked_about: dict[int, set[str]] = {}
    for c in candidates:
        if c.reason in _MAY_PORTRAY and c.fact:
            asked_about.setdefault(message.sentence_at(c.start).start, set()).add(_kind(c.fact))
    told = {
        place
        for place, kinds in asked_about.items()
        if "age" in kinds and len(kinds) >= _PORTRAIT and _asks_of_self(message, place)
    }
    for c in candidates:
        if c.reason in _MAY_PORTRAY and c.fact and message.sentence_at(c.start).start in told:
            yield replace(c, reason=None, likely=True)
        else:
            yield c


def _asks_of_self(message: Message, place: int) -> bool:
    sentence = message.sentence_at(place)
    return _W["asks_of_self"].search(message.text, sentence.start, sentence.end) is not None


def _kind(fact: str) -> str:
    return "language" if base_of(fact) in TEST_FACTS else fact


def _somebody_elses(candidate: Candidate) -> Reason:
    """What is unclear about somebody else's fact does not matter here."""
    unclear = candidate.reason is None or candidate.reason.startswith("unclear") or candidate.reason in _OF_WORK
    return "other_person" if unclear or candidate.reason is None else candidate.reason


def _modality(message: Message, candidate: Candidate, base: str) -> Reason | None:
    modality = message.modalities.at(candidate.start, candidate.end)
    if modality == "past" and base not in _TOLD_OF_PAST:
        return None
    if modality == "target" and base in _ABOUT_PLANS:
        return None
    if modality == "target" and (candidate.value in (False, 0) or candidate.value == "none"):
        return None
    return modality
