"""Which questions are still worth asking: those whose answer could change something that is shown.

An answer that can change nothing any more is not asked for. A fact is left out only when every result it
feeds is settled without it: no point of the score hangs on it, and each program and category that it is
needed for has its answer already.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import lru_cache

from bot.assessment.engine import assess
from bot.assessment.result import Assessment
from bot.facts import Profile, vocabulary
from bot.facts.questions import asked_together, open_questions
from bot.rules import RuleBook, rulebook

SETTLED_BY_RESULT = frozenset({"crs", "cec", "fsw", "fst", "categories", "rounds", "funds", "risks"})
"""Outputs of which the assessment itself says whether they still hang on a fact."""
ALWAYS = frozenset({"destination", "marital_status", "education", "canadian_study", "eca", "language_test"})
"""Facts that are taken for granted while they are not known, so that no result says it waits for them."""

ONLY_RISKS = ("risks",)
"""A risk is shown where a fact shows it; nothing says that it waits for one."""


def questions(profile: Profile, skipped: Collection[str], as_of: date) -> list[str]:
    """Facts still to be asked, in the order of the vocabulary, whose answer could change a result.

    ``skipped``: facts the person left out for now. Raises what ``assess`` raises.
    """
    return list(_questions(profile, frozenset(skipped), as_of, rulebook()))


def next_question(profile: Profile, skipped: Collection[str], as_of: date) -> str | None:
    """The first of ``questions``; assesses only where it has to."""
    first = next(iter(open_questions(profile, skipped)), None)
    if first is None or _always(first):
        return first
    return next(iter(_questions(profile, frozenset(skipped), as_of, rulebook())), None)


@lru_cache(maxsize=1024)
def _questions(profile: Profile, skipped: frozenset[str], as_of: date, rules: RuleBook) -> tuple[str, ...]:
    found = open_questions(profile, skipped)
    if all(_always(fact) for fact in found):
        return tuple(found)
    waiting = set(_waited_for(assess(profile, as_of, rules)))
    return tuple(fact for fact in found if _always(fact) or not waiting.isdisjoint(asked_together(profile, fact)))


def topics(profile: Profile, skipped: Collection[str], as_of: date) -> list[str]:
    """Topics with questions left, in order."""
    return list(dict.fromkeys(vocabulary()[fact].topic for fact in questions(profile, skipped, as_of)))


def _always(fact_id: str) -> bool:
    needed = vocabulary()[fact_id].needed
    return fact_id in ALWAYS or needed == ONLY_RISKS or not SETTLED_BY_RESULT.issuperset(needed)


def _waited_for(assessment: Assessment) -> Iterator[str]:
    """Facts that some result still waits for."""
    for width in assessment.score.widths:
        yield width.fact
    for program in assessment.programs:
        yield from program.missing
    for category in assessment.categories:
        if category.answer == "cannot_tell":
            yield from category.open
