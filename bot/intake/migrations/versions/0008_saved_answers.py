"""Answers kept under a code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "saved_answers",
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("state_sealed", sa.Text(), nullable=False),
        sa.Column("saved_on", sa.Date(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pk_saved_answers"),
    )
    op.create_index("ix_saved_answers_conversation_id", "saved_answers", ["conversation_id"])
    op.create_index("ix_saved_answers_expires_at", "saved_answers", ["expires_at"])


def downgrade() -> None:
    op.drop_table("saved_answers")
