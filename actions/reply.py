"""Fixed replies, where the assistant must not improvise: limits, safety, small talk; and what was not understood."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.answer import closest, topic_ranking
from actions.ask import not_taken
from actions.firm import firm_words
from actions.occupation import candidates
from actions.session import ways_in
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    asked_now,
    intent_of,
    language_of,
    say,
    say_text,
)
from bot.facts import vocabulary
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import text
from bot.knowledge.replies import fixed_reply
from bot.knowledge.wording import fact_words

OFFERS_A_PERSON = frozenset(
    {"advice_request", "lie_request", "prediction_request", "crisis", "urgent_trouble", "complaint"}
)
OFFERS_WAYS_IN = frozenset({"ask_help", "out_of_scope", "chitchat", "instructions_to_bot"})
STOPS_THE_FORM = frozenset({"crisis", "urgent_trouble", "under_age"})
MENU_AFTER = 2
"""After this many messages in a row that were not understood the visitor gets the menu and a person."""


class ActionReply(Action):
    """The reviewed text for the intent, with a person offered where it matters."""

    def name(self) -> str:
        return "action_reply"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        firm = firm_words(language)
        intent = intent_of(tracker)
        said = fixed_reply(intent, language, firm) or Answer(language)
        buttons: tuple[Button, ...] = ()
        if intent in OFFERS_A_PERSON and firm.licensee:
            buttons = (Button(text("button.person", language), "/ask_person"),)
        elif intent in OFFERS_WAYS_IN and not tracker.active_loop_name:
            buttons = ways_in(tracker, firm)
        say(dispatcher, replace(said, buttons=buttons))
        if intent in STOPS_THE_FORM:
            return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("misses", 0)]
        return [SlotSet("misses", 0)]


class ActionClarify(Action):
    """Nothing sure was understood: the reason, the accepted form, or the closest readings; then the menu."""

    def name(self) -> str:
        return "action_clarify"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = asked_now(tracker)
        if (asked == "summary_confirmed" and intent_of(tracker) == "deny") or (asked == "noc" and candidates(tracker)):
            return []
        language = language_of(tracker)
        misses = int(tracker.get_slot("misses") or 0) + 1
        if misses > MENU_AFTER:
            self._menu(dispatcher, tracker)
            return [SlotSet("misses", 0)]
        reasons = not_taken(tracker, language)
        if reasons:
            say(dispatcher, Answer(language, tuple(reasons)))
        elif asked in vocabulary():
            lines = (text(f"clarify.answer_{misses}", language), fact_words(asked, "form", language))
            say(dispatcher, Answer(language, lines))
        elif asked is None and intent_of(tracker) == "nlu_fallback" and topic_ranking(tracker):
            say(dispatcher, closest(tracker, [topic for topic, _ in topic_ranking(tracker)[:2]]))
        elif asked is None:
            say_text(dispatcher, tracker, "clarify.free", buttons=ways_in(tracker, firm_words(language)))
        return [SlotSet("misses", misses)]

    def _menu(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        firm = firm_words(language_of(tracker))
        buttons = list(ways_in(tracker, firm))
        if asked_now(tracker) in vocabulary():
            buttons.insert(0, Button(text("value.skip", language_of(tracker)), "/skip"))
        say_text(dispatcher, tracker, "clarify.menu", buttons=tuple(buttons))


class ActionDefaultFallback(ActionClarify):
    """Rasa's own fallback: no rule applied, or a form could not use the message."""

    def name(self) -> str:
        return "action_default_fallback"
