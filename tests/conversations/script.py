"""Conversations that anybody can read and write (``scripts/*.yml``), and how they are held.

A script: ``name``, ``languages``, ``behaviours`` (numbers of the checklist in docs/conversation.md), ``turns``, and
``saved_before`` (``on``: a day, ``facts``; ``result: true``: a result had been shown; ``agreed: false``: without
consent to the assessment) for somebody who comes back with a code. In texts ``{code}`` stands for the last code that
was given. ``{en: …, fr: …}`` is what holds in each language.

A turn: ``visitor`` writes or ``press``es a button (``another_device: true``: in a new conversation); then ``learns``
(facts now known), ``forgets``, ``unknown`` and ``declined`` (facts), ``asks`` (the slot asked for next), ``says`` and
``never_says`` (words of the reply), ``shows`` (words of the drawn result), ``offers`` (buttons that begin like this),
``kind`` (of an answer in the reply), ``speaks`` (its language). ``answers_until_result``: each question is answered
from ``with`` until the result comes, ``at_most`` so many turns later. ``agrees``: yes or no by purpose, the newest
entries of the consent ledger; a purpose that is left out was not asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml
from sqlalchemy.orm import Session

from actions.assess import brief
from bot.assessment import assess
from bot.facts import DECLINED, UNKNOWN
from bot.facts.encoding import encode, profile_from
from bot.intake.consents import GivenConsent, consents
from bot.intake.saved import save
from bot.knowledge.catalogue import LANGUAGES, text
from tests.running import RunningAssistant, Visitor, as_typed

SCRIPTS = Path(__file__).with_name("scripts")
KEYS = {"visitor", "press", "learns", "forgets", "unknown", "declined", "asks", "says", "never_says", "offers", "kind"}
KEYS |= {"another_device", "speaks", "shows", "answers_until_result", "agrees"}
SCRIPT_KEYS = {"name", "language", "languages", "behaviours", "turns", "saved_before"}
CONSENT_ALONE = [
    [text(f"button_privacy.assessment_{word}", language) for word in ("yes", "no")] for language in LANGUAGES
]
CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")


@dataclass(frozen=True)
class Script:
    """One script in one language."""

    file: str
    language: str
    entry: Mapping[str, Any]

    @property
    def id(self) -> str:
        numbers = ",".join(str(number) for number in self.behaviours)
        return f"{self.file}: {numbers + ' ' if numbers else ''}{self.entry['name']} [{self.language}]"

    @property
    def behaviours(self) -> list[int]:
        return list(self.entry.get("behaviours", ()))

    @property
    def turns(self) -> list[dict[str, Any]]:
        return [said_in(self.language, turn) for turn in self.entry["turns"]]


def scripts() -> list[Script]:
    """Every script in every language it is written in."""
    found = []
    for path in sorted(SCRIPTS.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            unknown = set(entry) - SCRIPT_KEYS
            assert not unknown, f"{path.name}: {entry.get('name')}: unknown key {unknown}"
            for language in entry.get("languages", [entry.get("language")]):
                found.append(Script(path.stem, language, entry))
    return found


def said_in(language: str, node: Any) -> Any:
    """A part of a script as it is in one language."""
    if isinstance(node, dict):
        if node and set(node) <= {"en", "fr"}:
            return said_in(language, node[language])
        return {key: said_in(language, child) for key, child in node.items()}
    return [said_in(language, child) for child in node] if isinstance(node, list) else node


def hold(assistant: RunningAssistant, script: Script) -> None:
    """Hold the conversation; raises AssertionError at the first turn that goes otherwise."""
    visitor = Visitor(assistant, script.language)
    code = saved(assistant, visitor, script.entry["saved_before"]) if "saved_before" in script.entry else ""
    for number, turn in enumerate(script.turns, start=1):
        unknown = set(turn) - KEYS
        assert not unknown, f"turn {number}: unknown key {unknown}"
        if turn.get("another_device"):
            visitor = Visitor(assistant, script.language)
        if "press" in turn:
            visitor.press(turn["press"])
        elif "visitor" in turn:
            visitor.say(str(turn["visitor"]).replace("{code}", code))
        elif "answers_until_result" in turn:
            answer_until_result(visitor, **turn["answers_until_result"])
        code = (CODE.findall(visitor.text()) or [code])[-1]
        said = turn.get("visitor") or turn.get("press") or ""
        where = f"turn {number} ({said!r})\n{visitor.text()}\n{visitor.buttons()}"
        check(visitor, turn, where)
        if "agrees" in turn:
            assert ledger(assistant, visitor) == turn["agrees"], where


def check(visitor: Visitor, turn: dict[str, Any], where: str) -> None:
    """The reply against what the turn says of it."""
    reply = as_typed(visitor.text()).casefold()
    if {"learns", "forgets", "unknown", "declined"} & set(turn):
        facts = visitor.facts
        for fact, value in turn.get("learns", {}).items():
            expected = value.isoformat() if hasattr(value, "isoformat") else value
            assert encode(facts[fact]) == expected, f"{fact} is {facts[fact]}: {where}"
        assert all(facts[fact] == UNKNOWN for fact in turn.get("unknown", ())), f"{facts}: {where}"
        assert all(facts[fact] == DECLINED for fact in turn.get("declined", ())), f"{facts}: {where}"
        assert all(facts.is_open(fact) for fact in turn.get("forgets", ())), f"{facts}: {where}"
    if "asks" in turn:
        assert visitor.asked == turn["asks"], f"asks {visitor.asked}: {where}"
    if "kind" in turn:
        assert turn["kind"] in [m["kind"] for m in visitor.reply], where
    if "speaks" in turn:
        assert {m["language"] for m in visitor.reply} == {turn["speaks"]}, where
    for words in turn.get("says", ()):
        assert as_typed(str(words)).casefold() in reply, f"does not say {words!r}: {where}"
    for words in turn.get("never_says", ()):
        assert as_typed(str(words)).casefold() not in reply, f"says {words!r}: {where}"
    drawn = as_typed(json.dumps([m.get("card") for m in visitor.reply], ensure_ascii=False)).casefold()
    for words in turn.get("shows", ()):
        assert as_typed(str(words)).casefold() in drawn, f"does not show {words!r}: {where}"
    for title in turn.get("offers", ()):
        assert any(as_typed(b).startswith(as_typed(title)) for b in visitor.buttons()), (
            f"does not offer {title!r}: {where}"
        )


def answer_until_result(visitor: Visitor, at_most: int, **answers: Any) -> None:
    """Answer whatever is asked until the result comes."""
    said: list[str] = []
    while "result" not in [m["kind"] for m in visitor.reply]:
        assert len(said) < at_most, f"no result after {said}: {visitor.text()}"
        if visitor.buttons() in CONSENT_ALONE:
            said.append("consent")
            visitor.press(visitor.buttons()[0])
            continue
        asked = str(visitor.asked)
        assert asked in answers["with"], f"asks {asked}: {visitor.text()}"
        said.append(asked)
        visitor.say(str(answers["with"][asked]))


def saved(assistant: RunningAssistant, visitor: Visitor, before: Mapping[str, Any]) -> str:
    """Answers kept under a code on an earlier day, as if somebody had asked for it then; returns the code."""
    facts, on = dict(before["facts"]), before["on"]
    state: dict[str, Any] = dict(facts)
    if before.get("result"):
        assessment = assess(profile_from(facts), date.fromisoformat(str(on)))
        state |= {"assessed": True, "result": {**brief(assessment), "facts": facts}, "summary_confirmed": True}
    agreed = GivenConsent(
        purpose="assessment",
        granted=True,
        text_id="consent.assessment",
        text_version="0" * 64,
        language="en",
        channel="web",
        way="button",
        given_at=datetime.combine(date.fromisoformat(str(on)), time(12), UTC),
    )
    given = {"state": state, "on": on, "agreed": agreed.to_json() if before.get("agreed", True) else None}
    with stored(assistant) as session, session.begin():
        kept = save(session, assistant.seal, conversation_id=f"before-{visitor.id}", **given)
    return kept.code


def ledger(assistant: RunningAssistant, visitor: Visitor) -> dict[str, bool]:
    """The newest word of a visitor on each purpose that they were asked about."""
    with stored(assistant) as session:
        return {given.purpose: given.granted for given in consents(session, assistant.seal, visitor.id)}


@contextmanager
def stored(assistant: RunningAssistant) -> Iterator[Session]:
    engine = sa.create_engine(assistant.database_url.replace("postgresql://", "postgresql+psycopg2://"))
    with Session(engine) as session:
        yield session
    engine.dispose()
