"""Language tests and their scores: which test, whose, first or second language, taken or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.understanding.message import SPOUSE, Candidate, Message
from bot.understanding.people import Holder
from bot.understanding.reading import Reason
from bot.understanding.test_names import (
    ABILITIES,
    ENGLISH,
    FRENCH,
    LANGUAGE_WORD,
    LEVELS,
    PRINTED_LRWS,
    SCALES,
    UNNAMED,
    Scale,
    TestName,
    find_tests,
    language_of,
)
from bot.understanding.test_results import Result, asks_for_scores, results
from bot.understanding.test_taken import is_taken, not_taken, still_to_come
from bot.understanding.words import words

_W = words("language_tests")

_REMARKS: Final = 2
_NEAR: Final = 40
_ENGLISH_NAMED: Final = re.compile(r"\b(?:english|anglais)\b")
_SECOND: Final = _W["second"]
_SECOND_AFTER: Final = _W["second_after"]
_NO_TEST = _W["no_test"]
_NO_LANGUAGE = _W["no_language"]
_ONLY_ENGLISH = _W["only_english"]


def read(message: Message) -> Iterator[Candidate]:
    """Tests, their scores and tests not taken."""
    text = message.text
    tests = find_tests(text)
    if not tests and not asks_for_scores(message) and not _W["worth_reading"].search(text):
        return
    tests = _of_french_test(message, _without_remarks(message, tests))
    found = results(message, tests)
    used = {id(result.named) for result in found if result.named}
    first = _first_language(message, tests)
    for result in found:
        yield from _scores(message, result, first)
        message.take(result.series.start, result.series.end)
    for test in tests:
        told = id(test) in used or (test.kind == "test" and _told_in_levels(message, test, found))
        yield from _test_alone(message, test, first, used=told)
    yield from _no_language(message, tests)


def _without_remarks(message: Message, tests: tuple[TestName, ...]) -> tuple[TestName, ...]:
    """The tests without levels that only say what a score is worth: "TCF: CO 540 (NCLC 9), CE 505 (NCLC 8)"."""
    remarks = list(_W["level_remark"].finditer(message.text))
    if len(remarks) < _REMARKS or all(test.test in LEVELS for test in tests):
        return tests
    for remark in remarks:
        message.take(*remark.span())
    return tuple(test for test in tests if message.free(test.start, test.end))


def _of_french_test(message: Message, tests: tuple[TestName, ...]) -> tuple[TestName, ...]:
    """ "took TEF: CLB 7 in speaking": where only French was tested, the levels are its own."""
    named = {test.test for test in tests}
    levels_of_french = named & FRENCH and "nclc" not in named and named & ENGLISH == {"clb"}
    if not levels_of_french or tests[0].test == "clb" or _ENGLISH_NAMED.search(message.text):
        return tests
    return tuple(replace(test, test="nclc") if test.test == "clb" else test for test in tests)


def _told_in_levels(message: Message, test: TestName, found: list[Result]) -> bool:
    """ "TEF: NCLC 7 partout", "NCLC 7 partout au TCF": one result, told in levels."""
    return any(
        result.test in LEVELS
        and language_of(result.test) == language_of(test.test)
        and result.holder == message.people.at(test.start)
        and message.modalities.at(result.series.start, result.series.end) is None
        for result in found
    )


def _called_second(text: str, tests: tuple[TestName, ...]) -> TestName | None:
    """The test of which is said that its language is the second: "second language: TEF", "TEF as second language"."""
    named = [test for test in tests if test.test]
    after = _SECOND_AFTER.search(text)
    before = [test for test in named if after and 0 <= after.start() - test.end < _NEAR]
    if before:
        return before[-1]
    second = _SECOND.search(text)
    return next((test for test in named if second and 0 <= test.start - second.end() < _NEAR), None)


def _first_language(message: Message, tests: tuple[TestName, ...]) -> str | None:
    """The language of the applicant's first test: the one named first, unless called the second."""
    if (message.asked or "").startswith("second_"):
        return None
    called_second = _called_second(message.text, tests)
    for test in tests:
        if test is called_second:
            return "en" if language_of(test.test) == "fr" else "fr"
    languages = (
        language_of(t.test)
        for t in tests
        if message.people.at(t.start) in ("self", "both") and not still_to_come(message, t)
    )
    return next((language for language in languages if language), None)


def _prefix(message: Message, holder: Holder, test: str | None, first: str | None) -> str:
    """``spouse_``, ``second_`` or nothing."""
    if holder == "partner":
        return SPOUSE
    asked = message.asked or ""
    language = language_of(test)
    if asked.startswith("second_"):
        return "second_"
    if first and language and language != first:
        return "second_"
    return ""


