"""Settlement funds. Only Canadian dollars become a fact; other currencies are reported with the amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message

_SCALES: Final = {"k": 1_000, "thousand": 1_000, "mille": 1_000, "grand": 1_000, "lakh": 100_000, "lac": 100_000, "lak": 100_000, "l": 100_000, "crore": 10_000_000,
                  "cr": 10_000_000, "million": 1_000_000, "mil": 1_000_000, "m": 1_000_000, "mn": 1_000_000}  # fmt: skip
_CURRENCY: Final = (
    ("CAD", r"cad|canadian(?: dollars?)?|dollars? canadiens?|\$ ?can(?:adien)?s?|\$ ?ca|\$ ?cad|cad ?\$|c\$|ca\$"),
    ("USD", r"usd|us ?\$|us dollars?|\$ ?us(?:d)?|american dollars?|dollars? americains?"),
    ("INR", r"inr|rs\.?|₹|indian rupees?|rupees?|roupies"),
    ("EUR", r"eur(?:os?)?|€"),
    ("GBP", r"gbp|£|pounds?"),
    ("NGN", r"ngn|naira"),
    ("PKR", r"pkr"),
    ("PHP", r"php|pesos?"),
    ("AED", r"aed|dirhams?"),
    ("MAD", r"mad\b|dh\b"),
    ("XOF", r"xof|xaf|f ?cfa|cfa|francs?"),
    ("IRR", r"rials?|tomans?"),
    ("BDT", r"bdt|taka"),
    ("MXN", r"mxn"), ("BRL", r"brl|reais"), ("DZD", r"dzd|dinars?"), ("CNY", r"cny|rmb|yuan"),
)  # fmt: skip
_ANY_CURRENCY = "|".join(f"(?P<{name}_A>{words})" for name, words in _CURRENCY)
_BEFORE_CURRENCY = "|".join(f"(?P<{name}_B>{words})" for name, words in _CURRENCY)
_AMOUNT = re.compile(
    rf"(?<![\w.,/-])(?:(?:(?P<dollar_b>(?<!c)(?<!a)(?<!s)\$)|{_BEFORE_CURRENCY}) ?)?(?P<n>\d{{1,9}}(?:\.\d{{1,2}})?)(?: ?(?P<scale>k|thousand|mille|grand|lakhs?|lacs?|laks?|l|crores?|cr|millions?|mil|mn|m)(?![\w']))?(?: ?\+)?(?: ?(?:(?:{_ANY_CURRENCY})(?!\w)|(?P<dollar_a>\$|dollars?|bucks)))?(?![\w%]|[.,/-]\d)"
)
_FUNDS = re.compile(
    r"\b(?:funds?|savings?|saved|settlement|proof of funds?|pof|bank(?: balance| account)?|money|balance|liquid|cash|in hand|deposits?|fd|fonds|economies|epargne|economise|argent|liquidites|compte|preuve de fonds|mis de cote|cote)\b"
)
_HAVE = re.compile(r"\b(?:i have|we have|have|has|got|having|j'ai|nous avons|on a|dispose|disposons)\b[^,.;]{0,18}$")
_OTHER_USE = re.compile(
    r"\b(?:salary|earn\w*|wage|paid|pay|paying|fees?|cost\w*|rent|tuition|loan|debt|worth|income|per (?:year|month|hour|annum)|an hour|a month|monthly|annually|hourly|lpa|ctc|invest\w*|price|charge\w*|scam|offer(?:ed|ing)?|package|gic|house|property|land|car|salaire|gagne|payer?|paye|frais|coute|loyer|pret|par (?:an|mois|heure)|de l'heure|vaut|points?|crs|score|invitations?|candidates|itas?)\b|/ ?(?:h|hr|hour|year|yr|month)\b"
)
_NEED = re.compile(
    r"\b(?:need|needs|required?|requirement|must|should|minimum|il faut|besoin|exige|how much|combien)\b"
)


def read(message: Message) -> Iterator[Candidate]:
    asked = message.asked == "funds_amount"
    if not asked and not re.search(r"\d", message.text):
        return
    for match in message.finditer(_AMOUNT):
        yield from _amount(message, match, asked=asked)


def _amount(message: Message, match: re.Match[str], *, asked: bool) -> Iterator[Candidate]:
    scale = (match["scale"] or "").rstrip("s") if match["scale"] not in ("l", "m") else match["scale"]
    value = float(match["n"]) * _SCALES.get(scale, 1)
    currency = next((name for name, _ in _CURRENCY if match[f"{name}_A"] or match[f"{name}_B"]), None)
    dollar = bool(match["dollar_a"] or match["dollar_b"])
    start, end = match.span()
    before, after = message.around(start, end, 45, 40)
    near = before[-40:] + " " + after[:30]
    named = bool(_FUNDS.search(near))
    if scale in ("l", "m", "cr", "mil") and not (named or asked):
        return
    if re.match(r" ?(?:years?|ans?|months?|mois|hours?|points?|%|st\b|th\b|people|personnes)", after):
        return
    if not asked:
        if not currency and not dollar and not scale and not (named and value >= 1000):
            return
        if not named and not (currency and _HAVE.search(before)) and not (dollar and _HAVE.search(before)):
            return
        if value < 500:
            return
        if _OTHER_USE.search(near) and not re.search(r"\b(?:funds?|savings?|fonds|economies)\b", near):
            return
    if re.match(r" ?(?:per|a|an|par|/) ?(?:year|month|hour|annum|an\b|mois|heure)", after):
        return
    message.take(start, end)
    number: float = int(value) if value.is_integer() else value
    if scale in ("lakh", "lac", "lak", "crore", "cr") or (scale == "l" and currency is None and not dollar):
        currency = currency or "INR"
    if currency and currency != "CAD":
        yield Candidate("funds_amount", number, start, end, "self", reason="other_currency", options=(currency,))
        return
    if value > 100_000_000:
        yield Candidate("funds_amount", number, start, end, "self", reason="impossible_value")
        return
    guess = bool(
        re.search(
            r"\b(?:about|almost|nearly|close to|environ|presque|maybe|over|more than|plus de|~)\s?(?:cad ?|\$ ?)?$",
            before,
        )
    )
    yield Candidate("funds_amount", number, start, end, "self", likely=currency is None, estimated=guess)
