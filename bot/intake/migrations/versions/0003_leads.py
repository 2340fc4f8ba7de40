"""Leads as a firm works on them: order of work, pipeline, history, notes, tasks, search."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)

NEW_COLUMNS: tuple[sa.Column[Any], ...] = (
    sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.true()),
    sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    sa.Column("assignee_id", sa.Integer()),
    sa.Column("priority", sa.Integer(), nullable=False, server_default="5"),
    sa.Column("priority_reason", sa.String(32), nullable=False, server_default="rest"),
    sa.Column("due_on", sa.Date(), nullable=False, server_default="9999-12-31"),
    sa.Column("due_event", sa.String(48)),
    sa.Column("stage", sa.String(16)),
    sa.Column("score", sa.Integer(), nullable=False, server_default="-1"),
    sa.Column("score_low", sa.Integer()),
    sa.Column("score_high", sa.Integer()),
    sa.Column("rule_set", sa.String(48)),
    sa.Column("assessed_on", sa.Date()),
    sa.Column("cec", sa.String(16)),
    sa.Column("fsw", sa.String(16)),
    sa.Column("fst", sa.String(16)),
    sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("contradictions", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("high_risks", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("may_write", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("waiting_since", INSTANT),
    sa.Column("first_reply_at", INSTANT),
    sa.Column("merged_into_id", sa.Integer()),
    sa.Column("family_id", sa.Integer()),
    sa.Column("last_activity_at", INSTANT),
)
FILLED = (
    "is_open",
    "version",
    "priority",
    "priority_reason",
    "due_on",
    "score",
    "urgent",
    "contradictions",
    "high_risks",
    "may_write",
)
INDEXES = {
    "ix_leads_merged_into_id": ["merged_into_id"],
    "ix_leads_family_id": ["family_id"],
    "ix_leads_active": ["is_open", "last_activity_at", "id"],
    "ix_leads_assignee": ["assignee_id", "is_open", "priority", "due_on", "id"],
    "ix_leads_due": ["is_open", "due_on", "id"],
    "ix_leads_received": ["is_open", "created_at", "id"],
    "ix_leads_score": ["is_open", "score", "id"],
    "ix_leads_status_work": ["status", "priority", "due_on", "id"],
    "ix_leads_waiting_since": ["waiting_since"],
    "ix_leads_work": ["is_open", "priority", "due_on", "id"],
}

TABLES = (
    "lead_mentions",
    "lead_copies",
    "lead_facts",
    "lead_files",
    "lead_history",
    "lead_labels",
    "lead_tokens",
    "canned_replies",
    "prescreens",
    "saved_views",
    "agreements",
    "lead_notes",
    "lead_tasks",
)


def upgrade() -> None:
    # SQLite changes a table by making it anew; rows that point to it would go with the old one. So the
    # facts wait in a table of their own until ``leads`` has its new shape.
    op.execute("CREATE TABLE leads_before AS SELECT id, facts, assessment FROM leads")
    with op.batch_alter_table("leads") as leads:
        for column in NEW_COLUMNS:
            leads.add_column(column.copy())
        leads.drop_column("facts")
        leads.drop_column("assessment")
    op.execute("UPDATE leads SET last_activity_at = updated_at, waiting_since = created_at")
    op.drop_index("ix_leads_status", "leads")
    with op.batch_alter_table("leads") as leads:
        for name in FILLED:
            leads.alter_column(name, server_default=None)
        leads.alter_column("last_activity_at", existing_type=INSTANT, nullable=False)
        leads.create_foreign_key("fk_leads_merged_into_id", "leads", ["merged_into_id"], ["id"], ondelete="SET NULL")
    for name, columns in INDEXES.items():
        op.create_index(name, "leads", columns)
    _tables_of_leads()
    _tables_of_work()
    op.execute("INSERT INTO lead_files (lead_id, facts, assessment) SELECT id, facts, assessment FROM leads_before")
    op.drop_table("leads_before")


def downgrade() -> None:
    op.execute("CREATE TABLE leads_before AS SELECT lead_id AS id, facts, assessment FROM lead_files")
    for table in TABLES:
        op.drop_table(table)
    for name in INDEXES:
        op.drop_index(name, "leads")
    with op.batch_alter_table("leads") as leads:
        leads.drop_constraint("fk_leads_merged_into_id", type_="foreignkey")
        leads.add_column(sa.Column("facts", sa.JSON(), nullable=False, server_default="{}"))
        leads.add_column(sa.Column("assessment", sa.JSON()))
        for column in NEW_COLUMNS:
            leads.drop_column(column.name)
    op.execute(
        "UPDATE leads SET (facts, assessment) ="
        " (SELECT facts, assessment FROM leads_before WHERE leads_before.id = leads.id)"
        " WHERE id IN (SELECT id FROM leads_before)"
    )
    with op.batch_alter_table("leads") as leads:
        leads.alter_column("facts", server_default=None)
    op.create_index("ix_leads_status", "leads", ["status"])
    op.drop_table("leads_before")


def _tables_of_leads() -> None:
    op.create_table(
        "lead_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("assessment", sa.JSON(), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_lead_copies_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_copies"),
    )
    op.create_index("ix_lead_copies_lead_id", "lead_copies", ["lead_id"])
    op.create_table(
        "lead_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(48), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("seq", sa.Integer()),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_lead_facts_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_facts"),
    )
    op.create_index("ix_lead_facts_lead_id", "lead_facts", ["lead_id"])
    op.create_table(
        "lead_files",
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("assessment", sa.JSON()),
        sa.Column("brief", sa.JSON()),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_lead_files_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("lead_id", name="pk_lead_files"),
    )
    op.create_table(
        "lead_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("why_sealed", sa.Text()),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_lead_history_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_history"),
    )
    op.create_index("ix_lead_history_lead_id", "lead_history", ["lead_id"])
    op.create_table(
        "lead_labels",
        sa.Column("label", sa.String(40), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_lead_labels_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("label", "lead_id", name="pk_lead_labels"),
    )
    op.create_index("ix_lead_labels_lead_id", "lead_labels", ["lead_id"])
    op.create_table(
        "lead_tokens",
        sa.Column("token", sa.String(32), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_lead_tokens_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token", "lead_id", name="pk_lead_tokens"),
    )
    op.create_index("ix_lead_tokens_lead_id", "lead_tokens", ["lead_id"])


def _tables_of_work() -> None:
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("text_fr", sa.Text(), nullable=False),
        sa.Column("updated_by", sa.Integer()),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canned_replies"),
        sa.UniqueConstraint("title", name="uq_canned_replies_title"),
    )
    op.create_table(
        "prescreens",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.Column("source_sealed", sa.Text()),
        sa.Column("result_sealed", sa.Text()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_prescreens"),
    )
    op.create_index("ix_prescreens_state", "prescreens", ["state"])
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
    )
    op.create_index("ix_saved_views_staff_id", "saved_views", ["staff_id"])
    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.String(64), nullable=False),
        sa.Column("signed_at", INSTANT, nullable=False),
        sa.Column("kept_at_sealed", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer()),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_agreements_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_agreements"),
    )
    op.create_index("ix_agreements_lead_id", "agreements", ["lead_id"])
    op.create_table(
        "lead_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer()),
        sa.Column("text_sealed", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_lead_notes_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_notes"),
    )
    op.create_index("ix_lead_notes_lead_id", "lead_notes", ["lead_id"])
    op.create_table(
        "lead_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("title_sealed", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("assignee_id", sa.Integer()),
        sa.Column("created_by", sa.Integer()),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT),
        sa.Column("done_by", sa.Integer()),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_lead_tasks_lead_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_lead_tasks"),
    )
    op.create_index("ix_lead_tasks_lead_id", "lead_tasks", ["lead_id"])
    op.create_index("ix_lead_tasks_assignee_id_due_on", "lead_tasks", ["assignee_id", "due_on"])
    op.create_table(
        "lead_mentions",
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", INSTANT),
        sa.ForeignKeyConstraint(["note_id"], ["lead_notes.id"], name="fk_lead_mentions_note_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("note_id", "staff_id", name="pk_lead_mentions"),
    )
    op.create_index("ix_lead_mentions_staff_id_seen_at", "lead_mentions", ["staff_id", "seen_at"])
