"""Stopping and starting: turns in flight are finished, and what was not finished is taken up again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.channels.conversation import Conversations
from bot.channels.hub import RestartingEvent
from bot.channels.incoming import RefusedError, Said
from bot.channels.trouble import apology
from bot.channels.turns import ATTEMPTS
from bot.firm import load_firm
from bot.intake import transcript
from bot.intake.database import Database
from tests.parrot import Parrot


def new(database: Database, parrot: Parrot) -> Conversations:
    return Conversations(database, parrot, apology(load_firm(Path("firm.yml"))), turn_timeout=30)


async def lines(engine: Conversations, conversation: str) -> list[str]:
    _, messages = await engine.transcript(conversation)
    return [f"> {one.text}" if one.answer is None else " ".join(one.answer.lines) for one in messages]


async def test_stopping_tells_everybody_takes_nothing_more_and_finishes_what_was_begun(
    database: Database, parrot: Parrot
) -> None:
    engine = new(database, parrot)
    await engine.start()
    conversation = (await engine.open("en", "web")).id
    await engine.receive(conversation, Said("a", "slow"))
    with engine.hub.subscription(conversation) as subscription:
        stopping = asyncio.create_task(engine.stop(grace=5))
        async with asyncio.timeout(5):
            while not isinstance(await subscription.next(), RestartingEvent):
                pass
        with pytest.raises(RefusedError) as refused:
            await engine.receive(conversation, Said("b", "later"))
        assert refused.value.refusal == "restarting"
        await stopping
    assert await lines(engine, conversation) == ["Hello", "> slow", "text: slow"]


async def test_a_turn_that_does_not_end_in_time_is_taken_up_at_the_next_start(
    database: Database, parrot: Parrot
) -> None:
    parrot.pause = 60
    engine = new(database, parrot)
    await engine.start()
    conversation = (await engine.open("en", "web")).id
    for name in ("slow one", "slow two"):
        await engine.receive(conversation, Said(name[-3:], name))
    await engine.stop(grace=0.1)
    assert await lines(engine, conversation) == ["Hello", "> slow one", "> slow two"]
    parrot.pause = 0
    again = new(database, parrot)
    await again.start()
    await again.quiet(conversation)
    assert await lines(again, conversation) == ["Hello", "> slow one", "> slow two", "text: slow one", "text: slow two"]
    await again.stop(grace=1)


async def test_what_the_dialogue_had_answered_already_is_not_asked_again(database: Database, parrot: Parrot) -> None:
    received = await database.write(transcript.open_conversation, language="en", channel="web")
    conversation = received.conversation.id
    said = await database.write(transcript.receive_text, conversation, "a", "one")
    answers = await parrot.turn(
        conversation, said.message.id, "one", language="en", channel="web", asked=None, is_payload=False
    )
    parrot.heard.clear()
    engine = new(database, parrot)
    await engine.start()
    await engine.quiet(conversation)
    assert parrot.heard == []
    assert (await lines(engine, conversation))[-1] == " ".join(answers[0].lines)
    await engine.stop(grace=1)


async def test_a_message_that_ends_the_process_each_time_is_given_up(database: Database, parrot: Parrot) -> None:
    received = await database.write(transcript.open_conversation, language="en", channel="web")
    conversation = received.conversation.id
    await database.write(transcript.receive_text, conversation, "a", "31")
    for _ in range(ATTEMPTS):
        await database.write(transcript.unhandled)  # so many starts got as far as this message
    engine = new(database, parrot)
    await engine.start()
    await engine.quiet(conversation)
    assert parrot.heard == []
    assert "One moment" in (await lines(engine, conversation))[-1]
    await engine.stop(grace=1)
