"""Scores of the four abilities in every order people write them.

A series is a run of ability words and numbers with only small words and punctuation between:
"L8 R7 W6.5 S7", "7.5 in reading", "LRWS 8 7 7 7", "8/7/7/7 (L/R/W/S)", "each band 7",
"10 except writing 9", "RWS -7, L-8.5".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.understanding.test_names import ABILITIES, ABILITY, CODES, LETTERS, PAIRS
from bot.understanding.words import words

_W = words("scores")

Kind = Literal["ability", "number", "each", "except"]

_NUMBER = _W["number"]
_QUANTIFIER = _W["quantifier"]
_CODES_NAMED = _W["code_beside_code"]
_CORRECTION = _W["correction"]
# Between two abilities that share a score or a list of scores.
# A1 to C2 are levels of another scale.
_LEVEL_LETTERS: Final = ("a ", "b ", "c ")
_LISTED: Final = re.compile(r"(?:[\s,/&|.+:()\-]|and|et|the|in|en|la|l'|or)*")
_FILLER = _W["filler"]
_TO_ABILITY: Final = re.compile(r"\b(?:in|for|en|on|dans|pour)\b")
_NEXT_TOPIC: Final = re.compile(r"[ ,;(]*(?:with|but|and|avec|mais|et)(?: \w+){0,2} *")
# "5. Married": the number of a line.
_LIST_NUMBER: Final = re.compile(r" ?[.)] ?(?=[a-z])")
_APART = re.compile(r"[;?!]|\n\s*\n")


@dataclass(slots=True)
class Token:
    kind: Kind
    start: int
    end: int
    abilities: tuple[str, ...] = ()
    values: tuple[float, ...] = ()
    letter: bool = False
    compact: bool = False


@dataclass(slots=True)
class Series:
    """``scores``: ability -> (value, start, end). ``bare``: numbers without an ability."""

    start: int
    end: int
    scores: dict[str, tuple[float, int, int]] = field(default_factory=dict)
    bare: tuple[float, ...] = ()
    each: bool = False
    only_letters: bool = False
    compact: bool = False
    overall: float | None = None


def find_series(text: str, taken: Iterable[tuple[int, int]], breaks: Iterable[int]) -> tuple[Series, ...]:
    """The score series of the text, in order. ``taken``: spans that are something else; ``breaks``:
    places that no series crosses (where another test is named or another person begins)."""
    tokens = _tokens(text, list(taken))
    return tuple(series for run in _runs(text, tokens, sorted(breaks)) if (series := _parse(text, run)) is not None)


def _tokens(text: str, taken: list[tuple[int, int]]) -> list[Token]:
    found: list[Token] = []
    codes = _CODES_NAMED.search(text) is not None
    for match in ABILITY.finditer(text):
        name = str(match.lastgroup)
        span = match.span()
        if any(span[0] < b and a < span[1] for a, b in taken):
            continue
        if name == "letters":
            letters = match.group()
            if len(set(letters)) == len(letters) and (
                len(letters) > 2 or letters in ("lr", "rw", "ws", "lw", "wr", "sw")
            ):
                found.append(Token("ability", *span, tuple(LETTERS[letter] for letter in letters), letter=True))
        elif name == "codes":
            if codes:
                found.append(Token("ability", *span, (CODES[match.group()],)))
        else:
            found.append(Token("ability", *span, PAIRS.get(name, (name,)), letter=span[1] - span[0] == 1))
    for match in _QUANTIFIER.finditer(text):
        found.append(Token("except" if match["except"] else "each", *match.span()))
    counted = [(token.start, token.end) for token in found if token.kind == "each" or "rest" in token.abilities]
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if any(start < b and a < end for a, b in [*taken, *counted]):
            continue
        if _LIST_NUMBER.match(text, end) and (start == 0 or text[start - 1] == "\n"):
            continue
        if match.group() in ("1", "2") and text[max(0, start - 2) : start] in _LEVEL_LETTERS:
            continue
        if match["compact"]:
            digits = tuple(float(digit) for digit in match["compact"])
            found.append(Token("number", start, end, values=digits, compact=True))
        else:
            written = match.group().lstrip("-/")
            found.append(Token("number", end - len(written), end, values=(float(written),)))
    return sorted(found, key=lambda token: token.start)


def _runs(text: str, tokens: list[Token], breaks: list[int]) -> list[list[Token]]:
    runs: list[list[Token]] = []
    for token in tokens:
        if runs:
            gap_start, gap_end = runs[-1][-1].end, token.start
            gap = text[gap_start:gap_end]
            joined = (
                gap_end - gap_start <= 40
                and not any(gap_start <= place <= gap_end for place in breaks)
                and not _APART.search(gap)
                and _FILLER.fullmatch(gap) is not None
                and not (runs[-1][-1].kind == token.kind == "ability" and not _LISTED.fullmatch(gap))
            )
            if joined:
                runs[-1].append(token)
                continue
        runs.append([token])
    return runs


def _parse(text: str, run: list[Token]) -> Series | None:
    if not any(token.kind == "number" for token in run):
        return None
    series = Series(run[0].start, run[-1].end)
    named = [token for token in run if token.kind == "ability"]
    series.only_letters = bool(named) and all(token.letter for token in named)
    series.compact = any(token.compact for token in run)
    series.each = any(token.kind == "each" for token in run)
    run = _without_overall(text, run, series)
    if [len(token.values) for token in run] == [1] * 5 and "(" in _gap(text, run, 0):
        series.overall = run[0].values[0]
        run = run[1:]
    run = [token for i, token in enumerate(run) if not _only_goes_on(text, run, i)]
    split = next((i for i, token in enumerate(run) if token.kind == "except"), None)
    if split is not None:
        general = [token for token in run[:split] if token.kind == "number"]
        if len(general) >= 1 and len(general[-1].values) == 1:
            _pair(text, run[split + 1 :], series)
            if series.scores:
                value = general[-1].values[0]
                for ability in ABILITIES:
                    series.scores.setdefault(ability, (value, general[-1].start, general[-1].end))
                series.each = True
                return series
    _pair(text, run, series)
    if "rest" in series.scores and len(series.scores) > 1:
        rest = series.scores.pop("rest")
        for ability in ABILITIES:
            series.scores.setdefault(ability, rest)
    if not series.scores and series.each and len(series.bare) == 1:
        number = next(token for token in run if token.kind == "number" and token.values == series.bare)
        series.scores = dict.fromkeys(ABILITIES, (series.bare[0], number.start, number.end))
        series.bare = ()
    return series


def _only_goes_on(text: str, run: list[Token], place: int) -> bool:
    """ "but" makes an exception of "all 7" alone: "reading 7 but writing 6" goes on."""
    token = run[place]
    if token.kind != "except" or text[token.start : token.end] != "but":
        return False
    return not any(before.kind == "each" for before in run[:place])


def _without_overall(text: str, run: list[Token], series: Series) -> list[Token]:
    """The run without "overall" and its number, which is the one after it, or else the one before."""
    place = next((i for i, token in enumerate(run) if token.abilities == ("overall",)), None)
    if place is None:
        return run
    after = run[place + 1] if place + 1 < len(run) else None
    before = run[place - 1] if place > 0 else None
    number_after = after is not None and after.kind == "number" and len(after.values) == 1
    number_before = before is not None and before.kind == "number" and len(before.values) == 1
    if number_after and number_before and sum(len(token.values) for token in run[place + 1 :]) == 4:
        number_after = not all(token.kind == "number" for token in run[place + 1 :])
    if (
        number_after
        and number_before
        and place == 1
        and run[place + 1 :]
        and re.search(r"[,(;]", _gap(text, run, place))
    ):
        number_after = False
    if (
        number_after
        and number_before
        and _NEXT_TOPIC.fullmatch(_gap(text, run, place))
        and not _gap(text, run, place - 1).strip()
    ):
        number_after = False
    drop = {place, place + 1} if number_after else {place, place - 1} if number_before else {place}
    chosen = after if number_after else before if number_before else None
    series.overall = chosen.values[0] if chosen else None
    return [token for i, token in enumerate(run) if i not in drop]


def _gap(text: str, run: list[Token], place: int) -> str:
    return text[run[place].end : run[place + 1].start]


def _pair(text: str, run: list[Token], series: Series) -> None:
    """Give each ability its number."""
    groups: list[tuple[Kind, list[Token]]] = []
    for token in run:
        if token.kind not in ("ability", "number"):
            continue
        if groups and groups[-1][0] == token.kind:
            groups[-1][1].append(token)
        else:
            groups.append((token.kind, [token]))
    if not any(kind == "ability" for kind, _ in groups):
        series.bare = tuple(value for _, tokens in groups for token in tokens for value in token.values)
        return
    index, bare = 0, []
    number_first = groups[0][0] == "number" and _number_first(text, groups)
    if groups[0][0] == "number" and not number_first:
        bare += [value for token in groups[0][1] for value in token.values]
        index = 1
    while index + 1 < len(groups):
        first, second = groups[index], groups[index + 1]
        abilities, numbers = (second[1], first[1]) if number_first else (first[1], second[1])
        _zip(text, abilities, numbers, series)
        index += 2
    if index < len(groups) and groups[index][0] == "number":
        bare += [value for token in groups[index][1] for value in token.values]
    series.bare = tuple(bare)


def _number_first(text: str, groups: list[tuple[Kind, list[Token]]]) -> bool:
    """Whether each number stands before its ability ("8 in listening, 7 reading")."""
    if len(groups) % 2 == 0:
        return True
    gap = text[groups[0][1][-1].end : groups[1][1][0].start]
    return bool(_TO_ABILITY.search(gap))


def _zip(text: str, abilities: list[Token], numbers: list[Token], series: Series) -> None:
    names = [(ability, token) for token in abilities for ability in token.abilities]
    values = [(value, token.start, token.end) for token in numbers for value in token.values]
    if len(values) == 1:
        values *= len(names)
    if len(names) != len(values):
        if len(names) == 1 and _CORRECTION.search(text, values[0][2], values[-1][1]):
            values = values[-1:]
        elif len(names) == 1 or 3 <= len(names) < len(values):
            values = values[: len(names)]
        else:
            series.bare += tuple(value for value, _, _ in values)
            return
    for (ability, _), value in zip(names, values, strict=True):
        series.scores[ability] = value
