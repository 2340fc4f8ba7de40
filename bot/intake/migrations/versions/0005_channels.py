"""People on messaging channels, what arrived from them, and the outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
PENDING = sa.text("handled_at IS NULL")
OPEN = sa.text("state IN ('waiting', 'sending', 'unsure')")


def upgrade() -> None:
    op.create_table(
        "channel_people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("address_sealed", sa.Text(), nullable=False),
        _conversation("channel_people"),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("last_heard_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_channel_people"),
        sa.UniqueConstraint("channel", "person", name="uq_channel_people_channel_person"),
    )
    op.create_index("ix_channel_people_conversation_id", "channel_people", ["conversation_id"])
    op.create_table(
        "channel_stops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("stopped_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_channel_stops"),
        sa.UniqueConstraint("channel", "person", name="uq_channel_stops_channel_person"),
    )
    op.create_table(
        "channel_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        _conversation("channel_codes"),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_channel_codes"),
        sa.UniqueConstraint("code", name="uq_channel_codes_code"),
    )
    op.create_index("ix_channel_codes_conversation_id", "channel_codes", ["conversation_id"])
    op.create_table(
        "channel_arrivals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("sent_order", sa.Double(), nullable=False),
        sa.Column("content_sealed", sa.Text()),
        sa.Column("arrived_at", INSTANT, nullable=False),
        sa.Column("handled_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_channel_arrivals"),
        sa.UniqueConstraint("channel", "message", name="uq_channel_arrivals_channel_message"),
    )
    op.create_index("ix_channel_arrivals_arrived_at", "channel_arrivals", ["arrived_at"])
    op.create_index(
        "ix_channel_arrivals_pending",
        "channel_arrivals",
        ["channel", "person"],
        sqlite_where=PENDING,
        postgresql_where=PENDING,
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        _conversation("outbox"),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("human", sa.Boolean(), nullable=False),
        sa.Column("always", sa.Boolean(), nullable=False),
        sa.Column("content_sealed", sa.Text()),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(24)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("provider_id", sa.String(160)),
        sa.Column("receipt", sa.String(12)),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("conversation_id", "position", name="uq_outbox_conversation_id_position"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_open", "outbox", ["conversation_id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_outbox_channel_provider_id", "outbox", ["channel", "provider_id"])
    op.create_index("ix_outbox_state", "outbox", ["state"])


def downgrade() -> None:
    for table in ("outbox", "channel_arrivals", "channel_codes", "channel_stops", "channel_people"):
        op.drop_table(table)


def _conversation(table: str) -> sa.Column[str]:
    """The conversation that a row belongs to and with which it is erased."""
    return sa.Column(
        "conversation_id",
        sa.String(64),
        sa.ForeignKey("conversations.id", name=f"fk_{table}_conversation_id", ondelete="CASCADE"),
        nullable=False,
    )
