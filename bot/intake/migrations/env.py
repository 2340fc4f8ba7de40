"""How Alembic runs here: on the connection it is handed, on our tables alone."""

from __future__ import annotations

from typing import Any

from alembic import context

from bot.intake.base import Base
from bot.intake.tables import TABLES


def ours(_object: Any, name: str | None, type_: str, _reflected: bool, compare_to: Any) -> bool:
    """Rasa's tables share the database; they are not Alembic's business."""
    return type_ != "table" or name in TABLES


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=ours,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
