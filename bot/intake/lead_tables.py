"""The tables of leads: the line of the inbox, what lies behind it, and what became of it.

``leads`` holds what the inbox filters and sorts by and nothing large; facts and assessment lie in
``lead_files``. Each order of the inbox has an index that begins with the order and goes on with every
column that a filter reads, so that a page is found in the index alone, whichever filters combine. ``staff_id`` is an
account's id without a foreign key: what somebody did stays told when the account is gone.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.base import Base, Instant

NEVER: Final = date(9999, 12, 31)
"""``due_on`` of a lead without a deadline: it sorts last and needs no special case."""

FILTERED: Final = (
    "status",
    "assignee_id",
    "priority",
    "due_on",
    "stage",
    "score_low",
    "score_high",
    "rule_set",
    "cec",
    "fsw",
    "fst",
    "urgent",
    "contradictions",
    "high_risks",
    "may_write",
    "waiting_since",
    "language",
    "channel",
    "created_at",
    "family_id",
)
"""What the filters of the inbox read, apart from ``is_open``."""


def order_index(name: str, *order: str) -> Index:
    """The index of one order of the inbox: open or closed, the order, then what filters read."""
    return Index(name, "is_open", *order, *(column for column in FILTERED if column not in order))


class LeadRow(Base):
    """A visitor who asked for a person; one for each conversation.

    ``priority``, ``priority_reason``, ``due_on``, ``due_event``: the order of work (``order.Place``).
    ``is_open``: the status is not one that closes. ``version`` goes up with every change, so that two
    people at one lead notice each other. ``waiting_since``: a person has been asked for and has not
    answered; ``waiting_told_at``: the firm was told that it takes long. ``may_write``: the visitor
    agreed to later messages.
    """

    __tablename__ = "leads"
    __table_args__ = (
        order_index("ix_leads_work", "priority", "due_on", "id"),
        order_index("ix_leads_received", "created_at", "id"),
        order_index("ix_leads_due", "due_on", "id"),
        order_index("ix_leads_score", "score", "id"),
        order_index("ix_leads_active", "last_activity_at", "id"),
        Index("ix_leads_waiting_since", "waiting_since"),
        Index("ix_leads_created_at", "created_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), unique=True)
    name_sealed: Mapped[str] = mapped_column(Text)
    contact_sealed: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    channel: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(24))
    is_open: Mapped[bool]
    version: Mapped[int]
    assignee_id: Mapped[int | None]
    priority: Mapped[int]
    priority_reason: Mapped[str] = mapped_column(String(32))
    due_on: Mapped[date]
    due_event: Mapped[str | None] = mapped_column(String(48))
    stage: Mapped[str | None] = mapped_column(String(16))
    score: Mapped[int]
    score_low: Mapped[int | None]
    score_high: Mapped[int | None]
    rule_set: Mapped[str | None] = mapped_column(String(48))
    assessed_on: Mapped[date | None]
    cec: Mapped[str | None] = mapped_column(String(16))
    fsw: Mapped[str | None] = mapped_column(String(16))
    fst: Mapped[str | None] = mapped_column(String(16))
    urgent: Mapped[bool]
    contradictions: Mapped[int]
    high_risks: Mapped[int]
    may_write: Mapped[bool]
    waiting_since: Mapped[datetime | None] = mapped_column(Instant)
    waiting_told_at: Mapped[datetime | None] = mapped_column(Instant)
    first_reply_at: Mapped[datetime | None] = mapped_column(Instant)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("leads.id", ondelete="SET NULL"), index=True)
    family_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    last_activity_at: Mapped[datetime] = mapped_column(Instant)


class LeadFileRow(Base):
    """What lies behind the line. ``facts``: JSON values by fact id; ``assessment``: the result as it
    was shown, with its rule set; ``brief``: flags, timeline and evidence gaps (``brief.Brief``)."""

    __tablename__ = "lead_files"

    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    assessment: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    brief: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class LeadFactRow(Base):
    """One telling of one fact, oldest first; the newest of a fact is the one that holds.

    ``source``: message, derived or staff; ``seq``: number of the message it was said in.
    """

    __tablename__ = "lead_facts"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    fact: Mapped[str] = mapped_column(String(48))
    value: Mapped[Any] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(16))
    seq: Mapped[int | None]
    staff_id: Mapped[int | None]
    said_at: Mapped[datetime] = mapped_column(Instant)


class LeadHistoryRow(Base):
    """Who did what to a lead and why. ``staff_id`` None: the assistant itself."""

    __tablename__ = "lead_history"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    staff_id: Mapped[int | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    why_sealed: Mapped[str | None] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)


class LeadCopyRow(Base):
    """The assessment of a lead run again on another day or with edited facts; the lead stays as it is."""

    __tablename__ = "lead_copies"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), index=True)
    as_of: Mapped[date]
    edits: Mapped[dict[str, Any]] = mapped_column(JSON)
    assessment: Mapped[dict[str, Any]] = mapped_column(JSON)
    staff_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(Instant)


class LeadTokenRow(Base):
    """Keyed hashes of the words by which a lead can be found while its name and contact stay sealed."""

    __tablename__ = "lead_tokens"
    __table_args__ = (Index("ix_lead_tokens_lead_id", "lead_id"),)

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True)


class LeadLabelRow(Base):
    __tablename__ = "lead_labels"
    __table_args__ = (Index("ix_lead_labels_lead_id", "lead_id"),)

    label: Mapped[str] = mapped_column(String(40), primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("leads.id", ondelete="CASCADE"), primary_key=True)
