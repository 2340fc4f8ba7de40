"""``assistant channels`` and ``assistant outbox``, as an operator types them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.channels.providers import known
from bot.cli import app
from bot.intake import schema, transcript
from bot.intake.channels import people
from bot.intake.channels.outbox import Claimed, Outcome, advance
from bot.intake.database import Database
from bot.knowledge.answer import Answer
from bot.settings import load, settings
from tests.simulators.slack import SlackSimulator
from tests.simulators.telegram import TelegramSimulator


async def assistant(folder: Path, *words: str, **variables: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command, in a thread of its own: it runs an event loop."""
    off: dict[str, str | None] = {name.upper(): None for channel in known() for name in channel.keys.model_fields}
    environment = off | {"VAR_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder / 'a.db'}", "NO_COLOR": "1"}
    settings.cache_clear()
    try:
        result = await asyncio.to_thread(CliRunner().invoke, app, words, env=environment | variables)
    finally:
        settings.cache_clear()
    return result.exit_code, result.stdout, result.stderr


async def test_what_is_on_is_checked_and_its_address_printed(tmp_path: Path) -> None:
    telegram, slack = TelegramSimulator(), SlackSimulator()
    await telegram.start()
    await slack.start()
    keys = {name.upper(): value for name, value in (telegram.keys | slack.keys).items()}
    try:
        code, said, _ = await assistant(tmp_path, "channels", PUBLIC_URL="https://a.example", **keys)
        wrong = keys | {"SLACK_TOKEN": "xoxb-another"}
        failed, told, _ = await assistant(tmp_path, "channels", "--json", **wrong)
    finally:
        await telegram.stop()
        await slack.stop()
    assert code == 0, said
    assert "known as @firm_bot" in said
    assert "register https://a.example/webhooks/telegram" in said
    assert "WhatsApp (Meta): off" in said
    assert failed == 1
    rows: dict[str, dict[str, Any]] = {row["channel"]: row for row in json.loads(told)}
    assert rows["telegram"]["works"] is True
    assert rows["slack"]["works"] is False
    assert rows["slack"]["says"].startswith("SLACK_TOKEN is not accepted by Slack")


async def test_half_of_the_keys_is_one_line(tmp_path: Path) -> None:
    code, _, complained = await assistant(tmp_path, "channels", SLACK_TOKEN="xoxb-1")
    assert code == 1
    assert complained.strip() == "Slack: SLACK_TOKEN is set and SLACK_SIGNING_SECRET is not. Set all, or none."


@pytest.fixture
def given_up(tmp_path: Path) -> str:
    """A message that could not be delivered; its conversation."""
    database = Database.of(load(None, var_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'a.db'}"))
    schema.upgrade(database)
    with database.session() as session:
        conversation_id = transcript.new_conversation_id()
        transcript.ensure_conversation(session, conversation_id, language="en", channel="telegram")
        people.attach(session, database.seal, conversation_id, "telegram", "1001")
        transcript.tell(session, database.seal, conversation_id, [Answer("en", ("private words",))])
        claimed = advance(session, database.seal, conversation_id, None, lambda *_: [{"text": "x"}], 60)
        assert isinstance(claimed, Claimed)
        outcome = Outcome(claimed.row, "dead", reason="blocked")
        advance(session, database.seal, conversation_id, outcome, lambda *_: None, 60)
    database.close()
    return conversation_id


async def test_what_was_given_up_is_listed_and_sent_again(tmp_path: Path, given_up: str) -> None:
    _, said, _ = await assistant(tmp_path, "outbox", "list", COLUMNS="200")
    assert "telegram: 1 dead" in said
    assert "The person has blocked messages" in said
    assert "private words" not in said
    assert (await assistant(tmp_path, "outbox", "replay"))[1].strip() == "1 will be sent again."
    waiting = json.loads((await assistant(tmp_path, "outbox", "list", "--json"))[1])
    assert waiting == {"waiting": 1, "dead": []}


async def test_a_key_is_shown_once_and_can_be_revoked(tmp_path: Path, given_up: str) -> None:
    code, key, _ = await assistant(tmp_path, "api-key", "create", "portal", "--scope", "conversations:read")
    assert code == 0
    assert key.startswith("eea_")
    _, listed, _ = await assistant(tmp_path, "api-key", "list", COLUMNS="200")
    assert "portal" in listed
    assert key.strip() not in listed
    assert (await assistant(tmp_path, "api-key", "revoke", "1"))[0] == 0
    code, _, complained = await assistant(tmp_path, "api-key", "revoke", "1")
    assert (code, "no open key 1" in complained) == (1, True)
