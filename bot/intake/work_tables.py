"""The tables of daily work on leads: notes, tasks, agreements, views, replies, spreadsheets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.base import Base, Instant


class NoteRow(Base):
    """An internal note; no visitor ever sees it."""

    __tablename__ = "lead_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    staff_id: Mapped[int | None]
    text_sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)


class MentionRow(Base):
    """Somebody named in a note, until they have seen it."""

    __tablename__ = "lead_mentions"
    __table_args__ = (Index("ix_lead_mentions_staff_id_seen_at", "staff_id", "seen_at"),)

    note_id: Mapped[int] = mapped_column(ForeignKey("lead_notes.id", ondelete="CASCADE"), primary_key=True)
    staff_id: Mapped[int] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime | None] = mapped_column(Instant)


class TaskRow(Base):
    """Something to do for a lead, with the day it is due."""

    __tablename__ = "lead_tasks"
    __table_args__ = (Index("ix_lead_tasks_assignee_id_due_on", "assignee_id", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    title_sealed: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    assignee_id: Mapped[int | None]
    created_by: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[int | None]


class AgreementRow(Base):
    """The written consultation agreement that comes before a consultation (R-16).

    ``text_version``: which text was signed; ``kept_at_sealed``: where the signed copy is kept.
    """

    __tablename__ = "agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    text_version: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime] = mapped_column(Instant)
    kept_at_sealed: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[int | None]
    recorded_at: Mapped[datetime] = mapped_column(Instant)


class SavedViewRow(Base):
    """Filters and sort of the inbox under a name. ``staff_id`` None: everybody's."""

    __tablename__ = "saved_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Instant)


class CannedReplyRow(Base):
    """A reply kept ready in both languages; it passed the phrase linter when it was written."""

    __tablename__ = "canned_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(60), unique=True)
    text_en: Mapped[str] = mapped_column(Text)
    text_fr: Mapped[str] = mapped_column(Text)
    updated_by: Mapped[int | None]
    updated_at: Mapped[datetime] = mapped_column(Instant)


class PrescreenRow(Base):
    """A spreadsheet of people to be assessed. ``source_sealed``: the file, base64, until it is done."""

    __tablename__ = "prescreens"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    staff_id: Mapped[int | None]
    state: Mapped[str] = mapped_column(String(12), index=True)
    as_of: Mapped[date]
    rows: Mapped[int]
    done: Mapped[int]
    failed: Mapped[int]
    problem: Mapped[str | None] = mapped_column(Text)
    source_sealed: Mapped[str | None] = mapped_column(Text)
    result_sealed: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
