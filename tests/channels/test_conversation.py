"""Turns: each message kept, answered once, in order, whatever goes wrong with a turn."""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import Any

import pytest

from bot.channels.conversation import Conversations
from bot.channels.hub import LanguageEvent, MessageEvent, TypingEvent
from bot.channels.incoming import Chosen, RefusedError, Said
from bot.intake.database import Database
from bot.intake.messages import Message, UnknownConversationError
from tests.parrot import Parrot


async def begin(engine: Conversations, language: str = "en") -> str:
    return (await engine.open("fr" if language == "fr" else "en", "web")).id


async def say(engine: Conversations, conversation: str, text: str, client_id: str | None = None) -> Message:
    message, _ = await engine.receive(conversation, Said(client_id or f"c-{text[:40]}".replace(" ", "_"), text))
    await engine.quiet(conversation)
    return message


async def told(engine: Conversations, conversation: str, after: int = 0) -> list[str]:
    """The transcript as short lines, visitors' words marked."""
    _, messages = await engine.transcript(conversation, after)
    return [f"> {one.text}" if one.answer is None else " ".join(one.answer.lines) for one in messages]


async def test_a_conversation_begins_with_its_greeting(engine: Conversations) -> None:
    assert await told(engine, await begin(engine)) == ["Hello"]
    assert await told(engine, await begin(engine, "fr")) == ["Bonjour"]


async def test_a_message_is_answered_after_it(engine: Conversations) -> None:
    conversation = await begin(engine)
    await say(engine, conversation, "31")
    assert await told(engine, conversation) == ["Hello", "> 31", "text: 31"]


async def test_messages_of_one_conversation_are_answered_one_after_the_other(
    engine: Conversations, parrot: Parrot
) -> None:
    conversation = await begin(engine)
    await asyncio.gather(*(engine.receive(conversation, Said(f"c{place}", f"slow {place}")) for place in range(3)))
    await engine.quiet(conversation)
    assert parrot.most_in_one_conversation == 1
    lines = await told(engine, conversation)
    asked = [line[2:] for line in lines if line.startswith("> ")]
    assert [line for line in lines if line.startswith("text")] == [f"text: {one}" for one in asked]
    assert sorted(asked) == ["slow 0", "slow 1", "slow 2"]


async def test_many_conversations_are_answered_at_once(engine: Conversations, parrot: Parrot) -> None:
    conversations = [await begin(engine) for _ in range(5)]
    await asyncio.gather(*(engine.receive(one, Said("a", "slow")) for one in conversations))
    for one in conversations:
        await engine.quiet(one)
    assert parrot.most_at_once == 5


async def test_a_message_sent_again_is_acknowledged_and_not_answered_again(
    engine: Conversations, parrot: Parrot
) -> None:
    conversation = await begin(engine)
    arrived = await asyncio.gather(*(engine.receive(conversation, Said("a", "slow")) for _ in range(5)))
    await engine.quiet(conversation)
    arrived.append(await engine.receive(conversation, Said("a", "slow")))
    assert sum(new for _, new in arrived) == 1
    assert len({message.seq for message, _ in arrived}) == 1
    assert len(parrot.heard) == 1
    assert await told(engine, conversation) == ["Hello", "> slow", "text: slow"]


async def test_a_typed_command_is_not_obeyed_and_stays_in_the_transcript_as_typed(
    engine: Conversations, parrot: Parrot
) -> None:
    conversation = await begin(engine)
    await say(engine, conversation, '/inform{"age": 31}')
    assert parrot.heard[-1][1:] == ('inform{"age": 31}', None, False)
    assert (await told(engine, conversation))[1] == '> /inform{"age": 31}'


async def test_identifiers_are_masked_before_anything_is_kept(engine: Conversations, parrot: Parrot) -> None:
    conversation = await begin(engine)
    await say(engine, conversation, "my passport number is AB123456")
    assert "AB123456" not in repr(parrot.heard)
    assert (await told(engine, conversation))[1] == "> my passport number is [passport]"


async def test_a_button_says_its_payload_for_the_fact_it_stood_with(engine: Conversations, parrot: Parrot) -> None:
    conversation = await begin(engine)
    await say(engine, conversation, "choices")
    _, messages = await engine.transcript(conversation)
    offer = messages[-1]
    await say(engine, conversation, "ask age")
    await engine.receive(conversation, Chosen("b", offer.seq, 0))
    await engine.quiet(conversation)
    assert parrot.heard[-1][1:] == ('/inform{"marital_status": "single"}', "marital_status", True)
    assert (await told(engine, conversation))[-2] == "> Single"
    for button in (1, 2):
        with pytest.raises(RefusedError) as refused:
            await engine.receive(conversation, Chosen(f"x{button}", offer.seq, button))
        assert refused.value.refusal == "unknown_button"


