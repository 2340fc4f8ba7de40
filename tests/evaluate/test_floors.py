"""The model that is served understands unseen sentences no worse than it did (docs/evaluation.md)."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from bot.dialogue.nlu.model import TextClassifier
from tests.evaluate import wording
from tests.evaluate.examples import unseen

FLOORS = {
    "sentences/en": (0.90, 0.97),
    "sentences/fr": (0.90, 0.97),
    "questions/en": (0.82, 0.94),
    "questions/fr": (0.82, 0.94),
}
"""Right at the first try, and within three: a little below what was measured."""


@pytest.fixture(scope="module")
def classifier(model: Path, tmp_path_factory: pytest.TempPathFactory) -> TextClassifier:
    folder = tmp_path_factory.mktemp("served")
    with tarfile.open(model) as archive:
        member = next(name for name in archive.getnames() if name.endswith("/classifier.npz"))
        archive.extract(member, folder, filter="data")
    return TextClassifier.load(folder / member)


@pytest.mark.parametrize("name", FLOORS)
def test_unseen_sentences_stay_above_the_floor(classifier: TextClassifier, name: str) -> None:
    outcome = wording.measure(classifier, unseen()[name])
    first, three = FLOORS[name]
    assert outcome.first / outcome.messages >= first
    assert outcome.three / outcome.messages >= three
