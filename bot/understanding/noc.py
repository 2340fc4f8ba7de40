"""NOC codes: five digits of the classification of 2021, or the four of a former one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.understanding.message import Candidate, Message
from bot.understanding.words import words

_W = words("work")
_NOC_NAMED = _W["noc_named"]
_NOC_FOLLOWED = re.compile(r"\b(?P<code>\d{5})\b ?\(?(?:noc|cnp)\b")
_NOC_BARE = _W["noc_bare"]
_MONEY_NEAR = _W["money_near"]


def read(message: Message) -> Iterator[Candidate]:
    for pattern in (_NOC_NAMED, _NOC_FOLLOWED, _NOC_BARE):
        for match in message.finditer(pattern):
            code = match["code"].replace(" ", "")
            start, end = match.span("code")
            if pattern is _NOC_BARE:
                before, after = message.around(start, end, 40, 20)
                if code.endswith("000"):
                    continue
                alone = message.text.strip(" .") == code and not message.asks_for("funds_amount")
                named = message.asked == "noc" or alone or re.search(r"[a-z]{4,} $", before)
                if code.endswith("00") and not named:
                    continue
                if _MONEY_NEAR.search(before + " " + after):
                    continue
            message.take(start, end)
            if len(code) == 5 and code.isdigit():
                if code[1] > "5":
                    yield Candidate("noc", code, start, end, reason="impossible_value")
                else:
                    yield Candidate("noc", code, start, end, likely=pattern is _NOC_BARE, rank=1)
            else:
                yield Candidate("noc", code, start, end, reason="old_noc")
