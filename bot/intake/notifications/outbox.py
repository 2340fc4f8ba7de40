"""The outbox: what waits to be sent, claimed by one process at a time, tried again, given up, replayed."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bot.intake.notifications.subscribers import NotificationWay
from bot.intake.notifications.tables import NotificationRow, SubscriberRow
from bot.intake.sealing import Seal
from bot.intake.staff.tables import StaffRow
from bot.knowledge.catalogue import Language

LEASE: Final = timedelta(minutes=2)
"""A process that ends while it sends leaves what it had claimed to the next one after this time."""
FIRST_WAIT: Final = timedelta(seconds=10)
LONGEST_WAIT: Final = timedelta(hours=6)
MOST_ATTEMPTS: Final = 10
CLAIMED: Final = 20


@dataclass(frozen=True, slots=True)
class Notification:
    """One event for one subscriber, as it is sent. ``secret``: the key of a webhook's signature; ``language``: that
    of the account with this e-mail address, None where nobody has one."""

    id: int
    event_id: str
    type: str
    way: NotificationWay
    target: str
    secret: str
    body: Mapping[str, Any]
    attempts: int
    created_at: datetime
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """What was given up: the event, for whom, and the last trouble."""

    id: int
    event_id: str
    type: str
    target: str
    attempts: int
    problem: str | None
    created_at: datetime


def is_due(session: Session, _seal: Seal, ways: Collection[NotificationWay]) -> bool:
    """Whether there is something to claim; asked often, it takes no lock."""
    query = (
        select(NotificationRow.id)
        .join(SubscriberRow, SubscriberRow.id == NotificationRow.subscriber_id)
        .where(
            NotificationRow.state == "waiting",
            NotificationRow.next_attempt_at <= datetime.now(UTC),
            SubscriberRow.way.in_(ways),
            SubscriberRow.active,
        )
    )
    return session.scalar(query.limit(1)) is not None


def claim(
    session: Session, seal: Seal, ways: Collection[NotificationWay], now: datetime | None = None
) -> list[Notification]:
    """Take what is due, oldest first; nobody else takes it for the time of the lease. What a pause holds back waits."""
    now = now or datetime.now(UTC)
    found = session.execute(
        select(NotificationRow, SubscriberRow)
        .join(SubscriberRow, SubscriberRow.id == NotificationRow.subscriber_id)
        .where(
            NotificationRow.state == "waiting",
            NotificationRow.next_attempt_at <= now,
            SubscriberRow.way.in_(ways),
            SubscriberRow.active,
        )
        .order_by(NotificationRow.next_attempt_at, NotificationRow.id)
        .limit(CLAIMED)
        .with_for_update(of=NotificationRow, skip_locked=True)
    ).all()
    for row, _ in found:
        row.next_attempt_at = now + LEASE
        row.attempts += 1
    session.flush()
    spoken = _languages(session, {subscriber.target.lower() for _, subscriber in found})
    return [_notification(row, subscriber, seal, spoken.get(subscriber.target.lower())) for row, subscriber in found]


def _languages(session: Session, addresses: Collection[str]) -> dict[str, Language]:
    """The language in which each of these people reads the console."""
    rows = session.execute(select(StaffRow.email, StaffRow.language).where(StaffRow.email.in_(addresses)))
    return {email: cast(Language, language) for email, language in rows}


def sent(session: Session, _seal: Seal, notification_id: int) -> None:
    """It has arrived."""
    session.execute(
        update(NotificationRow)
        .where(NotificationRow.id == notification_id)
        .values(state="sent", sent_at=datetime.now(UTC), problem=None)
    )


def failed(session: Session, _seal: Seal, notification_id: int, problem: str, *, final: bool = False) -> None:
    """It has not arrived: tried again after a wait that doubles, given up after the last try or when ``final``."""
    row = session.get(NotificationRow, notification_id)
    if row is None:  # erased in the meantime
        return
    row.problem = problem[:200]
    if final or row.attempts >= MOST_ATTEMPTS:
        row.state = "dead"
        return
    row.next_attempt_at = datetime.now(UTC) + wait_after(row.attempts)


def postpone(session: Session, _seal: Seal, notification_id: int, until: datetime) -> None:
    """Send it later, without counting this try."""
    session.execute(
        update(NotificationRow)
        .where(NotificationRow.id == notification_id)
        .values(next_attempt_at=until, attempts=NotificationRow.attempts - 1)
    )


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: doubled each time, up to a limit, spread by up to a tenth."""
    wait: timedelta = min(FIRST_WAIT * 2 ** max(0, attempts - 1), LONGEST_WAIT)
    return wait * (1 + random.random() / 10)  # noqa: S311  (spreads load, hides nothing)


def dead(session: Session, _seal: Seal) -> list[Failure]:
    """What was given up, newest first."""
    rows = session.execute(
        select(NotificationRow, SubscriberRow.target)
        .join(SubscriberRow, SubscriberRow.id == NotificationRow.subscriber_id)
        .where(NotificationRow.state == "dead")
        .order_by(NotificationRow.id.desc())
    )
    return [
        Failure(row.id, row.event_id, row.type, target, row.attempts, row.problem, row.created_at)
        for row, target in rows
    ]


def replay(session: Session, _seal: Seal, notification_id: int | None = None) -> int:
    """Try again what was given up, one or all; returns how many. Event ids stay the same."""
    query = update(NotificationRow).where(NotificationRow.state == "dead")
    if notification_id is not None:
        query = query.where(NotificationRow.id == notification_id)
    result = session.execute(query.values(state="waiting", attempts=0, next_attempt_at=datetime.now(UTC)))
    return int(getattr(result, "rowcount", 0))


def depth(session: Session, _seal: Seal) -> dict[str, int]:
    """How many notifications are in each state, for the metrics."""
    rows = session.execute(select(NotificationRow.state, func.count()).group_by(NotificationRow.state))
    return {row[0]: row[1] for row in rows}


def _notification(
    row: NotificationRow, subscriber: SubscriberRow, seal: Seal, language: Language | None
) -> Notification:
    return Notification(
        id=row.id,
        event_id=row.event_id,
        type=row.type,
        way=cast(NotificationWay, subscriber.way),
        target=subscriber.target,
        secret=seal.open(subscriber.secret_sealed) if subscriber.secret_sealed else "",
        body=seal.open_json(row.body_sealed),
        attempts=row.attempts,
        created_at=row.created_at,
        language=language,
    )
