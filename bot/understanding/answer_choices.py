"""A short answer to a question with a fixed set of answers: "masters", "not yet", "common law"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.facts import vocabulary
from bot.understanding import situation
from bot.understanding.message import Candidate, Message, base_of, whole
from bot.understanding.places import CANADA
from bot.understanding.words import words
from bot.understanding.yesno import plain_yes_no

_W = words("answers")

_NONE_WORDS = _W["none_words"]
_CHOICE_NO: Final = {
    "job_offer": "none",
    "canadian_study": "none",
    "language_test": "none",
    "second_language_test": "none",
    "spouse_language_test": "none",
    "eca": "not_done",
    "education": None,
}
_CLAUSE_ENDS: Final = re.compile(r"[,;.!\n]| (?:and|but|et|mais) ")
_CHOICE_YES: Final = {"eca": "done", "job_offer": "other"}
_CHOICE_WORDS: Final[dict[str, tuple[tuple[str, re.Pattern[str]], ...]]] = {
    "stage": (
        ("trouble", re.compile(r"\b(?:refus\w*|problem|probleme|trouble|reject\w*|appeal)\b")),
        ("submitted", _W["choice_words.submitted"]),
        ("invited", re.compile(r"\b(?:invited|ita|invitation|ipd|invitee?)\b")),
        ("in_pool", re.compile(r"\b(?:pool|profile|bassin|profil)\b")),
        ("considering", _W["choice_words.considering"]),
    ),
    "marital_status": (
        ("common_law", _W["choice_words.common_law"]),
        ("separated", re.compile(r"\bsepar\w+")),
        ("divorced", re.compile(r"\bdivorc\w+")),
        ("widowed", re.compile(r"\b(?:widow\w*|veuf|veuve)\b")),
        ("single", _W["choice_words.single"]),
        ("married", re.compile(r"\b(?:marri?ed|mariee?)\b")),
    ),
    "education": (
        ("doctorate", re.compile(r"\b(?:phd|doctor\w*|doctorat)\b")),
        ("professional", _W["choice_words.professional"]),
        ("master", _W["choice_words.master"]),
        ("two_or_more", _W["choice_words.two_or_more"]),
        ("bachelor", _W["choice_words.bachelor"]),
        ("two_year", re.compile(r"\b(?:2[- ]years?|two[- ]years?|2 ans|bts|dut|associates?)\b")),
        ("one_year", re.compile(r"\b(?:1[- ]year|one[- ]year|1 an|certificate|un an)\b")),
        ("secondary", _W["choice_words.secondary"]),
        ("none", _W["choice_words.none"]),
    ),
    "canadian_study": (
        ("none", _W["asked.canadian_study.none"]),
        ("three_or_more_years", _W["choice_words.three_or_more_years"]),
        ("one_or_two_years", _W["choice_words.one_or_two_years"]),
    ),
    "eca": (
        ("not_needed", _W["choice_words.not_needed"]),
        ("in_progress", _W["choice_words.in_progress"]),
        ("not_done", _W["choice_words.not_done"]),
        ("done", _W["choice_words.done"]),
    ),
    "job_offer": (
        ("none", re.compile(r"\b(?:no|none|not|never|nope|aucune?|non|pas)\b")),
        ("major_group_00", _W["choice_words.major_group_00"]),
        ("other", _W["choice_words.other"]),
    ),
    "destination": (
        ("undecided", _W["choice_words.undecided"]),
    ),
}  # fmt: skip


def _no_test_yet(text: str) -> bool:
    """ "None", "not yet", "je vais le passer bientôt"."""
    return _NONE_WORDS.match(text) is not None or _W["still_to_take"].match(text) is not None


def read(message: Message, asked: str, already: Sequence[Candidate] = ()) -> Iterator[Candidate]:
    """The choice that is said, in its words or others. ``already``: what the message told of other things."""
    fact = vocabulary()[asked]
    base = base_of(asked)
    text = message.text.strip()
    if asked == "stage" and _W["begins"].match(text):
        return
    answer = plain_yes_no(message.plain)
    value: str | None = None
    if answer is False or (base.endswith("language_test") and _no_test_yet(text)):
        value = _CHOICE_NO.get(asked, _CHOICE_NO.get(base))
    elif answer is True:
        value = _CHOICE_YES.get(asked)
    if value is None and text.replace(" ", "_") in fact.values:
        value = text.replace(" ", "_")
    likely = False
    if value is None and len(text) <= 80 and answer is None:
        for name, pattern in _CHOICE_WORDS.get(base, ()):
            if any(not _says_more(message, asked, found.span(), already) for found in pattern.finditer(message.text)):
                value, likely = name, True
                break
    others = asked == "destination" and situation.about_a_home_of_others(message)
    if asked == "destination" and value is None and len(text) <= 80 and not others and CANADA.search(text):
        value = situation.place(text) or ("outside_quebec" if not re.fullmatch(r"\W*canada\W*", text) else None)
    if value is not None and value in fact.values:
        yield whole(message, asked, value, likely=likely and len(text.split()) > 3)


def _says_more(message: Message, asked: str, word: tuple[int, int], already: Sequence[Candidate]) -> bool:
    """Whether the clause of a word tells of something else: "did IELTS in March" is no ECA that is done."""
    topic = vocabulary()[asked].topic
    others = [c for c in already if c.fact and c.fact in vocabulary() and vocabulary()[c.fact].topic != topic]
    begins = max((stop.end() for stop in _CLAUSE_ENDS.finditer(message.text, 0, word[0])), default=0)
    ends = _CLAUSE_ENDS.search(message.text, word[1])
    clause = (begins, ends.start() if ends else len(message.text))
    return any(c.start < clause[1] and clause[0] < c.end for c in others)
