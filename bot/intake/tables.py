"""Every table of ours: a module that adds one is named here, so that migrations and tests know it."""

from __future__ import annotations

from typing import Final

from bot.intake import lead_tables, models, privacy_tables, saved, work_tables
from bot.intake.base import Base
from bot.intake.channels import tables as channel_tables
from bot.intake.notifications import tables as notification_tables
from bot.intake.staff import tables as staff_tables

MODULES: Final = (
    models,
    saved,
    staff_tables,
    lead_tables,
    work_tables,
    privacy_tables,
    notification_tables,
    channel_tables,
)
TABLES: Final[frozenset[str]] = frozenset(Base.metadata.tables)
