"""Fixed replies, where the assistant must not improvise: limits, safety, small talk; and what was not understood."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.answer import ABOUT_COUPLES, closest, own_figures, topic_ranking
from actions.doubts import doubts_of
from actions.firm import firm_words
from actions.heard import not_taken
from actions.occupation import candidates
from actions.onward import onward, start_button
from actions.privacy import delete, erasure_asked, rating_buttons
from actions.repair import ActionSkip
from actions.session import ways_in
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    asked_now,
    entities_of,
    intent_of,
    language_of,
    profile_of,
    say,
    say_text,
    visitor_intents,
)
from bot.facts import vocabulary
from bot.intake.tallies import CLARIFY
from bot.knowledge.answer import Answer, Button, Source
from bot.knowledge.catalogue import Language, text
from bot.knowledge.firm import FirmWords
from bot.knowledge.pages import pages
from bot.knowledge.replies import fixed_reply
from bot.knowledge.wording import asked_words, payload
from bot.understanding import Subject, subject

OFFERS_A_PERSON = frozenset(
    {"advice_request", "lie_request", "prediction_request", "crisis", "urgent_trouble", "complaint"}
)
OFFERS_WAYS_IN = frozenset({"ask_help", "out_of_scope", "chitchat", "instructions_to_bot", "thanks"})
CHECKED = frozenset({"crisis", "urgent_trouble"})
"""What stops everything where it is sure; where it is only likely, it is asked about and nothing stops."""
SURELY = 0.85
"""From this certainty on. Fixed words and buttons are sure."""
STOPS_THE_FORM = frozenset({"crisis", "urgent_trouble", "under_age", "goodbye"})
MOST_LIKELY = 2
"""So many of the topics that a message could be about are looked at."""
PATIENCE = 2
"""At this many rude messages the conversation is closed, with the way to reach the firm."""
IMPOSSIBLE = frozenset({"impossible_value", "out_of_range"})
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
        if intent in CHECKED and tracker.latest_message["intent"]["confidence"] < SURELY:
            meant = Button(text(f"button.check_{intent}", language), payload(intent))
            say_text(dispatcher, tracker, f"check.{intent}", buttons=(meant, *onward(tracker)))
            return [SlotSet("misses", 0)]
        closes = intent == "abuse" and visitor_intents(tracker).count("abuse") >= PATIENCE
        said = fixed_reply(intent, language, firm) or Answer(language)
        if (special := closing(firm, language) if closes else named(tracker)) is not None:
            said = replace(said, lines=(special,))
        say(dispatcher, replace(said, buttons=self._buttons(tracker, intent, firm), sources=sources(tracker)))
        if intent == "advice_request" and (figures := of_the_couple(tracker)) is not None:
            say(dispatcher, figures)
        if intent in STOPS_THE_FORM or closes:
            return [*signs_seen(tracker), ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("misses", 0)]
        return [SlotSet("misses", 0)]

    def _buttons(self, tracker: Tracker, intent: str, firm: FirmWords) -> tuple[Button, ...]:
        language = language_of(tracker)
        if intent == "goodbye":
            return rating_buttons()
        if intent in OFFERS_A_PERSON and firm.licensee:
            person = Button(text("button.person", language), "/ask_person")
            return (person, *start_button(tracker)) if intent in STOPS_THE_FORM else (person,)
        if intent in STOPS_THE_FORM:
            return start_button(tracker)
        if intent in OFFERS_WAYS_IN and not tracker.active_loop_name:
            return ways_in(tracker, firm)
        return onward(tracker)


def of_the_couple(tracker: Tracker) -> Answer | None:
    """Both results, where the choice is about the two partners and they are known: shown, not weighed."""
    likely = [topic for topic, _ in topic_ranking(tracker)[:MOST_LIKELY] if topic in ABOUT_COUPLES]
    return own_figures(tracker, likely[0]) if likely else None


def closing(firm: FirmWords, language: Language) -> str:
    """The last word to somebody who is rude again."""
    return text("reply.abuse_again", language, firm=firm.name, contact=firm.contact or firm.register_url)


def named(tracker: Tracker) -> str | None:
    """A matter that is not ours, by its name; None where it is not known, or the reply is another one."""
    language = language_of(tracker)
    about = _subject(tracker) if intent_of(tracker) == "out_of_scope" else None
    return about and text("reply.out_of_scope_named", language, subject=text(f"subject.{about}", language))


def sources(tracker: Tracker) -> tuple[Source, ...]:
    """The one official page that helps with a matter that is not ours."""
    if intent_of(tracker) != "out_of_scope":
        return ()
    about = _subject(tracker)
    page = pages()[about if about in pages() else "explore"]
    language = language_of(tracker)
    return (Source(page.title[language], page.url[language]),)


def _subject(tracker: Tracker) -> Subject | None:
    return subject(str(tracker.latest_message.get("text") or ""))


def signs_seen(tracker: Tracker) -> Events:
    """What staff must see of this conversation at once, kept in the slot ``signs``."""
    before = list(tracker.get_slot("signs") or [])
    new = [sign for sign in entities_of(tracker, "sign") if sign not in before]
    return [SlotSet("signs", [*before, *new])] if new else []


class ActionClarify(Action):
    """Nothing sure was understood: the reason, the accepted form, or the closest readings; then the menu."""

    def name(self) -> str:
        return "action_clarify"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        asked = asked_now(tracker)
        if intent_of(tracker) in {"affirm", "deny"} and erasure_asked(tracker):
            return await delete(dispatcher, tracker)
        if (asked == "summary_confirmed" and intent_of(tracker) == "deny") or (asked == "noc" and candidates(tracker)):
            return []
        if asked in vocabulary() and impossible_again(tracker, str(asked)):
            return await ActionSkip().run(dispatcher, tracker, domain)
        if doubts_of(tracker) and (asked in vocabulary() or asked == "summary_confirmed"):
            return []  # this message raised one, and the form asks about it
        language = language_of(tracker)
        misses = int(tracker.get_slot("misses") or 0) + 1
        if misses > MENU_AFTER:
            self._menu(dispatcher, tracker)
            return [SlotSet("misses", 0)]
        reasons = not_taken(tracker, language)
        if reasons:
            say(dispatcher, Answer(language, tuple(reasons), topic=CLARIFY))
        elif asked in vocabulary():
            lines = (
                text(f"clarify.answer_{misses}", language),
                asked_words(profile_of(tracker), str(asked), "form", language),
            )
            say(dispatcher, Answer(language, lines, topic=CLARIFY))
        elif asked is not None:
            say(dispatcher, Answer(language, (text(f"clarify.choose_{misses}", language),), topic=CLARIFY))
        elif intent_of(tracker) == "nlu_fallback" and topic_ranking(tracker):
            offered = closest(tracker, [topic for topic, _ in topic_ranking(tracker)[:2]])
            say(dispatcher, replace(offered, topic=CLARIFY))
        else:
            lines = (text(f"clarify.free_{misses}", language),)
            say(dispatcher, Answer(language, lines, buttons=ways_in(tracker, firm_words(language)), topic=CLARIFY))
        return [SlotSet("misses", misses)]

    def _menu(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        firm = firm_words(language_of(tracker))
        buttons = list(ways_in(tracker, firm))
        if asked_now(tracker) in vocabulary():
            buttons.insert(0, Button(text("value.skip", language_of(tracker)), "/skip"))
        language = language_of(tracker)
        say(dispatcher, Answer(language, (text("clarify.menu", language),), buttons=tuple(buttons), topic=CLARIFY))


def impossible_again(tracker: Tracker, asked: str) -> bool:
    """Whether a value that cannot be is told for this question the second time: it was questioned once already."""
    now = {item["reason"] for item in entities_of(tracker, "not_taken") if item.get("fact") in {asked, None}}
    if now.isdisjoint(IMPOSSIBLE):
        return False
    users = [event for event in tracker.events if event["event"] == "user"][-2:-1]
    before = [e["value"] for user in users for e in _entities(user) if e.get("entity") == "not_taken"]
    return any(item["reason"] in IMPOSSIBLE and item.get("fact") == asked for item in before)


def _entities(event: Any) -> list[Any]:
    return (event.get("parse_data") or {}).get("entities") or []


class ActionDefaultFallback(ActionClarify):
    """Rasa's own fallback: no rule applied, or a form could not use the message."""

    def name(self) -> str:
        return "action_default_fallback"
