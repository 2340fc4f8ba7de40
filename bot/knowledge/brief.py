"""A lead's brief in words for the firm's people: what the intake keeps as ids and values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.knowledge.catalogue import Language, UnknownTextError, text
from bot.knowledge.wording import label

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class RiskWords:
    """``staff``: the sharper sentence; ``because``: what in the facts shows it."""

    id: str
    severity: str
    title: str
    staff: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventWords:
    """``on`` None: it will come, but the day is not known."""

    on: date | None
    past: bool
    text: str


@dataclass(frozen=True, slots=True)
class GapWords:
    """A document that is missing, undated or over. ``open``: facts that would settle it."""

    name: str
    reasons: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BriefWords:
    risks: tuple[RiskWords, ...] = ()
    contradictions: tuple[str, ...] = ()
    timeline: tuple[EventWords, ...] = ()
    gaps: tuple[GapWords, ...] = ()
    open: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()


def brief_words(details: Mapping[str, Any] | None, language: Language) -> BriefWords:
    """The details of a brief (``bot.intake.brief.Brief``) in words. What has no text keeps its id."""
    if not details:
        return BriefWords()
    return BriefWords(
        risks=tuple(_risk(risk, language) for risk in details["risks"]),
        contradictions=tuple(_because(signal, language) for signal in details["contradictions"]),
        timeline=tuple(_event(event, language) for event in details["timeline"]),
        gaps=tuple(_gap(gap, language) for gap in details["gaps"]),
        open=tuple(details["open"]),
        signs=tuple(_say(f"sign.{sign}", sign, language) for sign in details["signs"]),
    )


def _risk(risk: Mapping[str, Any], language: Language) -> RiskWords:
    key = risk["id"]
    return RiskWords(
        id=key,
        severity=risk["severity"],
        title=_say(f"risks.{key}.title", key, language),
        staff=_say(f"risks.{key}.staff", key, language),
        because=tuple(_because(signal, language) for signal in risk["signals"]),
    )


def _because(signal: Mapping[str, Any], language: Language) -> str:
    return _say(f"risks.because.{signal['id']}", signal["id"], language, signal["values"])


def _event(event: Mapping[str, Any], language: Language) -> EventWords:
    on = date.fromisoformat(event["on"]) if event["on"] else None
    key = event["id"] if on or event["kind"] != "birthday" else f"{event['id']}_undated"
    said = _say(f"timeline.{key}", event["id"], language, {**event["values"], "on": event["on"]})
    return EventWords(on, event["past"], said)


def _gap(gap: Mapping[str, Any], language: Language) -> GapWords:
    reasons = (_say(f"documents.reason.{one['id']}", one["id"], language, one["values"]) for one in gap["reasons"])
    name = _say(f"documents.name.{gap['id']}", gap["id"], language)
    return GapWords(name, tuple(reasons), tuple(label(fact, language) for fact in gap["open"]))


def _say(key: str, fallback: str, language: Language, values: Mapping[str, Any] | None = None) -> str:
    places = {name: _value(value) for name, value in (values or {}).items()}
    try:
        return text(key, language, **places)
    except (UnknownTextError, KeyError):
        return fallback


def _value(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value
