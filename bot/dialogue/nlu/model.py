"""The text classifier behind intents and topics: word and character n-grams, TF-IDF, a calibrated linear SVM.

One flat set of labels for both languages: an intent (``skip``) or a topic of the knowledge base
(``faq/ita_deadline``). Pure scikit-learn; the Rasa component around it is ``classifier``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

_APOSTROPHES = re.compile(r"[\u2018\u2019\u02bc`´]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_REPEATED = re.compile(r"(.)\1{2,}")
_WORD = re.compile(r"(?u)\b\w+\b")


def normalise(text: str) -> str:
    """Lower case without accents, one form of apostrophe, every number alike, no letter more than twice."""
    text = _APOSTROPHES.sub("'", text.lower())
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _REPEATED.sub(r"\1\1", _NUMBER.sub("0", text))


SHARPNESS = 7.0
"""Softmax of the margins times this is a usable probability: of answers given 0.6, six in ten are right."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Labels with their probabilities, most probable first; ``known``: words seen in training."""

    labels: tuple[tuple[str, float], ...]
    known: int


class TextClassifier:
    """Trained on (text, label) pairs; ranks the labels of a new text."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline
        self._classes: list[str] = list(pipeline.classes_)
        self._words = frozenset(
            term for term in pipeline["features"].transformer_list[0][1].vocabulary_ if " " not in term
        )

    @classmethod
    def train(cls, texts: Sequence[str], labels: Sequence[str]) -> TextClassifier:
        """Fit a new classifier; deterministic for the same examples in the same order."""
        features = FeatureUnion(
            [
                (
                    "word",
                    TfidfVectorizer(
                        preprocessor=normalise, token_pattern=_WORD.pattern, ngram_range=(1, 2), sublinear_tf=True
                    ),
                ),
                (
                    "char",
                    TfidfVectorizer(
                        preprocessor=normalise,
                        analyzer="char_wb",
                        ngram_range=(2, 5),
                        sublinear_tf=True,
                        max_features=40_000,
                    ),
                ),
            ],
            transformer_weights={"word": 1.0, "char": 0.8},
        )
        pipeline = Pipeline([("features", features), ("classifier", LinearSVC(C=0.5))])
        pipeline.fit(list(texts), list(labels))
        pipeline["classifier"].coef_ = pipeline["classifier"].coef_.astype(np.float32)
        return cls(pipeline)

    def rank(self, text: str, most: int = 10) -> Ranking:
        """The ``most`` probable labels of a text."""
        margins = self._pipeline.decision_function([text])[0] * SHARPNESS
        probabilities = np.exp(margins - margins.max())
        probabilities /= probabilities.sum()
        order = np.argsort(-probabilities)[:most]
        return Ranking(
            tuple((self._classes[i], float(probabilities[i])) for i in order),
            sum(word in self._words and not word.isdigit() for word in _WORD.findall(normalise(text))),
        )

    def save(self, path: Path) -> None:
        skops.io.dump(self._pipeline, path)

    @classmethod
    def load(cls, path: Path) -> TextClassifier:
        """Read a saved classifier; refuses a file that holds anything but scikit-learn's own types and ours."""
        return cls(skops.io.load(path, trusted=["bot.dialogue.nlu.model.normalise"]))
