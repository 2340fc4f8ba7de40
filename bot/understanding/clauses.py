"""Where sentences and clauses of a plain text begin and end."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# A stop is a full stop that ends a word (not 7.5), "?" or "!", a line end, a semicolon, a bar.
_STOP = re.compile(r"(?:\.+(?=\s|$|[a-z]{2})|[!?]+|\n+|;|\s\|\s|\s-{1,2}>\s)(?:\s*[!?.]+)*")
_NO_STOP = re.compile(r"(?:\b(?:vs|no|nr|st|dr|mr|mrs|ms|prof|approx|e\.g|i\.e|etc)|^)\.$")
# "1. My age is 31": a number of a list, not a sentence.
# "5 years of exp. in India": an abbreviation.
_LENGTH_GOES_ON = re.compile(r" (?:at|as|of|exp\w*|chez|comme|d'exp\w*) ")
_GOES_ON = re.compile(r" (?:in|as|from|at|a|en|au|aux|dans|comme|chez) ")
# "Exp. 3 yrs", "Edu. MBA": a shortened label.
_SHORT_LABEL = re.compile(r"\W*(?:work )?(?:experience|edu|educ|qual|lang|nat|stat|prof)")
_LIST_NUMBER = re.compile(r" ?[a-z]")
# Inside a sentence: what separates one statement from the next.
_BREAK = re.compile(
    r",(?!\d)|;|\n|[()\[\]]|:(?=\s)|/(?=\s)|\s(?:-|\+|and|but|plus|then|however|whereas|while|though|although|because|so|et|mais|puis"
    r"|cependant|alors que|tandis que|parce que|car|&)(?=\s)"
)


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
    for stop in _STOP.finditer(text):
        if stop.group() == "." and _NO_STOP.search(text[max(0, start, stop.start() - 6) : stop.end()]):
            continue
        if (
            stop.group() == "."
            and text.endswith("experience", start, stop.start())
            and _GOES_ON.match(text, stop.end())
        ):
            continue
        if (
            stop.group() == "."
            and text.endswith(("years", "months"), start, stop.start())
            and _LENGTH_GOES_ON.match(text, stop.end())
        ):
            continue
        if stop.group() == "." and _SHORT_LABEL.fullmatch(text, start, stop.start()):
            continue
        if (
            stop.group() == "."
            and text[start : stop.start()].strip().isdigit()
            and _LIST_NUMBER.match(text, stop.end())
        ):
            continue
        if text[start : stop.start()].strip():
            found.append(Sentence(start, stop.start(), "?" in stop.group()))
        start = stop.end()
    if text[start:].strip():
        found.append(Sentence(start, len(text), asks=False))
    return tuple(found)


class Clauses:
    """The pieces of a text between breaks."""

    __slots__ = ("_starts", "bounds")

    def __init__(self, text: str, parts: tuple[Sentence, ...]) -> None:
        self.bounds: list[tuple[int, int]] = []
        for part in parts:
            start = part.start
            for found in _BREAK.finditer(text, part.start, part.end):
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
