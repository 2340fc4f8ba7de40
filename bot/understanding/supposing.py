"""What somebody supposes, to hear what it would change: "what if I get CLB 9?", "and with a nomination?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

from bot.facts import vocabulary
from bot.understanding.language import Language
from bot.understanding.normalise import normalise
from bot.understanding.reader import read
from bot.understanding.reading import Reading
from bot.understanding.second_test import TEST, of_the_other_language
from bot.understanding.test_names import ABILITIES, FRENCH, LANGUAGE_WORD, LEVELS
from bot.understanding.words import words

_W = words("supposing")

_NOT_TRIED: Final = frozenset({"marital_status", "spouse_citizen_or_pr", "eca", "sibling_in_canada"})
"""A status or a requirement: whoever supposes one asks about its rule, not about points."""
_BACKWARDS: Final = frozenset({"spouse_accompanying"})
"""Of all others only what adds something is tried: "what if I have no job offer?" asks about a rule."""
_YEARS: Final = frozenset({"canadian_work_years", "foreign_work_years", "spouse_canadian_work_years"})


@dataclass(frozen=True, slots=True)
class Supposition:
    """``facts``: what is supposed; ``more``: those of them that come on top of what there is ("another year");
    ``rest``: the message without it; ``swapped``: that the partner applies, instead of facts."""

    facts: dict[str, Any]
    more: tuple[str, ...]
    rest: str
    swapped: bool = False


def supposed(
    text: str, *, first_test: str | None, language: Language | None, as_of: date, partnered: bool = False
) -> Supposition | None:
    """What the message supposes about the applicant or the partner; None if it supposes nothing that can be tried.

    ``first_test``: the test known so far, whose scale and language a bare score or level is of; the others as for
    ``read``. What would be claimed ("what if I say …") is never tried.
    """
    plain = normalise(text)
    lead = _W["lead"].search(plain.text)
    if partnered and _W["which_of_us"].search(plain.text):
        return Supposition({}, (), "", swapped=True)
    if lead is None or _W["claims"].search(plain.text, lead.start()):
        return None
    ends = _W["ends"].search(plain.text, lead.end())
    end = ends.start() if ends else len(plain.text)
    if partnered and _W["other_applies"].search(plain.text, lead.end(), end):
        return Supposition({}, (), "", swapped=True)
    said = _W["another"].sub("1", plain.text[lead.end() : end])
    more = _W["more"].search(plain.text, lead.end(), end) is not None
    statement = _W["were"].sub("i am", _W["more"].sub("", said)).strip(" ,;:.")
    if lead["with"] or lead["avec"]:
        statement = ("i have " if lead["with"] else "j'ai ") + statement
    reading = _read(statement, partial(read, language=language, as_of=as_of, partnered=partnered, supposing=True))
    if first_test is not None:
        reading = of_the_other_language(_in_its_language(reading, first_test, plain.text), first_test, "", asked=None)
    facts = {fact: value for fact, value in _told(reading) if _can_be_tried(fact, value)}
    if not facts:
        return None
    added = tuple(fact for fact in facts if more and fact in _YEARS)
    first, after = plain.span(lead.start(), end)
    return Supposition(facts, added, (text[:first] + " " + text[after:].lstrip("?!. ")).strip())


def _read(statement: str, reader: Callable[..., Reading]) -> Reading:
    """The statement as if it were so; "8 in everything" are scores of the test that is known."""
    reading = reader(statement)
    if reading.facts or not re.search(r"\d", statement):
        return reading
    scores = reader(statement, asked="listening")
    return scores if {found.fact for found in scores.facts} >= set(ABILITIES) else reading


def _told(reading: Reading) -> Iterator[tuple[str, Any]]:
    """Facts and values; one score for a whole test ("IELTS at 8") is that of every ability."""
    for found in reading.facts:
        yield found.fact, found.value
    for item in reading.not_taken:
        if item.reason == "unclear_ability" and item.fact and len(values := tuple(item.value or item.options)) == 1:
            prefix = item.fact.removesuffix("listening")
            value = int(values[0]) if float(values[0]).is_integer() else values[0]
            yield from ((prefix + ability, value) for ability in ABILITIES)


def _in_its_language(reading: Reading, first_test: str, plain: str) -> Reading:
    """Levels whose language is not named are of the test that is known."""
    if reading.value(TEST) not in LEVELS or LANGUAGE_WORD.search(plain) or "nclc" in plain:
        return reading
    level = "nclc" if first_test in FRENCH else "clb"
    facts = tuple(replace(f, value=level) if f.fact == TEST else f for f in reading.facts)
    return replace(reading, facts=facts)


def _can_be_tried(fact_id: str, value: Any) -> bool:
    fact = vocabulary()[fact_id]
    if "crs" not in fact.needed or fact.type in ("date", "jobs") or fact_id in _NOT_TRIED or not fact.accepts(value):
        return False
    return fact_id in _BACKWARDS or value not in (False, "none", 0)
