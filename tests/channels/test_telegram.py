"""Telegram: whole conversations over its webhook and Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.channels.outbox import Timing
from bot.intake.channels import outbox
from bot.intake.database import Database
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot
from tests.simulators.serving import PATIENT, QUICK, Serving, serving
from tests.simulators.telegram import TelegramSimulator

__all__ = ["database_url"]

ANN, BOB = 1001, 2002


@pytest_asyncio.fixture
async def telegram() -> TelegramSimulator:
    return TelegramSimulator()


@pytest.fixture
def timing() -> Timing:
    return QUICK


@pytest_asyncio.fixture
async def server(
    tmp_path: Path, database: Database, parrot: Parrot, telegram: TelegramSimulator, timing: Timing
) -> AsyncIterator[Serving]:
    async with serving(tmp_path, database, parrot, telegram, timing=timing) as running:
        yield running


async def test_a_conversation_with_buttons(server: Serving, telegram: TelegramSimulator, parrot: Parrot) -> None:
    assert await telegram.says(ANN, "/start") == 200
    await telegram.gets(str(ANN), "Hello")
    await telegram.says(ANN, "choices")
    asked = await telegram.gets(str(ANN), "Choose.")
    assert set(asked.buttons) == {"Single", "Read"}
    assert "marital_status" not in str(asked.raw)
    await telegram.presses(ANN, "Single")
    await telegram.gets(str(ANN), 'payload: /inform{"marital_status": "single"}')
    await telegram.says(ANN, "choices")
    await telegram.gets(str(ANN), "Choose.", after=3)
    await telegram.says(ANN, "1")
    await telegram.gets(str(ANN), "payload:", after=4)
    assert [text for _, text, _, _ in parrot.heard if "/start" in text] == []


async def test_each_person_has_a_conversation_and_comes_back_to_it(
    server: Serving, telegram: TelegramSimulator, parrot: Parrot
) -> None:
    for person in (ANN, BOB, ANN):
        await telegram.says(person, f"I am {person}")
        await server.quiet()
    conversations = [conversation for conversation, *_ in parrot.heard]
    assert conversations[0] == conversations[2] != conversations[1]
    assert telegram.texts(str(BOB)) == ["Hello", f"text: I am {BOB}"]


async def test_the_first_message_decides_the_language(server: Serving, telegram: TelegramSimulator) -> None:
    await telegram.says(ANN, "Bonjour, je suis célibataire et j'ai 31 ans")
    await telegram.gets(str(ANN), "Bonjour")


async def test_what_is_delivered_twice_is_answered_once(
    server: Serving, telegram: TelegramSimulator, parrot: Parrot
) -> None:
    await telegram.says(ANN, "one", again=3)
    await telegram.gets(str(ANN), "text: one")
    await telegram.says(ANN, "two", again=1)
    await telegram.gets(str(ANN), "text: two")
    await server.quiet()
    assert [text for _, text, _, _ in parrot.heard] == ["one", "two"]


@pytest.mark.parametrize("timing", [PATIENT])
async def test_what_arrives_in_the_wrong_order_is_put_right(
    server: Serving, telegram: TelegramSimulator, parrot: Parrot
) -> None:
    await telegram.says(ANN, "/start")
    await server.quiet()
    updates = [telegram.message(ANN, text, date=1_800_000_000) for text in ("first", "second", "third")]
    for update in (updates[2], updates[0], updates[1]):
        await telegram.deliver(update)
    await telegram.gets(str(ANN), "text: third")
    assert [text for _, text, _, _ in parrot.heard] == ["first", "second", "third"]


@pytest.mark.parametrize("timing", [PATIENT])
async def test_an_edit_of_what_waits_replaces_it_and_a_later_one_is_a_correction(
    server: Serving, telegram: TelegramSimulator, parrot: Parrot
) -> None:
    await telegram.says(ANN, "/start")
    await server.quiet()
    update = telegram.message(ANN, "I am 13")
    await telegram.deliver(update)
    await telegram.edits(ANN, update["message"]["message_id"], "I am 31")
    await telegram.gets(str(ANN), "text: I am 31")
    await telegram.edits(ANN, update["message"]["message_id"], "I am 32")
    await telegram.gets(str(ANN), "text: I am 32")
    assert [text for _, text, _, _ in parrot.heard] == ["I am 31", "I am 32"]


async def test_a_voice_message_gets_a_kind_answer_and_a_group_none(
    server: Serving, telegram: TelegramSimulator, parrot: Parrot
) -> None:
    await telegram.says(ANN, "", voice={"file_id": "x", "duration": 3})
    await telegram.gets(str(ANN), "I can read text only")
    group = telegram.message(BOB, "hello all")
    group["message"]["chat"] = {"id": -5, "type": "supergroup"}
    assert await telegram.deliver(group) == 200
    assert await telegram.deliver({"update_id": 1, "my_chat_member": {}}) == 200
    await server.quiet()
    assert parrot.heard == []
    assert set(telegram.received) == {str(ANN)}


async def test_a_long_message_is_told_to_be_too_long(server: Serving, telegram: TelegramSimulator) -> None:
    await telegram.says(ANN, "long " * 500)
    await telegram.gets(str(ANN), "Your message is longer than")


async def test_characters_that_cannot_be_kept_are_left_out(server: Serving, telegram: TelegramSimulator) -> None:
    await telegram.says(ANN, "I am \ud800 31\x00")
    await telegram.gets(str(ANN), "text: I am")


async def test_it_waits_as_long_as_telegram_asks(server: Serving, telegram: TelegramSimulator, parrot: Parrot) -> None:
    answers = iter(["throttled", "unavailable", "broken"])
    telegram.fault = lambda: next(answers, None)  # type: ignore[assignment,return-value]
    await telegram.says(ANN, "hello there, I am 31")
    await telegram.gets(str(ANN), "text: hello there, I am 31")
    assert telegram.texts(str(ANN)) == ["Hello", "text: hello there, I am 31"]


async def test_who_blocked_the_bot_is_a_dead_letter_that_can_be_sent_again(
    server: Serving, telegram: TelegramSimulator, database: Database
) -> None:
    telegram.blocked.add(str(ANN))
    await telegram.says(ANN, "/start")
    await telegram.until(lambda: bool(dead(database)))
    assert dead(database) == [("telegram", "blocked")]
    telegram.blocked.clear()
    with database.session() as session:
        assert outbox.replay(session, database.seal) == 1
    await telegram.gets(str(ANN), "Hello")
    assert dead(database) == []


def dead(database: Database) -> list[tuple[str, str | None]]:
    with database.session(reading=True) as session:
        return [(one.channel, one.reason) for one in outbox.listed(session, database.seal)]


async def test_a_wrong_secret_is_refused_and_nothing_is_done(
    server: Serving, telegram: TelegramSimulator, parrot: Parrot
) -> None:
    for secret in ("", "simulated-secret", "simulated-secret_1x", "é"):
        assert await telegram.deliver(telegram.message(ANN, "hello"), secret=secret) == 401
    await server.quiet()
    assert parrot.heard == []
    assert not telegram.received
