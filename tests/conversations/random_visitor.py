"""Visitors who say anything: plausible, confused and hostile, in both languages, from a seed.

Each is a state-less source of messages; what the assistant must never do is checked by ``Observer`` after each turn.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.facts import Profile, vocabulary
from bot.facts.encoding import profile_from
from bot.knowledge.catalogue import LANGUAGES, catalogue
from bot.understanding import detect_language
from tests.running import Visitor

SAID: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("random_messages.yml").read_text(encoding="utf-8"))
KINDS = ("answers", "volunteered", "aside", "hostile", "surprise")
WEIGHTS = {"valid": (70, 10, 15, 4, 1), "confused": (30, 15, 45, 8, 2), "hostile": (10, 10, 20, 58, 2)}
"""How often a visitor of each temper answers, volunteers facts, turns aside, is hostile, or is in trouble."""


def messages(chance: random.Random, observer: Observer, temper: str) -> str | None:
    """What this visitor does next: a message, or None to press one of the buttons."""
    if observer.visitor.buttons() and chance.random() < 0.25:
        return None
    (kind,) = chance.choices(KINDS, WEIGHTS[temper])
    said = _answers(str(observer.slots.get("requested_slot"))) if kind == "answers" else SAID[kind]
    return str(chance.choice(said[observer.language]))


def _answers(asked: str) -> Any:
    answers = SAID["answers"]
    if asked in answers or asked not in vocabulary():
        return answers.get(asked, answers["boolean"])
    fact = vocabulary()[asked]
    kind = "scores" if fact.unit == "points" else {"integer": "number"}.get(fact.type, fact.type)
    return answers[kind]


NOT_READ = [catalogue()[f"clarify.{which}"][language] for which in ("answer_1", "answer_2") for language in LANGUAGES]
"""What the assistant says of an answer that it could not read."""


@dataclass
class Observer:
    """What must hold after each turn; ``faults`` says what did not, with the turns before it."""

    visitor: Visitor
    language: str
    faults: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    before: Profile = field(default_factory=Profile)
    replies: list[str] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)

    def after(self, message: str, reply: list[dict[str, Any]], *, pressed: bool = False) -> None:
        """Check one turn. ``pressed``: the message is the title of a button."""
        self.said.append(message)
        text = self.visitor.text()
        self.slots = slots = self.visitor.assistant.slots(self.visitor.id)
        facts = profile_from({name: value for name, value in slots.items() if name in vocabulary()})
        self._check(not any(m["kind"] == "error" for m in reply), "an apology", text)
        self._check(bool(text.strip()), "no words", text)
        spoken = {m["language"] for m in reply}
        self._check(spoken == {slots.get("language", self.language)}, f"speaks {spoken}", text)
        self._check(
            self._language_is_meant(slots.get("language")), f"the language changed to {slots.get('language')}", text
        )
        self._check(self._way_forward(reply, slots), "no way forward", text)
        self._check(not pressed or not any(line in text for line in NOT_READ), "a button not understood", text)
        lost = [fact for fact in self.before if facts.is_open(fact)]
        self._check(not lost or self._may_lose(lost, facts, text), f"lost {lost}", text)
        self.replies.append(text)
        same = len(self.replies) >= 3 and len(set(self.replies[-3:])) == 1 and len(set(self.said[-3:])) > 1
        self._check(not same, "the same reply three times", text)
        self.before = facts

    def _check(self, holds: bool, what: str, text: str) -> None:
        if not holds:
            self.faults.append(f"{what} after {self.said[-3:]}:\n{text}")

    def _way_forward(self, reply: list[dict[str, Any]], slots: dict[str, Any]) -> bool:
        """A question, buttons, or the question that still stands on the screen."""
        asks = any("?" in line for m in reply for line in m.get("lines", ()))
        return asks or bool(self.visitor.buttons()) or slots.get("requested_slot") is not None

    def _language_is_meant(self, spoken: Any) -> bool:
        """The visitor's language, unless a message or a button asked for the other one."""
        if spoken in {None, self.language}:
            return True
        asked_for = any(word in said for said in self.said for word in ("English", "Français", "anglais", "french"))
        return asked_for or any(detect_language(said) == spoken for said in self.said)

    def _may_lose(self, lost: list[str], facts: Profile, text: str) -> bool:
        """Whether somebody asked for it: back, edit, restart, forget, undo, no; or another answer rules it out."""
        last = self.said[-1].casefold()
        words = last.replace(",", " ").split()
        if any(word in (last if " " in word else words) for word in SAID["takes_back"]) or ":" in last:
            return True
        told = any(
            words in text for words in ("no longer applies", "ne s'applique plus", "are cleared", "sont effacées")
        )
        questioned = "outside what I can take" in text or "hors des valeurs" in text
        return told or questioned or all(not facts.applies(fact) for fact in lost)
