"""The tables of privacy: the visitor's own links and ratings, and what is left when all else is erased."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.base import Base, Instant


class ResultLinkRow(Base):
    """A private link of a visitor, to a result or to a copy of their data (``kind``).

    The link itself is not stored, only its SHA-256. ``result_sealed``: the facts of a result.
    """

    __tablename__ = "result_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    language: Mapped[str] = mapped_column(String(2))
    as_of: Mapped[date]
    result_sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class RatingRow(Base):
    """How satisfied a visitor was, from 1 to 5; at most one for each conversation."""

    __tablename__ = "ratings"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    score: Mapped[int]
    given_at: Mapped[datetime] = mapped_column(Instant)


class TombstoneRow(Base):
    """Somebody was erased: a keyed hash by which a backup that is put back can be erased again, and counts."""

    __tablename__ = "tombstones"

    subject_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    reason: Mapped[str] = mapped_column(String(24))
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    erased_at: Mapped[datetime] = mapped_column(Instant, index=True)


class ConsentProofRow(Base):
    """An entry of the consent ledger of somebody who was erased, without anything that names them."""

    __tablename__ = "consent_proofs"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_hash: Mapped[str] = mapped_column(ForeignKey("tombstones.subject_hash"), index=True)
    purpose: Mapped[str] = mapped_column(String(32))
    granted: Mapped[bool]
    text_id: Mapped[str] = mapped_column(String(128))
    text_version: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(16))
    way: Mapped[str] = mapped_column(String(16))
    given_at: Mapped[datetime] = mapped_column(Instant)


class TallyRow(Base):
    """A count of a day that outlives the conversations it was made of (``tallies``)."""

    __tablename__ = "tallies"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]


class ErasureRow(Base):
    """Somebody asked in the conversation to be erased: done as soon as the turn that said so is over."""

    __tablename__ = "erasures"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)
    requested_at: Mapped[datetime] = mapped_column(Instant)
