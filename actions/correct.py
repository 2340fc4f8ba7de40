"""Corrections: a new value, an answer chosen for change, and the last change undone."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import FollowupAction, SlotSet

from actions.ask import answered, retract, which_to_change
from actions.assess import ActionReassess
from actions.heard import early_range, taken
from actions.onward import onward, start_button
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    entities_of,
    facts_in_message,
    impossible_scores,
    language_of,
    profile_of,
    say,
    say_text,
)
from bot.facts import vocabulary
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import text
from bot.knowledge.wording import facts_line, label


class ActionCorrect(Action):
    """Something said was wrong: takes the new value if it is there, else asks which answer to change.

    A button names the answer: it is opened again, and the form asks for it.
    """

    def name(self) -> str:
        return "action_correct"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        edited = entities_of(tracker, "edit")
        if topics := [topic for topic in edited if topic in answered(tracker)]:
            say(dispatcher, which_to_change(tracker, topics[0]))
            return []
        chosen = [fact_id for fact_id in edited if fact_id in vocabulary()]
        if chosen:
            return [*retract(*chosen), *([] if tracker.active_loop_name else [FollowupAction("assessment_form")])]
        if not facts_in_message(tracker):
            if len(profile_of(tracker)):
                say(dispatcher, which_to_change(tracker))
            else:
                say_text(dispatcher, tracker, "correct.nothing", buttons=start_button(tracker))
            return []
        if tracker.get_slot("assessed") and not tracker.active_loop_name:
            return await ActionReassess().run(dispatcher, tracker, domain)
        language = language_of(tracker)
        moved, events = early_range(tracker)
        lines = [*taken(tracker, language), *moved] or [text("correct.same", language)]
        say(
            dispatcher,
            Answer(language, tuple(lines), buttons=onward(tracker)),
        )
        return [SlotSet("summary_confirmed", None), *events]


class ActionUndo(Action):
    """Puts back what the last correction changed, with everything that had gone with it."""

    def name(self) -> str:
        return "action_undo"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        before = last_change(tracker)
        if not before:
            say_text(dispatcher, tracker, "undo.nothing", buttons=onward(tracker))
            return []
        language = language_of(tracker)
        undone = [*(SlotSet(fact_id, value) for fact_id, value in before.items()), SlotSet("summary_confirmed", None)]
        tracker.slots.update(before)
        undone += [SlotSet(fact_id, None) for fact_id in impossible_scores(tracker)]
        profile = profile_of(tracker)
        now = facts_line(profile, before, language) or ", ".join(label(fact_id, language) for fact_id in before)
        moved, events = early_range(tracker)
        say(dispatcher, Answer(language, (text("undo.done", language, facts=now), *moved), buttons=onward(tracker)))
        if not tracker.get_slot("assessed") or tracker.active_loop_name:
            return [*undone, *events]
        return [*undone, *await ActionReassess().run(dispatcher, tracker, domain)]


def last_change(tracker: Tracker) -> dict[str, Any]:
    """What the facts were that the visitor's last correction changed, and those that went with them."""
    values: dict[str, Any] = {}
    turn: dict[str, Any] = {}
    found: dict[str, Any] = {}
    forgotten = False
    for event in [*tracker.events, {"event": "user"}]:
        if event["event"] == "user":
            changed = {fact: was for fact, was in turn.items() if values.get(fact) != was}
            if any(was is not None for was in changed.values()):
                found = {} if forgotten else changed
            turn, forgotten = {}, False
        elif event["event"] == "action" and event["name"] == "action_start_over":
            forgotten = True
        elif event["event"] == "slot" and event["name"] in vocabulary():
            turn.setdefault(event["name"], values.get(event["name"]))
            values[event["name"]] = event["value"]
    return found
