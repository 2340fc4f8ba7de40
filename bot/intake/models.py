"""The tables of conversations and consents. Rasa keeps its own in the same database; these never touch them.

Texts written by or for a visitor and ways to reach one are sealed (``sealing.Seal``): columns whose
name ends in ``_sealed`` hold ciphertext.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.base import Base, Instant

UNHANDLED: Final = text("direction = 'in' AND handled_at IS NULL")
"""What a starting process has to work on: few rows, found without reading the others."""


class ConversationRow(Base):
    """One conversation. ``id``: 128 random bits or more. ``asked``: the fact asked for last.

    ``held_by``: the member of staff who speaks in it since ``held_at``; while somebody does, the machine is silent.
    """

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(16))
    asked: Mapped[str | None] = mapped_column(String(64))
    last_seq: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_activity_at: Mapped[datetime] = mapped_column(Instant, index=True)
    held_by: Mapped[int | None]
    held_at: Mapped[datetime | None] = mapped_column(Instant)


class MessageRow(Base):
    """One message, in or out, numbered within its conversation.

    ``sender``: visitor, assistant, staff or system; ``client_id``: the browser's id of an inbound
    message; ``payload``: what the dialogue receives for a chosen button; ``reply_to``: the inbound
    message that an answer belongs to; ``handled_at``: when an inbound message was answered.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id"),
        Index("ix_messages_unhandled", "conversation_id", sqlite_where=UNHANDLED, postgresql_where=UNHANDLED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    seq: Mapped[int]
    direction: Mapped[str] = mapped_column(String(3))
    sender: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(2))
    client_id: Mapped[str | None] = mapped_column(String(64))
    reply_to: Mapped[int | None]
    asked: Mapped[str | None] = mapped_column(String(64))
    topic: Mapped[str | None] = mapped_column(String(64))
    text_sealed: Mapped[str | None] = mapped_column(Text)
    payload_sealed: Mapped[str | None] = mapped_column(Text)
    answer_sealed: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)
    handled_at: Mapped[datetime | None] = mapped_column(Instant)


class ConsentRow(Base):
    """One entry of the consent ledger (R-23). Entries are added, never changed.

    ``text_id`` and ``text_version``: which wording was shown (SHA-256 of it); ``way``: how it was
    given; ``granted`` false: it was refused or withdrawn.
    """

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_conversation_id_purpose", "conversation_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(32))
    granted: Mapped[bool]
    text_id: Mapped[str] = mapped_column(String(128))
    text_version: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(16))
    way: Mapped[str] = mapped_column(String(16))
    given_at: Mapped[datetime] = mapped_column(Instant)
