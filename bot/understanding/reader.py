"""Text to facts: every reader looks, then whose it is and how it was said decides what is taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

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
from bot.understanding.language import Language, detect_language
from bot.understanding.message import SPOUSE, Candidate, Message, base_of, prepare
from bot.understanding.normalise import normalise
from bot.understanding.people import Holder
from bot.understanding.reading import Found, NotTaken, Reading, Reason
from bot.understanding.test_names import ABILITIES
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
# What is said of the future is what these facts are about.
_ABOUT_PLANS: Final = frozenset({"destination", "spouse_accompanying", "stage"})
_TOLD_OF_PAST: Final = frozenset({"age", "marital_status", "family_size", "funds_amount"})
# The partner's fact for the applicant's; a partner's fact that has no counterpart is nobody's here.
_OF_PARTNER: Final = frozenset({"education", "language_test", *ABILITIES, "language_taken_on", "canadian_work_years"})
# What an answer does not mean: a file that was refused is an earlier one, a diploma in Canada need not be the highest.
_NOT_MEANT: Final = {
    "canadian_study": ("education",),
    **dict.fromkeys((f for f, kind in vocabulary().items() if kind.topic == "history"), ("stage",)),
}
_OF_WORK: Final = frozenset({"part_time", "self_employed", "student_work", "remote"})
_TEST_FACTS: Final = frozenset({"language_test", *ABILITIES})
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
_CORRECTION: Final = _W["correction"]
_TAKES_BACK: Final = _W["takes_back"]
_WHOSE_AFTER: Final = _W["whose_after"]
_LEFT_BEHIND: Final = re.compile(
    r"\b(?:not|instead of|rather than|isn't|pas|au lieu de|plutot que) (?:a |an |at |in |un |une )?$"
)


def read(
    text: str,
    *,
    asked: str | None = None,
    together: Sequence[str] = (),
    language: Language | None = None,
    as_of: date,
) -> Reading:
    """The facts of a message.

    ``asked``: the fact the assistant asked for, in whose light a short answer is read; ``together``: all facts that
    the question asked for, where it asked for several at once; ``language``: of the conversation, used only where
    the message does not show its own; ``as_of``: today. Never raises for any text; every value is acceptable to the
    vocabulary.
    """
    detected = detect_language(text)
    question = vocabulary().question_for(together)
    if question is not None and asked is not None:
        asked = question.bare or asked
    message = prepare(text, asked, detected or language, as_of, together)
    state = yesno.state(message.plain)
    if state is not None or (asked == "noc" and together_reader.says_none(message)):
        return Reading(language=detected, state=state or "unknown")  # none of the occupations that were offered
    candidates = [candidate for reader in _READERS for candidate in reader(message)]
    own = [c.start for c in candidates if c.fact in _ONLY_APPLICANTS and _own_item(message, c)]
    judged = [judged for candidate in candidates for judged in _judge(message, candidate, own)]
    judged = list(_portraits(message, judged))
    judged = [candidate for candidate in judged if candidate.fact not in _NOT_MEANT.get(asked or "", ())]
    if question is not None:
        answered = list(together_reader.read(message, question, together, judged))
        settled = {candidate.fact for candidate in answered if candidate.reason is None}
        judged = [c for c in judged if c.reason is None or c.fact not in settled] + answered
    elif asked is not None and asked in vocabulary() and not _settled(asked, judged):
        judged += list(answers.read(message, asked, judged))
    facts, dropped = _settle(message, judged)
    return Reading(
        tuple(_found(message, c) for c in facts),
        tuple(_not_taken(message, c) for c in dropped),
        detected,
    )


def corrects(text: str) -> bool:
    """Whether the words say that something said before was wrong: "sorry", "actually", "no, 33"."""
    return bool(_CORRECTION.search(normalise(text).text))


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


def _judge(message: Message, candidate: Candidate, own: list[int]) -> Iterator[Candidate]:
    """The candidate as the fact of its holder, or with the reason why it is not taken.

    ``own``: where items begin that can only be the applicant's; what follows them is the applicant's again.
    """
    fact = candidate.fact
    if fact is None:
        return
    holder = _named_after(message, candidate) or candidate.holder or message.people.at(candidate.start)
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
        if base in _OF_PARTNER:
            unsure = holder == "partner" and candidate.holder != "both" and message.people.inherited(candidate.start)
            yield replace(candidate, fact=SPOUSE + base, unsure_whose=unsure)
        elif holder == "partner" and not fact.startswith(SPOUSE):
            yield replace(candidate, reason=_somebody_elses(candidate))
        if holder == "partner":
            if fact.startswith(SPOUSE) and base not in _OF_PARTNER:
                yield candidate
            return
    yield candidate


def _back_to_self(message: Message, candidate: Candidate, own: list[int]) -> bool:
    named = message.people.last_mention(candidate.start)
    return any(named < start <= candidate.start for start in own) and _named_after(message, candidate) is None


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
    return "language" if base_of(fact) in _TEST_FACTS else fact


def _named_after(message: Message, candidate: Candidate) -> Holder | None:
    """ "MBA (me), B.Com (wife)": whose it is stands in parentheses after it."""
    match = _WHOSE_AFTER.match(message.text, candidate.end)
    if match is None:
        return None
    return "self" if match["self"] or match["self2"] else "partner"


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


def _settle(message: Message, candidates: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
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
        if len(values) == 1:
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
    about = _TEST_FACTS if own in _TEST_FACTS else {own}
    if any(c.fact in about and c.reason is None and c.value != "none" for c in others):
        return candidate
    return replace(candidate, reason="unclear_person", options=(own, candidate.fact))


def _shared_out(message: Message, candidates: list[Candidate]) -> Iterator[Candidate]:
    """Of two values in a list, the one after the partner was named is the partner's: "CLB 10, husband BE, CLB 8"."""
    told: dict[str, set[bool]] = {}
    for c in candidates:
        if c.fact in _OF_PARTNER and c.reason is None:
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
    first, last = min(c.start for c in same), max(c.end for c in same)
    return bool(_CORRECTION.search(message.text, first, last) or _CORRECTION.search(message.text, last, last + 20))


def _acceptable(fact: str, value: Any) -> bool:
    return fact in vocabulary() and vocabulary()[fact].accepts(value)


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
