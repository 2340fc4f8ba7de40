"""One plain form of what a person wrote, with the way back to their own words.

Lower case, no accents, one kind of apostrophe and dash, contractions and chat words written out,
number words as digits, ``6,5`` as ``6.5``, ``15 000 $`` as ``15000 $``, ``33F`` as ``33 f``.
Readers work on the plain form; ``Plain.span`` gives the place in the original text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from bot import files
from bot.understanding import number_words
from bot.understanding.words import words

_PATH: Final = Path(__file__).with_name("spellings.yml")
_SPECIAL: Final = {
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'", "“": '"', "”": '"', "«": '"', "»": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "½": ".5", "¼": ".25", "¾": ".75", "…": "...", "×": "x", "•": "\n", "·": " ", "●": "\n", "▪": "\n",
    "\t": " ", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "",
    "→": "->", "➡": "->", "⇒": "->", "⁄": "/", "∕": "/", "：": ":", "，": ",", "；": ";",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plain:
    """``text``: the plain form; ``original``: what was written; both spans are half open."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of ``text[start:end]``. ``start < end`` within the plain text."""
        return self.starts[start], max(self.ends[start:end])

    def said(self, start: int, end: int) -> str:
        a, b = self.span(start, end)
        return self.original[a:b]


@cache
def _spellings() -> dict[str, str]:
    groups = files.read(_PATH)
    return {str(word): str(plain) for group in groups.values() for word, plain in group.items()}


@cache
def _phrases() -> re.Pattern[str]:
    """Misspelt or shortened forms that hold a dot, a slash or a space, longest first."""
    odd = sorted((w for w in _spellings() if not w.replace("'", "").isalpha()), key=len, reverse=True)
    return re.compile(r"(?<![\w.])(?:" + "|".join(re.escape(word) for word in odd) + r")\.?(?!\w)")


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    special = _SPECIAL.get(char)
    if special is not None:
        return special
    if char.isspace():
        return " " if char != "\n" else "\n"
    folded = unicodedata.normalize("NFKD", char)
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()


class _Pieces:
    """Plain text under construction; every character remembers where it came from."""

    __slots__ = ("chars", "ends", "starts")

    def __init__(self) -> None:
        self.chars: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    @property
    def text(self) -> str:
        return "".join(self.chars)

    def add(self, text: str, start: int, end: int) -> None:
        """``text`` stands for the whole of ``start:end``."""
        self.chars.extend(text)
        self.starts.extend([start] * len(text))
        self.ends.extend([end] * len(text))

    def replaced(self, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str | None]) -> _Pieces:
        """A copy in which each match of ``pattern`` for which ``replace`` gives a text is replaced."""
        text = self.text
        out: _Pieces | None = None
        last = 0
        for match in pattern.finditer(text):
            start, end = match.span()
            new = replace(match)
            if new is None or start == end or new == match.group():
                continue
            out = out or _Pieces()
            out._copy(self, last, start)
            out.add(new, self.starts[start], max(self.ends[start:end]))
            last = end
        if out is None:
            return self
        out._copy(self, last, len(text))
        return out

    def with_spaces(self, gaps: re.Pattern[str]) -> _Pieces:
        """A copy with a space at each of the zero-width places where ``gaps`` matches."""
        places = [match.start() for match in gaps.finditer(self.text)]
        if not places:
            return self
        out = _Pieces()
        last = 0
        for place in places:
            out._copy(self, last, place)
            out.add(" ", self.ends[place - 1], self.ends[place - 1])
            last = place
        out._copy(self, last, len(self.chars))
        return out

    def _copy(self, other: _Pieces, start: int, end: int) -> None:
        self.chars += other.chars[start:end]
        self.starts += other.starts[start:end]
        self.ends += other.ends[start:end]


