"""Repair: why, again, in other words, back, skip, change, undo, start over, stop."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from actions.ask import answered, retract, which_to_change
from actions.assess import ActionReassess
from actions.consent import ASSESSMENT, OF_THE_ASSESSMENT, agreed_by_answering
from actions.doubts import doubts_of
from actions.heard import early_range, taken
from actions.onward import REST, onward, start_button
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    asked_now,
    entities_of,
    facts_in_message,
    impossible_scores,
    language_of,
    last_answers,
    profile_of,
    say,
    say_text,
    skipped_of,
    today,
)
from bot.assessment.relevance import questions
from bot.facts import vocabulary
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import text
from bot.knowledge.wording import fact_words, facts_line, label


class ActionWhyAsked(Action):
    """The reason for the question at hand; the form then asks it again."""

    def name(self) -> str:
        return "action_why_asked"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = asked_now(tracker)
        if asked in vocabulary():
            language = language_of(tracker)
            say(dispatcher, Answer(language, (fact_words(asked, "why", language),)))
        else:
            say_text(dispatcher, tracker, "why.nothing_asked", buttons=start_button(tracker))
        return []


class ActionRepeat(Action):
    """The last question or answer again."""

    def name(self) -> str:
        return "action_repeat"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if asked_now(tracker) is None:
            for message in last_answers(tracker):
                say(dispatcher, message)
        return []


class ActionRephrase(Action):
    """The form of answer that helps, before the form asks again."""

    def name(self) -> str:
        return "action_rephrase"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = asked_now(tracker)
        if asked in vocabulary():
            language = language_of(tracker)
            lines = (text("rephrase.intro", language), fact_words(asked, "form", language))
            say(dispatcher, Answer(language, lines))
        elif asked is None:
            say_text(dispatcher, tracker, "rephrase.nothing", buttons=start_button(tracker))
        return []


class ActionGoBack(Action):
    """Makes the question before this one open again."""

    def name(self) -> str:
        return "action_go_back"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        earlier = answered_before(tracker)
        if tracker.active_loop_name != "assessment_form" or not earlier:
            say_text(dispatcher, tracker, "back.nothing", buttons=onward(tracker))
            return []
        last = earlier[-1]
        say_text(dispatcher, tracker, "back.to_question", label=label(last, language_of(tracker)))
        skipped = [fact_id for fact_id in skipped_of(tracker) if fact_id != last]
        return [*retract(last, *vocabulary()[last].together), SlotSet("skipped", skipped)]


class ActionSkip(Action):
    """Leaves the question at hand out for now; a button, all that are left."""

    def name(self) -> str:
        return "action_skip"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = asked_now(tracker)
        if REST in entities_of(tracker, "edit"):
            going_on = [] if tracker.active_loop_name else [FollowupAction("assessment_form")]
            if tracker.get_slot(ASSESSMENT) is None:
                return going_on  # the form asks for consent first
            agreed = await agreed_by_answering(tracker)
            say_text(dispatcher, tracker, "skip.rest")
            return [*agreed, SlotSet("doubts", None), SlotSet("skipped", with_the_rest(tracker)), *going_on]
        if asked == "settled":
            say_text(dispatcher, tracker, "settle.left")
            return [SlotSet("doubts", doubts_of(tracker)[1:] or None)]
        if asked not in vocabulary():
            say_text(dispatcher, tracker, "skip.nothing", buttons=onward(tracker))
            return []
        say_text(dispatcher, tracker, "skip.done", label=label(asked, language_of(tracker)))
        together = [f for f in vocabulary()[asked].together if tracker.get_slot(f) is None]
        return [SlotSet("skipped", [*skipped_of(tracker), asked, *together])]


def with_the_rest(tracker: Tracker) -> list[str]:
    """What was skipped and every question that is left, also those that would come up later."""
    profile, skipped = profile_of(tracker), skipped_of(tracker)
    while left := questions(profile, skipped, today()):
        skipped = [*skipped, *left]
    return skipped


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


class ActionStartOver(Action):
    """Asks before everything is forgotten; a confirmed restart forgets."""

    def name(self) -> str:
        return "action_start_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        if entities_of(tracker, "edit"):
            return forget(dispatcher, tracker)
        language = language_of(tracker)
        say(
            dispatcher,
            Answer(
                language,
                (text("restart.confirm", language),),
                kind="question",
                buttons=(
                    Button(text("button.restart", language), '/start_over{"edit": "all"}'),
                    Button(text("button.continue", language), "/start_assessment"),
                ),
            ),
        )
        return [ActiveLoop(None), SlotSet("requested_slot", None)]


class ActionCancel(Action):
    """Stops the form and asks once whether to keep what was told."""

    def name(self) -> str:
        return "action_cancel"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        if not tracker.active_loop_name:
            say_text(dispatcher, tracker, "cancel.nothing", buttons=start_button(tracker))
            return []
        stopped = [ActiveLoop(None), SlotSet("requested_slot", None)]
        if not len(profile_of(tracker)):
            say_text(dispatcher, tracker, "cancel.empty", buttons=start_button(tracker))
            return stopped
        say(
            dispatcher,
            Answer(
                language,
                (text("cancel.stopped", language),),
                kind="question",
                buttons=(
                    Button(text("button.keep", language), "/affirm"),
                    Button(text("button.forget", language), '/start_over{"edit": "all"}'),
                    Button(text("button.continue", language), "/start_assessment"),
                ),
            ),
        )
        return stopped


def forget(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Every answer is cleared, and the visitor is told."""
    say_text(
        dispatcher,
        tracker,
        "restart.done",
        buttons=(Button(text("button.start", language_of(tracker)), "/start_assessment"),),
    )
    return [
        ActiveLoop(None),
        *(SlotSet(name, None) for name in (*vocabulary(), *OF_THE_ASSESSMENT)),
        SlotSet("assessed", None),
    ]


def answered_before(tracker: Tracker) -> list[str]:
    """Questions asked so far that have an answer or were skipped, oldest first, without the one at hand."""
    asked = [
        event["value"]
        for event in tracker.events
        if event["event"] == "slot" and event["name"] == "requested_slot" and event["value"] in vocabulary()
    ]
    current = asked_now(tracker)
    ordered = list(dict.fromkeys(reversed([fact_id for fact_id in asked if fact_id != current])))[::-1]
    skipped = skipped_of(tracker)
    return [fact_id for fact_id in ordered if tracker.get_slot(fact_id) is not None or fact_id in skipped]


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
