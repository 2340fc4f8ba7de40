"""Answers kept under a code: found with it alone, readable to nobody else, gone when they should be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.intake import consents, erasure, retention, saved
from bot.intake.consents import Consent, GivenConsent
from bot.intake.database import Database
from bot.intake.saved import SavedRow, code_in
from bot.retention import Retention
from bot.understanding import mask
from tests.intake.people import conversation

ON = date(2026, 11, 25)
STATE = {"age": 31, "education": "master", "skipped": ["noc"]}


def kept(database: Database, conversation_id: str = "somebody") -> str:
    with database.session() as session:
        return saved.save(session, database.seal, conversation_id=conversation_id, state=STATE, on=ON).code


def found(database: Database, code: str) -> saved.Saved | None:
    with database.session() as session:
        return saved.saved(session, database.seal, code_in(code) or "")


def test_the_code_brings_the_answers_back_however_it_is_written(database: Database) -> None:
    code = kept(database)
    for written in (code, code.lower(), code.replace("-", ""), code.replace("-", " "), f"resume {code} please"):
        assert found(database, written) == saved.Saved(STATE, ON)


def test_neither_code_nor_answers_can_be_read_in_the_database(database: Database) -> None:
    code = kept(database)
    with database.engine.connect() as connection:
        rows = repr(connection.execute(sa.select(SavedRow.__table__)).all())
    assert code not in rows
    assert code.replace("-", "") not in rows
    assert "master" not in rows


def test_a_new_code_ends_the_one_before(database: Database) -> None:
    first, second = kept(database), kept(database)
    assert found(database, first) is None
    assert found(database, second) is not None


def test_a_code_ends(database: Database) -> None:
    code = kept(database)
    with database.session() as session:
        session.execute(sa.update(SavedRow).values(expires_at=datetime.now(UTC) - timedelta(minutes=1)))
    assert found(database, code) is None
    with database.session() as session:
        retention.sweep_others(session, database.seal, Retention())
        assert session.scalar(sa.select(sa.func.count()).select_from(SavedRow)) == 0


@pytest.mark.parametrize(("why", "stays"), [("retention", True), ("visitor", False), ("staff", False)])
def test_the_person_can_erase_them_and_an_idle_conversation_leaves_them(
    database: Database, why: erasure.Why, stays: bool
) -> None:
    with database.session() as session:
        conversation_id = conversation(session, database.seal)
    code = kept(database, conversation_id)
    with database.session() as session:
        erasure.erase(session, database.seal, conversation_id, why)
    assert (found(database, code) is not None) is stays


def test_every_code_is_read_as_one_and_masked_by_nothing(database: Database) -> None:
    for number in range(20):
        code = kept(database, f"somebody {number}")
        assert code_in(code) == code.replace("-", "")
        assert mask(f"resume {code}").text == f"resume {code}"
        assert mask(code.replace("-", "")).text == code.replace("-", "")


def ledger(database: Database, conversation_id: str) -> list[GivenConsent]:
    with database.session(reading=True) as session:
        return consents.consents(session, database.seal, conversation_id)


def test_the_consent_comes_along_with_its_facts_and_its_time(database: Database) -> None:
    yes = Consent("consent.assessment", "May I use your answers?", "fr", purpose="assessment")
    with database.session() as session:
        first, second = (conversation(session, database.seal) for _ in range(2))
        consents.record_consent(session, database.seal, conversation_id=first, channel="telegram", consent=yes)
        agreed = consents.standing(session, database.seal, first, "assessment")
    assert agreed is not None
    with database.session() as session:
        kept = {"conversation_id": first, "state": STATE, "on": ON, "agreed": agreed.to_json()}
        code = saved.save(session, database.seal, **kept).code
        erasure.erase(session, database.seal, first, "retention")
    back = found(database, code)
    assert back is not None
    assert back.state == STATE
    assert back.agreed is not None
    with database.session() as session:
        assert consents.bring(session, database.seal, second, back.agreed) == agreed.given_at
    (brought,) = ledger(database, second)
    assert brought.way == "code"
    same = ("purpose", "granted", "text_id", "text_version", "language", "channel", "given_at")
    assert [getattr(brought, one) for one in same] == [getattr(agreed, one) for one in same]


def test_a_withdrawn_consent_does_not_stand_and_takes_the_kept_answers_along(database: Database) -> None:
    yes = Consent("consent.assessment", "May I use your answers?", "en", purpose="assessment")
    no = Consent("consent.assessment", "May I use your answers?", "en", purpose="assessment", granted=False)
    with database.session() as session:
        conversation_id = conversation(session, database.seal)
        given = {"conversation_id": conversation_id, "channel": "web"}
        consents.record_consent(session, database.seal, **given, consent=yes)
    code = kept(database, conversation_id)
    with database.session() as session:
        consents.record_consent(session, database.seal, **given, consent=no)
        assert consents.standing(session, database.seal, conversation_id, "assessment") is None
    assert found(database, code) is None


@pytest.mark.parametrize("text", ["resume", "IELTS 7777", "31 years old", "CANADIAN", "2026 1990", "hello there"])
def test_other_words_are_no_code(text: str) -> None:
    assert code_in(text) is None
