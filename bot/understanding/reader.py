"""Text to facts: every reader looks, then whose it is and how it was said decides what is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final

from bot.facts import vocabulary
from bot.understanding import (
    age,
    answers,
    education,
    family,
    history,
    language_tests,
    money,
    offers,
    partner,
    relatives,
    situation,
    work,
    yesno,
)
from bot.understanding import together as together_reader
from bot.understanding.attribution import attribute
from bot.understanding.language import Language, detect_language
from bot.understanding.message import SPOUSE, Candidate, Message, base_of, prepare
from bot.understanding.normalise import normalise
from bot.understanding.reading import Found, NotTaken, Reading
from bot.understanding.settling import CORRECTION, settle
from bot.understanding.test_days import of_their_tests
from bot.understanding.words import words

_W = words("reader")

# In the order in which they may claim numbers.
_READERS: Final[tuple[Callable[[Message], Iterator[Candidate]], ...]] = (
    age.read,
    situation.read,
    language_tests.read,
    money.read,
    work.read,
    family.read,
    partner.read,
    education.read,
    offers.read,
    relatives.read,
    history.read,
)
# What an answer does not mean: a file that was refused is an earlier one, a diploma in Canada need not be the highest.
_NOT_MEANT: Final = {
    "canadian_study": ("education",),
    **dict.fromkeys((f for f, kind in vocabulary().items() if kind.topic == "history"), ("stage",)),
}
_TAKES_BACK: Final = _W["takes_back"]
_BESIDES: Final = _W["besides"]


def read(
    text: str,
    *,
    asked: str | None = None,
    together: Sequence[str] = (),
    language: Language | None = None,
    as_of: date,
    partnered: bool = False,
    supposing: bool = False,
) -> Reading:
    """The facts of a message.

    ``asked``: the fact the assistant asked for, in whose light a short answer is read; ``together``: all facts that
    the question asked for, where it asked for several at once; ``language``: of the conversation, used only where
    the message does not show its own; ``as_of``: today; ``partnered``: a partner is known and nobody else was spoken
    of, so that "she" is the partner; ``supposing``: what is supposed or hoped for is read as if it were so. Never
    raises for any text; every value is acceptable to the vocabulary.
    """
    detected = detect_language(text)
    question = vocabulary().question_for(together)
    if question is not None and asked is not None:
        asked = question.bare or asked
    message = prepare(text, asked, detected or language, as_of, together, partnered=partnered, supposing=supposing)
    state = yesno.state(message.plain)
    if state is not None or (asked == "noc" and together_reader.says_none(message)):
        return Reading(language=detected, state=state or "unknown")  # none of the occupations that were offered
    candidates = [candidate for reader in _READERS for candidate in reader(message)]
    judged = list(of_their_tests(message, attribute(message, candidates)))
    judged = [candidate for candidate in judged if candidate.fact not in _NOT_MEANT.get(asked or "", ())]
    if question is not None:
        answered = list(together_reader.read(message, question, together, judged))
        settled = {candidate.fact for candidate in answered if candidate.reason is None}
        judged = [c for c in judged if c.reason is None or c.fact not in settled] + answered
    elif asked is not None and asked in vocabulary() and not _settled(asked, judged):
        judged += list(answers.read(message, asked, judged))
    facts, dropped = settle(message, judged)
    return Reading(
        tuple(_found(message, c) for c in facts),
        tuple(_not_taken(message, c) for c in dropped),
        detected,
    )


def corrects(text: str) -> bool:
    """Whether the words say that something said before was wrong: "sorry", "actually", "no, 33"."""
    return bool(CORRECTION.search(normalise(text).text))


def adds(text: str) -> bool:
    """Whether the words tell something beside what was said before: "I also have", "en plus"."""
    return bool(_BESIDES.search(normalise(text).text))


def read_correction(text: str, *, answered: str, language: Language | None, as_of: date) -> Reading | None:
    """A correction of the answer given last, which it does not name: "no, 33". None if it is not one."""
    plain = normalise(text)
    match = _TAKES_BACK.match(plain.text)
    if match is None or not plain.text[match.end() :].strip():
        return None
    start = plain.span(match.end(), len(plain.text))[0]
    reading = read(text[start:], asked=answered, language=language, as_of=as_of)
    return reading if [found.fact for found in reading.facts] == [answered] else None


def _settled(asked: str, judged: list[Candidate]) -> bool:
    """Whether the readers have dealt with the question already, be it to say why there is no answer yet."""
    own_instead = asked.startswith(SPOUSE) and any(c.fact == base_of(asked) and c.reason is None for c in judged)
    about_it = [c for c in judged if c.fact == asked or (asked == "age" and c.fact == "date_of_birth")]
    return own_instead or any(
        c.reason not in ("negated", "contradiction", "cousin", "other_relative", "other_person", "unclear_status")
        for c in about_it
    )


def _found(message: Message, c: Candidate) -> Found:
    span = message.plain.span(c.start, c.end)
    return Found(
        str(c.fact),
        c.value,
        span,
        message.plain.original[span[0] : span[1]],
        c.estimated,
        "likely" if c.likely else "certain",
    )


def _not_taken(message: Message, c: Candidate) -> NotTaken:
    span = message.plain.span(c.start, c.end)
    return NotTaken(
        c.fact, span, message.plain.original[span[0] : span[1]], c.reason or "out_of_range", c.options, c.value
    )
