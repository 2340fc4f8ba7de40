"""The risks that files are refused or returned for, as rules over the facts (``risks.yml``). Nothing here is advice."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

from bot import files
from bot.assessment.case import Case
from bot.assessment.signals import SIGNALS, Signal, signals

PATH = Path(__file__).with_name("risks.yml")
Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")


class RiskError(ValueError):
    """``risks.yml`` is not what the code expects; the message names the risk and the key."""


@dataclass(frozen=True, slots=True)
class RiskRule:
    """One risk: the signals of which any shows it, how severe it is, and where it is named.

    ``urgent``: a person is offered at once. ``page``: id of the official page; ``marks``: the source pages.
    """

    id: str
    name: str
    severity: Severity
    page: str
    marks: tuple[str, ...]
    when: tuple[str, ...]
    law: str | None = None
    urgent: bool = False


class Risk(NamedTuple):
    """A risk that the facts show, with the signals that showed it."""

    rule: RiskRule
    signals: tuple[Signal, ...]

    @property
    def id(self) -> str:
        return self.rule.id

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it rests on, each once."""
        return tuple(dict.fromkeys(fact for signal in self.signals for fact in signal.facts))


def risks_for(case: Case) -> tuple[Risk, ...]:
    """Every risk that the facts show, in the order of the rules."""
    found = signals(case)
    return tuple(
        [
            Risk(rule, tuple([found[name] for name in rule.when if name in found]))
            for rule in risk_rules()
            if not found.keys().isdisjoint(rule.when)
        ]
    )


@lru_cache(maxsize=1)
def risk_rules() -> tuple[RiskRule, ...]:
    """The project's risks. Raises ``RiskError`` naming the risk and the key."""
    return load(PATH)


def load(path: Path) -> tuple[RiskRule, ...]:
    """Read and check a file of risks."""
    rules = tuple(_rule(entry, path) for entry in files.read(path)["risks"])
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RiskError(f"{path.name}: {rule.id} stands twice; give one of them another id")
        seen.add(rule.id)
    return rules


def _rule(entry: dict[str, Any], path: Path) -> RiskRule:
    where = f"{path.name}: {entry.get('id')}"
    try:
        rule = RiskRule(**{**entry, "marks": tuple(entry.get("marks", ())), "when": tuple(entry.get("when", ()))})
    except TypeError as error:
        raise RiskError(f"{where}: {error}") from None
    if rule.severity not in SEVERITIES:
        raise RiskError(f"{where}: severity: {rule.severity!r} is not one of {', '.join(SEVERITIES)}")
    unknown = [name for name in rule.when if name not in SIGNALS]
    if unknown or not rule.when:
        raise RiskError(f"{where}: when: {unknown or 'empty'}; name signals of signals.py")
    return rule
