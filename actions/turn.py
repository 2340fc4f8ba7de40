"""The edge between Rasa and the product: what an action knows of the conversation, and how it speaks."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.assessment.language import off_scale_facts
from bot.assessment.relevance import topics
from bot.facts import Profile, vocabulary
from bot.facts.encoding import readable_profile
from bot.facts.questions import no_longer_applicable
from bot.knowledge.answer import Answer, Button
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import plain
from bot.rules import rulebook

Events = list[dict[str, Any]]

__all__ = ["CollectingDispatcher", "DomainDict", "Events", "Tracker"]


def language_of(tracker: Tracker) -> Language:
    return "fr" if tracker.get_slot("language") == "fr" else "en"


def profile_of(tracker: Tracker) -> Profile:
    """The facts in the slots. A value that does not fit its fact is read as not asked, never passed on.

    An action asks several times; the profile is kept with its tracker until a slot changes.
    """
    slots, profile = vars(tracker).get("_profile", (None, None))
    if profile is None or slots != tracker.slots:
        profile = readable_profile({fact_id: tracker.get_slot(fact_id) for fact_id in vocabulary()})
        vars(tracker)["_profile"] = (dict(tracker.slots), profile)
    return profile


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


def is_button(tracker: Tracker) -> bool:
    """Whether the visitor pressed a button: what it says is meant."""
    return str(tracker.latest_message.get("text") or "").startswith("/")


def asked_now(tracker: Tracker) -> str | None:
    """The slot the active form is waiting for."""
    return tracker.get_slot("requested_slot") if tracker.active_loop_name else None


def skipped_of(tracker: Tracker) -> list[str]:
    return list(tracker.get_slot("skipped") or [])


def topics_left(tracker: Tracker) -> list[str]:
    """Topics with questions that could still change something."""
    return topics(profile_of(tracker), skipped_of(tracker), today())


def actions_since_message(tracker: Tracker) -> list[str]:
    """Names of the actions run since the visitor last spoke."""
    names: list[str] = []
    for event in reversed(tracker.events):
        if event["event"] == "user":
            break
        if event["event"] == "action":
            names.append(event["name"])
    return names[::-1]


def actions_before_message(tracker: Tracker) -> list[str]:
    """Names of the actions run in the turn before this one."""
    names: list[str] = []
    users = 0
    for event in reversed(tracker.events):
        users += event["event"] == "user"
        if users == 2:
            break
        if users == 1 and event["event"] == "action":
            names.append(event["name"])
    return names[::-1]


def values_before(tracker: Tracker) -> dict[str, Any]:
    """The facts as they were before the visitor's latest message; those that were told."""
    last = max((n for n, event in enumerate(tracker.events) if event["event"] == "user"), default=0)
    values: dict[str, Any] = {}
    for event in tracker.events[:last]:
        if event["event"] == "slot" and event["name"] in vocabulary():
            values[event["name"]] = event["value"]
    return {name: value for name, value in values.items() if value is not None}


def inapplicable(tracker: Tracker) -> list[str]:
    """Facts that make no sense after the latest change, and what hangs on them; their slots are emptied here."""
    dropped: list[str] = []
    while gone := [f for f in no_longer_applicable(profile_of(tracker)) if tracker.get_slot(f) is not None]:
        tracker.slots.update(dict.fromkeys(gone))
        dropped.extend(gone)
    return dropped


def impossible_scores(tracker: Tracker) -> list[str]:
    """Scores that the test they belong to does not give; their slots are emptied here."""
    wrong = list(off_scale_facts(profile_of(tracker), today(), rulebook().at(today())))
    tracker.slots.update(dict.fromkeys(wrong))
    return wrong


def visitor_intents(tracker: Tracker) -> list[str]:
    """The intents of everything the visitor has said, oldest first."""
    return [
        str(((event.get("parse_data") or {}).get("intent") or {}).get("name"))
        for event in tracker.events
        if event["event"] == "user"
    ]


def last_answers(tracker: Tracker) -> list[Answer]:
    """What the assistant said in its last turn."""
    said: list[Answer] = []
    users = 0
    for event in reversed(tracker.events):
        if event["event"] == "user":
            users += 1
            if users > 1:
                break
        if event["event"] == "bot" and users == 1 and "answer" in (event.get("metadata") or {}):
            said.append(Answer.from_dict(event["metadata"]["answer"]))
    return said[::-1]


def lines_just_said(tracker: Tracker) -> set[str]:
    """Every line of the assistant's last turn: what is asked again is said in other words."""
    return {line for answer in last_answers(tracker) for line in answer.lines}


def offered_now(tracker: Tracker) -> set[str | None]:
    """The payloads of the buttons that were shown since the visitor last spoke."""
    found: set[str | None] = set()
    for event in reversed(tracker.events):
        if event["event"] == "user":
            break
        if event["event"] == "bot" and "answer" in (event.get("metadata") or {}):
            found.update(button.payload for button in Answer.from_dict(event["metadata"]["answer"]).buttons)
    return found


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
