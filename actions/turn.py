"""The edge between Rasa and the product: what an action knows of the conversation, and how it speaks."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.facts import Profile, vocabulary
from bot.facts.encoding import profile_from
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import plain

Events = list[dict[str, Any]]

__all__ = ["CollectingDispatcher", "DomainDict", "Events", "Tracker"]


def language_of(tracker: Tracker) -> Language:
    return "fr" if tracker.get_slot("language") == "fr" else "en"


def profile_of(tracker: Tracker) -> Profile:
    """The facts in the slots. A value that does not fit its fact is read as not asked, never passed on."""
    said = {fact_id: value for fact_id in vocabulary() if (value := tracker.get_slot(fact_id)) is not None}
    try:
        return profile_from(said)
    except (TypeError, ValueError):
        return profile_from({fact_id: value for fact_id, value in said.items() if _fits(fact_id, value)})


def _fits(fact_id: str, value: Any) -> bool:
    try:
        profile_from({fact_id: value})
    except (TypeError, ValueError):
        return False
    return True


def today() -> date:
    return date.today()


def intent_of(tracker: Tracker) -> str:
    return str((tracker.latest_message.get("intent") or {}).get("name"))


def entities_of(tracker: Tracker, name: str) -> list[Any]:
    """The values of an entity in the latest message."""
    return [e["value"] for e in tracker.latest_message.get("entities") or [] if e.get("entity") == name]


def facts_in_message(tracker: Tracker) -> list[str]:
    """Facts the latest message told, in order, each once."""
    names = [e.get("entity") for e in tracker.latest_message.get("entities") or []]
    return [name for name in dict.fromkeys(names) if name in vocabulary()]


def asked_now(tracker: Tracker) -> str | None:
    """The slot the active form is waiting for."""
    return tracker.get_slot("requested_slot") if tracker.active_loop_name else None


def skipped_of(tracker: Tracker) -> list[str]:
    return list(tracker.get_slot("skipped") or [])


def actions_since_message(tracker: Tracker) -> list[str]:
    """Names of the actions run since the visitor last spoke."""
    names: list[str] = []
    for event in reversed(tracker.events):
        if event["event"] == "user":
            break
        if event["event"] == "action":
            names.append(event["name"])
    return names[::-1]


def say(dispatcher: CollectingDispatcher, answer: Answer) -> None:
    """Send an answer. Stock channels get plain text and buttons; ours read ``answer`` from the metadata."""
    dispatcher.utter_message(
        text=plain(answer),
        buttons=[{"title": b.title, "payload": b.payload or b.href or ""} for b in answer.buttons],
        answer=answer.to_dict(),
    )


def say_text(
    dispatcher: CollectingDispatcher, tracker: Tracker, *keys: str, buttons: tuple[Button, ...] = (), **values: Any
) -> None:
    """Send texts of the catalogue as one message."""
    language = language_of(tracker)
    say(dispatcher, Answer(language, tuple(text(key, language, **values) for key in keys), buttons=buttons))
