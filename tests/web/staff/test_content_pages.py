"""Rules, answers, replies, views, reports, deliveries, audit, switches: what the other pages do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import ClientSession

from bot.intake.database import Database
from bot.intake.notifications import events, outbox, subscribers
from bot.intake.staff import audit
from bot.knowledge.catalogue import catalogue
from tests.databases import sqlite_url as database_url
from tests.rules.invented import invented
from tests.web.staff.test_conversations_pages import opened

__all__ = ["database_url"]

Member = Callable[..., Any]
SET = "crs-2026-11-03"


@pytest.fixture
def rules_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where completions of this test alone are kept."""
    monkeypatch.setenv("RULES_DIR", str(tmp_path / "rules"))
    return tmp_path / "rules"


def stored(directory: Path) -> list[str]:
    """Names of the completions that are kept."""
    return [path.name for path in directory.glob("*")]


async def test_what_is_stale_incomplete_or_to_check_is_named_with_its_reason(member: Member) -> None:
    reader = await member("reader")
    page = await reader.sees("/staff/rules")
    assert f"The set {SET} is not complete" in page
    assert "rules/complete" not in page  # a reader cannot do anything about it
    assert "funds.table" in await reader.sees("/staff/rules?only=stale")
    assert "crs.high_wage" in await reader.sees("/staff/rules?only=incomplete")
    versions = await reader.sees("/staff/rules/crs.additional.job_offer")
    assert versions.index("2026") < versions.index("2017")
    await reader.sees("/staff/rules/crs.nothing", status=404)


async def test_a_set_is_completed_in_the_browser_with_the_checks_of_the_command(
    member: Member, rules_dir: Path, database: Database
) -> None:
    person, address = await member("licensee"), f"/staff/rules/complete/{SET}"
    assert "crs.high_wage.codes" in await person.sees(address)
    content = invented()
    for wrong, said in (
        ({**content, "url": ""}, "url: is missing"),
        ({**content, "read_on": "2099-01-01"}, "lies in the future"),
        ({**content, "rules": {}}, "rules"),
        ({**content, "set": "crs-2025-03-25"}, "not incomplete"),
    ):
        status, page = await person.does(address, text=yaml.safe_dump(wrong))
        assert status == 422
        assert said in page
    text = yaml.safe_dump(content)
    status, page = await person.does(address, text=text)
    assert status == 200
    assert "What changes" in page
    assert stored(rules_dir) == []
    assert (await person.does(address, text=text, confirmed="yes"))[0] == 303
    assert stored(rules_dir) == [f"{SET}.yml"]
    assert f"The set {SET} is not complete" not in await person.sees("/staff/rules")
    newest = (await database.read(audit.entries, action="rules"))[0]
    assert newest.details["reader"] == content["reader"]


async def test_an_answer_is_previewed_in_both_languages_with_what_it_hangs_on(member: Member) -> None:
    reader = await member("reader")
    assert "funds.table is stale" in await reader.sees("/staff/knowledge")
    page = await reader.sees("/staff/knowledge/proof_of_funds")
    assert "How much money do I need to show?" in page
    assert "Combien d’argent dois-je prouver avoir?" in page.replace("&#39;", "’")
    assert 'href="/staff/rules/funds.table"' in page


async def test_a_prepared_reply_is_kept_only_when_it_says_nothing_forbidden(member: Member) -> None:
    person = await member("licensee")
    refused = await person.does("/staff/replies", title="Hello", en="We guarantee success.", fr="Bonjour.")
    assert refused[0] == 422
    assert "guarantee" in refused[1]
    assert (await person.does("/staff/replies", title="Hello", en="Hello.", fr=""))[0] == 422
    assert (await person.does("/staff/replies", title="Hello", en="Good day.", fr="Bonjour."))[0] == 303
    assert "Good day." in await person.sees("/staff/replies")


async def test_a_prepared_reply_is_offered_in_the_visitors_language(
    member: Member, stranger: Callable[[], Any]
) -> None:
    person = await member("licensee")
    await person.does("/staff/replies", title="Hello", en="Good day.", fr="Bonjour.")
    _, conversation = await opened(stranger)
    await person.does(f"/staff/conversations/{conversation}/take")
    page = await person.sees(f"/staff/conversations/{conversation}")
    assert '<option value="Good day.">Hello</option>' in page


