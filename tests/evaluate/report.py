"""The figures as text, and the dated line of the history in docs/evaluation.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.understanding.evaluation import Scores
from tests.evaluate.wording import SURE, Outcome, milliseconds

HISTORY = "<!-- history: `make evaluate` with --record appends below -->"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the history: a set of messages, its outcomes by file, precision / recall of its facts."""

    name: str
    outcomes: Mapping[str, Outcome]
    facts: str = "-"


def table(outcomes: Mapping[str, Outcome], *, title: str = "messages") -> str:
    """One line a file: share right at the first try and within three, and of topics among topics alone."""
    head = (
        ("n", 6),
        ("first", 9),
        ("in three", 10),
        ("topic", 9),
        ("in three", 10),
        (f"sure {SURE:.0%}", 10),
        ("right", 8),
    )
    lines = [f"{title:24}" + "".join(f"{name:>{width}}" for name, width in head)]
    for name, outcome in outcomes.items():
        lines.append(
            f"{name:24}{outcome.messages:>6}"
            f"{share(outcome.first, outcome.messages):>9}{share(outcome.three, outcome.messages):>10}"
            f"{share(outcome.topic_first, outcome.questions):>9}{share(outcome.topic_three, outcome.questions):>10}"
            f"{share(outcome.sure, outcome.messages):>10}{share(outcome.sure_and_right, outcome.sure):>8}"
        )
    middle, slow = milliseconds(outcomes.values())
    return "\n".join([*lines, f"{middle:.2f} ms a message, 95 % within {slow:.2f} ms"])


def confusions(outcomes: Mapping[str, Outcome], most: int, *, sentences: bool) -> str:
    """Which labels are taken for which others, most frequent first; their sentences only when asked for."""
    lines: list[str] = []
    for name, outcome in outcomes.items():
        lines.append(f"\n{name}: taken for another")
        for label, given, many in outcome.confusions(most):
            lines.append(f"{many:>4}  {label} -> {given}")
            if sentences:
                lines += [f"        {e.text}" for e, other in outcome.wrong if (e.label, other) == (label, given)]
    return "\n".join(lines)


def both(outcome: Outcome) -> str:
    """Share right at the first try and within three."""
    return f"{share(outcome.first, outcome.messages)} / {share(outcome.three, outcome.messages)}"


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def precision_and_recall(scores: Scores) -> str:
    return f"{100 * scores.precision:.1f} % / {100 * scores.recall:.1f} %"


def record(path: Path, rows: Sequence[Row], *, labels: int, examples: int, on: date) -> list[str]:
    """Append the day's lines to the history table; gives them. Errors: ``ValueError`` without the table."""
    text = path.read_text(encoding="utf-8")
    if HISTORY not in text:
        raise ValueError(f"{path}: no line {HISTORY!r} above the history table; put it back")
    lines = []
    for row in rows:
        middle, slow = milliseconds(row.outcomes.values())
        cells = [
            on,
            labels,
            examples,
            row.name,
            *map(both, row.outcomes.values()),
            f"{middle:.2f} / {slow:.2f}",
            row.facts,
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    path.write_text("\n".join([text.rstrip(), *lines, ""]), encoding="utf-8")
    return lines
