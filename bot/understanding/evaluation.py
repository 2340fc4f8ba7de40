"""How well facts are understood: precision, recall and F1 per fact over messages with known facts.

``python -m bot.understanding.evaluation FILE.jsonl ...`` prints the table. A line holds ``text``,
``asked``, ``facts`` (all of them) and ``may`` (facts that may be found and need not be). Messages are
not printed, so that nobody tunes the readers on them; write new cases for a class of failure instead.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from bot.understanding.reader import read

TODAY: Final = date(2026, 11, 22)
_CLOSE_ENOUGH: Final = 0.02


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of one fact, or of all. Every measure is 1.0 where nothing was expected or found."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Evaluation:
    """``facts``: counts by fact id. ``whole``: messages of which every fact, and no other, was found."""

    messages: int = 0
    whole: int = 0
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def of(self, fact: str) -> Scores:
        return Scores(self.right[fact], self.wrong[fact], self.missed[fact])

    @property
    def overall(self) -> Scores:
        return Scores(self.right.total(), self.wrong.total(), self.missed.total())

    @property
    def facts(self) -> tuple[str, ...]:
        """Ids of the facts expected or found anywhere."""
        return tuple(sorted({*self.right, *self.wrong, *self.missed}))


def evaluate(lines: Iterable[dict[str, Any]]) -> Evaluation:
    """Read every message and count."""
    result = Evaluation()
    for line in lines:
        found = {one.fact: one.value for one in read(line["text"], asked=line.get("asked"), as_of=TODAY).facts}
        expected: dict[str, Any] = line["facts"]
        right = {fact for fact, value in expected.items() if fact in found and _same(found[fact], value)}
        wrong = {fact for fact in found if fact not in right and (fact in expected or fact not in line.get("may", ()))}
        missed = set(expected) - right
        result.messages += 1
        result.whole += not wrong and not missed
        result.right.update(right)
        result.wrong.update(wrong)
        result.missed.update(missed)
    return result


def load(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The lines of the files."""
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines if line.strip())


def table(result: Evaluation) -> str:
    """The counts as text, worst facts first."""
    rows = [f"{'fact':34} {'right':>5} {'wrong':>5} {'miss':>5} {'prec':>6} {'rec':>6} {'F1':>6}"]
    for fact in sorted(result.facts, key=lambda fact: (result.of(fact).f1, fact)):
        rows.append(_row(fact, result.of(fact)))
    rows.append(_row("all facts", result.overall))
    rows.append(
        f"{result.whole} of {result.messages} messages wholly right ({result.whole / max(result.messages, 1):.3f})"
    )
    return "\n".join(rows)


def _row(name: str, scores: Scores) -> str:
    return (
        f"{name:34} {scores.right:5} {scores.wrong:5} {scores.missed:5}"
        f" {scores.precision:6.3f} {scores.recall:6.3f} {scores.f1:6.3f}"
    )


def _same(found: Any, expected: Any) -> bool:
    if isinstance(found, date):
        return found.isoformat() == str(expected)
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    if isinstance(found, int | float) and isinstance(expected, int | float):
        return abs(found - expected) <= _CLOSE_ENOUGH
    return bool(found == expected)


def main(arguments: list[str]) -> int:
    """Print the table of the files named; 2 when none is named."""
    if not arguments:
        sys.stderr.write("name one or more files of messages (.jsonl)\n")
        return 2
    sys.stdout.write(table(evaluate(load(Path(name) for name in arguments))) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
