"""Who is told of events: people by e-mail, other systems by webhook; added, changed, paused and tried out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, cast, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.intake.notifications.events import EVENT_TYPES, MAIL_TYPES, TEST, queue
from bot.intake.notifications.tables import NotificationRow, SubscriberRow
from bot.intake.sealing import Seal

NotificationWay = Literal["email", "webhook"]
WAYS: Final[tuple[NotificationWay, ...]] = get_args(NotificationWay)
SECRET_BYTES: Final = 32
LONGEST_TARGET: Final = 500
LOCAL: Final = ("http://127.0.0.1", "http://localhost")
"""A receiver on this machine may do without TLS."""


class UnknownSubscriberError(LookupError):
    """There is no such subscriber."""


class TargetError(ValueError):
    """The address is neither that of an e-mail nor one that begins with https://."""


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Who is told of events of these ``types``. ``contact_fields``: whether name and contact go along;
    ``active``: false while paused."""

    id: int
    way: NotificationWay
    target: str
    types: tuple[str, ...]
    contact_fields: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Delivery:
    """The newest event for a subscriber. ``state``: waiting, sent or dead; ``problem``: of the last try."""

    type: str
    state: str
    at: datetime
    problem: str | None


def way_of(target: str) -> NotificationWay:
    """How an address is reached. Raises ``TargetError``."""
    if len(target) <= LONGEST_TARGET:
        if re.fullmatch(r"https://[^\s/]+\S*", target) or (target.startswith(LOCAL) and " " not in target):
            return "webhook"
        if re.fullmatch(r"[^@\s:/]+@[^@\s:/]+", target):
            return "email"
    raise TargetError(target)


def usual_types(way: NotificationWay) -> tuple[str, ...]:
    """What a subscriber is told of unless something else is chosen: people not of every change."""
    return MAIL_TYPES if way == "email" else EVENT_TYPES


def subscribe(
    session: Session,
    seal: Seal,
    way: NotificationWay,
    target: str,
    types: Collection[str] = EVENT_TYPES,
    *,
    contact_fields: bool = False,
) -> tuple[Subscriber, str]:
    """Add a subscriber, or change one that is there; returns it with the secret of its signature.

    The secret is told here and by ``renew_secret``. Raises ``ValueError`` for a type that is none.
    """
    wanted = _checked(types)
    row = session.scalar(select(SubscriberRow).where(SubscriberRow.way == way, SubscriberRow.target == target))
    if row is None:
        row = SubscriberRow(way=way, target=target, created_at=datetime.now(UTC))
        session.add(row)
    if row.secret_sealed is None:
        row.secret_sealed = seal.close(secrets.token_urlsafe(SECRET_BYTES))
    row.types, row.contact_fields, row.active = wanted, contact_fields, True
    session.flush()
    return _subscriber(row), seal.open(row.secret_sealed)


def subscribers(session: Session, _seal: Seal) -> list[Subscriber]:
    """Everybody who is told, in the order in which they were added."""
    return [_subscriber(row) for row in session.scalars(select(SubscriberRow).order_by(SubscriberRow.id))]


def change(
    session: Session, _seal: Seal, subscriber_id: int, types: Collection[str], *, contact_fields: bool
) -> Subscriber:
    """Tell a subscriber of these events from now on. Raises ``UnknownSubscriberError`` and ``ValueError``."""
    row = _row(session, subscriber_id)
    row.types, row.contact_fields = _checked(types), contact_fields
    return _subscriber(row)


def pause(session: Session, _seal: Seal, subscriber_id: int, *, paused: bool = True) -> Subscriber:
    """Send nothing for now: what waits goes on waiting, what happens meanwhile is not told."""
    row = _row(session, subscriber_id)
    row.active = not paused
    return _subscriber(row)


def renew_secret(session: Session, seal: Seal, subscriber_id: int) -> str:
    """A new key for a webhook's signature; the old one is void at once."""
    row, secret = _row(session, subscriber_id), secrets.token_urlsafe(SECRET_BYTES)
    row.secret_sealed = seal.close(secret)
    return secret


def unsubscribe(session: Session, _seal: Seal, subscriber_id: int) -> None:
    """Tell this one nothing any more; what waits for it is not sent. Raises ``UnknownSubscriberError``."""
    session.delete(_row(session, subscriber_id))
    session.flush()


def try_out(session: Session, seal: Seal, subscriber_id: int) -> str:
    """Send an event of the type ``test``, which tells of nobody. Returns its id."""
    return queue(session, seal, TEST, [_row(session, subscriber_id)], conversation_id=None, data={})


def newest(session: Session, _seal: Seal) -> Mapping[int, Delivery]:
    """The newest delivery to each subscriber, by the subscriber's number."""
    last = select(func.max(NotificationRow.id)).group_by(NotificationRow.subscriber_id)
    rows = session.scalars(select(NotificationRow).where(NotificationRow.id.in_(last)))
    return {r.subscriber_id: Delivery(r.type, r.state, r.sent_at or r.created_at, r.problem) for r in rows}


def _checked(types: Collection[str]) -> list[str]:
    unknown = sorted(set(types) - set(EVENT_TYPES))
    if unknown or not types:
        raise ValueError(f"{', '.join(unknown) or 'no type'}: name some of {', '.join(EVENT_TYPES)}")
    return sorted(set(types))


def _row(session: Session, subscriber_id: int) -> SubscriberRow:
    row = session.get(SubscriberRow, subscriber_id)
    if row is None:
        raise UnknownSubscriberError(subscriber_id)
    return row


def _subscriber(row: SubscriberRow) -> Subscriber:
    way = cast(NotificationWay, row.way)
    return Subscriber(row.id, way, row.target, tuple(row.types), row.contact_fields, row.active)
