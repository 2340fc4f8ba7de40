"""The tables of messaging channels.

A person is a channel and a keyed hash of the provider's id for them (``Seal.index``); the id
itself, which is their address, is sealed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Double, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.base import Base, Instant

OPEN: Final = ("waiting", "sending", "unsure")
"""States of an outgoing message that is neither sent nor given up."""

_PENDING: Final = text("handled_at IS NULL")
_OPEN: Final = text("state IN ('waiting', 'sending', 'unsure')")


class PersonRow(Base):
    """A person on a channel, and the conversation that they are in."""

    __tablename__ = "channel_people"
    __table_args__ = (UniqueConstraint("channel", "person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    person: Mapped[str] = mapped_column(String(64))
    address_sealed: Mapped[str] = mapped_column(Text)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_heard_at: Mapped[datetime] = mapped_column(Instant)


class StopRow(Base):
    """A person who wrote STOP. It outlives their conversation: an erasure is no permission."""

    __tablename__ = "channel_stops"
    __table_args__ = (UniqueConstraint("channel", "person"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    person: Mapped[str] = mapped_column(String(64))
    stopped_at: Mapped[datetime] = mapped_column(Instant)


class CodeRow(Base):
    """A code by which a person goes on with their conversation on another channel, once."""

    __tablename__ = "channel_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(64), unique=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class ArrivalRow(Base):
    """Something a person did, kept before it is worked on. ``message``: hash of the provider's id.

    ``sent_order``: what sorts the messages of one person; ``content_sealed`` goes when it is handled.
    """

    __tablename__ = "channel_arrivals"
    __table_args__ = (
        UniqueConstraint("channel", "message"),
        Index("ix_channel_arrivals_pending", "channel", "person", sqlite_where=_PENDING, postgresql_where=_PENDING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    person: Mapped[str] = mapped_column(String(64))
    message: Mapped[str] = mapped_column(String(64))
    sent_order: Mapped[float] = mapped_column(Double)
    content_sealed: Mapped[str | None] = mapped_column(Text)
    arrived_at: Mapped[datetime] = mapped_column(Instant, index=True)
    handled_at: Mapped[datetime | None] = mapped_column(Instant)


class OutboxRow(Base):
    """One message on its way to a provider: message ``seq`` of the conversation, or part of it.

    ``position`` orders the messages of a conversation; ``key`` is what we call it towards the provider,
    the same at every attempt; ``always``: sent also to somebody who wrote STOP (its confirmation);
    ``content_sealed``: the message in the provider's form, from the first attempt until it is sent;
    ``state``: waiting, sending, unsure (the provider may have it), sent, dead, cancelled;
    ``due_at``: when it is tried next, or when a sender that ended is given up.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("conversation_id", "position"),
        Index("ix_outbox_open", "conversation_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_outbox_channel_provider_id", "channel", "provider_id"),
        Index("ix_outbox_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    channel: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    seq: Mapped[int]
    key: Mapped[str] = mapped_column(String(32), unique=True)
    human: Mapped[bool]
    always: Mapped[bool]
    content_sealed: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(24))
    attempts: Mapped[int]
    due_at: Mapped[datetime] = mapped_column(Instant)
    provider_id: Mapped[str | None] = mapped_column(String(160))
    receipt: Mapped[str | None] = mapped_column(String(12))
    created_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)


class ApiKeyRow(Base):
    """A key of the REST API. ``key``: SHA-256 of it; ``client``: whose conversations it reaches."""

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    client: Mapped[str] = mapped_column(String(64), index=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    hint: Mapped[str] = mapped_column(String(12))
    scopes: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class ApiConversationRow(Base):
    """A conversation that a client of the REST API has begun. ``request``: hash of its idempotency key."""

    __tablename__ = "api_conversations"
    __table_args__ = (UniqueConstraint("client", "request"),)

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    client: Mapped[str] = mapped_column(String(64))
    request: Mapped[str] = mapped_column(String(64))
