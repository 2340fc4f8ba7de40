"""What different margins would do: questions answered at once, and questions for which the closest topics are offered.

    python -m tests.evaluate.certainty

prints, over the questions of the own sets, for each share of the certainty that ``bot.knowledge.finding.CERTAIN`` could
be: how many are answered at once and how many of those rightly; how many are offered a choice, and in how many of
those the right topic is among it. docs/evaluation.md holds the last run and the choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.dialogue.nlu.model import TextClassifier
from bot.knowledge.finding import Ranking, closest, shares
from tests.evaluate.alarms import served
from tests.evaluate.examples import Example, unseen

KEPT = 5
"""Topics that a message carries (``ranking`` in config.yml)."""
MARGINS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class At:
    """Counts at one margin. ``needless``: choices offered although the first topic was the right one."""

    margin: float
    answered: int
    right: int
    offered: int
    among: int
    needless: int

    def __str__(self) -> str:
        whole = self.answered + self.offered
        return (
            f"| {self.margin:.2f} | {self.answered / whole:.1%} | {self.right / max(1, self.answered):.1%} "
            f"| {(self.answered - self.right) / whole:.1%} | {self.offered / whole:.1%} "
            f"| {self.among / max(1, self.offered):.1%} | {self.needless / whole:.1%} "
            f"| {(self.right + self.among) / whole:.1%} |"
        )


def rankings(model: TextClassifier, examples: Iterable[Example]) -> list[tuple[str, Ranking]]:
    """The right topic and the topics as the conversation has them, for each question."""
    start = "faq/"
    return [
        (
            example.label.removeprefix(start),
            [(label.removeprefix(start), c) for label, c in model.rank(example.text, most=15).labels if start in label][
                :KEPT
            ],
        )
        for example in examples
        if example.is_question
    ]


def curve(found: Sequence[tuple[str, Ranking]], margins: Iterable[float] = MARGINS) -> Iterator[At]:
    """What each margin would do."""
    read = [(topic, shares(ranking), closest(ranking)) for topic, ranking in found]
    for margin in margins:
        sure = [(topic, ranked) for topic, ranked, _ in read if ranked and ranked[0][1] >= margin]
        open_ = [(topic, ranked, offer) for topic, ranked, offer in read if not ranked or ranked[0][1] < margin]
        yield At(
            margin,
            len(sure),
            sum(ranked[0][0] == topic for topic, ranked in sure),
            len(open_),
            sum(topic in offer for topic, _, offer in open_),
            sum(bool(ranked) and ranked[0][0] == topic for topic, ranked, _ in open_),
        )


def main() -> None:
    from bot.dialogue.training import ensure

    model = served(ensure(Path("models"))[0])
    examples = [example for name, found in unseen().items() if name.startswith("questions") for example in found]
    print("| margin | answered at once | right | wrong, of all | offered | among them | needless | reached |")
    for line in curve(rankings(model, examples)):
        print(line)


if __name__ == "__main__":
    main()
