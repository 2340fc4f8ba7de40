"""Cutting text to what a channel takes: between paragraphs, sentences, words, and inside a word only if it must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

Units = Callable[[str], int]

SENTENCE_END: Final = re.compile(r"(?<=[.!?…])(?:[ \u00a0]*[»”\"])?\s+(?=\S)")
_BREAKS: Final = (re.compile(r"\n+"), SENTENCE_END, re.compile(r"(?<=[;:,])\s+"), re.compile(r"[ \t]+"))


def utf16(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf8(text: str) -> int:
    """Length as Instagram counts it: bytes."""
    return len(text.encode("utf-8", "replace"))


def packed(blocks: Iterable[str], limit: int, units: Units, between: str = "\n\n") -> list[str]:
    """Blocks put together into as few texts as fit; a block that is too long for one is cut."""
    texts: list[str] = []
    for block in blocks:
        for piece in _fitting(block, limit, units):
            if texts and units(texts[-1] + between + piece) <= limit:
                texts[-1] += between + piece
            else:
                texts.append(piece)
    return texts


def shortened(text: str, limit: int) -> str:
    """The beginning of a title, with a mark where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _fitting(block: str, limit: int, units: Units, depth: int = 0) -> Iterator[str]:
    """The block, or pieces of it that fit, cut at the best place there is."""
    if units(block) <= limit:
        yield block
        return
    if depth == len(_BREAKS):
        yield from _cut(block, limit, units)
        return
    gathered = ""
    for piece, gap in _pieces(block, _BREAKS[depth]):
        if units(gathered + piece) <= limit:
            gathered += piece + gap
            continue
        if gathered:
            yield gathered.rstrip()
        gathered = ""
        if units(piece) <= limit:
            gathered = piece + gap
            continue
        *whole, last = _fitting(piece, limit, units, depth + 1)
        yield from whole
        gathered = last + gap
    if gathered.strip():
        yield gathered.rstrip()


def _pieces(text: str, where: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Pieces of the text, each with the gap that follows it."""
    start = 0
    for gap in where.finditer(text):
        yield text[start : gap.start()], gap.group()
        start = gap.end()
    yield text[start:], ""


def _cut(word: str, limit: int, units: Units) -> Iterator[str]:
    piece = ""
    for character in word:
        if units(piece + character) > limit:
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece
