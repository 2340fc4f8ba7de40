"""How the classifier's weights are found: SVMs over words and ideas, and a regression over meaning.

Only training comes here; ranking a message does not. Deterministic for the same examples in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

_SOFTNESS: Final = 1.0
"""The C of the SVMs."""
_SHRINKAGE: Final = 0.1
"""How strongly the regression keeps its weights small."""
_ROUNDS: Final = 100
_MEANING: Final = 0.2
"""How much the regression over meaning counts beside the SVMs."""

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Examples:
    """``matrix``: a line each; ``shares``: 1 for a training example, less for a background text."""

    matrix: sp.csr_matrix
    labels: NDArray[np.str_]
    shares: NDArray[np.float64]

    def balance(self) -> dict[str, float]:
        """A label with few examples counts for more, one with many for less."""
        many = Counter(self.labels[self.shares == 1].tolist())
        usual = many.total() / len(many)
        return {str(name): (usual / n) ** 0.5 for name, n in many.items()}


@dataclass(frozen=True, slots=True)
class Weights:
    """``words``: row by feature, ``meaning``: row by number of the encoder; one column a label, in their order."""

    words: Floats
    meaning: Floats
    bias: Floats


def fit(examples: Examples, points: Callable[[], NDArray[np.float32]]) -> Weights:
    """Weights over both views of the examples; their margins add up.

    ``points``: gives what the encoder makes of the examples, a line each. The two views are fitted side by side.
    """
    with ThreadPoolExecutor(1) as aside:
        machines = aside.submit(_machines, examples)
        meaning, shift = _regression(examples, points())
        words, bias = machines.result()
    return Weights(words, _MEANING * meaning, bias + _MEANING * shift)


def softmax(margins: Floats) -> Floats:
    """Probabilities from margins, along the last axis."""
    raised = np.exp(margins - margins.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _machines(examples: Examples) -> tuple[Floats, Floats]:
    from sklearn.svm import LinearSVC

    balance = examples.balance()
    machine = LinearSVC(C=_SOFTNESS, tol=1e-2, random_state=0, class_weight=balance)
    machine.fit(examples.matrix, examples.labels, sample_weight=examples.shares)
    weights, bias = machine.coef_, machine.intercept_
    if len(balance) == 2:
        weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
    return weights.T, bias


def _regression(examples: Examples, lines_of_points: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """A multinomial logistic regression over the points, in 32-bit floats: the fastest way for dense lines."""
    from scipy.optimize import minimize

    names, wanted = np.unique(examples.labels, return_inverse=True)
    balance = examples.balance()
    counts = (examples.shares * np.array([balance[str(name)] for name in names])[wanted]).astype(np.float32)
    lines = np.arange(len(wanted))
    points = np.hstack([lines_of_points, np.ones((len(wanted), 1), np.float32)])
    shape = (points.shape[1], len(names))

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.reshape(shape).astype(np.float32)
        chances = softmax(points @ weights)
        missed = -(counts * np.log(np.maximum(chances[lines, wanted], 1e-12))).sum()
        chances[lines, wanted] -= 1
        slope = points.T @ (chances * counts[:, None])
        slope[:-1] += _SHRINKAGE * weights[:-1]
        return float(missed + _SHRINKAGE / 2 * (weights[:-1] ** 2).sum()), slope.ravel().astype(np.float64)

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x.reshape(shape)
    return found[:-1], found[-1]
