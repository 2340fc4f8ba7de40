"""The outbox and those whom it serves."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.base import Base, Instant

WAITING: Final = text("state = 'waiting'")


class NotificationRow(Base):
    """One event for one subscriber. ``event_id`` is the same at every try, so that a receiver can tell
    a repetition. ``state``: waiting, sent, or dead after the last try. ``body_sealed``: what is sent."""

    __tablename__ = "notifications"
    __table_args__ = (
        UniqueConstraint("event_id", "subscriber_id"),
        Index("ix_notifications_waiting", "next_attempt_at", sqlite_where=WAITING, postgresql_where=WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(String(36))
    type: Mapped[str] = mapped_column(String(32))
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscribers.id", ondelete="CASCADE"))
    conversation_id: Mapped[str | None] = mapped_column(String(64), index=True)
    body_sealed: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), index=True)
    attempts: Mapped[int]
    next_attempt_at: Mapped[datetime] = mapped_column(Instant)
    problem: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)


class SubscriberRow(Base):
    """Who is told of events. ``way``: email or webhook; ``target``: the address. ``types``: the events it
    wants; ``contact_fields``: whether it may have name and contact; ``secret_sealed``: the key of a
    webhook's signature."""

    __tablename__ = "subscribers"
    __table_args__ = (UniqueConstraint("way", "target"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    way: Mapped[str] = mapped_column(String(8))
    target: Mapped[str] = mapped_column(String(500))
    secret_sealed: Mapped[str | None] = mapped_column(Text)
    types: Mapped[list[str]] = mapped_column(JSON)
    contact_fields: Mapped[bool]
    active: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Instant)
