"""What in the facts points to a risk: one function per signal, each with the facts that it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from bot.assessment.case import Case
from bot.assessment.signals import history, occupation, proof, situation
from bot.assessment.signals.common import Look, Signal

__all__ = ["SIGNALS", "Signal", "signals"]

SIGNALS: Mapping[str, Look] = {
    **occupation.SIGNALS,
    **proof.SIGNALS,
    **history.SIGNALS,
    **situation.SIGNALS,
}


def signals(case: Case) -> dict[str, Signal]:
    """Every signal of the case by id; where one is found more than once, the first stands."""
    found = {}
    for name, look in SIGNALS.items():
        what = look(case)
        if what is not None:
            found[name] = Signal(name, *what)
    return found
