"""Numbers written as words, English and French: "thirty-one", "vingt-cinq mille", "two and a half"."""

from __future__ import annotations

import re
from typing import Final, Literal

from text_to_num import text2num  # type: ignore[import-untyped]

_ENGLISH_WORDS: Final = """
zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety
"""
_FRENCH_WORDS: Final = """
zero deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente
quarante cinquante soixante septante huitante octante nonante
"""
_EN: Final = frozenset(_ENGLISH_WORDS.split())
_FR: Final = frozenset(_FRENCH_WORDS.split())
# Only inside a number, since alone they are mostly something else ("the previous one", "un ami", cents).
_EN_INSIDE: Final = ("one", "hundred", "thousand")
_FR_INSIDE: Final = ("un", "une", "cent", "cents", "mille")

_START = "|".join(sorted(_EN | _FR, key=len, reverse=True))
_INSIDE = "|".join(sorted((*_EN, *_FR, *_EN_INSIDE, *_FR_INSIDE), key=len, reverse=True))
RUN: Final = re.compile(
    rf"(?<![\w'])(?:(?:one|a) (?=hundred|thousand)|(?:{_START})(?![\w']))"
    rf"(?:(?:[ -]| and | et |-et-)?(?<=[ -])(?:{_INSIDE})(?![\w']))*"
)

_COUNTED = (
    r"and (?:a )?half|years?|months?|weeks?|days?|kids?|child(?:ren)?|sons?|daughters?|bab(?:y|ies)|persons?|adults?"
    r"|siblings?|brothers?|sisters?|hundred|thousand|lakhs?|lacs?|crores?|million|points?|full[ -]time"
    r"|in canada|au canada|abroad|more|dependa?e?nts?"
    r"|ans?\b|annees?|mois|semaines?|jours?|enfants?|fils|fille|bebe|personnes?|adultes?|freres?|soeurs?|et demie?"
)
ONE: Final = re.compile(
    rf"(?<![\w'])(?:one|une?)(?= (?:{_COUNTED})\b)(?<!no one)(?<!the previous one)"
    r"|(?<![\w'])an?(?= year,? (?:and |& )?\d{1,2} months?\b)"
)
HALF: Final = re.compile(
    r"(?<![\w.])(\d+)(?: years?| ans?)?(?:,? (?:and|&) a half|,? and half|,? a half|,? et demie?|(?<=ans) 1/2)"
    r"(?: years?| ans?)?\b"
)
FRACTION: Final = re.compile(
    r"(?<![\w./])(\d{1,2})[ -]?(?:\.(5|25|75)(?!\d)|1/2(?!\d|/))"
    r"|(?<![\w./])1/2(?![\d/])|(?<![\w.])(\.(?:5|25|75))(?!\d)"
)

_MONTH_AFTER = re.compile(r"\.? ?'?\d")
_DAY_BEFORE = re.compile(r"\d(?:er|th|st|nd|rd)? ?$")


def run(match: re.Match[str]) -> str | None:
    """Digits for a run of number words; several numbers in a row stay several ("eight seven seven seven")."""
    words = match.group().replace("fourty", "forty")
    if words == "sept" and _is_september(match):
        return None
    whole = _value(words)
    if whole is not None:
        return str(whole)
    parts = [part for part in re.split(r"[ -]", words) if part not in ("and", "et")]
    values = [_value(part) for part in parts]
    return " ".join(str(value) for value in values) if None not in values else None


def _value(words: str) -> int | None:
    language: Literal["en", "fr"] = (
        "en" if set(re.split(r"[ -]", words)) & (_EN - _FR | {"hundred", "thousand"}) else "fr"
    )
    if words in ("zero",):
        return 0
    if words in ("one", "un", "une", "a"):
        return 1
    try:
        return int(text2num(words.replace(" and ", " ") if language == "en" else words, language))
    except ValueError:
        return None


def _is_september(match: re.Match[str]) -> bool:
    text = match.string
    before = text[max(0, match.start() - 4) : match.start()]
    return bool(_MONTH_AFTER.match(text, match.end()) or _DAY_BEFORE.search(before))


def one(_match: re.Match[str]) -> str | None:
    return "1"


def half(match: re.Match[str]) -> str | None:
    """ "2 and a half years", "2 ans et demi" -> "2.5 years", "2.5 ans"; a plain half keeps its unit word."""
    unit = re.search(r"\b(years?|ans?)\b", match.group())
    return f"{match.group(1)}.5{' ' + unit.group() if unit else ''}"


def fraction(match: re.Match[str]) -> str | None:
    """ "2½", "2 1/2" -> "2.5"; "½" -> "0.5"."""
    if match.group(1) is None:
        return "0" + match.group(3) if match.group(3) else "0.5"
    return f"{match.group(1)}.{match.group(2) or '5'}"
