"""A short answer read in the light of the question that was asked: "7.5", "no", "four", "not yet"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Final

from bot.facts import vocabulary
from bot.understanding import age, answer_choices, answer_histories, situation
from bot.understanding.dates import MONTH, month_before, month_named
from bot.understanding.durations import find_durations
from bot.understanding.message import Candidate, Message, base_of, whole
from bot.understanding.words import words
from bot.understanding.yesno import plain_yes_no

_W = words("answers")

_LEADS = _W.source("leads")
_NUMBER = re.compile(rf"^[\s,.:~=-]*{_LEADS}(?P<n>-?\d+(?:\.\d+)?)(?P<rest>.*)$", re.DOTALL)
_ABOUT = _W["about"]
_REST_OK: Final = {
    "years": re.compile(r"^ ?\+? ?(?:y|years?|ans?|annees?|old|yo)?[\s\w.,!)]{0,12}$"),
    "people": _W["rest_ok"],
    "points": _W["rest_ok.2"],
    "age": _W["rest_ok.age"],
}
_SOON = _W["soon"]
_ONE = re.compile(r"\W*(?:just |only |seulement )?(?:one|une?)\W*")
_MONTH_ALONE: Final = re.compile(rf"{_W.source('about_a_month')}(?:{MONTH})\W*")
# These are a year old at most, so that a month alone says which year it was.
_THIS_YEAR: Final = frozenset({"profile_submitted_on", "invited_on"})
_BEGINS_ANEW: Final = re.compile(r"(?:^|[,;.!:\n]| (?:and|but|et|mais)) *$")
_NOT_N = re.compile(r"\b(?:not|pas|instead of|au lieu de) (?:a )?-?\d+(?:\.\d+)?")
_NONE_WORDS = _W["none_words"]
_OF_A_COUPLE = _W["years_of_a_couple"]
_BOOLEAN_NO = _W["boolean_no"]
_BOOLEAN_YES = _W["boolean_yes"]
_ASKED_YES: Final = {
    "spouse_accompanying": _W["asked.spouse_accompanying.yes"],
    "spouse_citizen_or_pr": _W["asked.spouse_citizen_or_pr.yes"],
    "sibling_in_canada": _W["asked.sibling_in_canada.yes"],
}
_ASKED_NO: Final = {
    "spouse_accompanying": _W["asked.spouse_accompanying.no"],
    "spouse_citizen_or_pr": _W["asked.spouse_citizen_or_pr.no"],
    "sibling_in_canada": _W["asked.sibling_in_canada.no"],
}
_CHANGES_MIND = _W["changes_mind"]


def read(message: Message, asked: str, already: list[Candidate]) -> Iterator[Candidate]:
    """The asked fact, when no reader found it in the message. ``already``: what the readers found."""
    if not message.text.strip():
        return
    fact = vocabulary()[asked]
    if "?" in message.text and (fact.type in ("boolean", "choice") or not re.search(r"\d", message.text)):
        return
    reader: Callable[[Message, str], Iterator[Candidate]] | None = {
        "boolean": _boolean,
        "integer": _number,
        "number": _number,
        "date": _date,
        "choice": answer_choices.read,
        "noc": _noc,
        "jobs": answer_histories.jobs,
        "stays": answer_histories.stays,
    }.get(fact.type)
    if reader is None:
        return
    if fact.type in ("boolean", "choice"):
        message = _without_others(message, asked, already)
        if not message.text.strip():
            return
    taken = [(c.start, c.end) for c in already if c.reason in (None, "other_person")]
    read_it = partial(answer_choices.read, already=already) if fact.type == "choice" else reader
    for found in read_it(message, asked):
        if not any(found.start < end and start < found.end for start, end in taken) or fact.type in (
            "boolean",
            "choice",
        ):
            yield found


def _without_others(message: Message, asked: str, already: list[Candidate]) -> Message:
    """The message without what tells another fact: "never worked in Canada" is no answer to the question for a test."""
    text = message.text
    for c in already:
        if c.reason is None and base_of(c.fact or "") != base_of(asked):
            said = "" if _BEGINS_ANEW.search(text[: c.start]) else "#"  # "we have 3 kids" is no "we have"
            text = text[: c.start] + said.ljust(c.end - c.start) + text[c.end :]
    return replace(message, plain=replace(message.plain, text=text))


def _boolean(message: Message, asked: str) -> Iterator[Candidate]:
    answer = plain_yes_no(message.plain)
    text = message.text.strip()
    if answer is not None:
        yield whole(message, asked, answer)
    elif _CHANGES_MIND.search(text) or len(text) > 160:
        return
    elif asked in _ASKED_YES and _ASKED_NO[asked].search(text):
        yield whole(message, asked, False, likely=True)
    elif asked in _ASKED_YES and _ASKED_YES[asked].search(text):
        yield whole(message, asked, True, likely=True)
    elif _BOOLEAN_NO.match(text):
        yield whole(message, asked, False, likely=True)
    elif _BOOLEAN_YES.match(text):
        yield whole(message, asked, True, likely=True)


def _number(message: Message, asked: str) -> Iterator[Candidate]:
    fact = vocabulary()[asked]
    text = message.text
    years = fact.unit == "years" and asked != "age"
    if years and (plain_yes_no(message.plain) is False or _NONE_WORDS.match(text)):
        yield whole(message, asked, 0)
        return
    if years:
        lengths = () if _OF_A_COUPLE.search(text) else find_durations(text, message.as_of)
        if len(lengths) == 1 and len(text) < 120:
            length = lengths[0]
            if length.years is None:
                yield Candidate(asked, None, length.start, length.end, "self", reason="unclear_amount")
            elif fact.accepts(length.years):
                value: float = int(length.years) if length.years.is_integer() else length.years
                yield Candidate(
                    asked, value, length.start, length.end, "self", estimated=length.estimated, said_plainly=True
                )
            return
    one = _ONE.fullmatch(text)
    if one and fact.accepts(1):
        yield whole(message, asked, 1)
        return
    match = _NUMBER.match(_NOT_N.sub(lambda found: " " * len(found.group()), text))
    kind = "age" if asked == "age" else fact.unit or "people"
    if match is None or not _REST_OK.get(kind, _REST_OK["people"]).match(match["rest"].strip() and match["rest"]):
        return
    start, end = match.span("n")
    number = float(match["n"])
    guess = bool(_ABOUT.search(text[: match.start("n")]))
    if asked == "age":
        if _SOON.search(text[: match.start("n")]):
            yield Candidate(asked, int(number), start, end, "self", reason="target")
        elif number >= 1:
            yield age.candidate(int(number), start, end, estimated=guess)
        return
    said: float = int(number) if number.is_integer() else number
    stepped = fact.step is None or (number / fact.step).is_integer()
    if not fact.accepts(said) or not stepped:
        yield Candidate(asked, said, start, end, "self", reason="impossible_value", options=(fact.min, fact.max))
        return
    yield Candidate(asked, said, start, end, "self", estimated=guess, said_plainly=True)


def _date(message: Message, asked: str) -> Iterator[Candidate]:
    found = message.dates
    alone = _MONTH_ALONE.fullmatch(message.text)
    if not found and alone and asked in _THIS_YEAR and (month := month_named(message.text)) is not None:
        yield situation.dated(asked, month_before(month, alone, message.as_of), message)
        return
    if len(found) != 1:
        year = re.fullmatch(r"\W*(?:in |en )?((?:19|20)\d\d)\W*", message.text)
        if year:
            yield Candidate(asked, int(year[1]), *year.span(1), "self", reason="incomplete_date")
        return
    if asked == "date_of_birth":
        yield from age.birth_date(found[0], message.as_of)
    else:
        yield situation.dated(asked, found[0], message)


def _noc(message: Message, asked: str) -> Iterator[Candidate]:
    match = re.fullmatch(r"\W*(?:it is |c'est )?(?:noc |cnp )?(?P<code>\d{4,5})\W*", message.text)
    if match is None:
        return
    code = match["code"]
    if len(code) == 5:
        reason = None if code[1] <= "5" else "impossible_value"
        yield Candidate(asked, code, *match.span("code"), "self", reason=reason)  # type: ignore[arg-type]
    else:
        yield Candidate(asked, code, *match.span("code"), "self", reason="old_noc")
