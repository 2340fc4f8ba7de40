"""A yes or a no outside the form: what it answers depends on what was asked last."""

from __future__ import annotations

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, FollowupAction

from actions.consent import asked_last, give
from actions.privacy import delete, erasure_asked
from actions.reply import ActionClarify
from actions.session import keep_buttons
from actions.stopping import forget
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    actions_before_message,
    intent_of,
    say_text,
)

CONTINUES = frozenset(
    {"action_resume", "action_welcome", "action_progress", "action_show_result", "action_answer_question"}
)
"""What offers to begin or to go on: a yes takes the offer."""


class ActionYesNo(Action):
    """Keeps or forgets, starts over or goes on; where nothing was asked, asks what is meant."""

    def name(self) -> str:
        return "action_yes_no"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = set(actions_before_message(tracker))
        yes = intent_of(tracker) == "affirm"
        if erasure_asked(tracker):
            return await delete(dispatcher, tracker)
        if asked_last(tracker):
            return await give(dispatcher, tracker, agreed=yes)
        if tracker.active_loop_name:
            return await ActionClarify().run(dispatcher, tracker, domain)
        if "action_start_over" in asked:
            return forget(dispatcher, tracker) if yes else [FollowupAction("assessment_form")]
        if "action_cancel" in asked:
            if not yes:
                return forget(dispatcher, tracker)
            say_text(dispatcher, tracker, "cancel.kept", buttons=keep_buttons(tracker))
            return [ActiveLoop(None)]
        if yes and asked & CONTINUES:
            return [FollowupAction("assessment_form")]
        return await ActionClarify().run(dispatcher, tracker, domain)
