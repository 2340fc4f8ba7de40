"""Erasures asked for in the conversation, two kinds of private links, and who was told of long waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("conversation_id", sa.String(64), nullable=False),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name="fk_erasures_conversation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_erasures"),
    )
    with op.batch_alter_table("result_links") as links:
        links.add_column(sa.Column("kind", sa.String(8), nullable=False, server_default="result"))
    with op.batch_alter_table("result_links") as links:
        links.alter_column("kind", server_default=None)
    # Added in place: a table that SQLite makes anew would take the rows that point to it with it.
    op.add_column("leads", sa.Column("waiting_told_at", INSTANT))


def downgrade() -> None:
    op.execute("ALTER TABLE leads DROP COLUMN waiting_told_at")
    with op.batch_alter_table("result_links") as links:
        links.drop_column("kind")
    op.drop_table("erasures")
