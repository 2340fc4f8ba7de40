"""The model that is served understands unseen sentences no worse than it did (docs/evaluation.md)."""

from __future__ import annotations

import pytest

from bot.dialogue.nlu.model import TextClassifier
from tests.evaluate import alarms, certainty, wording
from tests.evaluate.examples import LANGUAGES, unseen

FLOORS = {
    "sentences/en": (0.90, 0.98),
    "sentences/fr": (0.93, 0.98),
    "questions/en": (0.86, 0.95),
    "questions/fr": (0.86, 0.96),
}
"""Right at the first try, and within three: a little below what was measured."""
MOST_FALSE_ALARMS = 0.03
MOST_ASKED = 0.08
"""Of sentences most of which are made to tempt: called, and called or asked about."""
FEWEST_HEARD = {"crisis": 0.92, "urgent_trouble": 0.88, "lie_request": 0.8}
FEWEST_NOTICED = {"crisis": 1.0, "urgent_trouble": 0.92, "lie_request": 0.8}


@pytest.mark.parametrize("name", FLOORS)
def test_unseen_sentences_stay_above_the_floor(classifier: TextClassifier, name: str) -> None:
    outcome = wording.measure(classifier, unseen()[name])
    first, three = FLOORS[name]
    assert outcome.first / outcome.messages >= first
    assert outcome.three / outcome.messages >= three


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_sentences_call_nobody(classifier: TextClassifier, language: str) -> None:
    found = alarms.false_alarms(alarms.plain(language), classifier)
    assert found.messages >= 250
    assert found.share <= MOST_FALSE_ALARMS
    assert found.noticed <= MOST_ASKED


@pytest.mark.parametrize("label", FEWEST_HEARD)
@pytest.mark.parametrize("language", LANGUAGES)
def test_grave_messages_are_heard(classifier: TextClassifier, language: str, label: str) -> None:
    mine = [example for example in alarms.grave(language) if example.label == label]
    found = alarms.heard(mine, classifier)
    assert found.messages >= 25
    assert found.share >= FEWEST_HEARD[label]
    assert found.noticed >= FEWEST_NOTICED[label]


def test_a_higher_margin_answers_less_and_more_rightly(classifier: TextClassifier) -> None:
    found = certainty.rankings(classifier, unseen()["questions/en"][::4])
    low, high = certainty.curve(found, (0.4, 0.8))
    assert low.answered > high.answered
    assert low.right / low.answered < high.right / high.answered
    assert low.answered + low.offered == high.answered + high.offered == len(found)
