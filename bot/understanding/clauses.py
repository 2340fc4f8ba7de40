"""Where sentences and clauses of a plain text begin and end."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from bot.understanding.words import words

_W = words("clauses")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` without its stop; ``asks``: ends in a question mark."""

    start: int
    end: int
    asks: bool


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of the text, in order, none empty."""
    found: list[Sentence] = []
    start = 0
    for stop in _W["stop"].finditer(text):
        if stop.group() == "." and _goes_on(text, start, stop.start(), stop.end()):
            continue
        if text[start : stop.start()].strip():
            found.append(Sentence(start, stop.start(), "?" in stop.group()))
        start = stop.end()
    if text[start:].strip():
        found.append(Sentence(start, len(text), asks=False))
    return tuple(found)


def _goes_on(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the full stop is one of an abbreviation, a shortened label or the number of a list."""
    if _W["no_stop"].search(text[max(0, start, stop - 6) : after]) or _W["short_label"].fullmatch(text, start, stop):
        return True
    if text.endswith("experience", start, stop) and _W["experience_goes_on"].match(text, after):
        return True
    if text.endswith(("years", "months"), start, stop) and _W["length_goes_on"].match(text, after):
        return True
    return text[start:stop].strip().isdigit() and _W["list_item"].match(text, after) is not None


class Clauses:
    """The pieces of a text between breaks."""

    __slots__ = ("_starts", "bounds")

    def __init__(self, text: str, parts: tuple[Sentence, ...]) -> None:
        self.bounds: list[tuple[int, int]] = []
        for part in parts:
            start = part.start
            for found in _W["break"].finditer(text, part.start, part.end):
                if found.start() > start:
                    self.bounds.append((start, found.start()))
                start = found.end()
            if part.end > start:
                self.bounds.append((start, part.end))
        self._starts = [start for start, _ in self.bounds]

    def at(self, place: int) -> int:
        """The number of the clause that holds ``place`` (or the one before it)."""
        return max(0, bisect_right(self._starts, place) - 1)

    def span(self, place: int) -> tuple[int, int]:
        """The bounds of the clause at ``place``."""
        return self.bounds[self.at(place)] if self.bounds else (0, 0)
