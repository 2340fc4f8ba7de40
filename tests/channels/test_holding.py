"""A person takes a conversation over: silence of the machine, who speaks, two at once, hand back, restart."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.conversation import Conversations
from bot.channels.hub import MessageEvent
from bot.channels.incoming import Said
from bot.channels.trouble import apology
from bot.firm import load_firm
from bot.intake import holding
from bot.intake.database import Database
from bot.intake.holding import HeldError
from bot.intake.staff import audit
from bot.intake.staff.accounts import Account
from tests.channels.test_conversation import begin, say, told
from tests.parrot import Parrot

NOW = datetime(2026, 11, 25, tzinfo=UTC)
MAYA = Account(1, "maya@firm.example", "Maya Chen", "licensee", "en", "R123456", "college", False, True, False, NOW)
IVAN = replace(MAYA, id=2, email="ivan@firm.example", name="Ivan Roy", role="intake", licence_no="")


async def take(engine: Conversations, conversation: str, account: Account, instead_of: int | None = None) -> None:
    await engine.staff(
        conversation,
        lambda session, seal: holding.take(session, seal, conversation, account, instead_of=instead_of),
    )


async def write(engine: Conversations, conversation: str, account: Account, words: str) -> None:
    await engine.staff(conversation, lambda session, seal: holding.say(session, seal, conversation, account, words))


async def test_while_a_person_holds_the_machine_is_silent_and_what_is_said_is_kept(
    engine: Conversations, parrot: Parrot
) -> None:
    conversation = await begin(engine)
    await take(engine, conversation, MAYA)
    await say(engine, conversation, "are you there?")
    await write(engine, conversation, MAYA, "Yes, I am.")
    assert parrot.heard == []
    assert await told(engine, conversation) == [
        "Hello",
        "Maya Chen, licence R123456, now writes to you. The automated assistant is silent meanwhile.",
        "> are you there?",
        "Yes, I am.",
    ]


@pytest.mark.parametrize(
    ("language", "account", "author"),
    [
        ("en", MAYA, "Maya Chen, licence R123456"),
        ("fr", MAYA, "Maya Chen, permis R123456"),
        ("en", IVAN, "Ivan Roy, general information only"),
        ("fr", IVAN, "Ivan Roy, renseignements généraux seulement"),
    ],
)
async def test_each_message_of_a_person_says_who_writes_and_in_which_capacity(
    engine: Conversations, language: str, account: Account, author: str
) -> None:
    conversation = await begin(engine, language)
    await take(engine, conversation, account)
    await write(engine, conversation, account, "Bonjour / Hello")
    _, messages = await engine.transcript(conversation)
    assert messages[-1].sender == "staff"
    assert messages[-1].answer
    assert messages[-1].answer.author == author
    assert messages[-2].answer
    assert author in messages[-2].answer.lines[0]


async def test_handed_back_the_machine_says_so_and_goes_on_where_it_was(engine: Conversations, parrot: Parrot) -> None:
    conversation = await begin(engine)
    await say(engine, conversation, "ask age")
    await take(engine, conversation, MAYA)
    await engine.hand_back(conversation, MAYA)
    await engine.quiet(conversation)
    assert parrot.heard[-1][1] == "/resume"
    assert "handed the conversation back" in (await told(engine, conversation))[-2]
    await say(engine, conversation, "31")
    assert (await told(engine, conversation))[-1] == "text: 31"


async def test_an_answer_that_was_being_made_when_a_person_came_is_not_given(engine: Conversations) -> None:
    conversation = await begin(engine)
    await engine.receive(conversation, Said("a", "slow question"))
    await take(engine, conversation, MAYA)
    await engine.quiet(conversation)
    assert not [line for line in await told(engine, conversation) if line.startswith("text")]


async def test_of_two_who_come_at_once_one_holds_and_the_other_learns_who(engine: Conversations) -> None:
    conversation = await begin(engine)
    came = await asyncio.gather(*(take(engine, conversation, one) for one in (MAYA, IVAN)), return_exceptions=True)
    refused = [error for error in came if isinstance(error, HeldError)]
    held_by = await engine._database.read(holding.holder, conversation)
    assert len(refused) == 1
    assert refused[0].by == held_by
    loser = MAYA if held_by == IVAN.id else IVAN
    for step in (
        write(engine, conversation, loser, "I too"),
        engine.hand_back(conversation, loser),
        engine.staff(conversation, lambda s, k: holding.ask(s, k, conversation, loser, "age")),
    ):
        with pytest.raises(HeldError):
            await step
    assert sum("now writes to you" in line for line in await told(engine, conversation)) == 1


async def test_a_colleague_takes_over_knowingly_and_only_from_the_one_they_saw(engine: Conversations) -> None:
    conversation = await begin(engine)
    await take(engine, conversation, MAYA)
    with pytest.raises(HeldError):
        await take(engine, conversation, IVAN, instead_of=99)
    await take(engine, conversation, IVAN, instead_of=MAYA.id)
    with pytest.raises(HeldError):
        await write(engine, conversation, MAYA, "still me?")
    await take(engine, conversation, IVAN)  # again by the holder: nothing new is said
    assert sum("now writes to you" in line for line in await told(engine, conversation)) == 2


async def test_both_sides_hear_each_other_as_it_is_said(engine: Conversations) -> None:
    conversation = await begin(engine)
    await take(engine, conversation, MAYA)
    with engine.hub.subscription(conversation) as visitor, engine.hub.subscription(conversation) as staff:
        await write(engine, conversation, MAYA, "Hello")
        await engine.receive(conversation, Said("a", "hi"))
        for listener in (visitor, staff):
            heard = [await listener.next(), await listener.next()]
            assert [event.message.sender for event in heard if isinstance(event, MessageEvent)] == ["staff", "visitor"]


async def test_a_restart_changes_nothing(database: Database, engine: Conversations, parrot: Parrot) -> None:
    conversation = await begin(engine)
    await take(engine, conversation, MAYA)
    await say(engine, conversation, "before")
    again = Conversations(database, parrot, apology(load_firm(Path("firm.yml"))), turn_timeout=2)
    await again.start()
    await say(again, conversation, "after")
    await again.quiet(conversation)
    assert parrot.heard == []
    await again.hand_back(conversation, MAYA)
    await again.quiet(conversation)
    assert [text for _, text, *_ in parrot.heard] == ["/resume"]
    await again.stop(grace=2)


async def test_a_fact_is_asked_for_by_a_person_and_understood_by_the_machine(
    engine: Conversations, parrot: Parrot
) -> None:
    conversation = await begin(engine)
    await engine.staff(conversation, lambda s, k: holding.ask(s, k, conversation, IVAN, "age"))
    await say(engine, conversation, "31")
    assert parrot.heard[-1][1:3] == ("31", "age")
    with pytest.raises(KeyError):
        await engine.staff(conversation, lambda s, k: holding.ask(s, k, conversation, IVAN, "shoe_size"))


async def test_taking_and_handing_back_stand_in_the_audit_log(engine: Conversations, database: Database) -> None:
    conversation = await begin(engine)
    await take(engine, conversation, MAYA)
    await engine.hand_back(conversation, MAYA)
    told = await database.read(audit.entries)
    assert [(one.actor, one.action) for one in told] == [
        ("maya@firm.example", "conversation.handed_back"),
        ("maya@firm.example", "conversation.taken"),
    ]
