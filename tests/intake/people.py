"""People who asked for a person, as the tests of the intake make them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from bot.facts import Profile
from bot.intake import leads, transcript
from bot.intake.brief import brief
from bot.intake.consents import Consent
from bot.intake.database import Database
from bot.intake.lead_values import Lead
from bot.intake.sealing import Seal
from bot.knowledge.answer import Answer

DAY = date(2026, 11, 25)
CONSENT = Consent(text_id="handoff.consent", text="May Example Services contact you?", language="en")
PROFILE = Profile.of(age=31, education="master", stage="considering")


def conversation(session: Session, seal: Seal, *, channel: str = "web", said: str = "Hello there") -> str:
    """A conversation with a greeting and one message of the visitor, answered."""
    received = transcript.open_conversation(session, seal, language="en", channel=channel)
    transcript.finish(session, seal, received.message, [Answer("en", ("Hello",))], asked=None)
    message = transcript.receive_text(session, seal, received.conversation.id, "c1", said).message
    question = Answer("en", ("How old are you?",), kind="question", asks="age")
    transcript.finish(session, seal, message, [question], asked="age")
    return received.conversation.id


def lead(session: Session, seal: Seal, *, profile: Profile = PROFILE, day: date = DAY, **other: Any) -> Lead:
    """A lead of a new conversation."""
    signs = other.pop("signs", ())
    values: dict[str, Any] = {
        "language": "en",
        "channel": "web",
        "name": "Anna Ødegård",
        "contact": "anna@home.example",
        "profile": profile,
        "found": brief(profile, day, signs),
        "consents": [CONSENT],
    }
    if "conversation_id" not in other:
        other["conversation_id"] = conversation(session, seal, channel=other.get("channel", "web"))
    return leads.record_lead(session, seal, **values | other)


def made(database: Database, **other: Any) -> Lead:
    """A lead in a transaction of its own."""
    with database.session() as session:
        return lead(session, database.seal, **other)
