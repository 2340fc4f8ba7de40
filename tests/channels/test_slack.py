"""Slack: signed events within five minutes, blocks, interactivity, lost answers found in the history."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.channels.providers.slack import escaped, plain
from bot.intake import transcript
from bot.intake.channels.tables import OutboxRow
from bot.intake.database import Database
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot
from tests.simulators.serving import Serving, serving
from tests.simulators.slack import SlackSimulator

__all__ = ["database_url"]

ANN = "D024BE91L"


@pytest.fixture
def slack() -> SlackSimulator:
    return SlackSimulator()


@pytest_asyncio.fixture
async def server(tmp_path: Path, database: Database, parrot: Parrot, slack: SlackSimulator) -> AsyncIterator[Serving]:
    async with serving(tmp_path, database, parrot, slack) as running:
        yield running


async def test_a_conversation_with_buttons(server: Serving, slack: SlackSimulator) -> None:
    assert await slack.says(ANN, "hello") == 200
    await slack.gets(ANN, "Hello")
    await slack.says(ANN, "choices")
    asked = await slack.gets(ANN, "Choose.")
    assert asked.buttons["Read"] == "https://a.example"
    await slack.presses(ANN, "Single")
    await slack.gets(ANN, 'payload: /inform{"marital_status": "single"}')
    await slack.says(ANN, "is 3 &lt; 5 &amp; 7? see <https://a.example|a.example>")
    shown = await slack.gets(ANN, "text: is 3 < 5 & 7? see a.example")
    assert "&lt;" in shown.raw["text"]


async def test_a_first_hello_is_kept_and_answered_by_the_greeting_alone(
    server: Serving, slack: SlackSimulator, parrot: Parrot, database: Database
) -> None:
    await slack.says(ANN, "Hello!")
    await slack.gets(ANN, "Hello")
    await server.quiet()
    await slack.says(ANN, "1")
    await slack.gets(ANN, "payload: /affirm")
    assert len(parrot.heard) == 1
    with database.session(reading=True) as session:
        kept = transcript.history(session, database.seal, parrot.heard[0][0])
        assert [one.text for one in kept if one.sender == "visitor"] == ["Hello!", "Yes"]


async def test_the_address_is_verified(server: Serving, slack: SlackSimulator) -> None:
    body = {
        "type": "url_verification",
        "token": "x",
        "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
    }
    async with slack.http.post(slack.webhook, data=b"{}", headers={}) as response:
        assert response.status == 401
    assert await slack.deliver(body) == 200


async def test_a_retry_is_answered_once(server: Serving, slack: SlackSimulator, parrot: Parrot) -> None:
    await slack.says(ANN, "I am once", again=3)
    await slack.gets(ANN, "text: I am once")
    await server.quiet()
    assert len(parrot.heard) == 1


@pytest.mark.parametrize(("secret", "late"), [("another", 0), ("simulated-signing-secret", 301)])
async def test_a_wrong_or_an_old_signature_is_refused(
    server: Serving, slack: SlackSimulator, parrot: Parrot, secret: str, late: float
) -> None:
    assert await slack.deliver(slack.event(ANN, text="hello", ts="1.1"), secret=secret, late=late) == 401
    assert parrot.heard == []


async def test_edits_and_files(server: Serving, slack: SlackSimulator, parrot: Parrot) -> None:
    stamp = slack.stamp()
    await slack.says(ANN, "I am 31", ts=stamp)
    await slack.gets(ANN, "text: I am 31")
    await slack.edits(ANN, stamp, "I am 32")
    await slack.gets(ANN, "text: I am 32")
    await slack.says(ANN, "", subtype="file_share", files=[{"id": "F1"}])
    await slack.gets(ANN, "I can read text only")


async def test_bots_channels_and_other_events_are_not_answered(
    server: Serving, slack: SlackSimulator, parrot: Parrot
) -> None:
    await slack.says(ANN, "echo", bot_id="B1")
    await slack.says("C1", "hello all", channel_type="channel")
    await slack.says(ANN, "", subtype="message_deleted")
    await slack.interacts({"type": "view_submission", "channel": {"id": ANN}})
    await server.quiet()
    assert parrot.heard == []
    assert not slack.received


async def test_a_lost_answer_is_found_in_the_history(
    server: Serving, slack: SlackSimulator, database: Database
) -> None:
    answers = iter(["lost", "throttled", "unavailable"])
    slack.fault = lambda: next(answers, None)  # type: ignore[assignment,return-value]
    await slack.says(ANN, "I am 31")
    await slack.gets(ANN, "text: I am 31")
    await server.quiet()
    assert slack.texts(ANN) == ["Hello", "text: I am 31"]
    with database.session(reading=True) as session:
        assert set(session.scalars(select(OutboxRow.state))) == {"sent"}


def test_text_as_slack_writes_it() -> None:
    assert (
        plain("<mailto:a@b.example|a@b.example> &amp; <https://c.example> <@U1>")
        == "a@b.example & https://c.example <@U1>"
    )
    assert plain(escaped("1 < 2 && 3 > 2")) == "1 < 2 && 3 > 2"
