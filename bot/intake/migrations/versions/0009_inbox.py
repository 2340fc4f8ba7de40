"""The indexes of the inbox hold everything that its filters read; notes, tasks and labels can be searched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FILTERED = (
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
ORDERS = {
    "ix_leads_work": ["is_open", "priority", "due_on", "id"],
    "ix_leads_received": ["is_open", "created_at", "id"],
    "ix_leads_due": ["is_open", "due_on", "id"],
    "ix_leads_score": ["is_open", "score", "id"],
    "ix_leads_active": ["is_open", "last_activity_at", "id"],
}
OF_ONE_FILTER = {
    "ix_leads_assignee": ["assignee_id", "is_open", "priority", "due_on", "id"],
    "ix_leads_status_work": ["status", "priority", "due_on", "id"],
}


def upgrade() -> None:
    for name in OF_ONE_FILTER:
        op.drop_index(name, "leads")
    for name, order in ORDERS.items():
        op.drop_index(name, "leads")
        op.create_index(name, "leads", [*order, *(column for column in FILTERED if column not in order)])
    op.execute(sa.text("ANALYZE leads"))
    # What has no token is made findable by the running assistant, which has the key.
    for table in ("lead_notes", "lead_tasks", "lead_labels"):
        worked_on = sa.table(table, sa.column("lead_id"))
        tokens = sa.table("lead_tokens", sa.column("lead_id"))
        op.execute(sa.delete(tokens).where(tokens.c.lead_id.in_(sa.select(worked_on.c.lead_id))))


def downgrade() -> None:
    for name, order in ORDERS.items():
        op.drop_index(name, "leads")
        op.create_index(name, "leads", order)
    for name, columns in OF_ONE_FILTER.items():
        op.create_index(name, "leads", columns)
