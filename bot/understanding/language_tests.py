"""Language tests and their scores: which test, whose, first or second language, taken or not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Final

from bot.understanding.message import SPOUSE, Candidate, Message
from bot.understanding.people import Holder
from bot.understanding.reading import Reason
from bot.understanding.scores import Series, find_series
from bot.understanding.test_names import (
    ABILITIES,
    LANGUAGE_WORD,
    PRINTED_LRWS,
    SCALES,
    UNNAMED,
    Scale,
    TestName,
    find_tests,
    language_of,
)
from bot.understanding.words import words

_W = words("language_tests")

_LEVELS: Final = frozenset({"clb", "nclc"})
_SECOND: Final = _W["second"]
_TAKEN_BEFORE = _W["taken_before"]
_TAKEN_AFTER = _W["taken_after"]
_TEST_DAY = _W["test_day"]
_BETWEEN = _W["between_test_and_scores"]
_TO_LEVEL: Final = re.compile(r"[\s:=(,-]*(?:(?:with|score|at|is|gives|which is|a|avec|donc|soit|so)[\s:=(-]*)*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DAY = _W["day_of_month"]
_NOC_SAID = re.compile(r"\b(?:noc|cnp|code)\b")
_RESULTS_SAID = re.compile(r"\b(?:scores?|bands?|results?|resultats?)\b")
_SCORES_SAID = re.compile(r"\b(?:scores?|bands?|results?|got|have|lrws|aim\w*|target|expect\w*|ielts|celpip)\b")
_PLANNED = _W["planned"]
_NEXT_PERSON = _W["next_person"]
_EXCEPTION = re.compile(r"\b(?:sauf|hormis|excepte|except|other than|apart from|but)\b[^.;\d]{0,30}$")
_NEXT_ATTEMPT = _W["next_attempt"]
_NO_TEST = _W["no_test"]
_BUT_GOT = _W["but_got"]
_NOT_BEFORE = _W["not_before"]
_NOT_AFTER = _W["not_after"]
_NO_LANGUAGE = _W["no_language"]
_ONLY_ENGLISH = _W["only_english"]


@dataclass(slots=True)
class _Result:
    """One set of scores with the test it belongs to."""

    series: Series
    test: str | None
    named: TestName | None
    holder: Holder
    inherited: bool
    tells_test: bool = True


def read(message: Message) -> Iterator[Candidate]:
    """Tests, their scores and tests not taken."""
    text = message.text
    tests = find_tests(text)
    asked = message.asked_base
    asks_scores = asked in ABILITIES
    if not tests and not asks_scores and not _W["worth_reading"].search(text):
        return
    breaks = [test.start for test in tests if not _EXCEPTION.search(text[: test.start])] + [
        match.start() for match in _BUT_GOT.finditer(text)
    ]
    spans = [*message.taken, *((test.start, test.end) for test in tests)]
    results: list[_Result] = []
    for series in find_series(text, spans, breaks):
        result = _attach(message, series, tests, asks_scores, results[-1] if results else None)
        if result is not None:
            results.append(result)
    used = {id(result.named) for result in results if result.named}
    first = _first_language(message, tests)
    _fill_rest(results)
    told: set[tuple[int, Holder]] = set()
    for result in results:
        telling = (id(result.named), result.holder)
        result.tells_test = result.named is not None and telling not in told
        told.add(telling)
        yield from _scores(message, result, first)
        message.take(result.series.start, result.series.end)
    for test, following in zip_longest(tests, tests[1:]):
        told_in_levels = following is not None and id(following) in used and _in_levels(message.text, test, following)
        yield from _test_alone(message, test, first, used=told_in_levels or id(test) in used)
    yield from _no_language(message, tests)


def _in_levels(text: str, test: TestName, level: TestName) -> bool:
    """ "TEF: NCLC 7 partout": one result, told in levels."""
    same_language = language_of(test.test) == language_of(level.test)
    return level.test in _LEVELS and same_language and _TO_LEVEL.fullmatch(text, test.end, level.start) is not None


def _fill_rest(results: list[_Result]) -> None:
    """ "CLB 9 in speaking and CLB 8 in the rest": the rest is what the scores before it left open."""
    for earlier, result in pairwise(results):
        rest = result.series.scores.pop("rest", None)
        if rest is not None and earlier.holder == result.holder:
            for ability in ABILITIES:
                if ability not in earlier.series.scores:
                    result.series.scores.setdefault(ability, rest)


def _attach(
    message: Message, series: Series, tests: tuple[TestName, ...], asks_scores: bool, last: _Result | None
) -> _Result | None:
    """The test a series belongs to: named just before it, just after it, or in an earlier sentence."""
    text = message.text
    sentence = message.sentence_at(series.start)
    before = [t for t in tests if t.end <= series.start and t.start >= sentence.start]
    after = [t for t in tests if t.start >= series.end and t.end <= sentence.end]
    earlier = [t for t in tests if t.end <= series.start]
    named: TestName | None = None
    inherited = False
    if after and re.fullmatch(
        r"[\s,()]*(?:in|on|for|from|my|the|a|en|au|du|de|dans|d'|l'|pour|[\s(]|score|scores|of|test|at)*[\s(]*",
        text[series.end : after[0].start],
    ):
        gap_before = text[before[-1].end : series.start] if before else None
        alone = len(series.bare) == 1 and not series.scores
        if alone and "," in text[series.end : after[0].start]:
            gap_before = ""
        if gap_before is None or len(gap_before) > after[0].start - series.end + 6:
            named = after[0]
    if named is None and before:
        named = before[-1]
    if named is None and after and (series.scores or series.compact) and len(text[series.end : after[0].start]) <= 40:
        named = after[0]
    if named is None and earlier and (series.scores or series.compact or len(series.bare) == 4):
        named, inherited = earlier[-1], True
    holder = message.people.at(series.start)
    if (
        named
        and not inherited
        and holder == "self"
        and message.people.at(named.start) != "self"
        and named.start < series.start
    ):
        between = text[named.end : series.start]
        if not re.search(r"\b(?:i|me|my|je|mon|ma|moi)\b", between):
            holder = message.people.at(named.start)
    same_again = last is not None and last.named is named and len(series.bare) == 4
    goes_on = (
        same_again
        and last is not None
        and (
            _NEXT_PERSON.fullmatch(text, last.series.end, series.start)
            or _NEXT_ATTEMPT.fullmatch(text, last.series.end, series.start)
        )
    )
    if not goes_on and not _belongs(message, series, named, asks_scores):
        return None
    return _Result(series, named.test if named else None, named, holder, inherited)


def _belongs(message: Message, series: Series, named: TestName | None, asks_scores: bool) -> bool:
    """Whether the numbers are test scores at all."""
    if series.scores:
        return not series.only_letters or len(series.scores) >= 2 or named is not None or asks_scores
    if _beside(message, series, named):
        return True
    if asks_scores and (series.compact or len(series.bare) == 4):
        return True
    if series.compact:
        before, after = message.around(series.start, series.end)
        return _SCORES_SAID.search(before + after) is not None and _NOC_SAID.search(before) is None
    if len(series.bare) == 4 and all(0 <= value <= 12 for value in series.bare):
        before, after = message.around(series.start, series.end, 30, 20)
        return _RESULTS_SAID.search(before + after) is not None
    return False


def _beside(message: Message, series: Series, named: TestName | None) -> bool:
    """Whether bare numbers stand beside the name of their test, with only small words and a year between."""
    if named is None or not 1 <= len(series.bare) <= 4:
        return False
    if named.start >= series.end:
        return True
    between = message.text[named.end : series.start]
    for day in reversed(message.dates):
        if named.end <= day.start and day.end <= series.start:
            between = between[: day.start - named.end] + between[day.end - named.end :]
    between = _YEAR.sub("", _DAY.sub("", between))
    return len(between) <= 40 and _BETWEEN.fullmatch(between) is not None


def _first_language(message: Message, tests: tuple[TestName, ...]) -> str | None:
    """The language of the applicant's first test: the one named first, unless called the second."""
    if (message.asked or "").startswith("second_"):
        return None
    second = _SECOND.search(message.text)
    for test in tests:
        if second and test.test and 0 <= test.start - second.end() < 40:
            return "en" if language_of(test.test) == "fr" else "fr"
    languages = (
        language_of(t.test)
        for t in tests
        if message.people.at(t.start) in ("self", "both") and not _still_to_come(message, t)
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


def _scores(message: Message, result: _Result, first: str | None) -> Iterator[Candidate]:
    series, test = result.series, result.test
    start, end = series.start, series.end
    reason: Reason | None = None
    if result.named and result.named.kind == "academic":
        reason = "academic_test"
    elif result.named and result.named.kind == "not_accepted":
        reason = "not_accepted_test"
    test = _level_language(message, result, test)
    prefix = _prefix(message, result.holder, test, first)
    rank = 0 if test in _LEVELS else 1
    scores = dict(series.scores)
    likely = False
    if not scores:
        if test in _LEVELS and len(series.bare) == 1:
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
            yield Candidate(
                f"{prefix}listening", series.bare, start, end, result.holder, reason=reason or "unclear_ability"
            )
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


def _level_language(message: Message, result: _Result, test: str | None) -> str | None:
    """ "CLB 7 in French" are NCLC levels; "NCLC 9 en anglais" are CLB levels."""
    if test not in _LEVELS:
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
    message: Message, result: _Result, test: str | None, prefix: str, reason: Reason | None, rank: int
) -> Iterator[Candidate]:
    """The test that a set of scores belongs to."""
    named = result.named
    if named is None or not result.tells_test:
        return
    fact = f"{prefix}language_test"
    if reason:
        yield Candidate(fact, None, named.start, named.end, result.holder, reason=reason, options=named.options)
    elif _not_taken(message, named):
        yield Candidate(fact, "none", named.start, named.end, result.holder, said_plainly=True)
    elif test:
        yield Candidate(fact, test, named.start, named.end, result.holder, likely=not named.exact, rank=rank)


