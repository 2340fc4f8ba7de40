"""What a person wrote, as the classifier sees it: plain words without accents, capitals or contractions.

The facts in a message are read elsewhere (``bot.understanding``); here only its wording counts.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 1_500
"""Characters that are looked at; a longer message has said what it wants by then."""

_APOSTROPHES = re.compile(r"[\u2018\u2019\u02bc\u2032`´]")
_ELISION = re.compile(r"\b(l|d|j|qu|c|s|n|m|t|jusqu|lorsqu|puisqu|quelqu|presqu)'(?=\w)")
_INVERSION = re.compile(r"-t-(?=(?:il|elle|on)s?\b)")
_DIGIT_GROUP = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)")
_REPEATED = re.compile(r"([^\d\s])\1{2,}")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\?")
_YEAR = re.compile(r"(?:19|20)\d\d")


def tidy(text: str) -> str:
    """Lower case, one kind of apostrophe, figures in one piece, no letter more than twice; accents stay."""
    text = _APOSTROPHES.sub("'", text[:LONGEST].lower()).replace("œ", "oe").replace("æ", "ae")
    return _REPEATED.sub(r"\1\1", _DIGIT_GROUP.sub("", text))


def plain(text: str) -> str:
    """Lower case, no accents; French elisions and inversions apart, English contractions in one word."""
    text = "".join(c for c in unicodedata.normalize("NFKD", tidy(text)) if not unicodedata.combining(c))
    return _INVERSION.sub(" ", _ELISION.sub(r"\1 ", text)).replace("'", "")


def words(text: str) -> list[str]:
    """Words, numbers and question marks in their order: ``j'ai 7,5?`` gives ``j``, ``ai``, ``7,5``, ``?``."""
    return _WORD.findall(plain(text))


def shape(word: str) -> str:
    """A number stands for all of its kind: a year, a decimal, or so many digits."""
    if not word[0].isdigit():
        return word
    if _YEAR.fullmatch(word):
        return "#year"
    return f"#{len(word)}" if word.isdigit() else "#decimal"
