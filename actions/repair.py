"""Repair of a question: why, again, in other words, back, skip."""

from __future__ import annotations

from rasa_sdk import Action
from rasa_sdk.events import FollowupAction, SlotSet

from actions.ask import retract
from actions.consent import ASSESSMENT, agreed_by_answering
from actions.doubts import doubts_of
from actions.onward import REST, onward, start_button
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    asked_now,
    entities_of,
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
from bot.facts.questions import asked_together
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import text
from bot.knowledge.wording import asked_words, label


class ActionWhyAsked(Action):
    """The reason for the question at hand; the form then asks it again."""

    def name(self) -> str:
        return "action_why_asked"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = asked_now(tracker)
        if asked in vocabulary():
            language = language_of(tracker)
            say(dispatcher, Answer(language, (asked_words(profile_of(tracker), asked, "why", language),)))
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
            lines = (text("rephrase.intro", language), asked_words(profile_of(tracker), asked, "form", language))
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
        opened = told_with(tracker, last)
        skipped = [fact_id for fact_id in skipped_of(tracker) if fact_id not in opened]
        return [*retract(*opened), SlotSet("skipped", skipped)]


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
        left = asked_together(profile_of(tracker), asked)
        labels = ", ".join(label(fact, language_of(tracker)) for fact in left)
        say_text(dispatcher, tracker, "skip.done", label=labels)
        return [SlotSet("skipped", [*skipped_of(tracker), *left])]


def with_the_rest(tracker: Tracker) -> list[str]:
    """What was skipped and every question that is left, also those that would come up later."""
    profile, skipped = profile_of(tracker), skipped_of(tracker)
    while left := questions(profile, skipped, today()):
        skipped = [*skipped, *left]
    return skipped


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


def told_with(tracker: Tracker, fact_id: str) -> list[str]:
    """A fact and those of the same question that were answered, or skipped, with it."""
    asked = {fact for question in vocabulary().questions if fact_id in question.facts for fact in question.facts}
    turns: dict[str, int] = {}
    turn = 0
    for event in tracker.events:
        turn += event["event"] == "user"
        if event["event"] == "slot" and event["name"] in asked:
            turns[event["name"]] = turn
    skipped = skipped_of(tracker)
    return [
        fact_id,
        *(
            fact
            for fact in asked - {fact_id}
            if (fact_id in skipped and fact in skipped) or (fact in turns and turns[fact] == turns.get(fact_id))
        ),
    ]
