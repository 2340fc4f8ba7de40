"""WhatsApp (Cloud API), Messenger and Instagram: signature, handshake, buttons, statuses, windows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from bot.channels.outbox import Timing
from bot.intake import transcript
from bot.intake.channels.tables import OutboxRow, PersonRow
from bot.intake.database import Database
from bot.knowledge.answer import Answer, Button
from tests.databases import sqlite_url as database_url
from tests.parrot import Parrot
from tests.simulators.meta import InstagramSimulator, MessengerSimulator, MetaSimulator, WhatsAppSimulator
from tests.simulators.serving import PATIENT, QUICK, Serving, serving

__all__ = ["database_url"]

ANN, BOB, CAROL = "15550111", "CA.13491208655302741918", "15550112"
Three = WhatsAppSimulator | MessengerSimulator
KINDS = {
    "whatsapp": WhatsAppSimulator,
    "messenger": MessengerSimulator,
    "instagram": InstagramSimulator,
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def provider(kind: str) -> Three:
    return KINDS[kind]()


@pytest.fixture
def timing() -> Timing:
    return QUICK


@pytest_asyncio.fixture
async def server(
    tmp_path: Path, database: Database, parrot: Parrot, provider: MetaSimulator, timing: Timing
) -> AsyncIterator[Serving]:
    async with serving(tmp_path, database, parrot, provider, timing=timing) as running:
        yield running


def rows(database: Database) -> list[tuple[str, str | None, str | None]]:
    with database.session(reading=True) as session:
        found = session.scalars(select(OutboxRow).order_by(OutboxRow.position))
        return [(row.state, row.receipt, row.reason) for row in found]


async def tell(server: Serving, database: Database, answer: Answer, sender: str = "staff") -> None:
    with database.session() as session:
        conversation_id = session.scalars(select(PersonRow.conversation_id)).one()
        transcript.tell(session, database.seal, conversation_id, [answer], sender=sender)  # type: ignore[arg-type]
    server.messaging.outbox.wake(conversation_id)


async def test_a_conversation_with_buttons_and_receipts(server: Serving, provider: Three, database: Database) -> None:
    assert await provider.says(ANN, "Bonjour") == 200
    greeted = await provider.gets(ANN, "Bonjour")
    assert set(greeted.buttons) == {"Yes"}
    await provider.says(ANN, "choices")
    await provider.gets(ANN, "https://a.example")
    await provider.presses(ANN, "Single")
    await provider.gets(ANN, 'payload: /inform{"marital_status": "single"}')
    await provider.until(lambda: [state[:2] for state in rows(database)] == [("sent", "delivered")] * 3)


async def test_the_address_is_verified_with_our_token_only(server: Serving, provider: Three) -> None:
    assert await provider.shakes_hands() == (200, "1158201444")
    assert (await provider.shakes_hands("another"))[0] == 403
    assert (await provider.shakes_hands(mode="unsubscribe"))[0] == 403


async def test_a_signature_over_anything_else_is_refused(server: Serving, provider: Three, parrot: Parrot) -> None:
    body = provider.value(messages=[]) if isinstance(provider, WhatsAppSimulator) else provider.event(ANN)
    assert await provider.deliver(body, secret="another secret") == 401
    assert await provider.post(b"{}", {"X-Hub-Signature-256": ""}) == 401
    assert parrot.heard == []


@pytest.mark.parametrize("timing", [PATIENT])
async def test_duplicates_and_wrong_order(server: Serving, provider: Three, parrot: Parrot) -> None:
    await provider.says(ANN, "I am first", at=1_800_000_000)
    await provider.gets(ANN, "text: I am first")
    await provider.says(ANN, "third", at=1_800_000_030)
    await provider.says(ANN, "second", at=1_800_000_010, again=2)
    await provider.gets(ANN, "text: third")
    assert [text for _, text, *_ in parrot.heard] == ["I am first", "second", "third"]


@pytest.mark.parametrize("kind", ["whatsapp", "messenger"], indirect=True)
async def test_a_lost_answer_is_recognised_and_not_sent_again(
    server: Serving, provider: Three, database: Database
) -> None:
    answers = iter(["lost"])
    provider.fault = lambda: next(answers, None)  # type: ignore[assignment,return-value]
    await provider.says(ANN, "Bonjour")
    await provider.until(lambda: [state[0] for state in rows(database)] == ["sent"])
    await server.quiet()
    assert len(provider.texts(ANN)) == 1


async def test_what_is_not_text_gets_a_kind_answer_and_unknown_kinds_none(
    server: Serving, provider: Three, parrot: Parrot
) -> None:
    if isinstance(provider, WhatsAppSimulator):
        await provider.says(ANN, "", type="image", image={"id": "1"})
        await provider.deliver(provider.value(messages=[provider.message(ANN, type="reaction", reaction={})]))
        await provider.deliver({"object": "x", "entry": [{"changes": [{"field": "account_update", "value": {}}]}]})
    else:
        await provider.deliver(provider.event(ANN, message={"mid": "m1", "attachments": [{"type": "audio"}]}))
        await provider.deliver(provider.event(ANN, read={"watermark": 1}))
        await provider.deliver({"object": "page", "entry": [{"id": "1", "standby": [{}]}]})
    await provider.gets(ANN, "I can read text only")
    await server.quiet()
    assert parrot.heard == []


async def test_stop_and_start(server: Serving, provider: Three) -> None:
    await provider.says(ANN, "Bonjour")
    await provider.says(ANN, "ARRÊT")
    await provider.gets(ANN, "écrivez DÉBUT")
    await provider.says(ANN, "début")
    await provider.gets(ANN, "les messages reprennent")


async def test_a_rate_limit_holds_everything_for_a_while(server: Serving, provider: Three) -> None:
    answers = iter(["throttled", "unavailable", "broken"])
    provider.fault = lambda: next(answers, None)  # type: ignore[assignment,return-value]
    await provider.says(ANN, "Bonjour")
    await provider.gets(ANN, "Bonjour")
    assert len(provider.texts(ANN)) == 1


@pytest.mark.parametrize("kind", ["whatsapp"], indirect=True)
async def test_the_limit_of_one_pair_holds_nobody_else(
    server: Serving, provider: WhatsAppSimulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.providers.meta.PAIR_WAIT", 0.5)
    provider.crowded[ANN] = 1
    await provider.says(ANN, "Bonjour")
    await provider.until(lambda: provider.crowded[ANN] == 0)
    await provider.says(CAROL, "Bonjour")
    await provider.gets(CAROL, "Bonjour")
    assert provider.texts(ANN) == []
    await provider.gets(ANN, "Bonjour")


@pytest.mark.parametrize("hours", [25, 8 * 24])
async def test_outside_the_window(server: Serving, provider: Three, database: Database, kind: str, hours: int) -> None:
    await provider.says(ANN, "Bonjour")
    await provider.gets(ANN, "Bonjour")
    await server.quiet()
    provider.closed_to.add(ANN)
    with database.session() as session:
        session.execute(update(PersonRow).values(last_heard_at=datetime.now(UTC) - timedelta(hours=hours)))
        conversation_id = session.scalars(select(PersonRow.conversation_id)).one()
    reach = await server.messaging.reach(conversation_id, "en", ZoneInfo("America/Toronto"))
    assert reach is not None
    assert reach.possible is (kind != "whatsapp" and hours < 7 * 24)
    assert ("can be sent until" if reach.possible else "wrote too long ago") in reach.text
    await tell(server, database, Answer("en", ("A person writes.",)))
    if kind != "whatsapp" and hours < 7 * 24:
        shown = await provider.gets(ANN, "A person writes.")
        assert shown.raw["tag"] == "HUMAN_AGENT"
        await tell(server, database, Answer("en", ("The machine writes.",)), "assistant")
    await provider.until(lambda: rows(database)[-1] == ("dead", None, "window_closed"))
    assert not any("machine" in text for text in provider.texts(ANN))


@pytest.mark.parametrize("kind", ["whatsapp"], indirect=True)
async def test_whatsapp_shows_a_list_and_knows_people_without_a_number(
    server: Serving, provider: WhatsAppSimulator, database: Database
) -> None:
    await provider.says(BOB, "Bonjour")
    await provider.gets(BOB, "Bonjour")
    await server.quiet()
    buttons = tuple(Button(f"Choice {n} of the many that there are", f"/c{n}") for n in range(1, 8))
    await tell(server, database, Answer("fr", ("Choose.",), buttons=buttons), "assistant")
    shown = await provider.gets(BOB, "Choose.")
    interactive = shown.raw["interactive"]
    assert interactive["type"] == "list"
    assert interactive["action"]["button"] == "Choisir"
    assert interactive["action"]["sections"][0]["rows"][1]["description"] == "Choice 2 of the many that there are"
    assert shown.raw["recipient"] == BOB
    assert "to" not in shown.raw
    await provider.presses(BOB, next(title for title in shown.buttons if title.startswith("Choice 2")))
    await provider.gets(BOB, "payload: /c2")


@pytest.mark.parametrize("kind", ["messenger", "instagram"], indirect=True)
async def test_messenger_starts_by_its_button_and_takes_edits(
    server: Serving, provider: MessengerSimulator, parrot: Parrot
) -> None:
    await provider.deliver(provider.event(ANN, postback={"mid": "p1", "title": "Start", "payload": "GET_STARTED"}))
    await provider.gets(ANN, "Hello")
    await provider.deliver(provider.event(ANN, message_edit={"mid": "m9", "text": "I am 32", "num_edit": 1}))
    await provider.gets(ANN, "text: I am 32")
    assert len(parrot.heard) == 1


@pytest.mark.parametrize("kind", ["messenger", "instagram"], indirect=True)
async def test_who_cannot_be_reached_is_a_dead_letter(
    server: Serving, provider: MessengerSimulator, database: Database
) -> None:
    provider.blocked.add(ANN)
    await provider.says(ANN, "Bonjour")
    await provider.until(lambda: rows(database) == [("dead", None, "blocked")])
