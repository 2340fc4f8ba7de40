"""Settlement funds. Only Canadian dollars become a fact; other currencies are reported with the amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.message import Candidate, Message
from bot.understanding.words import words

_W = words("money")

_SCALES: Final = {
    **dict.fromkeys(("k", "thousand", "mille", "grand"), 1_000),
    **dict.fromkeys(("lakh", "lac", "lak", "l"), 100_000),
    **dict.fromkeys(("million", "mil", "mn", "m"), 1_000_000),
    **dict.fromkeys(("crore", "cr"), 10_000_000),
}
_AMOUNT = _W["amount"]
_CURRENCIES: Final = tuple(sorted({name[:3] for name in _AMOUNT.groupindex if name[3:] in ("_A", "_B")}))
_FUNDS = _W["funds"]
_HAVE = _W["have"]
_OTHER_USE = _W["other_use"]
_IS_YEAR: Final = _W["is_year"]
_LEAST: Final = 100
"""Asked for together with the size of the family, a smaller number without a currency is not an amount."""
_ALONE = re.compile(r"\W*(?:about|around|environ|approx|nearly|almost|presque|maybe|,|\s)*\W*")


def read(message: Message) -> Iterator[Candidate]:
    asked = message.asks_for("funds_amount")
    if not asked and not re.search(r"\d", message.text):
        return
    for match in message.finditer(_AMOUNT):
        yield from _amount(message, match, asked=asked)


def _item(before: str, after: str) -> str:
    """What stands beside the amount between commas: nothing in "just me, around 18k CAD"."""
    return re.split(r"[,;.\n]", before)[-1] + re.split(r"[,;.\n]", after)[0]


def _amount(message: Message, match: re.Match[str], *, asked: bool) -> Iterator[Candidate]:
    scale = (match["scale"] or "").rstrip("s") if match["scale"] not in ("l", "m") else match["scale"]
    value = float(match["n"]) * _SCALES.get(scale, 1)
    currency = next((name for name in _CURRENCIES if match[f"{name}_A"] or match[f"{name}_B"]), None)
    dollar = bool(match["dollar_a"] or match["dollar_b"])
    start, end = match.span()
    before, after = message.around(start, end, 45, 40)
    near = before[-40:] + " " + after[:30]
    named = bool(_FUNDS.search(near))
    if scale in ("l", "m", "cr", "mil") and not (named or asked):
        return
    if message.together and value < _LEAST and not (currency or dollar or scale):
        return
    if re.match(r"^ ?(?:years?|ans?|months?|mois|hours?|points?|st|th|people|personnes)\b|^ ?%", after):
        return
    if not asked:
        if not currency and not dollar and not scale and not (named and value >= 1000):
            return
        whole = currency is not None and _ALONE.fullmatch(_item(before, after)) is not None
        if (
            not named
            and not whole
            and not (currency and _HAVE.search(before))
            and not (dollar and _HAVE.search(before))
        ):
            return
        bare = not (currency or dollar or scale)
        if value < 500 or (bare and _IS_YEAR.search(before + match["n"] + after)):
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