def _not_taken(message: Message, test: TestName) -> bool:
    """Whether the person says that they have no result of this test yet."""
    before, after = message.around(test.start, test.end, 45, 40)
    return bool(_NOT_BEFORE.search(before.rsplit(",", 1)[-1]) or _NOT_AFTER.search(after))


def _still_to_come(message: Message, test: TestName) -> bool:
    """Whether the test is not taken, planned or hoped for."""
    planned = _PLANNED.match(message.text, test.end) is not None
    return (
        planned
        or _not_taken(message, test)
        or message.modalities.at(test.start, test.end) in ("target", "hypothetical")
    )


def _is_taken(message: Message, test: TestName) -> bool:
    """Whether the person says that they took this test."""
    day = next((day for day in message.dates if 0 <= day.start - test.end <= 30), None)
    if day and day.value and day.value <= message.as_of and _TEST_DAY.match(message.text[test.end : day.start]):
        return True
    before, after = message.around(test.start, test.end, 45, 30)
    return bool(_TAKEN_BEFORE.search(before.rsplit(",", 1)[-1]) or _TAKEN_AFTER.match(after))


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
    if test.test in _LEVELS:
        if asked:
            yield Candidate(fact, test.test, test.start, test.end, holder)
    elif _not_taken(message, test):
        yield Candidate(fact, "none", test.start, test.end, holder, said_plainly=True)
    elif asked or _is_taken(message, test):
        yield Candidate(fact, test.test, test.start, test.end, holder, likely=not test.exact)


def _french_first(message: Message, tests: tuple[TestName, ...]) -> bool:
    """Whether English can only be the second language: French was tested, or French is spoken here."""
    languages = {language_of(test.test) for test in tests}
    return "en" not in languages and ("fr" in languages or message.language == "fr")


def _no_language(message: Message, tests: tuple[TestName, ...]) -> Iterator[Candidate]:
    """ "no French": no second test; "only English" likewise."""
    for match in message.finditer(_NO_TEST):
        yield Candidate("language_test", "none", *match.span(), said_plainly=True)
    french_tested = any(language_of(test.test) == "fr" and not _not_taken(message, test) for test in tests)
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