def _scores(message: Message, result: Result, first: str | None) -> Iterator[Candidate]:
    series, test = result.series, result.test
    start, end = series.start, series.end
    reason: Reason | None = None
    if result.named and result.named.kind == "academic":
        reason = "academic_test"
    elif result.named and result.named.kind == "not_accepted":
        reason = "not_accepted_test"
    test = _level_language(message, result, test)
    prefix = _prefix(message, result.holder, test, first)
    rank = 0 if test in LEVELS else 1
    scores = dict(series.scores)
    likely = False
    if not scores:
        if test in LEVELS and len(series.bare) == 1:
            scores = dict.fromkeys(ABILITIES, (series.bare[0], start, end))
        elif len(series.bare) == 4:
            if (
                len(set(series.bare)) > 1
                and test is not None
                and test not in PRINTED_LRWS
                and not _order_asked(message)
            ):
                yield Candidate(f"{prefix}listening", series.bare, start, end, result.holder, reason="unclear_order")
                yield from _test_of(message, result, test, prefix, reason, rank)
                return
            scores = dict(zip(ABILITIES, ((v, start, end) for v in series.bare), strict=True))
            likely = len(set(series.bare)) > 1 and not _order_asked(message)
        else:
            said = series.bare or (series.overall,)
            yield Candidate(f"{prefix}listening", said, start, end, result.holder, reason=reason or "unclear_ability")
            yield from _test_of(message, result, test, prefix, reason, rank)
            return
    scale = SCALES[test] if test else _unnamed_scale(scores)
    yield from _test_of(message, result, test, prefix, reason, rank)
    for ability, (value, a, b) in scores.items():
        if ability not in ABILITIES:
            continue
        number: float = int(value) if float(value).is_integer() else value
        why: Reason | None = reason or (None if scale.holds(ability, value) else "impossible_value")
        options = result.named.options if result.named and reason else ((scale.lowest, scale.highest) if why else ())
        yield Candidate(
            f"{prefix}{ability}", number, a, b, result.holder, likely=likely, reason=why, options=options, rank=rank
        )


def _level_language(message: Message, result: Result, test: str | None) -> str | None:
    """ "CLB 7 in French" are NCLC levels; "NCLC 9 en anglais" are CLB levels."""
    if test not in LEVELS:
        return test
    sentence = message.sentence_at(result.series.start)
    before = message.text[max(sentence.start, result.series.start - 30) : result.series.start]
    after = message.text[result.series.end : min(sentence.end, result.series.end + 25)]
    near = re.split(r"[,;(]|\b(?:and|et)\b", before)[-1] + " " + re.split(r"[,;)]|\b(?:and|et|no|pas|sans)\b", after)[0]
    words = {("fr" if match["fr"] else "en") for match in LANGUAGE_WORD.finditer(near)}
    if words == {"fr"}:
        return "nclc"
    return "clb" if words == {"en"} else test


def _unnamed_scale(scores: dict[str, tuple[float, int, int]]) -> Scale:
    """Without a test: bands and levels up to 12 by halves, or the narrowest scale that holds the highest score."""
    highest = max(value for value, _, _ in scores.values())
    if highest <= UNNAMED.highest:
        return UNNAMED
    return SCALES["pte_core"] if highest <= SCALES["pte_core"].highest else SCALES["tef_canada"]


def _order_asked(message: Message) -> bool:
    """Our question for all four scores names the order listening, reading, writing, speaking."""
    return message.asked_base == "listening"


def _test_of(
    message: Message, result: Result, test: str | None, prefix: str, reason: Reason | None, rank: int
) -> Iterator[Candidate]:
    """The test that a set of scores belongs to."""
    named = result.named
    if named is None or not result.tells_test:
        return
    fact = f"{prefix}language_test"
    if reason:
        yield Candidate(fact, None, named.start, named.end, result.holder, reason=reason, options=named.options)
    elif not_taken(message, named):
        yield Candidate(fact, "none", named.start, named.end, result.holder, said_plainly=True)
    elif test:
        yield Candidate(fact, test, named.start, named.end, result.holder, likely=not named.exact, rank=rank)


def _test_alone(message: Message, test: TestName, first: str | None, *, used: bool) -> Iterator[Candidate]:
    """A test named without scores: taken, not taken, or only mentioned."""
    if used:
        return
    holder = message.people.at(test.start)
    fact = f"{_prefix(message, holder, test.test, first)}language_test"
    if test.kind != "test":
        reason: Reason = "academic_test" if test.kind == "academic" else "not_accepted_test"
        yield Candidate(fact, None, test.start, test.end, holder, reason=reason, options=test.options)
        return
    asked = message.asked_base == "language_test"
    if test.test in LEVELS:
        if asked:
            yield Candidate(fact, test.test, test.start, test.end, holder)
    elif not_taken(message, test):
        yield Candidate(fact, "none", test.start, test.end, holder, said_plainly=True)
    elif asked or is_taken(message, test):
        yield Candidate(fact, test.test, test.start, test.end, holder, likely=not test.exact)


def _french_first(message: Message, tests: tuple[TestName, ...]) -> bool:
    """Whether English can only be the second language: French was tested, or French is spoken here."""
    languages = {language_of(test.test) for test in tests}
    return "en" not in languages and ("fr" in languages or message.language == "fr")


def _no_language(message: Message, tests: tuple[TestName, ...]) -> Iterator[Candidate]:
    """ "no French": no second test; "only English" likewise."""
    for pattern in (_NO_TEST, _W["none_of_mine"]) if tests else (_NO_TEST,):
        for match in message.finditer(pattern):
            yield Candidate("language_test", "none", *match.span(), said_plainly=True)
    if _french_first(message, tests) and (left_out := _W["english_left_out"].search(message.text)):
        yield Candidate("second_language_test", "none", *left_out.span(), said_plainly=True)
    french_tested = any(language_of(test.test) == "fr" and not not_taken(message, test) for test in tests)
    for pattern in (_NO_LANGUAGE, _ONLY_ENGLISH):
        for match in message.finditer(pattern):
            denies_english = pattern is _NO_LANGUAGE and re.search(r"english|anglais", match.group()) is not None
            if (french_tested and not denies_english) or message.people.at(match.start()) not in ("self", "both"):
                continue
            said = match.group()
            if re.search(r"english|anglais", said) and pattern is _NO_LANGUAGE and not _french_first(message, tests):
                continue
            if re.search(r"\bt[ce]f\b", said) and not any(language_of(test.test) == "en" for test in tests):
                continue
            yield Candidate("second_language_test", "none", match.start(), match.end(), "self")
