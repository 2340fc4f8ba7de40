"""What is kept of a conversation, and that nothing is kept twice, half or readable to others."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.intake import messages, transcript
from bot.intake.database import Database
from bot.intake.sealing import Seal, SealError
from bot.knowledge.answer import Answer, Button, Source, Table
from tests.databases import files_with

FULL = Answer(
    "fr",
    ("Bonjour.", "Ça va?"),
    kind="question",
    buttons=(Button("Oui", "/affirm"), Button("Lien", href="https://a.example")),
    table=Table("Fonds", ("Personnes", "Montant"), (("1", "15 263 $"),)),
    sources=(Source("IRCC", "https://a.example", "le 22 novembre 2026"),),
    notices=("Seul IRCC décide.",),
    asks="age",
    topic="funds",
    card={"total": {"points": 533}},
)


async def opened(database: Database) -> messages.Conversation:
    received = await database.write(transcript.open_conversation, language="en", channel="web")
    return received.conversation


async def said(database: Database, conversation_id: str, client_id: str, text: str) -> messages.Received:
    return await database.write(transcript.receive_text, conversation_id, client_id, text)


async def test_a_conversation_is_read_back_as_it_was_held(database: Database) -> None:
    conversation = await opened(database)
    assert len(conversation.id) >= 32
    question = await said(database, conversation.id, "a", "Bonjour, j'ai 31 ans 👍")
    await database.write(transcript.finish, question.message, [FULL], asked="age")
    greeting, inbound, outbound = await database.read(transcript.history, conversation.id)
    assert (greeting.kind, greeting.shown) == (messages.GREETING, False)
    assert (inbound.text, inbound.client_id, inbound.handled) == ("Bonjour, j'ai 31 ans 👍", "a", True)
    assert (outbound.answer, outbound.reply_to, outbound.sender) == (FULL, inbound.seq, "assistant")
    now = await database.read(transcript.conversation, conversation.id)
    assert (now.asked, now.language) == ("age", "fr")
    assert [one.seq for one in await database.read(transcript.history, conversation.id, inbound.seq)] == [outbound.seq]


async def test_a_message_sent_again_is_the_same_message(database: Database) -> None:
    conversation, other = await opened(database), await opened(database)
    first = await said(database, conversation.id, "a", "one")
    again = await said(database, conversation.id, "a", "one")
    elsewhere = await said(database, other.id, "a", "two")
    assert (first.new, again.new, elsewhere.new) == (True, False, True)
    assert again.message == first.message


async def test_messages_that_come_at_once_get_one_number_each(database: Database) -> None:
    conversation = await opened(database)
    names = [f"c{place % 20}" for place in range(40)]
    received = await asyncio.gather(*(said(database, conversation.id, name, name) for name in names))
    assert sum(one.new for one in received) == 20
    numbers = [one.seq for one in await database.read(transcript.history, conversation.id)]
    assert len(numbers) == 21
    assert len(set(numbers)) == 21


async def test_finishing_twice_answers_once(database: Database) -> None:
    conversation = await opened(database)
    question = await said(database, conversation.id, "a", "one")
    first = await database.write(transcript.finish, question.message, [Answer("en", ("yes",))], asked=None)
    again = await database.write(transcript.finish, question.message, [Answer("en", ("no",))], asked=None)
    assert again == first
    assert len(await database.read(transcript.history, conversation.id)) == 3


async def test_answers_and_the_mark_are_kept_together_or_not_at_all(database: Database) -> None:
    conversation = await opened(database)
    question = await said(database, conversation.id, "a", "one")
    answers = [Answer("en", ("fine",)), Answer("en", ("\ud800",))]
    with pytest.raises(UnicodeEncodeError):
        await database.write(transcript.finish, question.message, answers, asked=None)
    assert [one.message.client_id for one in await database.write(transcript.unhandled)] == [None, "a"]
    assert len(await database.read(transcript.history, conversation.id)) == 2


async def test_buttons_of_older_messages_work_and_others_do_not(database: Database) -> None:
    conversation, other = await opened(database), await opened(database)
    question = await said(database, conversation.id, "a", "one")
    (offer,) = await database.write(transcript.finish, question.message, [FULL], asked="age")
    later = await said(database, conversation.id, "b", "two")
    await database.write(transcript.finish, later.message, [Answer("fr", ("autre",))], asked=None)

    async def choose(client_id: str, seq: int, button: int, where: str = conversation.id) -> messages.Received:
        return await database.write(transcript.receive_choice, where, client_id, seq, button)

    chosen = await choose("c", offer.seq, 0)
    assert (chosen.message.text, chosen.message.payload, chosen.message.asked) == ("Oui", "/affirm", "age")
    assert not (await choose("c", offer.seq, 0)).new
    for seq, button, where in (
        (offer.seq, 1, conversation.id),  # a link
        (offer.seq, 2, conversation.id),
        (question.message.seq, 0, conversation.id),
        (99, 0, conversation.id),
        (offer.seq, 0, other.id),
    ):
        with pytest.raises(messages.UnknownButtonError):
            await choose("d", seq, button, where)


async def test_what_was_not_answered_is_found_in_order_and_counted(database: Database) -> None:
    conversation = await opened(database)
    for name in ("a", "b"):
        await said(database, conversation.id, name, name)
    found = await database.write(transcript.unhandled)
    assert [(one.message.client_id, one.message.attempts) for one in found] == [(None, 1), ("a", 1), ("b", 1)]
    await database.write(transcript.finish, found[0].message, [], asked=None)
    found = await database.write(transcript.unhandled)
    assert [(one.message.client_id, one.message.attempts) for one in found] == [("a", 2), ("b", 2)]


async def test_the_language_switch_greets_again_until_the_visitor_has_spoken(database: Database) -> None:
    conversation = await opened(database)
    assert await database.write(transcript.switch_language, conversation.id, "en", "/x") is None
    first = await database.write(transcript.switch_language, conversation.id, "fr", "/x")
    assert first is not None
    assert (first.message.kind, first.message.language) == (messages.GREETING, "fr")
    await said(database, conversation.id, "a", "bonjour")
    second = await database.write(transcript.switch_language, conversation.id, "en", "/switch_to_english")
    assert second is not None
    assert (second.message.kind, second.message.payload) == (messages.LANGUAGE, "/switch_to_english")
    assert not second.message.shown


async def test_an_unknown_conversation_is_said_to_be_unknown(database: Database) -> None:
    for work in (
        database.read(transcript.conversation, "nobody"),
        said(database, "nobody", "a", "text"),
        database.write(transcript.receive_choice, "nobody", "a", 1, 0),
        database.write(transcript.switch_language, "nobody", "fr", "/x"),
    ):
        with pytest.raises(messages.UnknownConversationError):
            await work


async def test_what_visitors_write_cannot_be_read_in_the_database(database: Database, tmp_path: Path) -> None:
    conversation = await opened(database)
    question = await said(database, conversation.id, "a", "reach me at anna@home.example")
    await database.write(
        transcript.finish, question.message, [Answer("en", ("I noted anna@home.example",))], asked=None
    )
    with database.engine.connect() as connection:
        stored = repr(connection.execute(sa.text("SELECT * FROM messages")).all())
    assert "anna" not in stored
    assert "noted" not in stored
    assert files_with("anna", tmp_path) == []


async def test_another_key_is_noticed(database: Database) -> None:
    conversation = await opened(database)
    question = await said(database, conversation.id, "a", "one")
    await database.write(transcript.finish, question.message, [FULL], asked=None)
    with database.session() as session:
        transcript.newest_sealed(session, database.seal)
        with pytest.raises(SealError, match="CONTACT_KEY"):
            transcript.newest_sealed(session, Seal([Fernet.generate_key().decode()]))


def test_a_changed_key_still_reads_what_the_old_one_wrote() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    sealed = Seal([old]).close("Zoë")
    assert Seal([new, old]).open(sealed) == "Zoë"
    with pytest.raises(SealError):
        Seal([old]).open(Seal([new, old]).close("Zoë"))
