"""Random visitors talk to the running assistant; whatever they say, what a conversation promises holds.

``make fuzz`` plays thousands of turns; here a few hundred, always the same ones.
"""

from __future__ import annotations

import os
import random

import pytest

from tests.conversations.random_visitor import Observer, messages
from tests.running import RunningAssistant, Visitor

TURNS = int(os.environ.get("FUZZ_TURNS", "360"))
LENGTH = 30
TEMPERS = ("valid", "confused", "hostile")


def play(assistant: RunningAssistant, seed: int, length: int = LENGTH) -> list[str]:
    """One visitor of ``length`` turns; returns what went wrong."""
    chance = random.Random(seed)
    language, temper = chance.choice(("en", "fr")), TEMPERS[seed % len(TEMPERS)]
    visitor = Visitor(assistant, language)
    observer = Observer(visitor, language)
    for _ in range(length):
        message = messages(chance, observer, temper)
        if message is None:
            message = chance.choice(visitor.buttons())
            if message in {"Erase my data", "Effacer mes données", "Delete my data"}:
                continue
            observer.after(message, visitor.press(message), pressed=True)
        else:
            observer.after(message, visitor.say(message))
    return [f"seed {seed} [{language}, {temper}] {fault}" for fault in observer.faults]


@pytest.mark.server
@pytest.mark.parametrize("seed", range(TURNS // LENGTH))
def test_a_random_visitor(assistant: RunningAssistant, seed: int) -> None:
    faults = play(assistant, seed)
    assert not faults, "\n\n".join(faults)
