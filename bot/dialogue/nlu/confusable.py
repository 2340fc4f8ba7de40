"""Which topics the classifier could not tell apart, seen from their training questions alone.

Each question is compared, in the classifier's own features, with the average of every topic, its own average
without itself. Two topics are hard to tell apart where many of their questions lie nearer to the other one. That is
quick enough for every lint; how the trained classifier fares on unseen questions is measured by ``make evaluate``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import scipy.sparse as sp

from bot.dialogue.nlu import lexicon
from bot.dialogue.nlu.features import features
from bot.dialogue.nlu.text import words
from bot.dialogue.nlu.vectors import Vectors

MOST: Final = 0.2
"""Share of the questions of two topics that may lie nearer to the other one."""


@dataclass(frozen=True, slots=True)
class Confusable:
    """Two topics, and the share of their questions that lie nearer to the other one."""

    first: str
    second: str
    share: float


def confusable(examples: Sequence[tuple[str, str]], most: float = MOST) -> list[Confusable]:
    """The pairs of topics above ``most``, worst first. ``examples``: (question, topic), both languages together."""
    names = sorted({topic for _, topic in examples})
    if len(names) < 2:
        return []
    ideas = lexicon.read(lexicon.PATH.read_text(encoding="utf-8"))
    messages = [features(words(text), ideas) for text, _ in examples]
    own = np.array([names.index(topic) for _, topic in examples])
    lines = np.arange(len(own))
    matrix = Vectors.of(messages).matrix(messages)
    sums = sp.csr_matrix((np.ones(len(own)), (own, lines)), shape=(len(names), len(own))) @ matrix
    near = np.asarray((matrix @ sums.T).todense())
    near[lines, own] -= np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
    nearest = (near / np.sqrt(np.asarray(sums.multiply(sums).sum(axis=1)).ravel())).argmax(axis=1)
    many = np.bincount(own, minlength=len(names))
    mixed = Counter(
        tuple(sorted(pair)) for pair in zip(own.tolist(), nearest.tolist(), strict=True) if pair[0] != pair[1]
    )
    found = [
        Confusable(names[one], names[other], count / int(many[one] + many[other]))
        for (one, other), count in mixed.items()
    ]
    return sorted((pair for pair in found if pair.share > most), key=lambda pair: (-pair.share, pair.first))