_CAPITAL_DEGREES: Final = {
    "BA": "bachelor",
    "BS": "bsc",
    "BE": "beng",
    "MA": "master",
    "MS": "msc",
    "AA": "associate degree",
}
_CAPITAL_DEGREE = re.compile(
    r"(?<![\w.])(?:BA|BS|BE|MA|MS|AA)"
    r"(?![\w.]| (?:Office|Excel|Word|SQL|Teams|Access|(?!EEE|ECE|CSE|MECH|CIVIL|EIE)[A-Z]{3,}))"
)
_WORD = re.compile(r"(?<![\w'])[a-z]+(?:'[a-z]+)*'?(?![\w])")
# "20 hr a week"; HR alone is a department.
_AMOUNT_BEFORE = re.compile(r"(?:\d|\bper|\ban|/) ?$")
_SCORE_OUT_OF = re.compile(r"(?<!\w)((?:co|ce|ee|eo) ?[:=-]? ?\d{1,3}) ?/ ?(?:20|360|450|699)(?!\d)")
_FRENCH_DONT = re.compile(
    r" (?:\d|un\b|une\b|deux|trois|quatre|cinq|six\b|sept\b|huit|neuf|dix|l[ea]s?\b|l'|j'|je\b|on\b|nous\b"
    r"|mon\b|ma\b|mes\b|ses\b|plus\b)"
)
_SPACES = re.compile(r" {2,}| +(?=\n)|(?<=\n) +")
_GROUPED = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:'\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}\.000)(?!\d)"
)
_SPACED = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3}){1,3}(?! ?\d)")
_MONEY_NEAR = re.compile(
    r" ?(?:\$|€|£|₹|k\b|cad|usd|eur|inr|dollars?|rupees?|roupies|euros?|pesos?|f ?cfa|cfa|xaf|xof|dirhams?)"
)
_MONEY_LEFT = re.compile(r"(?:\$|€|£|₹|cad|usd|rs\.?|fonds?|funds?|economies|savings) ?:? ?$")
_COMMA_DECIMAL = re.compile(r"(?<![\d,.])(\d{1,2}),(\d{1,2})(?!\d|[,.]\d)")
_COMMA_LIST = re.compile(r"(?<![\d,])\d{1,3}(?:\.\d)?(?:,\d{1,3}(?:\.\d)?){2,}(?![\d,])")
_TRAILING_ZERO = re.compile(r"(?<![\d.,])(\d{1,2})\.0(?!\d)")
_LISTED = r"(?!(?:no|not|got|have|has|had|with|single|married|age|masters?|bachelors?|clb|ielts)\b)[a-z]+(?: [a-z]+)?"
_LISTED_APART = (
    r"(?:pnp|lmia|job offers?|offers?|relatives?|siblings?|nominations?|kids|children|red seal(?= ?(?:$|[,.;/\n])))\b"
)
_NO_LIST = re.compile(
    rf"\b(no [a-z]+(?: [a-z]+)?)(?:/({_LISTED}(?:/{_LISTED})*)| ?/ ?({_LISTED_APART}(?: ?/ ?{_LISTED_APART})*))"
)
# "33a", "4a6m": French shorthand for years.
_SHORT_ANS = re.compile(r"(?<![\w.,-])(\d{1,2})a(?=[,;/)\n]| [a-z]|\d{1,2}m\b|$)")
_SPOKEN_DECIMAL = re.compile(r"(?<![\w.])(\d{1,2}) (?:point|virgule) (\d)(?!\d| ?\d)")
_LABELS = words("labels")
_SEPARATOR: Final = _LABELS["separator"]
_LABEL: Final = re.compile(f"{_LABELS.source('lead')}(?:{_LABELS.source('label')})")
_LONGEST_VALUE: Final = 60
_PLURAL = re.compile(r"(?<![\w.])(\d(?:\.5)?)'?s(?!\w)")
_TEST_JUST_NAMED = re.compile(r"\b(?:ielts|celpip|clb|nclc|general|gt|got|scored) ?[:=-]? ?$")
_LETTERED_SCORE = re.compile(r"\d ?[lrw](?![\w'])|(?<![\w'])[lrw] ?[-:=]? ?\d")
_DIGIT_LETTER = re.compile(r"(?<=\d)(?=[a-z$])(?!(?:st|nd|rd|th|e|er|eme|ieme)\b)|(?<=[a-z])(?=\d)")