async def test_a_view_is_saved_for_oneself_or_for_everybody(member: Member) -> None:
    one, boss = await member("intake"), await member("manager")
    await one.does("/staff/views", name="My nurses", query="label=nurse&sort=score&")
    await one.does("/staff/views", name="Not shared", query="urgent=yes", shared="yes")
    await boss.does("/staff/views", name="Of the firm", query="urgent=yes", shared="yes")
    page = await one.sees("/staff/leads")
    assert '<a href="/staff/leads?label=nurse&amp;sort=score">My nurses</a>' in page
    assert "Of the firm" in page
    assert "My nurses" not in await boss.sees("/staff/leads")
    assert "Not shared" not in await boss.sees("/staff/leads")
    number = re.search(r"/staff/views/(\d+)/forget", page)
    assert number
    await one.does(f"/staff/views/{number[1]}/forget")
    assert "My nurses" not in await one.sees("/staff/leads")


async def test_reports_count_and_name_nobody(member: Member, new_lead: Callable[..., Any]) -> None:
    await new_lead()
    page = await (await member("auditor")).sees("/staff/reports?days=7")
    assert "From conversation to lead" in page
    assert "Conversations: 1" in page
    assert "Amara" not in page
    await (await member("reader")).sees("/staff/reports?first=2020-01-01&last=2026-01-01", status=400)


async def test_a_delivery_that_was_given_up_is_sent_again(
    member: Member, new_lead: Callable[..., Any], database: Database
) -> None:
    def give_up(session: Any, seal: Any) -> None:
        subscribers.subscribe(session, seal, way="webhook", target="https://crm.example/hook", types=["lead.created"])

    await database.write(give_up)
    await new_lead()

    def fail(session: Any, seal: Any) -> None:
        for row in session.query(events.NotificationRow):
            row.state, row.problem = "dead", "the line broke"

    await database.write(fail)
    boss = await member("manager")
    assert "the line broke" in await boss.sees("/staff/outbox")
    assert (await boss.does("/staff/outbox/replay"))[0] == 303
    assert (await database.read(outbox.depth)).get("dead", 0) == 0


async def test_the_audit_page_filters_and_verifies(member: Member) -> None:
    auditor = await member("auditor")
    assert "account.invited" in await auditor.sees("/staff/audit")
    assert "account.invited" not in await auditor.sees("/staff/audit?action=lead")
    assert "entries hold together" in (await auditor.does("/staff/audit/verify"))[1]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"off": "yes", "comment": ""}, "Say why."),
        ({"off": "yes", "comment": "x", "en": "Closed."}, "in both languages or in none"),
        ({"off": "yes", "comment": "x", "en": "We guarantee it.", "fr": "Fermé."}, "guarantee"),
    ],
)
async def test_a_switch_needs_a_reason_and_fit_texts(member: Member, form: dict[str, str], said: str) -> None:
    status, page = await (await member("manager")).does("/staff/settings/web", **form)
    assert status == 422
    assert said in page


async def answers(visitor: ClientSession, text: str) -> str:
    """What the visitor reads after saying this."""
    async with visitor.post("/api/messages", json={"client_id": text, "text": text}) as response:
        after = (await response.json())["message"]["id"]
    async with visitor.get(f"/api/messages?after={after}&wait=10") as response:
        return " ".join(line for one in (await response.json())["messages"] for line in one["lines"])


async def test_a_channel_that_is_off_answers_politely_and_is_on_again(
    member: Member, stranger: Callable[[], Any], database: Database
) -> None:
    boss = await member("manager")
    visitor, _ = await opened(stranger)
    off = {"off": "yes", "comment": "wrong answers reported", "en": "Back on Monday.", "fr": "De retour lundi."}
    assert (await boss.does("/staff/settings/web", **off))[0] == 303
    assert await answers(visitor, "31") == "Back on Monday."
    assert "wrong answers reported" in await boss.sees("/staff/settings")
    assert (await boss.does("/staff/settings/web", off="no", comment="mended"))[0] == 303
    assert await answers(visitor, "32") == "text: 32"
    told = await database.read(audit.entries, action="settings")
    assert [entry.details["comment"] for entry in told] == ["mended", "wrong answers reported"]


def test_everything_that_the_audit_log_tells_of_has_words() -> None:
    """The codes stand in the sources: whole, or as the end of one that begins with its subject."""
    found: set[str] = set()
    for path in Path("bot").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        found.update(re.findall(r'action="([a-z_.]+)"', source))
        found.update(f"lead.{what}" for what in re.findall(r'await do\(\s*request,\s*"([a-z_]+)"', source))
        found.update(
            f"conversation.{what}" for what in re.findall(r'_audit\(session, seal, account, "([a-z_]+)"', source)
        )
    found.update(f"subscriber.{do}" for do in ("change", "pause", "resume", "renew", "remove"))
    assert len(found) > 35
    told = catalogue().under("audited").keys()
    assert {code for code in found if code.replace(".", "_") not in told} == set()
    assert {key for key in told if key not in {code.replace(".", "_") for code in found}} == set()
