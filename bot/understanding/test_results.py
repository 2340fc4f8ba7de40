"""Sets of scores, and the test that each belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from bot.understanding.message import Message
from bot.understanding.people import Holder, named_after
from bot.understanding.scores import Series, find_series
from bot.understanding.test_names import ABILITIES, ABILITY, LEVELS, SCALES, TestName
from bot.understanding.test_taken import still_to_come
from bot.understanding.words import words

_W = words("language_tests")

_BETWEEN = _W["between_test_and_scores"]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_DAY = _W["day_of_month"]
_NOC_SAID = re.compile(r"\b(?:noc|cnp|code)\b")
_RESULTS_SAID = re.compile(r"\b(?:scores?|bands?|results?|resultats?)\b")
_SCORES_SAID = re.compile(r"\b(?:scores?|bands?|results?|got|have|lrws|aim\w*|target|expect\w*|ielts|celpip)\b")
_NEXT_PERSON = _W["next_person"]
_EXCEPTION = re.compile(r"\b(?:sauf|hormis|excepte|except|other than|apart from|but)\b[^.;\d]{0,30}$")
_NEXT_ATTEMPT = _W["next_attempt"]
_BUT_GOT = _W["but_got"]
_QUANTIFIER = words("scores")["quantifier"]
# "she got 8 in all, I got 9 in all"
_MINE_NEXT = re.compile(r"(?:,|\b(?:and|but|et|mais)) ?(?:(?:i|we) (?:have|got|had|scored)|j'ai|moi)\b")
_IN_LEVELS = _W["in_levels"]
_NAMES_A_MONTH = re.compile(r"[a-z]{3}")
_NUMERAL = re.compile(r"[\d.]+")
_ABILITY_BEFORE = re.compile(rf"{ABILITY.pattern}(?: [abc] [12])?[ (:=-]*(?:en |at |in |niveau |level )?$")
# So many of the four scores are a result.
_MOST = 3


@dataclass(slots=True)
class Result:
    """One set of scores with the test it belongs to."""

    series: Series
    test: str | None
    named: TestName | None
    holder: Holder
    inherited: bool
    tells_test: bool = True


def results(message: Message, tests: tuple[TestName, ...]) -> list[Result]:
    """The sets of scores, each with its test, in order; a number that is no score is left out."""
    text = message.text
    breaks = [
        test.start
        for test in tests
        if not _EXCEPTION.search(text[: test.start]) and not (test.test in LEVELS and _same_level(text, test, tests))
    ]
    breaks += [match.start() for match in _BUT_GOT.finditer(text)]
    breaks += [m.start() for m in _MINE_NEXT.finditer(text) if message.people.last_named(m.start() + 1) != "self"]
    spans = [*message.taken, *_days_in_words(message), *((test.start, test.end) for test in tests)]
    found: list[Result] = []
    for series in find_series(text, spans, breaks):
        _but_got(message, found[-1].series if found else None, series)
        result = _attach(message, series, tests, found[-1] if found else None)
        if result is not None:
            found.append(result)
    _fill_rest(found)
    _except(message, found)
    _named_later(message, found, tests)
    told: set[tuple[int, Holder]] = set()
    for result in found:
        telling = (id(result.named), result.holder)
        result.tells_test = result.named is not None and telling not in told
        told.add(telling)
    return found


def _days_in_words(message: Message) -> list[tuple[int, int]]:
    """Where days with the name of a month stand: "le 12 décembre" is no score of 12; in "S9 mai 2026" the 9 is one."""
    text = message.text
    return [
        (day.start, day.end)
        for day in message.dates
        if day.precision == "day"
        and _NAMES_A_MONTH.search(text, day.start, day.end)
        and not _ABILITY_BEFORE.search(text, max(0, day.start - 40), day.start)
    ]


def _same_level(text: str, test: TestName, tests: tuple[TestName, ...]) -> bool:
    """ "expression orale NCLC 8, expression écrite NCLC 7": the level's name goes on behind each ability."""
    told = any(other.test == test.test and other.start < test.start for other in tests)
    return told and _ABILITY_BEFORE.search(text, max(0, test.start - 40), test.start) is not None


