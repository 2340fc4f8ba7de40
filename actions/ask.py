"""The questions of the assessment: one asking action per fact, all alike."""

from __future__ import annotations

from typing import Any, ClassVar

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.occupation import candidates, choice
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    actions_since_message,
    entities_of,
    facts_in_message,
    intent_of,
    language_of,
    profile_of,
    say,
)
from bot.facts import vocabulary
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import Language, catalogue, text
from bot.knowledge.wording import choices, fact_text, facts_line, label, payload, question

DIGRESSIONS = frozenset({"action_answer_question", "action_reply", "action_privacy"})


class AskFact:
    """Asks for one fact; says first what was understood of the last message."""

    fact: ClassVar[str] = ""

    def name(self) -> str:
        return f"action_ask_{self.fact}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        profile = profile_of(tracker)
        if self.fact == "noc" and "action_clarify" in actions_since_message(tracker) and (found := candidates(tracker)):
            say(dispatcher, choice(tracker, found))
            return [SlotSet("misses", 0)]
        lines = [*heard(tracker), *back_to_topic(tracker, self.fact), question(profile, self.fact, language)]
        say(
            dispatcher,
            Answer(language, tuple(lines), kind="question", buttons=choices(self.fact, language), asks=self.fact),
        )
        return [SlotSet("misses", 0)] if facts_in_message(tracker) else []


QUESTIONS = [type(f"Ask_{fact_id}", (AskFact, Action), {"fact": fact_id}) for fact_id in vocabulary()]
"""One action class per fact, found by the executor like any other subclass of Action."""


def heard(tracker: Tracker) -> list[str]:
    """What was taken from the last message, in one line, and what was seen but not taken, with the reason."""
    if actions_since_message(tracker) and any(a.startswith("action_") for a in _spoken(tracker)):
        return []
    language = language_of(tracker)
    profile = profile_of(tracker)
    facts = [fact_id for fact_id in facts_in_message(tracker) if profile.knows(fact_id)]
    lines = []
    if len(facts) == 1:
        lines.append(
            text("heard.one", language, value=fact_text(profile, facts[0], language), label=label(facts[0], language))
        )
    elif facts:
        lines.append(text("heard.many", language, facts=facts_line(profile, facts, language)))
    lines.extend(not_taken(tracker, language))
    return lines


def not_taken(tracker: Tracker, language: Language) -> list[str]:
    """A sentence for each thing in the last message that was seen but could not be taken."""
    lines: dict[str, None] = {}
    for item in entities_of(tracker, "not_taken"):
        key = f"not_taken.{item['reason']}"
        if key not in catalogue():
            continue
        fact = item.get("fact")
        lines[text(key, language, said=item["said"], label=label(fact, language) if fact in vocabulary() else "")] = (
            None
        )
    return list(lines)[:2]


def back_to_topic(tracker: Tracker, fact_id: str) -> list[str]:
    """``Back to your work:`` after a question of the visitor's own was answered."""
    if DIGRESSIONS.isdisjoint(actions_since_message(tracker)):
        return []
    language = language_of(tracker)
    return [text("back_to", language, topic=text(f"topic.{vocabulary()[fact_id].topic}", language))]


def _spoken(tracker: Tracker) -> list[str]:
    silent = {"action_listen", "action_extract_slots", "action_start_assessment"}
    return [name for name in actions_since_message(tracker) if name not in silent]


class AskSummaryConfirmed(Action):
    """The summary before the result: every line can be changed."""

    def name(self) -> str:
        return "action_ask_summary_confirmed"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if intent_of(tracker) == "deny":
            say(dispatcher, which_to_change(tracker))
            return []
        say(dispatcher, summary(tracker, heard(tracker)))
        return []


def summary(tracker: Tracker, before: list[str] | None = None, *, confirm: bool = True) -> Answer:
    """The facts by topic, with a button to go on and one to change something."""
    language = language_of(tracker)
    profile = profile_of(tracker)
    lines = [*(before or []), text("summary.heading", language)]
    for topic in vocabulary().topics:
        facts = [f.id for f in vocabulary().values() if f.topic == topic and not profile.is_open(f.id)]
        if facts:
            lines.append(f"{text(f'topic.{topic}', language)} - {facts_line(profile, facts, language)}")
    buttons: tuple[Button, ...] = (Button(text("button.change", language), "/correct"),)
    if confirm:
        lines.append(text("summary.confirm", language))
        buttons = (Button(text("button.confirm", language), "/affirm"), *buttons)
    return Answer(
        language, tuple(lines), kind="summary", buttons=buttons, asks="summary_confirmed" if confirm else None
    )


def which_to_change(tracker: Tracker) -> Answer:
    """Every answer given so far as a button."""
    language = language_of(tracker)
    profile = profile_of(tracker)
    buttons = [
        Button(f"{label(f, language)}: {fact_text(profile, f, language)}", payload("correct", {"edit": f}))
        for f in vocabulary()
        if not profile.is_open(f)
    ]
    return Answer(language, (text("correct.which", language),), kind="question", buttons=tuple(buttons))


def retract(*fact_ids: str) -> list[dict[str, Any]]:
    """Events that make facts open again, and the summary unconfirmed."""
    return [SlotSet(fact_id, None) for fact_id in (*fact_ids, "summary_confirmed")]
