"""The form behind the assessment: which questions are left, and when a question of the visitor's own comes first."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.forms import FormValidationAction

from actions.consent import agreed_by_answering, asked_last
from actions.degrees import both_degrees
from actions.doubts import contradicted, doubts_of, raised, rounded, settle
from actions.levels import in_its_language
from actions.order import next_slot, passed_over
from actions.turn import (
    CollectingDispatcher,
    DomainDict,
    Events,
    Tracker,
    actions_since_message,
    facts_in_message,
    impossible_scores,
    inapplicable,
    intent_of,
    values_before,
)
from bot.facts import vocabulary
from bot.facts.encoding import DECLINED_WORD, UNKNOWN_WORD, readable_profile
from bot.facts.questions import asked_together
from bot.understanding import yes_no
from bot.understanding.masking import contacts

ANSWERS = frozenset({"inform", "affirm", "dont_know", "rather_not_say", "start_assessment"})
"""Intents that answer the form. Any other one is handled by its own rule first, and the form asks again."""
NO_VALUE = frozenset({UNKNOWN_WORD, DECLINED_WORD})
"""Answers that leave open everything the question asked for."""


class ValidateAssessmentForm(FormValidationAction):
    """Keeps the facts consistent and asks only what makes sense for this person."""

    def name(self) -> str:
        return "validate_assessment_form"

    async def required_slots(
        self, domain_slots: list[str], dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[str]:
        if doubts_of(tracker):
            return ["settled"]
        return [next_slot(tracker) or "summary_confirmed"]

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        return []

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> Events:
        told: dict[str, Any] = {k: v for k, v in tracker.slots_to_validate().items() if k in vocabulary()}
        told.update(in_its_language(tracker, told))
        told.update(both := both_degrees(tracker, told))
        told.update(rounded(told, values_before(tracker)))
        changes: dict[str, Any] = dict(told)
        answers = bool(told) or tracker.slots_to_validate().get("summary_confirmed") is not None
        agreed = await agreed_by_answering(tracker) if answers else []
        before = readable_profile(values_before(tracker))
        for fact_id, value in told.items():
            if value in NO_VALUE:
                together = asked_together(before, fact_id)
                changes.update({fact: value for fact in together if tracker.get_slot(fact) is None})
        if not handled(tracker, "assessment_form"):
            changes.update(self._settled(tracker, {fact: value for fact, value in told.items() if fact not in both}))
            changes.update(passed_over(tracker, told))
        tracker.slots.update(changes)
        changes.update(dict.fromkeys(impossible_scores(tracker) if told else ()))
        changes.update(dict.fromkeys(inapplicable(tracker)))
        if told and tracker.get_slot("summary_confirmed"):
            changes["summary_confirmed"] = None
        return [*agreed, *(SlotSet(key, value) for key, value in changes.items())]

    def _settled(self, tracker: Tracker, told: dict[str, Any]) -> dict[str, Any]:
        """What the message settles and what it leaves in doubt; a fact in doubt keeps the value it had."""
        before = values_before(tracker)
        clashing = contradicted(tracker, told, before)
        left, changes = settle(tracker, told)
        changes.update({fact: before[fact] for fact in clashing})
        doubts = [*left, *raised(tracker, told, before, clashing)]
        if doubts != doubts_of(tracker):
            changes["doubts"] = doubts or None
        return changes

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        events = await super().run(dispatcher, tracker, domain)
        if interrupted(tracker, "assessment_form"):
            events = [e for e in events if e.get("name") != "requested_slot"]
            events.append(ActionExecutionRejected("assessment_form"))
        return events


NOTHING_SENT = {"handoff_consent": False, "contact_name": None, "contact_reach": None}
"""A plain no in place of a name or a way to be reached takes the consent back."""


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
        if yes_no(value or "") is False:
            return NOTHING_SENT
        return {"contact_name": (value or "").strip()[:120] or None}

    async def validate_contact_reach(self, value: Any, *_: Any) -> dict[str, Any]:
        if yes_no(value or "") is False:
            return NOTHING_SENT
        return {"contact_reach": value.strip()[:200] if value and reachable(value) else None}

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        events = await super().run(dispatcher, tracker, domain)
        if interrupted(tracker, "handoff_form"):
            events = [e for e in events if e.get("name") not in {"requested_slot", "contact_name", "contact_reach"}]
            events.append(ActionExecutionRejected("handoff_form"))
        return events


def handled(tracker: Tracker, form: str) -> bool:
    """Whether something has answered the message already, and the form only goes on."""
    silent = {form, "action_listen", "action_start_assessment"}
    return any(name not in silent for name in actions_since_message(tracker))


FREE_TEXT = frozenset({"contact_name", "contact_reach"})


def interrupted(tracker: Tracker, form: str) -> bool:
    """Whether the message is not for the form, and nothing has answered it yet."""
    if handled(tracker, form) or tracker.latest_message.get("text") is None:
        return False
    asked = tracker.get_slot("requested_slot")
    if asked in {"settled", "handoff_consent"} and intent_of(tracker) == "deny":
        return False
    if asked == "summary_confirmed" and intent_of(tracker) == "affirm":
        return False  # the words of the consent that was asked for beside it say that this is a yes to both
    if asked_last(tracker) and intent_of(tracker) in {"affirm", "deny"} and not facts_in_message(tracker):
        return True  # a plain word to the consent that was asked for beside the question
    if asked in FREE_TEXT:
        return intent_of(tracker) in HANDOFF_INTERRUPTIONS
    return intent_of(tracker) not in ANSWERS


HANDOFF_INTERRUPTIONS = frozenset(
    {"faq", "cancel", "go_back", "start_over", "why_asked", "rephrase", "repeat", "rather_not_say", "crisis"}
    | {"switch_to_english", "switch_to_french", "start_assessment", "ask_score", "urgent_trouble"}
    | {"delete_my_data", "show_my_data", "download_my_data", "withdraw_consent", "stop_messages"}
)
"""What is heard instead of a name or an address; any other words are taken as one."""


def reachable(text: str) -> bool:
    """Whether a text holds an e-mail address or a telephone number."""
    found = contacts(text)
    return bool(found.emails or found.phones)
