"""The assessment stopped or begun anew; what was told is kept or forgotten as the visitor wants."""

from __future__ import annotations

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.consent import OF_THE_ASSESSMENT
from actions.onward import start_button
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    entities_of,
    language_of,
    profile_of,
    say,
    say_text,
)
from bot.facts import vocabulary
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import text


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
