"""Alarms: what is taken for a crisis, for urgent trouble or for a request to lie, and what of these is missed.

    python -m tests.evaluate.alarms

counts over ``alarms/plain_*.txt`` (sentences of every day, many with words that sound grave), over questions and
commands of the own sets, and over ``alarms/true_*.txt`` (``label | sentence``). An alarm comes from the fixed words
(``bot.understanding.alarm``) or from the classifier; where the classifier is not sure of a crisis or of urgent trouble,
the assistant asks and nothing stops. docs/evaluation.md holds the last run.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from actions.reply import CHECKED, SURELY
from bot.dialogue.nlu.model import TextClassifier
from bot.dialogue.nlu.second_reading import second_reading
from bot.understanding import alarm, signs
from tests.evaluate.examples import LANGUAGES, Example, unseen

FOLDER = Path(__file__).with_name("alarms")
Way = Literal["words", "classifier", "asked"]
GRAVE = frozenset({"crisis", "urgent_trouble", "lie_request"})
SAME_MATTER = frozenset(
    f"faq/{topic}" for topic in ("fairness_letter", "removal_order", "refused", "previous_refusal", "misrepresentation")
)
"""Topics about the same matter as an alarm: one instead of the other sends nobody astray."""
A_GUESS = 0.3
"""Below this certainty the conversation takes an intent for a guess (``FactReader``)."""
DAY = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Count:
    """Of ``messages``, how many were called by the fixed words, by the classifier alone, and only asked about."""

    messages: int
    by_words: int
    by_classifier: int
    asked: int

    @property
    def share(self) -> float:
        """Of the messages, those that are called; an asking is none."""
        return (self.by_words + self.by_classifier) / self.messages

    @property
    def noticed(self) -> float:
        """Of the messages, those that are called or asked about."""
        return self.share + self.asked / self.messages


def plain(language: str) -> list[Example]:
    """Sentences that call for nobody; the label says no more than that."""
    lines = (FOLDER / f"plain_{language}.txt").read_text(encoding="utf-8").splitlines()
    return [Example(line, "plain", language) for line in lines]


def grave(language: str) -> list[Example]:
    lines = (FOLDER / f"true_{language}.txt").read_text(encoding="utf-8").splitlines()
    return [Example(text, label, language) for label, text in (line.split(" | ", 1) for line in lines)]


def own_plain() -> list[Example]:
    """Sentences of the own sets that are no alarm, nor about the same matter."""
    return [
        example
        for examples in unseen().values()
        for example in examples
        if example.label not in GRAVE | SAME_MATTER | {"under_age"}
    ]


def called(text: str, model: TextClassifier) -> tuple[Way | None, str | None]:
    """How a message is taken for something grave, and for what."""
    if (by_words := alarm(signs(text, DAY))) is not None:
        return "words", by_words
    ranked = [{"name": name.partition("/")[0], "confidence": sure} for name, sure in model.rank(text).labels]
    label, certainty = (second_reading(ranked, text) or ranked[0]).values()
    if label not in GRAVE or certainty < A_GUESS:
        return None, None
    return "asked" if label in CHECKED and certainty < SURELY else "classifier", label


def false_alarms(examples: Iterable[Example], model: TextClassifier) -> Count:
    return _count([called(example.text, model)[0] for example in examples])


def heard(examples: Iterable[Example], model: TextClassifier) -> Count:
    """Of grave messages, those that get their own label."""
    found = [(example.label, *called(example.text, model)) for example in examples]
    return _count([way if given == label else None for label, way, given in found])


def _count(ways: Sequence[Way | None]) -> Count:
    return Count(len(ways), ways.count("words"), ways.count("classifier"), ways.count("asked"))


def served(path: Path) -> TextClassifier:
    """The classifier inside a trained model."""
    with TemporaryDirectory() as folder, tarfile.open(path) as archive:
        member = next(name for name in archive.getnames() if name.endswith("/classifier.npz"))
        archive.extract(member, folder, filter="data")
        return TextClassifier.load(Path(folder) / member)


def _report(model: TextClassifier) -> Iterator[str]:
    for language in LANGUAGES:
        yield f"false, plain sentences {language}: {false_alarms(plain(language), model)}"
        for label in sorted(GRAVE):
            mine = [example for example in grave(language) if example.label == label]
            yield f"heard, {label} {language}: {heard(mine, model)}"
    yield f"false, own sets: {false_alarms(own_plain(), model)}"


if __name__ == "__main__":
    from bot.dialogue.training import ensure

    print("\n".join(_report(served(ensure(Path("models"))[0]))))
