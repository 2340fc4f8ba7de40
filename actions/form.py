"""The form behind the assessment: which questions are left, and when a question of the visitor's own comes first."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.forms import FormValidationAction

from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    actions_since_message,
    intent_of,
    profile_of,
    skipped_of,
)
from bot.facts import vocabulary
from bot.facts.encoding import UNKNOWN_WORD
from bot.facts.questions import no_longer_applicable, open_questions
from bot.understanding.masking import contacts

ANSWERS = frozenset({"inform", "affirm", "dont_know", "rather_not_say", "start_assessment"})
"""Intents that answer the form. Any other one is handled by its own rule first, and the form asks again."""


class ValidateAssessmentForm(FormValidationAction):
    """Keeps the facts consistent and asks only what makes sense for this person."""

    def name(self) -> str:
        return "validate_assessment_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        return [*open_questions(profile_of(tracker), skipped_of(tracker)), "summary_confirmed"]

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        return []

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        told: dict[str, Any] = {k: v for k, v in tracker.slots_to_validate().items() if k in vocabulary()}
        changes: dict[str, Any] = dict(told)
        for fact_id, value in told.items():
            if value == UNKNOWN_WORD:
                changes.update({f: value for f in vocabulary()[fact_id].together if tracker.get_slot(f) is None})
        tracker.slots.update(changes)
        changes.update(dict.fromkeys(_inapplicable(tracker)))
        if told and tracker.get_slot("summary_confirmed"):
            changes["summary_confirmed"] = None
        return [SlotSet(key, value) for key, value in changes.items()]

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        events = await super().run(dispatcher, tracker, domain)
        if interrupted(tracker, "assessment_form"):
            events = [e for e in events if e.get("name") != "requested_slot"]
            events.append(ActionExecutionRejected("assessment_form"))
        return events


class ValidateHandoffForm(FormValidationAction):
    """Name and a way to be reached, after consent; declining consent ends the form."""

    def name(self) -> str:
        return "validate_handoff_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        if tracker.get_slot("handoff_consent") is False:
            return []
        return ["handoff_consent", "contact_name", "contact_reach"]

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        return []

    async def validate_handoff_consent(self, value: Any, *_: Any) -> dict[str, Any]:
        return {"handoff_consent": value if isinstance(value, bool) else None}

    async def validate_contact_name(self, value: Any, *_: Any) -> dict[str, Any]:
        return {"contact_name": (value or "").strip()[:120] or None}

    async def validate_contact_reach(self, value: Any, *_: Any) -> dict[str, Any]:
        return {"contact_reach": value.strip()[:200] if value and reachable(value) else None}

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        events = await super().run(dispatcher, tracker, domain)
        if interrupted(tracker, "handoff_form"):
            events = [e for e in events if e.get("name") not in {"requested_slot", "contact_name", "contact_reach"}]
            events.append(ActionExecutionRejected("handoff_form"))
        return events


FREE_TEXT = frozenset({"contact_name", "contact_reach"})


def interrupted(tracker: Tracker, form: str) -> bool:
    """Whether the message is not for the form, and nothing has answered it yet."""
    handled = [name for name in actions_since_message(tracker) if name not in {form, "action_listen"}]
    if handled or tracker.latest_message.get("text") is None:
        return False
    asked = tracker.get_slot("requested_slot")
    if asked in FREE_TEXT:
        return intent_of(tracker) in HANDOFF_INTERRUPTIONS
    return intent_of(tracker) not in ANSWERS


HANDOFF_INTERRUPTIONS = frozenset(
    {"faq", "cancel", "go_back", "start_over", "why_asked", "rephrase", "repeat", "rather_not_say", "crisis"}
    | {"switch_to_english", "switch_to_french"}
)


def reachable(text: str) -> bool:
    """Whether a text holds an e-mail address or a telephone number."""
    found = contacts(text)
    return bool(found.emails or found.phones)


def _inapplicable(tracker: Tracker) -> list[str]:
    """Facts that make no sense after the latest change, and what hangs on them in turn."""
    dropped: list[str] = []
    while gone := [f for f in no_longer_applicable(profile_of(tracker)) if tracker.get_slot(f) is not None]:
        tracker.slots.update(dict.fromkeys(gone))
        dropped.extend(gone)
    return dropped
