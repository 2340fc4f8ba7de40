"""What has to be in place before Rasa is imported, and what its pipeline learns of the conversation."""

from __future__ import annotations

import functools
import logging
import os
import warnings
from typing import Any

from bot.dialogue import faster, tensorflow_absent
from bot.dialogue.typed import buttons_just_shown, payload_of
from bot.facts import PARTNERED, vocabulary
from bot.facts.encoding import readable_profile
from bot.facts.questions import asked_together
from bot.understanding.normalise import normalise
from bot.understanding.people import names_another
from bot.understanding.worked import WORKED


def prepare() -> None:
    """Make this process ready for Rasa. Safe to call more than once."""
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("MPLBACKEND", "agg")
    tensorflow_absent.install()
    _quiet_warnings_about_rasa_itself()
    _quiet_debug_output()
    _tell_the_pipeline_what_was_asked()
    faster.install()


def _quiet_warnings_about_rasa_itself() -> None:
    """Rasa is frozen: what newer libraries say of its code helps nobody who runs this product."""
    import sanic.app  # noqa: F401  (first: it sets a filter of its own)
    from rasa.utils.common import EXPECTED_WARNINGS

    EXPECTED_WARNINGS.append((UserWarning, "pkg_resources is deprecated.*"))
    for category, message in EXPECTED_WARNINGS:
        warnings.filterwarnings("ignore", message=f".*{message}", category=category)
    warnings.filterwarnings("ignore", category=DeprecationWarning)


def _quiet_debug_output() -> None:
    """Rasa's structured log prints every thought of every policy until its own command line sets it up."""
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)


def _tell_the_pipeline_what_was_asked() -> None:
    """Rasa's pipeline sees a message without its conversation; ours reads "7.5" in the light of the question.

    The facts that were asked for, the topic answered just before and the language go along in the metadata of the
    message, for every channel and for ``rasa shell`` alike.
    """
    from rasa.core.processor import MessageProcessor

    original = MessageProcessor.parse_message
    if hasattr(original, "__wrapped__"):
        return

    @functools.wraps(original)
    async def parse_message(self: Any, message: Any, tracker: Any = None, only_output_properties: bool = True) -> Any:
        if tracker is not None:
            message.text = payload_of(tracker, message.text) or message.text
            message.metadata = {
                **(message.metadata or {}),
                "asked": tracker.get_slot("requested_slot"),
                "together": _asked_together(tracker),
                "last_topic": _answered_just_before(tracker),
                "last_follow_up": _asked_just_before(tracker),
                "in_doubt": _in_doubt(tracker),
                "doubt": (_slot(tracker, "doubts") or [None])[0],
                "answered": _answered(tracker),
                "first_test": _slot(tracker, "language_test"),
                "partnered": _partnered(tracker),
                "consent_asked": any(_asks_consent(button.payload) for button in buttons_just_shown(tracker)),
                "scored": bool(_slot(tracker, "early_range") or _slot(tracker, "assessed")),
                "worked": {fact: _slot(tracker, fact) for fact in WORKED},
                "language": _slot(tracker, "language"),
            }
        return await original(self, message, tracker, only_output_properties)

    MessageProcessor.parse_message = parse_message


def _asked_together(tracker: Any) -> list[str]:
    """Every fact that the question at hand asks for."""
    asked = tracker.get_slot("requested_slot")
    if asked not in vocabulary():
        return []
    told = {fact_id: tracker.get_slot(fact_id) for fact_id in vocabulary()}
    return list(asked_together(readable_profile(told), asked))


def _answered_just_before(tracker: Any) -> str | None:
    """The topic of the last answer, if it was given to the message before this one."""
    for event in reversed(tracker.events):
        if event.type_name == "user":
            return None
        if event.type_name == "slot" and event.key == "last_topic":
            return event.value if isinstance(event.value, str) else None
    return None


def _asked_just_before(tracker: Any) -> dict[str, Any] | None:
    """What the message before this one asked for as a follow-up, or of the rounds."""
    for event in reversed(tracker.events):
        if event.type_name == "user":
            return (event.parse_data or {}).get("follow_up")
    return None


def _slot(tracker: Any, name: str) -> Any:
    """A slot's value; None also in a domain without it."""
    return tracker.slots[name].value if name in tracker.slots else None


def _in_doubt(tracker: Any) -> str | None:
    """The fact that the question for ``settled`` is about."""
    doubts = _slot(tracker, "doubts")
    return doubts[0]["facts"][0] if doubts else None


def _asks_consent(payload: str | None) -> bool:
    return (payload or "").startswith("/give_consent")


def _partnered(tracker: Any) -> bool:
    """Whether the visitor has a partner, and the message before this one named no relative or friend."""
    before = next((event.text for event in reversed(tracker.events) if event.type_name == "user"), None)
    return _slot(tracker, "marital_status") in PARTNERED and not names_another(normalise(before or "").text)


def _answered(tracker: Any) -> str | None:
    """The fact that was told last: what a bare "no, 33" is about."""
    told = (
        event.key
        for event in reversed(tracker.events)
        if event.type_name == "slot" and event.value is not None and event.key in vocabulary()
    )
    return next(told, None)
