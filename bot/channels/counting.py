"""What is counted of turns and channels, for those who run the server. No label says anything of a person."""

from __future__ import annotations

from typing import Final

from prometheus_client import Counter, Histogram

from bot.intake.tallies import CLARIFY
from bot.knowledge.answer import Answer

ARRIVED: Final = Counter("assistant_channel_events", "What providers delivered", ["channel", "kind"])
REFUSED: Final = Counter("assistant_channel_refused", "Requests that were not taken", ["channel", "reason"])
SENT: Final = Counter("assistant_channel_attempts", "Attempts to send a message, by outcome", ["channel", "outcome"])
TURN: Final = Histogram(
    "assistant_turn_seconds",
    "What the dialogue took for one message",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
FAILED: Final = Counter("assistant_turns_failed", "Turns that ended with an apology")
ANSWERS: Final = Counter("assistant_answers", "Answers by kind; clarify: a message was not understood", ["kind"])
RESULTS: Final = Counter("assistant_results", "Results shown, by program and answer", ["program", "answer"])


def count(answer: Answer) -> None:
    """Count one answer of the dialogue."""
    ANSWERS.labels(CLARIFY if answer.topic == CLARIFY else answer.kind).inc()
    if answer.kind == "result" and answer.card:
        for program in answer.card["programs"]:
            RESULTS.labels(program["id"], program["answer"]).inc()
