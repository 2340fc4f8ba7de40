"""Whether the classifier gives each message its intent or topic, how sure it is, and how long it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from statistics import quantiles
from time import perf_counter

from bot.dialogue.nlu.background import topic_texts
from bot.dialogue.nlu.model import Ranking, TextClassifier
from tests.evaluate.examples import Example

KEPT = 15
"""Labels that are kept with a message, as the pipeline does."""
FOLDS = 4
SURE = 0.5
"""A confidence above which an answer should be right far more often than not."""


@dataclass(slots=True)
class Outcome:
    """Counts over messages. ``topic``: of questions, the rank of the topic among topics alone."""

    messages: int = 0
    first: int = 0
    three: int = 0
    questions: int = 0
    topic_first: int = 0
    topic_three: int = 0
    sure: int = 0
    sure_and_right: int = 0
    seconds: list[float] = field(default_factory=list)
    wrong: list[tuple[Example, str]] = field(default_factory=list)

    def add(self, example: Example, ranking: Ranking, seconds: float) -> None:
        labels = [label for label, _ in ranking.labels]
        topics = [label for label in labels if label.startswith("faq/")]
        self.messages += 1
        self.first += labels[0] == example.label
        self.three += example.label in labels[:3]
        if example.is_question:
            self.questions += 1
            self.topic_first += topics[:1] == [example.label]
            self.topic_three += example.label in topics[:3]
        if ranking.labels[0][1] >= SURE:
            self.sure += 1
            self.sure_and_right += labels[0] == example.label
        self.seconds.append(seconds)
        if labels[0] != example.label:
            self.wrong.append((example, labels[0]))

    def confusions(self, most: int) -> list[tuple[str, str, int]]:
        """(what it should be, what it was taken for, how often), most frequent first."""
        counts = Counter((example.label, given) for example, given in self.wrong)
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [(label, given, many) for (label, given), many in ordered[:most]]


def train(examples: Sequence[Example]) -> TextClassifier:
    return TextClassifier.train(
        [example.text for example in examples], [example.label for example in examples], background=topic_texts()
    )


def measure(model: TextClassifier, examples: Iterable[Example], outcome: Outcome | None = None) -> Outcome:
    """Count what the model makes of the examples; adds to ``outcome`` if one is given."""
    outcome = Outcome() if outcome is None else outcome
    for example in examples:
        before = perf_counter()
        ranking = model.rank(example.text, most=KEPT)
        outcome.add(example, ranking, perf_counter() - before)
    return outcome


def cross_validation(
    examples: Sequence[Example], trained: Callable[[Sequence[Example]], TextClassifier] = train
) -> dict[str, Outcome]:
    """The training examples, each judged by a model that did not see it; by kind and language."""
    seen: Counter[str] = Counter()
    folds: list[list[Example]] = [[] for _ in range(FOLDS)]
    for example in examples:
        folds[seen[example.label] % FOLDS].append(example)
        seen[example.label] += 1
    outcomes: dict[str, Outcome] = {}
    for fold in folds:
        model = trained([example for other in folds if other is not fold for example in other])
        for example in fold:
            kind = "questions" if example.is_question else "commands"
            measure(model, [example], outcomes.setdefault(f"{kind}/{example.language}", Outcome()))
    return dict(sorted(outcomes.items()))


def with_a_slip(example: Example, chance: Random) -> Example:
    """The same message with a letter left out, doubled or swapped with the next in one longer word."""
    said = example.text.split(" ")
    longer = [place for place, word in enumerate(said) if len(word) >= 5 and word.isalpha()]
    if not longer:
        return example
    place = chance.choice(longer)
    word = said[place]
    at = chance.randrange(1, len(word) - 1)
    before, here, then, rest = word[:at], word[at], word[at + 1], word[at + 2 :]
    said[place] = before + chance.choice([then, here + here + then, then + here]) + rest
    return replace(example, text=" ".join(said))


def with_slips(examples: Iterable[Example]) -> list[Example]:
    """The messages with a slip in each, the same ones every time."""
    chance = Random(1)
    return [with_a_slip(example, chance) for example in examples]


def milliseconds(outcomes: Iterable[Outcome]) -> tuple[float, float]:
    """Median and 95th percentile of the time a message takes."""
    seconds = [second for outcome in outcomes for second in outcome.seconds]
    cuts = quantiles(seconds, n=20, method="inclusive")
    return 1000 * cuts[9], 1000 * cuts[18]
