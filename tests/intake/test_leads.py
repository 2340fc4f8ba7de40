"""Requests for a person and the ledger of consents."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.assessment import assess
from bot.facts import DECLINED, UNKNOWN, Job, Profile
from bot.facts.encoding import profile_from
from bot.intake import Intake, consents, leads, transcript
from bot.intake.consents import Consent
from bot.intake.database import Database
from bot.intake.filters import Filters
from bot.intake.inbox import page
from bot.intake.lead_values import Lead, UnknownLeadError
from bot.knowledge.answer import Answer
from tests.databases import files_with

PROFILE = Profile(
    {
        **Profile.of(age=31, education="master", jobs=(Job(start=date(2020, 5, 1), noc="21231"),)),
        "spouse_education": UNKNOWN,
        "funds_amount": DECLINED,
    }
)
DAY = date(2026, 11, 25)
CONSENT = Consent(text_id="handoff.consent", text="May Example Services contact you?", language="en")


async def conversation_id(database: Database) -> str:
    received = await database.write(transcript.open_conversation, language="en", channel="web")
    await database.write(transcript.finish, received.message, [Answer("en", ("Hello",))], asked=None)
    return received.conversation.id


async def record(database: Database, conversation: str, **other: Any) -> Lead:
    values: dict[str, Any] = {
        "conversation_id": conversation,
        "language": "en",
        "channel": "web",
        "name": "Anna Ødegård",
        "contact": "anna@home.example",
        "profile": PROFILE,
        "as_of": DAY,
        "consents": [CONSENT],
    }
    return await Intake(database).record_lead(**values | other)


async def test_a_lead_is_kept_with_facts_result_consent_and_transcript(database: Database) -> None:
    conversation = await conversation_id(database)
    lead = await record(database, conversation)
    found = await database.read(leads.get_lead, lead.id)
    assert found.lead == lead
    assert lead.reference == f"L-{lead.id:04d}"
    assert (lead.name, lead.contact, lead.status) == ("Anna Ødegård", "anna@home.example", "new")
    assert profile_from(found.facts) == PROFILE
    assert found.assessment == assess(PROFILE, DAY).to_dict()
    (given,) = found.consents
    assert (given.purpose, given.granted, given.way, given.language) == ("contact", True, "button", "en")
    assert given.text_version == hashlib.sha256(b"May Example Services contact you?").hexdigest()
    assert [message.answer for message in found.transcript] == [Answer("en", ("Hello",))]
    assert (await database.read(page, Filters())).leads == (lead,)


async def test_name_and_contact_cannot_be_read_in_the_database(database: Database, tmp_path: Path) -> None:
    await record(database, await conversation_id(database))
    with database.engine.connect() as connection:
        stored = repr(connection.execute(sa.text("SELECT * FROM leads")).all())
    assert "Anna" not in stored
    assert "anna@home" not in stored
    assert files_with("anna@home", tmp_path) == []


async def test_the_same_request_worked_on_twice_is_one_lead(database: Database) -> None:
    conversation = await conversation_id(database)
    first = await record(database, conversation)
    again = await record(database, conversation, contact="+1 613 555 0142")
    assert (again.id, again.contact, again.created_at) == (first.id, "+1 613 555 0142", first.created_at)
    found = await database.read(leads.get_lead, first.id)
    assert len(found.consents) == 1
    other = await record(database, await conversation_id(database), contact="x@y.example")
    assert other.id != first.id
    assert {lead.id for lead in (await database.read(page, Filters())).leads} == {other.id, first.id}


async def test_the_ledger_keeps_every_change_of_mind(database: Database) -> None:
    conversation = await conversation_id(database)
    intake = Intake(database)
    no = Consent("handoff.consent", CONSENT.text, "en", granted=False, way="typed")
    reworded = Consent("handoff.consent", "May we contact you?", "en")
    for consent in (CONSENT, CONSENT, no, CONSENT, reworded):
        await intake.record_consent(conversation_id=conversation, channel="web", consent=consent)
    ledger = await database.read(consents.consents, conversation)
    assert [given.granted for given in ledger] == [True, False, True, True]
    assert len({given.text_version for given in ledger}) == 2


async def test_a_lead_of_a_conversation_that_came_another_way_is_kept(database: Database) -> None:
    lead = await record(database, "rasa-shell-1")
    assert (await database.read(leads.get_lead, lead.id)).transcript == ()


async def test_a_lead_that_does_not_exist(database: Database) -> None:
    with pytest.raises(UnknownLeadError):
        await database.read(leads.get_lead, 7)
