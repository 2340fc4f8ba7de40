"""SMS and WhatsApp over Twilio: signature, typed choices, STOP at once, the window and the template."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.channels.conversation import Conversations
from bot.channels.incoming import Said
from bot.channels.trouble import apology
from bot.firm import load_firm
from bot.intake import transcript
from bot.intake.channels import outbox, people
from bot.intake.channels.tables import OutboxRow, PersonRow
from bot.intake.consents import Consent, consents, record_consent
from bot.intake.database import Database
from bot.knowledge.answer import Answer
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot
from tests.simulators.serving import Serving, serving
from tests.simulators.telegram import TelegramSimulator
from tests.simulators.twilio import TwilioSimulator

__all__ = ["database_url"]

ANN, BOB = "+15550111", "+15550122"


@pytest.fixture
def sms() -> TwilioSimulator:
    return TwilioSimulator()


@pytest.fixture
def whatsapp() -> TwilioSimulator:
    return TwilioSimulator("whatsapp:")


@pytest.fixture
def telegram() -> TelegramSimulator:
    return TelegramSimulator()


@pytest_asyncio.fixture
async def server(
    tmp_path: Path, database: Database, parrot: Parrot, sms: TwilioSimulator, telegram: TelegramSimulator
) -> AsyncIterator[Serving]:
    """With SMS, and Telegram beside it."""
    async with serving(tmp_path, database, parrot, sms, telegram) as running:
        yield running


@pytest_asyncio.fixture
async def whatsapp_server(
    tmp_path: Path, database: Database, parrot: Parrot, whatsapp: TwilioSimulator
) -> AsyncIterator[Serving]:
    async with serving(tmp_path, database, parrot, whatsapp) as running:
        yield running


async def test_a_conversation_by_sms_with_typed_choices(server: Serving, sms: TwilioSimulator, parrot: Parrot) -> None:
    assert await sms.says(ANN, "Hello") == 200
    await sms.gets(ANN, "Hello\n\n1. Yes")
    await sms.says(ANN, "choices")
    asked = await sms.gets(ANN, "Choose.")
    assert asked.text == "Choose.\n\nRead: https://a.example\n\n1. Single"
    await sms.says(ANN, "1")
    await sms.gets(ANN, 'payload: /inform{"marital_status": "single"}')
    await sms.says(ANN, "ask age")
    await sms.gets(ANN, "How old are you?")
    await sms.says(ANN, "1")
    await sms.gets(ANN, "text: 1")


async def test_what_is_longer_than_an_sms_comes_in_parts(server: Serving, sms: TwilioSimulator) -> None:
    words = "This is a sentence that says something. " * 20
    sms.longest = 320
    await sms.says(ANN, words)
    await sms.gets(ANN, "text: This is")
    await server.quiet()
    parts = sms.texts(ANN)[1:]
    assert len(parts) == 3
    assert " ".join(parts) == f"text: {words.strip()}"


@pytest.mark.parametrize(("word", "answer"), [("STOP", "write START"), ("Arrêt", "écrivez DÉBUT"), ("ARRET.", "DÉBUT")])
async def test_stop_works_at_once_even_while_an_answer_is_on_its_way(
    server: Serving, sms: TwilioSimulator, database: Database, word: str, answer: str
) -> None:
    await sms.says(ANN, "hello")
    await sms.gets(ANN, "Hello")
    await sms.says(ANN, "slow answer")
    await sms.says(ANN, word)
    await sms.gets(ANN, answer)
    await sms.until(lambda: "cancelled" in states(database))
    assert len(sms.texts(ANN)) == 2
    with database.session(reading=True) as session:
        conversation_id = session.scalars(select(PersonRow.conversation_id)).one()
        newest = consents(session, database.seal, conversation_id)[-1]
        assert (newest.purpose, newest.granted, newest.channel, newest.way) == ("messages", False, "sms", "typed")
    await sms.says(ANN, "are you there?")
    await sms.gets(ANN, "you asked for no more messages", after=2)
    await sms.says(ANN, "START")
    await server.quiet()
    await sms.says(ANN, "back again")
    await sms.gets(ANN, "text: back again")


async def test_stop_as_the_first_word_greets_nobody(server: Serving, sms: TwilioSimulator, parrot: Parrot) -> None:
    await sms.says(BOB, "stop")
    await sms.gets(BOB, "there will be no more messages here")
    await server.quiet()
    assert len(sms.texts(BOB)) == 1
    assert parrot.heard == []


async def test_a_stop_that_twilio_answered_is_obeyed_in_silence(
    server: Serving, sms: TwilioSimulator, database: Database
) -> None:
    await sms.says(ANN, "hello")
    await sms.gets(ANN, "Hello")
    await sms.says(ANN, "Stop", OptOutType="STOP")
    await server.quiet()
    assert len(sms.texts(ANN)) == 1
    with database.session(reading=True) as session:
        assert people.stopped(session, database.seal, "sms", ANN)


async def test_a_stop_that_only_twilio_heard_is_learned_from_its_refusal(
    server: Serving, sms: TwilioSimulator, database: Database
) -> None:
    sms.opted_out.add(ANN)
    await sms.says(ANN, "hello")
    await sms.until(lambda: states(database) == ["cancelled"])
    with database.session(reading=True) as session:
        assert people.stopped(session, database.seal, "sms", ANN)


async def test_help_says_who_we_are_without_a_turn(server: Serving, sms: TwilioSimulator, parrot: Parrot) -> None:
    await sms.says(ANN, "hello")
    await sms.says(ANN, "AIDE")
    await sms.gets(ANN, "assistant automatisé")
    await sms.says(ANN, "help")
    await sms.gets(ANN, "automated assistant")
    assert parrot.heard == []


async def test_a_picture_gets_a_kind_answer(server: Serving, sms: TwilioSimulator) -> None:
    await sms.says(ANN, "", NumMedia="1", MediaContentType0="image/jpeg", MediaUrl0="https://api.example/x")
    await sms.gets(ANN, "I can read text only")


async def test_moving_by_a_code_joins_and_nothing_else_does(
    server: Serving, sms: TwilioSimulator, telegram: TelegramSimulator, parrot: Parrot, database: Database
) -> None:
    number = int(ANN.removeprefix("+"))
    await sms.says(ANN, "I am 31")
    await sms.gets(ANN, "text: I am 31")
    await telegram.says(number, "I am someone")  # the same digits elsewhere are not the same person
    await telegram.gets(str(number), "text: I am someone")
    assert parrot.heard[0][0] != parrot.heard[1][0]
    await sms.says(ANN, "code", again=1)  # delivered twice: there is one code, and it works
    told = await sms.gets(ANN, "CODE ")
    code = told.text.rpartition("CODE ")[2].split(".")[0]
    await telegram.says(number, f"/start {code}")
    await telegram.gets(str(number), "We go on here")
    await telegram.says(number, "and I am single")
    await telegram.gets(str(number), "text: and I am single")
    assert parrot.heard[2][0] == parrot.heard[0][0]
    await sms.says(BOB, f"Code {code}")
    await sms.gets(BOB, "I do not know this code")
    with database.session(reading=True) as session:
        kept = transcript.history(session, database.seal, parrot.heard[0][0])
        assert not any(code in (message.text or "") for message in kept)


async def test_a_visitor_of_our_page_goes_on_elsewhere_by_a_code(
    server: Serving, sms: TwilioSimulator, parrot: Parrot
) -> None:
    page = server.conversations
    visitor = (await page.open("en", "web")).id
    await page.receive(visitor, Said("c1", "I am 31"))
    await page.quiet(visitor)
    asked, new = await page.receive(visitor, Said("c2", "Code"))
    assert (asked.text, new) == ("Code", True)
    again, new = await page.receive(visitor, Said("c2", "Code"))  # sent again: no second code
    assert (again.seq, new) == (asked.seq, False)
    _, messages = await page.transcript(visitor)
    (told,) = [message.answer for message in messages if message.reply_to == asked.seq]
    assert told is not None
    code = told.lines[0].rpartition("CODE ")[2].split(".")[0]
    await page.receive(visitor, Said("c3", f"code {code}"))  # a browser stays in its own conversation
    _, messages = await page.transcript(visitor)
    assert messages[-1].answer is not None
    assert "not on this page" in messages[-1].answer.lines[0]
    assert not any(code in (message.text or "") for message in messages)
    await sms.says(ANN, f"CODE {code}")
    await sms.gets(ANN, "We go on here")
    await sms.says(ANN, "and I am single")
    await sms.gets(ANN, "text: and I am single")
    assert [(conversation, text) for conversation, text, *_ in parrot.heard] == [
        (visitor, "I am 31"),
        (visitor, "and I am single"),
    ]


async def test_without_another_channel_code_is_a_word_like_any_other(database: Database, parrot: Parrot) -> None:
    page = Conversations(database, parrot, apology(load_firm(Path("firm.yml"))), turn_timeout=5)
    visitor = (await page.open("en", "web")).id
    await page.receive(visitor, Said("c1", "code"))
    await page.quiet(visitor)
    assert [text for _, text, *_ in parrot.heard] == ["code"]


async def test_a_forged_signature_is_refused(server: Serving, sms: TwilioSimulator, parrot: Parrot) -> None:
    fields = {"MessageSid": "SM1", "From": ANN, "Body": "hello", "SmsStatus": "received"}
    assert await sms.deliver(fields, token="another-token") == 401
    assert await sms.deliver(fields, **{"X-Twilio-Signature": ""}) == 401
    assert await sms.deliver(fields, f"{sms.webhook}?key=x") == 200  # signed for the whole address
    await server.quiet()
    assert [text for _, text, *_ in parrot.heard] == []


async def test_a_lost_answer_is_recognised_by_the_status_and_not_sent_again(
    server: Serving, sms: TwilioSimulator, database: Database
) -> None:
    answers = iter(["lost"])
    sms.fault = lambda: next(answers, None)  # type: ignore[assignment,return-value]
    await sms.says(ANN, "hello")
    await sms.until(lambda: states(database) == ["sent"])
    await server.quiet()
    assert len(sms.texts(ANN)) == 1


def states(database: Database) -> list[str]:
    with database.session(reading=True) as session:
        return list(session.scalars(select(OutboxRow.state).order_by(OutboxRow.position)))


def silent_for(database: Database, hours: float) -> str:
    """Nobody has written for so long; the conversation's id."""
    with database.session() as session:
        session.execute(update(PersonRow).values(last_heard_at=datetime.now(UTC) - timedelta(hours=hours)))
        return session.scalars(select(PersonRow.conversation_id)).one()


