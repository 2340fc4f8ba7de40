"""Whether words state a fact, or ask, suppose, hope for, need or remember one."""

from __future__ import annotations

import re
from typing import Final, Literal

from bot.understanding.clauses import Sentence
from bot.understanding.words import words

_W = words("modality")

Modality = Literal["question", "hypothetical", "target", "past"]

_HYPOTHETICAL: Final = _W["hypothetical"]
_TARGET: Final = _W["target"]
_PAST: Final = _W["past"]
_ASKS: Final = _W["asks"]
_OPENS_ASKING: Final = _W["opens_asking"]
_FORCED_ASK: Final = _W["forced_ask"]
# A new statement of one's own ends a question, a hope or a supposition that came before it.
_STATES = _W.source("states")
_OWN_STATEMENT: Final = re.compile(rf"(?<!\w){_STATES}")
_RESET_AFTER_BREAK: Final = _W["reset_after_break"]
# ", 31F, single ...": a portrait of the person follows.
_PORTRAIT_BEGINS: Final = _W["portrait_begins"]
# "planning to settle in Halifax, no job offer": plans to move or to apply reach to the next item only.
_PLANS_TO_MOVE: Final = _W["plans_to_move"]
_ITEM: Final = _W["item"]
_BUT: Final = _W["but"]
_COLON: Final = re.compile(r"[:]\s|\s-\s")
_BACKWARDS: Final = _W["backwards"]


class Modalities:
    """For each place of the text, how it is said, if not plainly."""

    __slots__ = ("_scopes",)

    def __init__(self, text: str, parts: tuple[Sentence, ...]) -> None:
        self._scopes: list[tuple[int, int, Modality]] = []
        for part in parts:
            self._question(text, part)
            for kind, pattern in (("hypothetical", _HYPOTHETICAL), ("target", _TARGET), ("past", _PAST)):
                for match in pattern.finditer(text, part.start, part.end):
                    end = self._end(text, match.end(), part)
                    if kind == "target" and _PLANS_TO_MOVE.match(text, match.start(), part.end):
                        end = min(end, _next_item(text, match.end(), end))
                    self._scopes.append((match.start(), end, kind))  # type: ignore[arg-type]
            for match in _BACKWARDS.finditer(text, part.start, part.end):
                start = max((text.rfind(mark, part.start, match.start()) for mark in ",;:("), default=-1)
                self._scopes.append((max(start, part.start), match.end(), "target"))

    def at(self, start: int, end: int) -> Modality | None:
        """The first of question, hypothetical, target and past whose scope holds the span."""
        kinds = {kind for a, b, kind in self._scopes if a <= start and end <= b}
        for kind in ("hypothetical", "question", "target", "past"):
            if kind in kinds:
                return kind
        return None

    def _question(self, text: str, part: Sentence) -> None:
        if part.asks:
            match = _OPENS_ASKING.match(text, part.start, part.end) or _ASKS.search(text, part.start, part.end)
            if match is None:
                start = max((text.rfind(mark, part.start, part.end) for mark in ",;:"), default=-1)
                if re.match(rf"\W*(?:so )?{_STATES}", text[max(start, part.start) : part.end]):
                    return
                if start > 0:
                    self._scopes.append((start, part.end, "question"))
                return
        else:
            match = _FORCED_ASK.match(text, part.start, part.end)
            if match is None:
                return
        start = match.start()
        if part.asks and "," not in text[part.start : start] and not _OWN_STATEMENT.search(text, part.start, start):
            start = part.start
        self._scopes.append((start, self._end(text, match.end(), part), "question"))

    def _end(self, text: str, place: int, part: Sentence) -> int:
        ends = [part.end]
        for pattern in (_RESET_AFTER_BREAK, _PORTRAIT_BEGINS, _BUT, _COLON):
            match = pattern.search(text, place, part.end)
            if match:
                ends.append(match.start())
        return min(ends)


def _next_item(text: str, place: int, end: int) -> int:
    match = _ITEM.search(text, place, end)
    return match.start() if match else end
