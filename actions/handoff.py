"""A person: consent first, then a name and a way to be reached, then a lead with transcript and facts."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import takewhile
from typing import Any, get_args

from rasa_sdk import Action
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from actions.consent import may_we
from actions.firm import firm, firm_words
from actions.onward import start_button
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
    visitor_intents,
)
from bot.intake import Consent, intake
from bot.intake.order import Sign
from bot.intake.told import told_in
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import Language, text
from bot.knowledge.firm import FirmWords

CONSENT_TEXT = "handoff.consent"
CLEARED = [SlotSet(name, None) for name in ("handoff_consent", "contact_name", "contact_reach")]
MANY = 3
"""Each time so many answers held no way to be reached, the visitor is shown how to leave."""
CONTACT_AGE = 14
"""Below this age no contact data is taken without a parent (Quebec's Law 25)."""


class ActionOfferPerson(Action):
    """Who the person is; without a licensee in the configuration, how to find a licensed professional."""

    def name(self) -> str:
        return "action_offer_person"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        words = firm_words(language_of(tracker))
        if is_minor(tracker):
            say_text(dispatcher, tracker, "reply.under_age", buttons=start_button(tracker), firm=words.name)
            return [SlotSet("handoff_consent", False)]
        if not words.licensee:
            say_text(dispatcher, tracker, "handoff.information_only", register_url=words.register_url)
            return [SlotSet("handoff_consent", False)]
        language = language_of(tracker)
        offer = text("handoff.offer", language, firm=words.name, licensee=words.licensee, licence_no=words.licence_no)
        say(dispatcher, Answer(language, (offer, *waiting(words, language))))
        paused = tracker.active_loop_name == "assessment_form"
        return [SlotSet("assessment_paused", paused or None), *CLEARED]


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
            way_out = times_asked(tracker, self.key) % MANY == 0
            key = "handoff.contact_reach_help" if way_out else "handoff.contact_reach_again"
            buttons = (Button(text("button.no_consent", language), "/cancel"),) if way_out else ()
        line = text(key, language, firm=firm_words(language).name)
        say(dispatcher, Answer(language, (line,), kind="question", buttons=buttons))
        return []


def times_asked(tracker: Tracker, key: str) -> int:
    """How often in a row a question of the handoff has been asked, this time included."""
    asked = (e["value"] for e in reversed(tracker.events) if e["event"] == "slot" and e["name"] == "requested_slot")
    return sum(1 for _ in takewhile(lambda slot: slot == key, asked))


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
        language = language_of(tracker)
        paused = bool(tracker.get_slot("assessment_paused"))
        ended = [ActiveLoop(None), *CLEARED, SlotSet("assessment_paused", None)]
        ended += [FollowupAction("assessment_form")] if paused else []
        buttons = () if paused else start_button(tracker)
        minor = is_minor(tracker)
        if minor or tracker.get_slot("handoff_consent") is not True:
            if "action_offer_person" not in actions_since_message(tracker):
                key = "reply.under_age" if minor else "handoff.not_sent"
                say_text(dispatcher, tracker, key, buttons=buttons)
            return ended
        lead = await intake().record_lead(
            conversation_id=tracker.sender_id,
            language=language,
            channel=tracker.get_latest_input_channel() or "web",
            name=tracker.get_slot("contact_name"),
            contact=tracker.get_slot("contact_reach"),
            profile=profile_of(tracker),
            as_of=today(),
            told=told_in(tracker.events),
            signs=[sign for sign in tracker.get_slot("signs") or [] if sign in get_args(Sign)],
            consents=[Consent(text_id=CONSENT_TEXT, text=_consent_text(language), language=language)],
        )
        words = firm_words(language)
        lines = [text("handoff.sent", language, firm=words.name, reference=lead.reference), *waiting(words, language)]
        if words.booking_url:
            lines.append(text("handoff.booking", language, licensee=words.licensee, url=words.booking_url))
            buttons = (Button(text("button.book", language), href=words.booking_url), *buttons)
        if words.booking_url and words.fees_url:
            lines.append(text("handoff.fees", language, url=words.fees_url))
        lines.append(text("handoff.automation", language))
        say(dispatcher, Answer(language, tuple(lines), buttons=buttons))
        if not paused and not lead.may_write:
            say(dispatcher, may_we("messages", language))
        return ended


def waiting(words: FirmWords, language: Language) -> list[str]:
    """When the firm is there, and how long a reply takes or when the office opens again; as far as it says so."""
    lines = [text("handoff.hours", language, hours=words.hours)] if words.hours else []
    opening, now = firm().opening, datetime.now(UTC)
    if opening is None:
        return lines
    if opening.is_open(now):
        return [*lines, text("handoff.wait", language, minutes=opening.reply_minutes)]
    opens = opening.next_opening(now)
    return lines if opens is None else [*lines, text("handoff.closed", language, opens=opening.moment(opens, language))]


def is_minor(tracker: Tracker) -> bool:
    """Whether the visitor said to be a child, in years or in words."""
    age = profile_of(tracker).value("age")
    return age < CONTACT_AGE if age is not None else "under_age" in visitor_intents(tracker)


def _consent_text(language: Any) -> str:
    return text(CONSENT_TEXT, language, firm=firm_words(language).name)
