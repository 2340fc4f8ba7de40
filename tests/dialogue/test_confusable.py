"""Topics whose training questions the classifier could not tell apart are named."""

from __future__ import annotations

from bot.dialogue.nlu.confusable import confusable

FEES = ["how much are the fees", "what does it cost to apply", "fees for the application", "cost of the application"]
TESTS = ["which language tests count", "is ielts accepted", "can I use celpip", "what english test do I take"]


def test_topics_that_ask_different_things_are_fine() -> None:
    assert confusable([*((text, "fees") for text in FEES), *((text, "tests") for text in TESTS)]) == []


def test_two_topics_that_ask_the_same_are_named() -> None:
    again = ["how much is the fee", "what is the cost to apply", "fee for an application", "cost of applying"]
    examples = [*((t, "fees") for t in FEES), *((t, "price") for t in again), *((t, "tests") for t in TESTS)]
    (pair,) = confusable(examples)
    assert (pair.first, pair.second) == ("fees", "price")
    assert pair.share > 0.2


def test_a_single_topic_cannot_be_confused() -> None:
    assert confusable([(text, "fees") for text in FEES]) == []
