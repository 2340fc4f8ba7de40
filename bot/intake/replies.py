"""Replies that people of the firm keep ready, in both languages; none that promises, predicts or advises (R-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.intake.sealing import Seal
from bot.intake.work_tables import CannedReplyRow
from bot.knowledge import lint
from bot.knowledge.catalogue import Language

LONGEST: Final = 2000
LONGEST_TITLE: Final = 60


class ReplyError(ValueError):
    """The reply cannot be kept.

    ``faults``: what to write instead, one line each; empty: a part is missing or too long.
    """

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults) or "title and both texts are needed, none too long")
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Reply:
    id: int
    title: str
    en: str
    fr: str
    updated_by: int | None
    updated_at: datetime

    def __getitem__(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en


def faults(text: str, language: Language) -> list[str]:
    """Phrases of a text that nobody here may write, each with what to write instead. For typed replies too."""
    return [fault.what for fault in lint.forbidden([lint.Said("reply", language, text)])]


def keep(
    session: Session,
    _seal: Seal,
    *,
    title: str,
    en: str,
    fr: str,
    staff_id: int | None,
    reply_id: int | None = None,
) -> Reply:
    """Keep a reply, new or in place of ``reply_id``. Raises ``ReplyError``."""
    title, en, fr = title.strip(), en.strip(), fr.strip()
    if not (title and en and fr) or len(title) > LONGEST_TITLE or max(len(en), len(fr)) > LONGEST:
        raise ReplyError([])
    found = [*faults(en, "en"), *faults(fr, "fr")]
    if found:
        raise ReplyError(found)
    row = session.get(CannedReplyRow, reply_id) if reply_id is not None else None
    if row is None:
        row = session.scalar(select(CannedReplyRow).where(CannedReplyRow.title == title)) or CannedReplyRow()
        session.add(row)
    row.title, row.text_en, row.text_fr = title, en, fr
    row.updated_by, row.updated_at = staff_id, datetime.now(UTC)
    session.flush()
    return _reply(row)


def replies(session: Session, _seal: Seal) -> list[Reply]:
    """Every reply by title."""
    return [_reply(row) for row in session.scalars(select(CannedReplyRow).order_by(CannedReplyRow.title))]


def remove(session: Session, _seal: Seal, reply_id: int) -> bool:
    """Remove a reply; returns whether there was one."""
    result = session.execute(delete(CannedReplyRow).where(CannedReplyRow.id == reply_id))
    return bool(getattr(result, "rowcount", 0))


def _reply(row: CannedReplyRow) -> Reply:
    return Reply(row.id, row.title, row.text_en, row.text_fr, row.updated_by, row.updated_at)