def asks_for_scores(message: Message) -> bool:
    """Whether the question at hand is about scores."""
    return message.asked_base in ABILITIES


def _fill_rest(results: list[Result]) -> None:
    """ "CLB 9 in speaking and CLB 8 in the rest": the rest is what the scores before it left open."""
    for earlier, result in pairwise(results):
        rest = result.series.scores.pop("rest", None)
        if rest is not None and earlier.holder == result.holder:
            for ability in ABILITIES:
                if ability not in earlier.series.scores:
                    result.series.scores.setdefault(ability, rest)


def _except(message: Message, results: list[Result]) -> None:
    """ "8 each in IELTS except 6.5 in writing": the exception is no second score of its ability."""
    for earlier, result in pairwise(results):
        said = _QUANTIFIER.match(message.text, result.series.start)
        if said and said["except"] and earlier.series.each and earlier.holder == result.holder:
            for ability in result.series.scores:
                earlier.series.scores.pop(ability, None)


def _but_got(message: Message, last: Series | None, series: Series) -> None:
    """ "I need 7 in writing but got 6.5": the number is the score of the ability named before."""
    if last is None or len(last.scores) != 1 or len(series.bare) != 1 or not message.text[series.start].isdigit():
        return
    if _BUT_GOT.search(message.text, last.end, series.start):
        ability = next(iter(last.scores))
        end = _NUMERAL.match(message.text, series.start).end()  # type: ignore[union-attr]
        series.scores.setdefault(ability, (series.bare[0], series.start, end))
        series.bare = ()


def _named_later(message: Message, found: list[Result], tests: tuple[TestName, ...]) -> None:
    """ "L8 R7 W7 S7. It was IELTS general": the only test, named in a sentence of its own after the scores."""
    scores = [score for result in found for score in result.series.scores.items()]
    if len(tests) != 1 or len(scores) < _MOST or any(result.named is not None for result in found):
        return
    test = tests[0]
    if test.start < found[-1].series.end or any(one.holder != message.people.at(test.start) for one in found):
        return
    scale = SCALES.get(test.test or "")
    fits = scale is None or all(scale.holds(ability, score) for ability, (score, _, _) in scores)
    if fits and not still_to_come(message, test) and message.modalities.at(test.start, test.end) is None:
        for result in found:
            result.test, result.named = test.test, test


def _attach(message: Message, series: Series, tests: tuple[TestName, ...], last: Result | None) -> Result | None:
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
    level = next((t for t in after if t.test in LEVELS and _IN_LEVELS.fullmatch(text, series.end, t.start)), None)
    if level is not None and named is not None and named.kind == "test":
        named = level  # "TEF : 7 en CO, 8 en CE (en NCLC)"
    holder = named_after(message.text, series.end) or message.people.at(series.start)
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
    if not goes_on and not _belongs(message, series, named):
        return None
    return Result(series, named.test if named else None, named, holder, inherited)


def _belongs(message: Message, series: Series, named: TestName | None) -> bool:
    """Whether the numbers are test scores at all."""
    if series.scores:
        return not series.only_letters or len(series.scores) >= 2 or named is not None or asks_for_scores(message)
    if _beside(message, series, named):
        return True
    if asks_for_scores(message) and (series.compact or len(series.bare) == 4):
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
    alone = series.overall is not None and not series.bare
    if named is None or not ((alone and named.test not in LEVELS) or 1 <= len(series.bare) <= 4):
        return False
    if named.start >= series.end:
        return True
    between = _YEAR.sub("", _DAY.sub("", message.without_dates(named.end, series.start)))
    return len(between) <= 40 and _BETWEEN.fullmatch(between) is not None