async def test_an_answer_is_heard_in_the_light_of_the_question(engine: Conversations, parrot: Parrot) -> None:
    conversation = await begin(engine)
    for text in ("ask age", "31", "32"):
        await say(engine, conversation, text)
    assert [asked for _, _, asked, _ in parrot.heard] == [None, "age", None]


async def test_a_failed_turn_is_told_logged_and_leaves_the_question_open(
    engine: Conversations, parrot: Parrot, caplog: pytest.LogCaptureFixture
) -> None:
    conversation = await begin(engine)
    await say(engine, conversation, "ask age")
    with caplog.at_level(logging.ERROR):
        await say(engine, conversation, "raise")
    _, messages = await engine.transcript(conversation)
    answer = messages[-1].answer
    assert answer is not None
    assert answer.kind == "error"
    assert "office@firm.example" in " ".join(answer.lines)
    error_id = answer.lines[-1].split()[-1].rstrip(".")
    assert any(error_id in record.getMessage() for record in caplog.records)
    await say(engine, conversation, "31")
    assert parrot.heard[-1][2] == "age"
    assert (await told(engine, conversation))[-1] == "text: 31"


@pytest.mark.parametrize("trouble", ["hang", "unwritable"])
async def test_a_turn_that_never_ends_or_cannot_be_written_down_is_told(engine: Conversations, trouble: str) -> None:
    conversation = await begin(engine, "fr")
    await say(engine, conversation, trouble)
    assert "Un instant" in (await told(engine, conversation))[-1]
    await say(engine, conversation, "31")
    assert (await told(engine, conversation))[-1] == "text: 31"


async def test_the_conversation_follows_the_language_of_the_answers(engine: Conversations, parrot: Parrot) -> None:
    conversation = await begin(engine)
    with engine.hub.subscription(conversation) as subscription:
        await say(engine, conversation, "en français")
        heard = [await subscription.next() for _ in range(5)]
    assert LanguageEvent("fr") in heard
    await say(engine, conversation, "31")
    assert parrot.languages == ["en", "fr"]
    assert engine.language(conversation) == "fr"


async def test_the_language_switch_of_the_page(engine: Conversations, parrot: Parrot) -> None:
    conversation = await begin(engine)
    await engine.switch_language(conversation, "fr")
    await engine.quiet(conversation)
    assert await told(engine, conversation) == ["Hello", "Bonjour"]
    await engine.switch_language(conversation, "en")
    await engine.quiet(conversation)
    await say(engine, conversation, "31")
    await engine.switch_language(conversation, "fr")
    await engine.quiet(conversation)
    assert parrot.heard[-1][1:] == ("/switch_to_french", None, True)
    assert parrot.languages == ["en", "fr"]
    assert await told(engine, conversation) == ["Hello", "Bonjour", "Hello", "> 31", "text: 31", "Bonjour"]


async def test_every_listener_hears_everything_in_order(engine: Conversations) -> None:
    conversation = await begin(engine)
    with engine.hub.subscription(conversation) as one, engine.hub.subscription(conversation) as other:
        await engine.receive(conversation, Said("a", "31"), one)
        await engine.quiet(conversation)
        mine = [await one.next() for _ in range(4)]
        theirs = [await other.next() for _ in range(4)]
    assert [type(event) for event in mine] == [MessageEvent, TypingEvent, MessageEvent, TypingEvent]
    assert [event.client_id for event in mine if isinstance(event, MessageEvent)] == ["a", None]
    assert [event.client_id for event in theirs if isinstance(event, MessageEvent)] == [None, None]
    assert mine[1:] == theirs[1:]


async def test_messages_are_told_in_the_order_of_their_numbers(
    engine: Conversations, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = await begin(engine)
    write, calls = database.write, itertools.count()

    async def late(*arguments: Any, **options: Any) -> Any:
        result = await write(*arguments, **options)
        if next(calls) == 0:
            await asyncio.sleep(0.2)  # stored first, and heard of last
        return result

    monkeypatch.setattr(database, "write", late)
    with engine.hub.subscription(conversation) as subscription:
        await asyncio.gather(*(engine.receive(conversation, Said(f"c{place}", str(place))) for place in range(10)))
        await engine.quiet(conversation)
        numbers: list[int] = []
        while len(numbers) < 20:
            event = await subscription.next()
            if isinstance(event, MessageEvent):
                numbers.append(event.message.seq)
    assert numbers == sorted(numbers)


async def test_a_conversation_nobody_opened_takes_nothing(engine: Conversations, parrot: Parrot) -> None:
    with pytest.raises(UnknownConversationError):
        await engine.receive("0" * 32, Said("a", "31"))
    assert parrot.heard == []
