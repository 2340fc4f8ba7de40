"""The text classifier behind intents and topics: words, letters and ideas weighed by linear SVMs, and meaning.

One flat set of labels for both languages: an intent (``skip``) or a topic of the knowledge base
(``faq/ita_deadline``). Training uses scikit-learn; ranking a message needs numpy and rapidfuzz. The Rasa
component around it is ``classifier``; what was measured is in docs/evaluation.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.nlu import fitting, lexicon
from bot.dialogue.nlu.encoder import SentenceEncoder, installed
from bot.dialogue.nlu.features import features
from bot.dialogue.nlu.spelling import Spelling
from bot.dialogue.nlu.text import words
from bot.dialogue.nlu.vectors import Vectors

_FORMAT: Final = 2
_SHARPNESS: Final = 4.0
"""What margins are multiplied with, so that of the answers given with 0.6 about six in ten are right (measured
on sentences nobody trained on)."""
_BACKGROUND: Final = 0.3
"""How much a background text counts, beside 1 for an example."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Labels with their probabilities, most probable first; ``known``: words seen in training or in the lexicon."""

    labels: tuple[tuple[str, float], ...]
    known: int


class ModelFileError(ValueError):
    """A saved classifier that cannot be read; the message names the file and the mend."""


class TextClassifier:
    """Trained on (text, label) pairs; ranks the labels of a new text."""

    def __init__(
        self,
        labels: Sequence[str],
        ideas: str,
        vectors: Vectors,
        encoder: SentenceEncoder,
        weights: NDArray[np.int8],
        scales: NDArray[np.float32],
        meaning: NDArray[np.float32],
        bias: NDArray[np.float32],
        sharpness: float,
    ) -> None:
        """``ideas``: the lexicon's text; ``weights``: row by feature, in units of the row's ``scales``;
        ``meaning``: row by number of the encoder."""
        self._labels = tuple(labels)
        self._ideas = ideas
        self._lexicon = lexicon.read(ideas)
        self._vectors = vectors
        self._spelling = Spelling({*vectors.words(), *self._lexicon.words()})
        self._encoder = encoder
        self._weights = weights
        self._scales = scales
        self._meaning = meaning
        self._bias = bias
        self._sharpness = sharpness

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], background: Sequence[tuple[str, str]] = ()
    ) -> TextClassifier:
        """Fit a new classifier; deterministic for the same examples in the same order.

        ``background``: (text, label) pairs that nobody would write to the assistant, but that hold words of
        the label's subject (``background.topic_texts``). They count for less; of other labels they are ignored.
        Errors: ``ValueError`` for fewer than two labels, ``lexicon.LexiconError`` for a faulty lexicon.
        """
        if len(set(labels)) < 2:
            raise ValueError("a classifier needs examples of two intents or more")
        ideas = lexicon.PATH.read_text(encoding="utf-8")
        read = lexicon.read(ideas)
        names = sorted(set(labels))
        known = [(text, label) for text, label in background if label in names]
        messages = [features(words(text), read) for text in [*texts, *(text for text, _ in known)]]
        vectors = Vectors.of(messages)
        encoder = installed()
        examples = fitting.Examples(
            vectors.matrix(messages),
            np.array([*labels, *(label for _, label in known)]),
            np.array([1.0] * len(texts) + [_BACKGROUND] * len(known)),
        )
        weights = fitting.fit(examples, lambda: encoder.encode([*texts, *(text for text, _ in known)]))
        scales = np.maximum(np.abs(weights.words).max(axis=1), 1e-9) / 127
        return cls(
            names,
            ideas,
            vectors,
            encoder,
            np.rint(weights.words / scales[:, None]).astype(np.int8),
            scales.astype(np.float32),
            weights.meaning.astype(np.float32),
            weights.bias.astype(np.float32),
            _SHARPNESS,
        )

    def rank(self, text: str, most: int = 10) -> Ranking:
        """The ``most`` probable labels of a text; any text, also an empty one, gives a ranking."""
        said = [self._read(word) for word in words(text)]
        rows, values = self._vectors.vector(features(said, self._lexicon))
        margins = (values * self._scales[rows]) @ self._weights[rows].astype(np.float32) + self._bias
        margins += self._encoder.encode([text])[0] @ self._meaning
        probabilities = fitting.softmax(margins.astype(np.float64) * self._sharpness)
        order = np.argsort(-probabilities, kind="stable")[:most]
        return Ranking(
            tuple((self._labels[i], float(probabilities[i])) for i in order),
            sum(word[0].isalpha() and self._knows(word) for word in said),
        )

    def _knows(self, word: str) -> bool:
        return self._vectors.knows(word) or self._lexicon.knows(word)

    def _read(self, word: str) -> str:
        return word if self._knows(word) else self._spelling.meant(word)

    def save(self, path: Path) -> None:
        """Write one file of plain arrays; it holds the lexicon too, so that it always fits the weights."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                format=np.array(_FORMAT),
                labels=_packed(self._labels),
                ideas=_packed([self._ideas]),
                **{f"names_{group}": _packed(names) for group, names in enumerate(self._vectors.names)},
                **{f"encoder_{name}": array for name, array in self._encoder.saved().items()},
                rarity=self._vectors.rarity,
                weights=self._weights,
                scales=self._scales,
                meaning=self._meaning,
                bias=self._bias,
                sharpness=np.array(self._sharpness),
            )

    @classmethod
    def load(cls, path: Path) -> TextClassifier:
        """Read a saved classifier: arrays only, never objects. Errors: ``ModelFileError``."""
        try:
            with np.load(path, allow_pickle=False) as saved:
                if int(saved["format"]) != _FORMAT:
                    raise ModelFileError(f"{path}: written by another version; run `assistant train`")
                groups = [name for name in saved.files if name.startswith("names_")]
                encoder = [name for name in saved.files if name.startswith("encoder_")]
                return cls(
                    _unpacked(saved["labels"]),
                    _unpacked(saved["ideas"])[0],
                    Vectors([_unpacked(saved[name]) for name in groups], saved["rarity"]),
                    SentenceEncoder({name.removeprefix("encoder_"): saved[name] for name in encoder}),
                    saved["weights"],
                    saved["scales"],
                    saved["meaning"],
                    saved["bias"],
                    float(saved["sharpness"]),
                )
        except (FileNotFoundError, ModelFileError):
            raise
        except (OSError, KeyError, ValueError, IndexError, EOFError, BadZipFile) as error:
            raise ModelFileError(f"{path}: not a classifier that can be read; run `assistant train`") from error


def _packed(texts: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\0".join(texts).encode("utf-8"), np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> list[str]:
    return packed.tobytes().decode("utf-8").split("\0") if packed.size else []
