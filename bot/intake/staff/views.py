"""Saved views of the inbox: a selection under a name, for oneself or for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from bot.intake.sealing import Seal
from bot.intake.work_tables import SavedViewRow

MOST: Final = 20
"""Views of one person."""


@dataclass(frozen=True, slots=True)
class View:
    """``query``: the query string of the inbox; ``own``: false for one that is everybody's."""

    id: int
    name: str
    query: str
    own: bool


def views(session: Session, _seal: Seal, staff_id: int) -> list[View]:
    """Everybody's and one's own, oldest first."""
    rows = session.scalars(
        select(SavedViewRow)
        .where(or_(SavedViewRow.staff_id == staff_id, SavedViewRow.staff_id.is_(None)))
        .order_by(SavedViewRow.staff_id.is_not(None), SavedViewRow.id)
    )
    return [View(row.id, row.name, str(row.query["address"]), row.staff_id is not None) for row in rows]


def save(session: Session, seal: Seal, staff_id: int, name: str, query: str, *, shared: bool = False) -> None:
    """Keep a selection. Raises ``ValueError`` without a name, and when one has too many."""
    name = " ".join(name.split())
    if not 0 < len(name) <= 60 or len(query) > 500:
        raise ValueError(name)
    if sum(view.own for view in views(session, seal, staff_id)) >= MOST:
        raise ValueError("too many")
    owner = None if shared else staff_id
    session.add(SavedViewRow(staff_id=owner, name=name, query={"address": query}, created_at=datetime.now(UTC)))
    session.flush()


def forget(session: Session, _seal: Seal, staff_id: int, view_id: int, *, shared: bool = False) -> None:
    """Drop one's own view; with ``shared`` one that is everybody's."""
    owner = SavedViewRow.staff_id.is_(None) if shared else SavedViewRow.staff_id == staff_id
    session.execute(delete(SavedViewRow).where(SavedViewRow.id == view_id, owner))
