"""Features as numbers: rarer ones weigh more, repeated ones little more, each group as much as another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Features = Sequence[Sequence[str]]
"""The features of one message, group by group (``features.features``)."""

_WEIGHTS: Final = (0.8, 1.0, 1.0, 1.0)
"""Of the groups word, letters, idea, pair. Measured: docs/evaluation.md."""


class Vectors:
    """Gives each known feature a row; a message becomes rows and values."""

    def __init__(self, names: Sequence[Sequence[str]], rarity: NDArray[np.float32]) -> None:
        """``names``: the features of each group, in the order of their rows; ``rarity``: one value a row."""
        self.names = tuple(tuple(group) for group in names)
        self.rarity = rarity
        starts = np.cumsum([0, *map(len, self.names)]).tolist()
        self._rows = tuple(
            dict(zip(group, range(start, end), strict=True))
            for group, (start, end) in zip(self.names, pairwise(starts), strict=True)
        )

    def __len__(self) -> int:
        return len(self.rarity)

    @classmethod
    def of(cls, messages: Sequence[Features]) -> Vectors:
        """The features worth keeping: single words and ideas always, any other when two messages hold it."""
        names: list[list[str]] = []
        rarity: list[float] = []
        for group in range(len(_WEIGHTS)):
            held = Counter(name for message in messages for name in set(message[group]))
            kept = sorted(name for name, many in held.items() if many > 1 or _always(group, name))
            names.append(kept)
            rarity.extend(1 + np.log((1 + len(messages)) / (1 + held[name])) for name in kept)
        return cls(names, np.array(rarity, np.float32))

    def words(self) -> list[str]:
        """The single words of the training examples."""
        return [name for name in self.names[0] if " " not in name]

    def knows(self, word: str) -> bool:
        """Whether a training example holds this word."""
        return word in self._rows[0]

    def vector(self, message: Features) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Rows and values of one message; unknown features are left out, an empty message gives none."""
        rows: list[int] = []
        values: list[NDArray[np.float32]] = []
        for known, found, weight in zip(self._rows, message, _WEIGHTS, strict=True):
            counts = Counter(row for row in map(known.get, found) if row is not None)
            if counts:
                here = list(counts)
                raw = (1 + np.log(np.fromiter(counts.values(), np.float32, len(here)))) * self.rarity[here]
                values.append(raw * np.float32(weight / float(np.linalg.norm(raw))))
                rows.extend(here)
        return np.array(rows, np.int32), np.concatenate(values) if values else np.empty(0, np.float32)

    def matrix(self, messages: Sequence[Features]) -> sp.csr_matrix:
        """One line a message."""
        vectors = [self.vector(message) for message in messages]
        ends = np.cumsum([0, *(len(rows) for rows, _ in vectors)])
        columns = np.concatenate([rows for rows, _ in vectors])
        values = np.concatenate([values for _, values in vectors]).astype(np.float64)
        return sp.csr_matrix((values, columns, ends), shape=(len(vectors), len(self)))


def _always(group: int, name: str) -> bool:
    return group == 2 or (group == 0 and " " not in name)
