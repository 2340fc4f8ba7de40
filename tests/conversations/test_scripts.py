"""Conversations that anybody can read and write (``scripts/*.yml``), held with the running assistant.

Each turn: ``visitor`` writes or ``press``es a button; then ``learns`` (facts now known), ``unknown`` and
``declined`` (facts), ``asks`` (the fact asked for next), ``says`` and ``never_says`` (words of the reply), ``offers``
(buttons that begin like this).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.facts import DECLINED, UNKNOWN
from bot.facts.encoding import encode
from tests.running import RunningAssistant, Visitor

SCRIPTS = Path(__file__).with_name("scripts")
KEYS = {"visitor", "press", "learns", "forgets", "unknown", "declined", "asks", "says", "never_says", "offers", "kind"}


def scripts() -> list[Any]:
    found = []
    for path in sorted(SCRIPTS.glob("*.yml")):
        for script in yaml.safe_load(path.read_text(encoding="utf-8")):
            for language in script.get("languages", [script.get("language")]):
                found.append(pytest.param(script, language, id=f"{path.stem}: {script['name']} [{language}]"))
    return found


@pytest.mark.server
@pytest.mark.parametrize(("script", "language"), scripts())
def test_conversation(assistant: RunningAssistant, script: dict[str, Any], language: str) -> None:
    visitor = Visitor(assistant, language)
    for number, turn in enumerate(script["turns"], start=1):
        assert set(turn) <= KEYS, f"turn {number}: unknown key {set(turn) - KEYS}"
        if "press" in turn:
            visitor.press(turn["press"])
        elif "visitor" in turn:
            visitor.say(turn["visitor"])
        check(
            visitor,
            turn,
            f"turn {number} ({turn.get('visitor') or turn.get('press')!r})\n{visitor.text()}\n{visitor.buttons()}",
        )


def check(visitor: Visitor, turn: dict[str, Any], where: str) -> None:
    reply = visitor.text().casefold()
    if {"learns", "forgets", "unknown", "declined"} & set(turn):
        facts = visitor.facts
        for fact, value in turn.get("learns", {}).items():
            assert encode(facts[fact]) == (value.isoformat() if hasattr(value, "isoformat") else value), (
                f"{fact}: {where}"
            )
        assert all(facts[fact] == UNKNOWN for fact in turn.get("unknown", ())), f"{facts}: {where}"
        assert all(facts[fact] == DECLINED for fact in turn.get("declined", ())), f"{facts}: {where}"
        assert all(facts.is_open(fact) for fact in turn.get("forgets", ())), f"{facts}: {where}"
    if "asks" in turn:
        assert visitor.asked == turn["asks"], f"asks {visitor.asked}: {where}"
    if "kind" in turn:
        assert turn["kind"] in [m["kind"] for m in visitor.reply], where
    for words in turn.get("says", ()):
        assert str(words).casefold() in reply, f"does not say {words!r}: {where}"
    for words in turn.get("never_says", ()):
        assert str(words).casefold() not in reply, f"says {words!r}: {where}"
    for title in turn.get("offers", ()):
        assert any(b.startswith(title) for b in visitor.buttons()), f"does not offer {title!r}: {where}"
