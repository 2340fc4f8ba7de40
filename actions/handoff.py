"""A person: consent first, then a name and a way to be reached, then a lead with transcript and facts."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, SlotSet

from actions.assess import start_button
from actions.firm import firm_words
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    actions_since_message,
    language_of,
    profile_of,
    say,
    say_text,
    today,
)
from bot.intake import Consent, intake
from bot.intake.told import told_in
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import text

CONSENT_TEXT = "handoff.consent"


class ActionOfferPerson(Action):
    """Who the person is; without a licensee in the configuration, how to find a licensed professional."""

    def name(self) -> str:
        return "action_offer_person"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        firm = firm_words(language_of(tracker))
        if not firm.licensee:
            say_text(dispatcher, tracker, "handoff.information_only", register_url=firm.register_url)
            return [SlotSet("handoff_consent", False)]
        say_text(
            dispatcher,
            tracker,
            "handoff.offer",
            firm=firm.name,
            licensee=firm.licensee,
            licence_no=firm.licence_no,
        )
        return [SlotSet("handoff_consent", None), SlotSet("contact_name", None), SlotSet("contact_reach", None)]


class AskHandoff:
    """One question of the handoff."""

    key = ""

    def name(self) -> str:
        return f"action_ask_{self.key}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        language = language_of(tracker)
        again = tracker.get_slot("requested_slot") == self.key and not actions_since_message(tracker)[:-1]
        key = f"handoff.{self.key}"
        buttons: tuple[Button, ...] = ()
        if self.key == "handoff_consent":
            key = CONSENT_TEXT
            buttons = (
                Button(text("button.consent", language), "/affirm"),
                Button(text("button.no_consent", language), "/deny"),
            )
        elif again and self.key == "contact_reach":
            key = "handoff.contact_reach_again"
        firm = firm_words(language)
        say(dispatcher, Answer(language, (text(key, language, firm=firm.name),), kind="question", buttons=buttons))
        return []


class AskConsent(AskHandoff, Action):
    key = "handoff_consent"


class AskName(AskHandoff, Action):
    key = "contact_name"


class AskReach(AskHandoff, Action):
    key = "contact_reach"


class ActionRecordLead(Action):
    """Stores the lead, or says that nothing was sent."""

    def name(self) -> str:
        return "action_record_lead"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        cleared = [SlotSet(name, None) for name in ("handoff_consent", "contact_name", "contact_reach")]
        if tracker.get_slot("handoff_consent") is not True:
            if firm_words(language_of(tracker)).licensee:
                say_text(dispatcher, tracker, "handoff.not_sent", buttons=start_button(tracker))
            return [ActiveLoop(None), *cleared]
        language = language_of(tracker)
        lead = await intake().record_lead(
            conversation_id=tracker.sender_id,
            language=language,
            channel=tracker.get_latest_input_channel() or "web",
            name=tracker.get_slot("contact_name"),
            contact=tracker.get_slot("contact_reach"),
            profile=profile_of(tracker),
            as_of=today(),
            told=told_in(tracker.events),
            consents=[Consent(text_id=CONSENT_TEXT, text=_consent_text(language), language=language)],
        )
        firm = firm_words(language)
        keys = ["handoff.sent", "handoff.hours"] if firm.hours else ["handoff.sent"]
        say_text(
            dispatcher,
            tracker,
            *keys,
            buttons=start_button(tracker) if not tracker.get_slot("assessed") else (),
            reference=lead.reference,
            firm=firm.name,
            contact=firm.contact,
            hours=firm.hours,
        )
        return [ActiveLoop(None), *cleared]


def _consent_text(language: Any) -> str:
    return text(CONSENT_TEXT, language, firm=firm_words(language).name)