def normalise(text: str) -> Plain:
    """The plain form of ``text``. Never raises."""
    pieces = _Pieces()
    degrees = _capital_degrees(text)
    for place, char in enumerate(text):
        if place in degrees:
            pieces.add(*degrees[place])
            continue
        if any(start < place < end for _, start, end in degrees.values()):
            continue
        folded = _fold_char(char)
        if folded:
            pieces.add(folded, place, place + 1)
    pieces = pieces.replaced(_PLURAL, _without_plural)
    pieces = pieces.replaced(_SHORT_ANS, lambda match: f"{match.group(1)} ans ")
    pieces = pieces.with_spaces(_DIGIT_LETTER)
    pieces = pieces.replaced(_phrases(), _spelt)
    pieces = pieces.replaced(_WORD, _spelt)
    pieces = pieces.replaced(_SPACES, lambda match: "\n" if "\n" in match.group() else _one_space(match))
    pieces = pieces.replaced(_SEPARATOR, _after_label)
    pieces = pieces.replaced(_NO_LIST, _each_with_no)
    pieces = pieces.replaced(number_words.RUN, number_words.run)
    pieces = pieces.replaced(number_words.ONE, number_words.one)
    pieces = pieces.replaced(_SPOKEN_DECIMAL, lambda match: f"{match.group(1)}.{match.group(2)}")
    pieces = pieces.replaced(_GROUPED, _grouped)
    pieces = pieces.replaced(_SCORE_OUT_OF, lambda match: match.group(1))
    pieces = pieces.replaced(_COMMA_LIST, lambda match: match.group().replace(",", ", "))
    pieces = pieces.replaced(_SPACED, _spaced)
    pieces = pieces.replaced(_COMMA_DECIMAL, _comma_decimal)
    pieces = pieces.replaced(number_words.HALF, number_words.half)
    pieces = pieces.replaced(number_words.FRACTION, number_words.fraction)
    pieces = pieces.replaced(_TRAILING_ZERO, lambda match: match.group(1))
    return Plain(text, pieces.text, tuple(pieces.starts), tuple(pieces.ends))


def _capital_degrees(text: str) -> dict[int, tuple[str, int, int]]:
    """Degrees that only capital letters show ("a BA", "my MS"), by where they start; none in a text all in capitals."""
    if text.isupper():
        return {}
    return {match.start(): (_CAPITAL_DEGREES[match.group()], *match.span()) for match in _CAPITAL_DEGREE.finditer(text)}


def _spelt(match: re.Match[str]) -> str | None:
    word = match.group()
    if word == "hr" and not _AMOUNT_BEFORE.search(match.string, 0, match.start()):
        return None
    if word == "dont" and _FRENCH_DONT.match(match.string, match.end()):
        return None
    plain = _spellings().get(word)
    if plain is None and word[-1] in ".'":
        plain = _spellings().get(word[:-1])
    if plain is None and word[:2] in ("d'", "l'", "j'") and len(word) > 3:
        rest = _spellings().get(word[2:])
        plain = word[:2] + rest if rest else None
    return plain


def _after_label(match: re.Match[str]) -> str | None:
    """ "Age | 34", "Age -> 34", a label on a line of its own: "age: 34"."""
    text, start, end = match.string, match.start(), match.end()
    label = text[max(text.rfind("\n", 0, start), text.rfind("|", 0, start)) + 1 : start].strip()
    if _LABEL.fullmatch(label) is None:
        return None
    value = text[end : (text + "\n").index("\n", end)].strip(" |")
    next_label = value != "wes" and _LABEL.fullmatch(value.split(":")[0].strip()) is not None
    return ": " if 0 < len(value) <= _LONGEST_VALUE and not next_label else None


def _each_with_no(match: re.Match[str]) -> str | None:
    """ "no job offer/PNP/relatives" denies each of them."""
    return match.group(1) + ", no " + re.sub(r" ?/ ?", ", no ", match.group(2) or match.group(3))


def _without_plural(match: re.Match[str]) -> str | None:
    """ "all 7s" are sevens; the s of "7L 7R 7W 7S" is speaking."""
    if _LETTERED_SCORE.search(match.string):
        return None
    named = _TEST_JUST_NAMED.search(match.string[max(0, match.start() - 16) : match.start()])
    return f"{match.group(1)} each" if named else match.group(1)


def _one_space(match: re.Match[str]) -> str | None:
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    return "" if before == "\n" or after == "\n" else " "


def _grouped(match: re.Match[str]) -> str | None:
    """ "1,50,000" is one amount; "434,428,434,456" are four scores."""
    groups = re.split(r"\D", match.group())
    if len(groups) == 4 and groups[-1] != "000" and all(100 <= int(group) <= 699 for group in groups):
        return None
    return "".join(groups)


def _spaced(match: re.Match[str]) -> str | None:
    """ "15 000 $" is one amount; "434 428 434 456" are four scores."""
    text, digits = match.string, match.group()
    money = _MONEY_NEAR.match(text, match.end()) or _MONEY_LEFT.search(text[max(0, match.start() - 12) : match.start()])
    return digits.replace(" ", "") if money or digits.endswith(" 000") else None


def _comma_decimal(match: re.Match[str]) -> str | None:
    """ "6,5" and "6,0" are halves of a band, "2,75" a decimal; "7,8" stays two numbers."""
    whole, part = match.groups()
    return f"{whole}.{part}" if part in ("0", "5") or len(part) == 2 else None
