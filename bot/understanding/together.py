"""An answer to a question that asks for several facts at once: "none of these", "7 7 6 7, in March"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.facts import JointQuestion, vocabulary
from bot.understanding import answers
from bot.understanding.message import Candidate, Message, base_of, whole
from bot.understanding.normalise import normalise
from bot.understanding.places import ABROAD, CANADA
from bot.understanding.test_names import ABILITIES
from bot.understanding.words import words
from bot.understanding.yesno import plain_yes_no

_W = words("together")
_NOTHING: Final = ("none_of_them", "i_have_none", "all_clear")
_NUMBERS: Final = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])|\b(?:none|nil|aucune?|rien)\b")


def read(
    message: Message, question: JointQuestion, asked: Sequence[str], found: list[Candidate]
) -> Iterator[Candidate]:
    """What the message answers besides what the readers found in it. ``asked``: the facts that were asked for."""
    if "?" in message.text and not re.search(r"\d", message.text):
        return
    if question.holding:
        yield from _each_may_hold(message, question, asked, found)
    else:
        yield from _told_together(message, question, found)


def none_of_these(text: str) -> bool:
    """Whether the words refuse all that was offered: "none of these", "rien de tout ça"; a bare "none" does not."""
    plain = normalise(text).text
    return _W["none_of_these"].fullmatch(plain) is not None


def says_none(message: Message) -> bool:
    """Whether the whole message is a no to everything that was offered: "none of these", "rien de tout cela"."""
    return plain_yes_no(message.plain) is False or any(_W[name].match(message.text) for name in _NOTHING)


def _each_may_hold(
    message: Message, question: JointQuestion, asked: Sequence[str], found: list[Candidate]
) -> Iterator[Candidate]:
    """One or more that are named; none of them; "only a refusal", which says that there is nothing else."""
    text = message.text
    told = {candidate.fact for candidate in found if candidate.fact and candidate.reason is None}
    left = [fact_id for fact_id in asked if fact_id not in told]
    if says_none(message):
        yield from (whole(message, fact_id, value) for fact_id, value in question.none_of(left).items())
        return
    excepted = _W["except"].search(text)
    begins_with_no = _W["begins_with_no"].match(text)
    denied = begins_with_no or _W["negated"].search(text[: excepted.start()] if excepted else text)
    unclear = {candidate.fact for candidate in found} - told
    able = [] if (denied and not excepted) or _W["not_yet"].search(text) else left
    named = [fact_id for fact_id in able if fact_id not in unclear and _W[f"named.{fact_id}"].search(text)]
    yield from (whole(message, fact_id, question.holding[fact_id], likely=True) for fact_id in named)
    holds = any(c.value == question.holding.get(str(c.fact)) for c in found if c.fact in asked and c.reason is None)
    if begins_with_no or ((named or holds) and (_W["only"].search(text) or (denied and excepted))):
        rest = [fact_id for fact_id in left if fact_id not in named]
        yield from (whole(message, fact, value, likely=True) for fact, value in question.none_of(rest).items())


def _told_together(message: Message, question: JointQuestion, found: list[Candidate]) -> Iterator[Candidate]:
    """The answer to the fact that a bare answer is for, then to the others; and what the buttons say with it."""
    told: dict[str, Any] = {str(c.fact): c.value for c in found if c.fact in question.facts and c.reason is None}
    read_so_far = list(found)
    if numbers := _numbers_in_order(message, question, found):
        yield from (number for number in numbers if number.fact not in told)
        return
    if question.bare is None and not any(c.fact in question.facts for c in found):
        yield from _for_any_of_them(message, question)
    refused: list[Candidate] = []
    bare_enough = plain_yes_no(message.plain) is not None
    for fact_id in _in_turn(question):
        by_its_words = vocabulary()[fact_id].type in ("boolean", "choice") and fact_id != question.bare
        settled = by_its_words and (told or bare_enough)
        if settled or _button(question, told) is not None or any(c.fact == fact_id for c in read_so_far):
            continue
        for candidate in answers.read(message, fact_id, read_so_far):
            if candidate.reason is not None:
                refused.append(candidate)
                continue
            told[fact_id] = candidate.value
            read_so_far.append(candidate)
            yield candidate
    if not told:
        yield from refused[:1]
    for fact_id, value in (_button(question, told) or {}).items():
        if fact_id not in told:
            yield whole(message, fact_id, value, likely=True)


def _in_turn(question: JointQuestion) -> list[str]:
    """The facts that a short answer may be for. Of the four scores of a test only the first: a lone number is that."""
    others = [fact for fact in question.facts if fact != question.bare and base_of(fact) not in ABILITIES]
    return [question.bare, *others] if question.bare else []


def _numbers_in_order(message: Message, question: JointQuestion, found: list[Candidate]) -> list[Candidate]:
    """ "3 and 25000": as many numbers as were asked for, each possible in its place; none that tells something else."""
    if any(candidate.fact not in question.facts or candidate.reason == "other_person" for candidate in found):
        return []
    facts = [vocabulary()[fact_id] for fact_id in question.facts]
    numbers = list(_NUMBERS.finditer(message.text))
    if any(message.people.at(number.start()) in ("partner", "other") for number in numbers):
        return []
    if len(numbers) != len(facts) or any(fact.type not in ("integer", "number") or fact.step for fact in facts):
        return []
    values = [float(number[0]) if number[0][0].isdigit() else 0.0 for number in numbers]
    told = [int(value) if value.is_integer() else value for value in values]
    if not all(fact.accepts(value) for fact, value in zip(facts, told, strict=True)):
        return []
    return [
        Candidate(fact.id, value, *number.span(), "self", said_plainly=True)
        for fact, value, number in zip(facts, told, numbers, strict=True)
    ]


def _for_any_of_them(message: Message, question: JointQuestion) -> Iterator[Candidate]:
    """ "None" is for all of them; a length of time alone could be for each, and is asked about."""
    if says_none(message):
        yield from (whole(message, fact_id, 0) for fact_id in question.facts)
        return
    for found in answers.read(message, question.facts[0], []):
        if found.reason is None and found.value == 0:  # a "no" to something else, or to one place alone
            yield from [found] if CANADA.search(message.text) and not ABROAD.search(message.text) else []
        elif found.reason is None:
            yield replace(found, reason="unclear_place", options=question.facts)


def _button(question: JointQuestion, told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What the one button that fits tells: "she stays behind" answers that she is no citizen either."""
    fitting = [
        facts for facts in question.options.values() if all(facts.get(fact) == value for fact, value in told.items())
    ]
    return fitting[0] if told and len(fitting) == 1 else None
