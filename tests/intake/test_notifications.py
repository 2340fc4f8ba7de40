"""What leaves the house: signed webhooks to a real receiver, e-mail through a real SMTP server."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web

from bot.facts import Profile
from bot.intake import consents, daily, erasure, prescreen, work
from bot.intake.consents import Consent
from bot.intake.database import Database
from bot.intake.leads import get_lead
from bot.intake.notifications import digest, outbox, subscribers
from bot.intake.notifications.events import EVENT_TYPES
from bot.intake.notifications.tables import NotificationRow
from bot.intake.notifications.webhook import EVENT_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER
from bot.intake.worker import Worker
from tests.intake.letterbox import Letterbox, firm, worker
from tests.intake.people import DAY, conversation, made

URGENT = Profile.of(age=31, stage="trouble")


@dataclass
class Receiver:
    """A receiver of webhooks. ``answers``: what it answers to the next deliveries; 200 when there is none."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.got.append((dict(request.headers), await request.read()))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.got]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    found = Receiver()
    app = web.Application()
    app.router.add_post("/hook", found.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    await runner.cleanup()


def subscribe(database: Database, way: subscribers.NotificationWay, target: str, **other: Any) -> str:
    with database.session() as session:
        return subscribers.subscribe(session, database.seal, way, target, **other)[1]


def due_now(database: Database) -> None:
    with database.session() as session:
        session.execute(sa.update(NotificationRow).values(next_attempt_at=datetime.now(UTC) - timedelta(seconds=1)))


def states(database: Database) -> dict[str, int]:
    with database.session(reading=True) as session:
        return outbox.depth(session, database.seal)


async def test_a_webhook_is_signed_and_tells_nothing_that_names_the_visitor(
    database: Database, tmp_path: Path, receiver: Receiver
) -> None:
    secret = subscribe(database, "webhook", receiver.url)
    lead = made(database, profile=URGENT)
    with database.session() as session:
        work.move(session, database.seal, lead.id, "in_review", staff_id=1)
    await worker(database, tmp_path).deliver()
    assert sorted(event["type"] for event in receiver.events) == [
        "handoff.requested",
        "lead.created",
        "lead.status_changed",
        "lead.urgent",
    ]
    for headers, body in receiver.got:
        signed = f"{headers[TIMESTAMP_HEADER]}.".encode() + body
        assert headers[SIGNATURE_HEADER] == "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        assert abs(int(headers[TIMESTAMP_HEADER]) - datetime.now(UTC).timestamp()) < 300
        assert headers[EVENT_HEADER] == json.loads(body)["id"]
        assert b"anna" not in body.lower()
    created = next(event for event in receiver.events if event["type"] == "lead.created")
    assert created["schema"] == 1
    assert created["data"]["lead"] == lead.reference
    assert (created["data"]["priority"], created["data"]["reason"]) == (1, "trouble")
    assert states(database) == {"sent": 4}


async def test_name_and_contact_go_to_whom_they_were_allowed(
    database: Database, tmp_path: Path, receiver: Receiver
) -> None:
    subscribe(database, "webhook", receiver.url, types=["lead.created"], contact_fields=True)
    made(database, profile=URGENT)
    await worker(database, tmp_path).deliver()
    (event,) = receiver.events
    assert event["contact"] == {"name": "Anna Ødegård", "contact": "anna@home.example"}


async def test_what_does_not_arrive_is_tried_again_then_given_up_and_can_be_replayed(
    database: Database, tmp_path: Path, receiver: Receiver
) -> None:
    subscribe(database, "webhook", receiver.url, types=["lead.created"])
    made(database)
    sender = worker(database, tmp_path)
    receiver.answers = [500] * outbox.MOST_ATTEMPTS
    for _ in range(outbox.MOST_ATTEMPTS):
        due_now(database)
        await sender.deliver()
    assert states(database) == {"dead": 1}
    due_now(database)
    await sender.deliver()
    assert len(receiver.got) == outbox.MOST_ATTEMPTS
    with database.session() as session:
        (failure,) = outbox.dead(session, database.seal)
        assert (failure.problem, failure.attempts) == ("answered 500", outbox.MOST_ATTEMPTS)
        assert outbox.replay(session, database.seal, failure.id) == 1
    await sender.deliver()
    assert states(database) == {"sent": 1}
    assert {event["id"] for event in receiver.events} == {failure.event_id}  # a receiver can tell a repetition


async def test_a_receiver_that_is_gone_is_not_asked_again(
    database: Database, tmp_path: Path, receiver: Receiver
) -> None:
    subscribe(database, "webhook", receiver.url, types=["lead.created"])
    subscribe(database, "webhook", "http://127.0.0.1:9/nobody", types=["lead.created"])
    made(database)
    receiver.answers = [410]
    await worker(database, tmp_path).deliver()
    assert states(database) == {"dead": 1, "waiting": 1}
    assert len(receiver.got) == 1


async def test_a_pause_holds_back_what_waits_and_tells_nothing_of_what_happens_meanwhile(
    database: Database, tmp_path: Path, receiver: Receiver
) -> None:
    subscribe(database, "webhook", receiver.url, types=["lead.created"])
    first = made(database)
    with database.session() as session:
        (one,) = subscribers.subscribers(session, database.seal)
        subscribers.pause(session, database.seal, one.id)
    made(database)
    await worker(database, tmp_path).deliver()
    assert receiver.got == []
    with database.session() as session:
        subscribers.pause(session, database.seal, one.id, paused=False)
    await worker(database, tmp_path).deliver()
    assert [event["data"]["lead"] for event in receiver.events] == [first.reference]


async def test_a_subscriber_is_tried_out_whatever_events_it_wants(
    database: Database, tmp_path: Path, receiver: Receiver
) -> None:
    subscribe(database, "webhook", receiver.url, types=["lead.urgent"])
    subscribe(database, "webhook", f"{receiver.url}/other", types=["lead.urgent"])
    with database.session() as session:
        one = subscribers.subscribers(session, database.seal)[0]
        subscribers.try_out(session, database.seal, one.id)
    await worker(database, tmp_path).deliver()
    assert [(event["type"], event["data"]) for event in receiver.events] == [("test", {})]
    with database.session(reading=True) as session:
        assert subscribers.newest(session, database.seal)[one.id].state == "sent"


def test_the_wait_doubles_up_to_a_limit() -> None:
    waits = [outbox.wait_after(attempt) for attempt in range(1, 20)]
    assert all(outbox.FIRST_WAIT <= wait <= outbox.LONGEST_WAIT * 1.1 for wait in waits)
    assert all(later >= earlier * 1.8 for earlier, later in pairwise(waits[:9]))


async def test_two_processes_send_each_event_once(database: Database, tmp_path: Path, receiver: Receiver) -> None:
    subscribe(database, "webhook", receiver.url, types=["lead.created"])
    for _ in range(6):
        made(database)
    await asyncio.gather(*(worker(database, tmp_path).deliver() for _ in range(3)))
    assert len(receiver.got) == len({event["id"] for event in receiver.events}) == 6


async def test_an_event_of_somebody_erased_is_not_sent_any_more(
    database: Database, tmp_path: Path, receiver: Receiver
) -> None:
    subscribe(database, "webhook", receiver.url)
    lead = made(database)
    with database.session() as session:
        erasure.erase(session, database.seal, lead.conversation_id, "visitor")
    await worker(database, tmp_path).deliver()
    (event,) = receiver.events
    assert (event["type"], event["data"]["leads"]) == ("subject.erased", [lead.reference])


async def test_a_change_of_consent_is_told(database: Database, tmp_path: Path, receiver: Receiver) -> None:
    lead = made(database)
    subscribe(database, "webhook", receiver.url, types=["consent.changed"])
    no = Consent("handoff.consent", "May we contact you?", "en", granted=False, way="typed")
    with database.session() as session:
        consents.record_consent(session, database.seal, conversation_id=lead.conversation_id, channel="web", consent=no)
    await worker(database, tmp_path).deliver()
    assert receiver.events[0]["data"] == {"lead": lead.reference, "purpose": "contact", "granted": False}


async def test_people_of_the_firm_get_a_mail_without_a_name_in_it(
    database: Database, tmp_path: Path, letterbox: tuple[Letterbox, str]
) -> None:
    box, url = letterbox
    subscribe(database, "email", "office@firm.example", types=["lead.created", "lead.urgent"])
    lead = made(database, profile=URGENT)
    await worker(database, tmp_path, url).deliver()
    mails = [message_from_bytes(one, policy=policy.default) for one in box.got]
    assert {mail["To"] for mail in mails} == {"office@firm.example"}
    subjects = sorted(str(mail["Subject"]) for mail in mails)
    assert subjects == [f"New request {lead.reference}: In trouble now", f"URGENT {lead.reference}: In trouble now"]
    for mail in mails:
        body = mail.get_content()
        assert f"https://talk.example/staff/leads/{lead.id}" in body
        assert "anna" not in f"{mail['Subject']} {body}".lower()
        assert mail["Auto-Submitted"] == "auto-generated"


async def test_a_mail_server_that_is_busy_is_tried_again_and_one_that_refuses_is_not(
    database: Database, tmp_path: Path, letterbox: tuple[Letterbox, str]
) -> None:
    box, url = letterbox
    subscribe(database, "email", "office@firm.example", types=["lead.created"])
    made(database)
    made(database)
    box.refuses = ["451 try later", "550 no such mailbox"]
    sender = worker(database, tmp_path, url)
    await sender.deliver()
    assert states(database) == {"dead": 1, "waiting": 1}
    due_now(database)
    await sender.deliver()
    assert states(database) == {"dead": 1, "sent": 1}


async def test_without_a_mail_server_mail_waits_and_webhooks_go(
    database: Database, tmp_path: Path, receiver: Receiver
) -> None:
    subscribe(database, "email", "office@firm.example", types=["lead.created"])
    subscribe(database, "webhook", receiver.url, types=["lead.created"])
    made(database)
    await worker(database, tmp_path).deliver()
    assert states(database) == {"sent": 1, "waiting": 1}


async def test_in_quiet_hours_only_what_is_urgent_is_mailed(
    database: Database, tmp_path: Path, letterbox: tuple[Letterbox, str]
) -> None:
    box, url = letterbox
    subscribe(database, "email", "office@firm.example", types=["lead.created", "lead.urgent"])
    made(database, profile=URGENT)
    now = datetime.now(firm().opening.zone)  # type: ignore[union-attr]
    written = f"{(now - timedelta(hours=1)):%H:%M}-{(now + timedelta(hours=1)):%H:%M}"
    quiet = type(firm().alerts).model_validate({"quiet": written})
    await worker(database, tmp_path, url, firm=firm(alerts=quiet)).deliver()
    (mail,) = [message_from_bytes(one, policy=policy.default) for one in box.got]
    assert str(mail["Subject"]).startswith("URGENT")
    with database.session(reading=True) as session:
        later = session.scalar(sa.select(NotificationRow.next_attempt_at).where(NotificationRow.state == "waiting"))
    assert later is not None
    assert timedelta(minutes=30) < later - datetime.now(UTC) < timedelta(hours=2)


async def test_a_digest_counts_once_a_day_and_names_nobody(
    database: Database, tmp_path: Path, letterbox: tuple[Letterbox, str]
) -> None:
    box, url = letterbox
    subscribe(database, "email", "office@firm.example", types=["digest"])
    with database.session() as session:
        assert digest.tell(session, database.seal, DAY) == 0  # nothing is open
    made(database, profile=URGENT)
    made(database)
    with database.session() as session:
        assert digest.tell(session, database.seal, DAY) == 1
        assert digest.tell(session, database.seal, DAY) == 0
        assert digest.tell(session, database.seal, DAY + timedelta(days=1)) == 1
    await worker(database, tmp_path, url).deliver()
    mails = [message_from_bytes(one, policy=policy.default) for one in box.got]
    assert {str(mail["Subject"]) for mail in mails} == {"Open requests: 2; waiting for an answer: 2"}
    body = mails[0].get_content()
    for line in ("New since yesterday: 2", "Urgent: 1", "Assigned to nobody: 2", "https://talk.example/staff/today"):
        assert line in body, line
    assert "anna" not in body.lower()


async def test_the_digest_is_made_in_the_morning_of_the_office(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(database, "email", "office@firm.example", types=["digest"])
    made(database)
    sender, zone = worker(database, tmp_path), firm().opening.zone  # type: ignore[union-attr]
    for hour, queued in ((6, 0), (7, 1), (15, 1)):
        monkeypatch.setattr(Worker, "_now", lambda _, hour=hour: datetime(2026, 11, 25, hour, 5, tzinfo=zone))
        await sender.tell_digest()
        assert states(database).get("waiting", 0) == queued


async def test_a_long_wait_is_told_once_and_counted_in_open_hours(database: Database) -> None:
    lead = made(database)
    opening = firm().opening
    assert opening is not None
    friday = datetime(2026, 11, 27, 16, 50, tzinfo=opening.zone)
    subscribe(database, "webhook", "https://crm.example/hook", types=["lead.waiting"])
    with database.session() as session:
        session.execute(sa.text("UPDATE leads SET waiting_since = :since"), {"since": friday.astimezone(UTC)})

    def told(now: datetime) -> int:
        with database.session() as session:
            return daily.tell_of_waiting(session, database.seal, opening.open_minutes, 15, now)

    monday = datetime(2026, 11, 30, 9, 0, tzinfo=opening.zone)
    assert told(datetime(2026, 11, 28, 12, 0, tzinfo=opening.zone)) == 0
    assert told(monday + timedelta(minutes=4)) == 0
    assert told(monday + timedelta(minutes=5)) == 1
    assert told(monday + timedelta(minutes=90)) == 0
    with database.session() as session:
        work.replied(session, database.seal, lead.conversation_id, staff_id=1)


async def test_the_order_of_work_moves_as_days_go_by(database: Database) -> None:
    lead = made(database, profile=Profile.of(stage="invited", invited_on=DAY - timedelta(days=10)))
    assert lead.place.reason == "ita_running"
    with database.session() as session:
        session.execute(sa.text("DELETE FROM lead_tokens"))
        assert daily.make_findable(session, database.seal) is None
        assert session.scalar(sa.text("SELECT count(*) FROM lead_tokens"))
        assert daily.reorder(session, database.seal, DAY + timedelta(days=80)) is None
    with database.session(reading=True) as session:
        file = get_lead(session, database.seal, lead.id)
    assert file.lead.place.reason == "ita_over"
    assert file.lead.assessed_on == DAY  # the result stays as it was shown


async def test_the_worker_erases_assesses_and_stops(database: Database, tmp_path: Path) -> None:
    forgotten: list[str] = []
    erased = asyncio.Event()

    async def forget(conversation_id: str) -> None:
        forgotten.append(conversation_id)
        erased.set()

    with database.session() as session:
        gone = conversation(session, database.seal)
        erasure.request(session, database.seal, gone)
        prescreen.add(session, database.seal, name="x.csv", data=b"age\n30\n31\n", staff_id=1, as_of=date(2026, 11, 1))
    running = worker(database, tmp_path, forget=forget, often=0.02)
    await running.start()
    try:
        await asyncio.wait_for(erased.wait(), 60)
        for _ in range(3000):
            if await database.read(_done):
                break
            await asyncio.sleep(0.02)
    finally:
        await running.stop()
    assert forgotten == [gone]
    assert await database.read(_done)


def _done(session: Any, seal: Any) -> bool:
    return all(one.state == "done" for one in prescreen.prescreens(session, seal))


def test_a_subscriber_of_nothing_is_refused_and_one_can_leave(database: Database) -> None:
    with database.session() as session:
        for types in ([], ["lead.sold"]):
            with pytest.raises(ValueError, match=r"lead\.created"):
                subscribers.subscribe(session, database.seal, "webhook", "https://crm.example", types)
        subscriber, secret = subscribers.subscribe(session, database.seal, "webhook", "https://crm.example")
        assert subscriber.types == tuple(sorted(EVENT_TYPES))
        changed = subscribers.subscribe(session, database.seal, "webhook", "https://crm.example", ["lead.created"])
        assert changed[1] == secret
        subscribers.unsubscribe(session, database.seal, subscriber.id)
        assert subscribers.subscribers(session, database.seal) == []
        with pytest.raises(subscribers.UnknownSubscriberError):
            subscribers.unsubscribe(session, database.seal, subscriber.id)
