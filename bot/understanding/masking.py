"""Identifiers taken out of a message before anything is stored or logged.

Passport, UCI, SIN, payment card, application and national identity numbers are replaced by a
neutral mark. E-mail addresses and telephone numbers stay, since they are how a person is reached;
``contacts`` reports them. Scores, NOC codes, dates and amounts survive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

IdentifierKind = Literal["passport", "uci", "sin", "card", "application", "national_id"]

MARKS: Final[dict[IdentifierKind, str]] = {
    "passport": "[passport]",
    "uci": "[UCI]",
    "sin": "[SIN]",
    "card": "[card]",
    "application": "[application]",
    "national_id": "[ID]",
}


@dataclass(frozen=True, slots=True)
class Masked:
    """``text`` without identifiers; ``kinds``: what was taken out, in order, each once."""

    text: str
    kinds: tuple[IdentifierKind, ...]


@dataclass(frozen=True, slots=True)
class Contacts:
    """E-mail addresses and telephone numbers as the person wrote them."""

    emails: tuple[str, ...]
    phones: tuple[str, ...]


# Between two digits of one number: a space of any kind, a dash of any kind, a zero-width character.
_SEP = r"[ \u00a0\u202f\u200b\u200c\u200d\u2060\ufeff\-\u2010-\u2015]"
_SEPARATORS = re.compile(_SEP)
# Words that may stand between the name of an identifier and its digits.
_LINK = (
    r"(?:[\s:#=.,()'\"-]|number|num(?:ero|éro)?|no|nr|n°|nº|is|are|was|est|the|my|le|la|de|mon|ma|card|carte|id)"
    r"{0,12}?"
)

_EMAIL = re.compile(r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE_WORD = (
    r"(?:phone|tel|t[ée]l[ée]phone|mobile|mob|cell(?:ulaire|phone)?|whats?app|call(?:\s+me)?(?:\s+(?:at|on))?"
    r"|contact|joindre|appele[zr]|portable|sms|text\s+me(?:\s+at)?)"
)
_PHONE_SIGNED = re.compile(r"(?<![\w+])\+\d(?:[\s().\-]{0,2}\d){6,14}(?!\d)")
_PHONE_NAMED = re.compile(rf"(?i)\b{_PHONE_WORD}\b{_LINK}(\(?\d(?:[\s().\-]{{0,2}}\d){{6,13}})(?!\d)")
_PHONE_SHAPED = re.compile(
    r"(?<![\w.\-/])(?:"
    r"\(?[2-9]\d{2}\)?[\s.\-]\s?\d{3}[\s.\-]\d{4}"  # North America
    r"|1[\s.\-][2-9]\d{2}[\s.\-]\d{3}[\s.\-]\d{4}"
    r"|0\d(?:[\s.]\d{2}){4}"  # France
    r"|0\d{9,10}|[2-9]\d{9}"
    r"|[6-9]\d{4}[\s\-]\d{5}"  # India
    r")(?![\w\-/]|\.\d)"
)
_MONEY_AFTER = re.compile(
    r"(?i)\s{0,2}(?:[$€£₹]|(?:cad|usd|inr|eur|ngn|php|pkr|vnd|idr|cop|irr|iqd|xof|xaf|lbp|dollars?|rupees?|euros?"
    r"|rs|naira|pesos?|dongs?|rials?|tomans?|francs?|k|lakhs?|lacs?|crores?)\b)"
)
_MONEY_BEFORE = re.compile(
    r"(?i)(?:[$€£₹]|\b(?:cad|usd|inr|eur|ngn|php|pkr|vnd|idr|cop|irr|rs|funds?|savings?|amount|fonds|balance)\b)[\s.:]{0,3}$"
)


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal())


def _groups(text: str) -> list[str]:
    return [_digits(group) for group in _SEPARATORS.split(text)]


def _is_year(group: str) -> bool:
    return len(group) == 4 and 1900 <= int(group) <= 2100


def _is_compact_date(digits: str) -> bool:
    """Eight digits that read as a day: 20270302, 02031990."""
    if len(digits) != 8:
        return False
    year_first = 1900 <= int(digits[:4]) <= 2100 and 1 <= int(digits[4:6]) <= 12 and 1 <= int(digits[6:]) <= 31
    year_last = 1900 <= int(digits[4:]) <= 2100 and 1 <= int(digits[:2]) <= 31 and 1 <= int(digits[2:4]) <= 31
    return year_first or year_last


def _card(text: str) -> bool:
    digits, groups = _digits(text), _groups(text)
    if len(groups) > 1 and all(_is_year(group) for group in groups):
        return False
    return 13 <= len(digits) <= 19 and digits[0] in "23456" and _luhn(digits)


def _sin(text: str) -> bool:
    return _luhn(_digits(text))


def _uci_shaped(text: str) -> bool:
    return not all(_is_year(group) for group in _groups(text)) and not _is_compact_date(_digits(text))


def _any(_text: str) -> bool:
    return True


def _not_a_date(text: str) -> bool:
    return sum(char.isdecimal() for char in text) >= 5 and not _is_compact_date(_digits(text))


def _named(words: str, number: str) -> re.Pattern[str]:
    """The number after its name ("passport no. X") or before it ("X is my passport")."""
    return re.compile(
        rf"(?i)\b(?:{words})\b{_LINK}(?<![\w+])(?P<a>{number})(?![\w])"
        rf"|(?<![\w+.-])(?P<b>{number})\s{{0,3}}(?:is|=|est|\()\s{{0,3}}(?:my|mon|the|le)?\s{{0,3}}(?:{words})\b"
    )


_D = rf"(?:{_SEP}?\d)"
_NATIONAL_NAMES = r"aadh?aa?r|s\.?s\.?n\.?|social\s+security|cnic|pan"
_ALNUM = rf"(?:[a-z]{{1,3}}{_SEP}?)?\d{{2}}(?:{_SEP}?[a-z]{{2}})?{_D}{{3,8}}[a-z]?"

# Each: kind, pattern, last check, whether an amount of money or a telephone number may look the same.
_RULES: Final[tuple[tuple[IdentifierKind, re.Pattern[str], Callable[[str], bool], bool], ...]] = (
    ("card", re.compile(rf"(?<![\w+.])\d{{4}}(?:{_SEP}\d{{4}}){{3}}(?:{_SEP}?\d{{1,3}})?(?!\w)"), _card, False),
    ("card", re.compile(rf"(?<![\w+.])3\d{{3}}{_SEP}?\d{{6}}{_SEP}?\d{{5}}(?!\w)"), _card, False),
    ("card", re.compile(r"(?<![\w+.])\d{13,19}(?!\w)"), _card, False),
    ("application", re.compile(r"(?i)(?<!\w)[a-z]\d{9,10}(?!\w)"), _any, False),
    ("application", _named(r"application|file|dossier|demande|portal|profile|profil", r"[a-z]\d{6,12}"), _any, False),
    ("passport", _named(r"pass?port|passeport", _ALNUM), _not_a_date, False),
    ("passport", re.compile(r"(?i)(?<!\w)(?:[a-z]\d{7,8}|[a-z]{2}\d{6,7}|\d{2}[a-z]{2}\d{5})(?!\w)"), _any, False),
    ("sin", _named(r"s\.?i\.?n\.?|nas|social\s+insurance|assurance\s+sociale", rf"\d{_D}{{8}}"), _any, False),
    ("uci", _named(r"u\.?c\.?i\.?|i\.?u\.?c\.?|client\s+id(?:entifier)?", rf"\d{_D}{{7,9}}"), _any, False),
    ("national_id", _named(_NATIONAL_NAMES, rf"\d{_D}{{7,12}}|[a-z]{{5}}\d{{4}}[a-z]"), _any, False),
    ("national_id", re.compile(r"(?<![\w+\-])\d{3}-\d{2}-\d{4}(?![\w\-])"), _any, False),
    ("uci", re.compile(rf"(?<![\w+\-])\d{{2}}{_SEP}\d{{4}}{_SEP}\d{{4}}(?![\w\-])"), _uci_shaped, True),
    ("uci", re.compile(r"(?<![\w+\-])\d{4}-\d{4}(?![\w\-])"), _uci_shaped, True),
    ("uci", re.compile(r"(?<![\w+\-.,])11\d{8}(?![\w\-])"), _any, True),
    ("sin", re.compile(rf"(?<![\w+\-.,])\d{{3}}{_SEP}?\d{{3}}{_SEP}?\d{{3}}(?![\w\-]|[.,]\d)"), _sin, True),
)


def mask(text: str) -> Masked:
    """The text with every identifier replaced by its mark. Never raises; masking twice changes nothing."""
    kinds: list[IdentifierKind] = []
    for kind, pattern, check, confusable in _RULES:
        taken = [span for span in _spans(pattern, text) if check(text[span[0] : span[1]])]
        if confusable and taken:
            phones = list(_phone_spans(text, shaped=False))
            taken = [s for s in taken if not _is_money(text, s) and not any(_overlap(s, phone) for phone in phones)]
        for start, end in reversed(taken):
            text = text[:start] + MARKS[kind] + text[end:]
        if taken and kind not in kinds:
            kinds.append(kind)
    return Masked(text, tuple(kinds))


def is_masked(text: str) -> bool:
    """Whether identifiers have been taken out of this text."""
    return any(mark in text for mark in MARKS.values())


def contacts(text: str) -> Contacts:
    """E-mail addresses and telephone numbers in the text."""
    text = mask(text).text
    emails = tuple(match.group().rstrip(".") for match in _EMAIL.finditer(text))
    spans: list[tuple[int, int]] = []
    for span in _phone_spans(text, shaped=True):
        if not any(_overlap(span, other) for other in spans):
            spans.append(span)
    return Contacts(emails, tuple(text[start:end].strip() for start, end in sorted(spans)))


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        group = match.lastgroup if match.lastgroup else 0
        yield match.span(group)


def _phone_spans(text: str, *, shaped: bool) -> Iterator[tuple[int, int]]:
    """Numbers that are certainly telephones; with ``shaped`` also those that only look like one."""
    for match in _PHONE_SIGNED.finditer(text):
        yield match.span()
    for match in _PHONE_NAMED.finditer(text):
        yield match.span(1)
    if shaped:
        for match in _PHONE_SHAPED.finditer(text):
            if not _is_money(text, match.span()):
                yield match.span()


def _is_money(text: str, span: tuple[int, int]) -> bool:
    return bool(_MONEY_AFTER.match(text, span[1]) or _MONEY_BEFORE.search(text[max(0, span[0] - 16) : span[0]]))


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
