"""Events of leads: what they are called, what they tell, and how they reach the outbox.

An event is written in the transaction that it tells of, so neither can be without the other.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake.notifications.tables import NotificationRow, SubscriberRow
from bot.intake.sealing import Seal

if TYPE_CHECKING:
    from bot.intake.lead_values import Lead

SCHEMA_VERSION: Final = 1
EventType = Literal[
    "lead.created",
    "lead.updated",
    "lead.status_changed",
    "lead.urgent",
    "lead.waiting",
    "handoff.requested",
    "handoff.ended",
    "consent.changed",
    "subject.erased",
    "digest",
]
EVENT_TYPES: Final[tuple[EventType, ...]] = get_args(EventType)
MAIL_TYPES: Final[tuple[EventType, ...]] = (
    "lead.created",
    "lead.urgent",
    "lead.waiting",
    "consent.changed",
    "subject.erased",
    "digest",
)
"""What people are told of by e-mail unless something else is chosen."""
TEST: Final = "test"
"""Type of an event that tells of nobody: somebody tries out whether it arrives."""


def emit(session: Session, seal: Seal, type_: EventType, lead: Lead, /, **more: Any) -> str:
    """Tell every subscriber of this type about a lead. Returns the id of the event."""
    return publish(
        session,
        seal,
        type_,
        conversation_id=lead.conversation_id,
        data={**lead_data(lead), **more},
        contact={"name": lead.name, "contact": lead.contact},
    )


def publish(
    session: Session,
    seal: Seal,
    type_: EventType,
    *,
    conversation_id: str | None,
    data: Mapping[str, Any],
    contact: Mapping[str, str] | None = None,
) -> str:
    """Put an event into the outbox, once for each subscriber that wants its type.

    ``contact``: name and way to be reached, for those subscribers alone that were allowed them.
    """
    active = session.scalars(select(SubscriberRow).where(SubscriberRow.active))
    told = [subscriber for subscriber in active if type_ in subscriber.types]
    return queue(session, seal, type_, told, conversation_id=conversation_id, data=data, contact=contact)


def queue(
    session: Session,
    seal: Seal,
    type_: str,
    subscribers: Iterable[SubscriberRow],
    *,
    conversation_id: str | None,
    data: Mapping[str, Any],
    contact: Mapping[str, str] | None = None,
    event_id: str | None = None,
) -> str:
    """Put one event into the outbox for these subscribers. Returns its id: ``event_id``, or else a new one."""
    event_id, now = event_id or str(uuid.uuid4()), datetime.now(UTC)
    body = {
        "id": event_id,
        "type": type_,
        "schema": SCHEMA_VERSION,
        "created_at": now.isoformat(timespec="seconds"),
        "data": dict(data),
    }
    for subscriber in subscribers:
        told = {**body, "contact": dict(contact)} if contact and subscriber.contact_fields else body
        session.add(
            NotificationRow(
                event_id=event_id,
                type=type_,
                subscriber_id=subscriber.id,
                conversation_id=conversation_id,
                body_sealed=seal.close_json(told),
                state="waiting",
                attempts=0,
                next_attempt_at=now,
                created_at=now,
            )
        )
    session.flush()
    return event_id


def lead_data(lead: Lead) -> dict[str, Any]:
    """What an event tells of a lead: nothing that names or reaches the visitor, no answers, no transcript."""
    return {
        "lead": lead.reference,
        "status": lead.status,
        "priority": lead.place.priority,
        "reason": lead.place.reason,
        "due_on": lead.place.due_on.isoformat() if lead.place.due_on else None,
        "urgent": lead.urgent,
        "stage": lead.stage,
        "language": lead.language,
        "channel": lead.channel,
        "programs": dict(lead.programs),
        "score": {"low": lead.score_low, "high": lead.score_high, "rule_set": lead.rule_set},
        "assignee": lead.assignee_id,
        "received_at": lead.created_at.isoformat(timespec="seconds"),
    }
