"""Who is told of leads: added, changed, paused, tried out and removed from the console, each with its reason."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from bot.intake.database import Database
from bot.intake.notifications import subscribers
from bot.intake.notifications.events import EVENT_TYPES, MAIL_TYPES
from bot.intake.staff import audit

Member = Callable[..., Any]
HOOK = "http://127.0.0.1:9/nobody"
ADDRESS = "/staff/subscribers"


async def test_a_webhook_is_added_and_its_secret_shown_once(member: Member, database: Database) -> None:
    boss = await member("manager")
    given = {"target": "https://crm.example/hook?key=abc", "type": "lead.created", "comment": "our new CRM"}
    status, page = await boss.does(ADDRESS, **given)
    assert status == 200
    secret = re.search(r'<code class="link">([\w-]{40,})</code>', page)
    assert secret
    assert secret[1] not in await boss.sees(ADDRESS)
    (made,) = await database.read(subscribers.subscribers)
    assert (made.way, made.types, made.contact_fields) == ("webhook", ("lead.created",), False)
    (entry,) = await database.read(audit.entries, action="subscriber")
    assert (entry.action, entry.subject) == ("subscriber.added", f"subscriber:{made.id}")
    assert entry.details["comment"] == "our new CRM"
    assert "abc" not in str(entry.details)  # an address may hold a key


@pytest.mark.parametrize(
    ("target", "way", "types"), [("office@firm.example", "email", MAIL_TYPES), (HOOK, "webhook", EVENT_TYPES)]
)
async def test_without_a_choice_the_usual_events_are_told(
    member: Member, database: Database, target: str, way: str, types: tuple[str, ...]
) -> None:
    await (await member("admin")).does(ADDRESS, target=target, contact="yes", comment="as agreed")
    (made,) = await database.read(subscribers.subscribers)
    assert (made.way, set(made.types), made.contact_fields) == (way, set(types), True)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"target": "office@firm.example"}, "Say why."),
        ({"target": "http://crm.example", "comment": "x"}, "begins with https://"),
        ({"target": "somebody", "comment": "x"}, "Write an e-mail address"),
        ({"target": "ann@firm.example", "comment": "x"}, "is told already"),
    ],
)
async def test_what_cannot_be_told_is_refused(
    member: Member, database: Database, form: dict[str, str], said: str
) -> None:
    await database.write(subscribers.subscribe, "email", "ann@firm.example")
    status, page = await (await member("manager")).does(ADDRESS, **form)
    assert status == 422
    assert said in page
    assert len(await database.read(subscribers.subscribers)) == 1


async def test_a_subscriber_is_changed_paused_and_removed(member: Member, database: Database) -> None:
    one, old = await database.write(subscribers.subscribe, "webhook", HOOK)
    boss, address = await member("manager"), f"{ADDRESS}/{one.id}"
    await boss.sees(ADDRESS)
    assert (await boss.does(address, do="change", type="lead.urgent", comment="less noise"))[0] == 303
    assert (await database.read(subscribers.subscribers))[0].types == ("lead.urgent",)
    assert "Choose at least one event" in (await boss.does(address, do="change", comment="x"))[1]
    assert "Say why." in (await boss.does(address, do="pause"))[1]
    assert (await boss.does(address, do="pause", comment="moving"))[0] == 303
    page = await boss.sees(ADDRESS)
    assert "paused" in page
    assert f"{address}/test" not in page
    assert (await boss.does(address, do="resume", comment="moved"))[0] == 303
    renewed = await boss.does(address, do="renew", comment="lost")
    assert renewed[0] == 200
    assert old not in renewed[1]
    assert (await boss.does(address, do="remove", comment="over"))[0] == 303
    assert await database.read(subscribers.subscribers) == []
    entries = await database.read(audit.entries, subject=f"subscriber:{one.id}")
    told = [(entry.action, entry.details["comment"]) for entry in entries]
    assert told[::-1] == [
        ("subscriber.change", "less noise"),
        ("subscriber.pause", "moving"),
        ("subscriber.resume", "moved"),
        ("subscriber.renew", "lost"),
        ("subscriber.remove", "over"),
    ]
    assert (await boss.does(address, do="pause", comment="x"))[0] == 404


async def test_a_test_is_sent_and_the_page_says_how_it_went(member: Member, database: Database) -> None:
    one, _ = await database.write(subscribers.subscribe, "webhook", HOOK, types=["lead.created"])
    boss = await member("manager")
    await boss.sees(ADDRESS)
    assert (await boss.does(f"{ADDRESS}/{one.id}/test"))[0] == 303
    page = html.unescape(await boss.sees(ADDRESS))
    assert re.search(r"Newest delivery: Test, (waiting|given up)", page)
    await boss.does("/staff/account/language", language="fr")
    assert "Dernier envoi : Essai" in await boss.sees(ADDRESS)