async def staff_writes(server: Serving, database: Database, conversation_id: str, words: str) -> None:
    with database.session() as session:
        transcript.tell(session, database.seal, conversation_id, [Answer("en", (words,))], sender="staff")
    server.messaging.outbox.wake(conversation_id)


async def test_outside_the_window_staff_reach_who_agreed_by_the_template(
    whatsapp_server: Serving, whatsapp: TwilioSimulator, database: Database
) -> None:
    await whatsapp.says(ANN, "hello")
    await whatsapp.gets(ANN, "Hello")
    await whatsapp_server.quiet()
    conversation_id = silent_for(database, 25)
    await staff_writes(whatsapp_server, database, conversation_id, "We looked at your file.")
    await whatsapp.until(lambda: states(database)[-1] == "dead")
    assert len(whatsapp.texts(ANN)) == 1  # no consent, no template
    with database.session() as session:
        record_consent(
            session,
            database.seal,
            conversation_id=conversation_id,
            channel="whatsapp-twilio",
            consent=Consent("handoff.consent", "yes", "en"),
        )
        outbox.replay(session, database.seal)
    whatsapp_server.messaging.outbox.wake(conversation_id)
    await whatsapp.gets(ANN, "[HX1]")
    assert "We looked at your file." not in whatsapp.texts(ANN)
    await whatsapp.says(ANN, "what is new?")
    await whatsapp.gets(ANN, "We looked at your file.")
    await whatsapp.gets(ANN, "text: what is new?")


async def test_a_window_that_only_whatsapp_knows_to_be_closed_makes_a_dead_letter(
    whatsapp_server: Serving, whatsapp: TwilioSimulator, database: Database
) -> None:
    whatsapp.closed_to.add(ANN)
    await whatsapp.says(ANN, "hello")
    await whatsapp.until(lambda: states(database) == ["dead"])
    with database.session(reading=True) as session:
        assert outbox.listed(session, database.seal)[0].reason == "window_closed"
