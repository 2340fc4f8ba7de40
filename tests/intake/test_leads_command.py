"""``assistant leads`` as an operator runs it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import leads as command
from bot.cli import storage
from bot.facts import Profile
from bot.intake import leads, schema, transcript
from bot.intake.brief import brief
from bot.intake.consents import Consent
from bot.intake.database import Database
from bot.knowledge.answer import Answer
from bot.settings import Settings, load

PROFILE = Profile.of(age=31, education="master")


@pytest.fixture
def configured(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    settings = load(None, var_dir=tmp_path, database_url=database_url)
    monkeypatch.setattr(storage, "settings", lambda: settings)
    monkeypatch.setenv("COLUMNS", "200")
    return settings


@pytest.fixture
def with_leads(configured: Settings) -> None:
    database = Database.of(configured)
    schema.upgrade(database)
    with database.session() as session:
        for name in ("Anna [bold]Ødegård", "Zoë"):
            received = transcript.open_conversation(session, database.seal, language="en", channel="web")
            answer = Answer("en", (f"Hello [red]{name}[/red]",))
            transcript.finish(session, database.seal, received.message, [answer], asked=None)
            leads.record_lead(
                session,
                database.seal,
                conversation_id=received.conversation.id,
                language="en",
                channel="web",
                name=name,
                contact="someone@home.example",
                profile=PROFILE,
                found=brief(PROFILE, date(2026, 11, 25)),
                consents=[Consent("handoff.consent", "May we contact you?", "en")],
            )
    database.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(command.app, arguments)


def data(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.usefixtures("with_leads")
def test_the_list_shows_the_order_of_work() -> None:
    output = run().output
    assert output.index("L-0001") < output.index("L-0002")
    assert "Anna [bold]Ødegård" in output
    assert "someone@home.example" in output
    assert [lead["reference"] for lead in data()] == ["L-0001", "L-0002"]


@pytest.mark.usefixtures("with_leads")
@pytest.mark.parametrize("number", ["1", "L-0001", "l-1"])
def test_one_lead_with_everything(number: str) -> None:
    result = run("show", number)
    assert result.exit_code == 0
    for part in ("L-0001", "Anna [bold]Ødegård", "Age", "31", "crs.status", "contact: yes", "Hello [red]Anna"):
        assert part in result.output
    lead = data("show", number)
    assert lead["facts"] == {"age": 31, "education": "master"}
    assert lead["transcript"][0]["text"].startswith("Hello")
    assert lead["consents"][0]["text_id"] == "handoff.consent"


@pytest.mark.usefixtures("with_leads")
@pytest.mark.parametrize("number", ["9", "anna", "-1", "²", "99999999999999999999"])
def test_a_lead_that_is_not_there(number: str) -> None:
    result = run("show", "--", number)
    assert result.exit_code == 1
    assert number in result.output
    assert "assistant leads" in result.output


def test_no_leads_yet(configured: Settings) -> None:
    database = Database.of(configured)
    schema.upgrade(database)
    database.close()
    assert "No leads yet" in run().output
    assert data() == []


@pytest.mark.usefixtures("configured")
def test_without_tables_the_mend_is_named() -> None:
    result = run()
    assert result.exit_code == 1
    assert "assistant run" in result.output
