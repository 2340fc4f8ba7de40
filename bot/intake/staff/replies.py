"""Prepared replies in both languages. None is kept that says what nobody here may say (R-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.intake.staff.accounts import Account
from bot.intake.work_tables import CannedReplyRow
from bot.knowledge.catalogue import Language
from bot.knowledge.lint import Said, forbidden

LONGEST: Final = 2000
Trouble = Literal["title", "texts", "phrase"]


class ReplyError(ValueError):
    """A reply is not kept; ``console.replies.<trouble>`` says why, ``detail`` which words."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Reply:
    id: int
    title: str
    en: str
    fr: str
    updated_at: datetime

    def text(self, language: Language) -> str:
        return self.fr if language == "fr" else self.en


def replies(session: Session, _seal: Seal) -> list[Reply]:
    """All of them by title."""
    rows = session.scalars(select(CannedReplyRow).order_by(CannedReplyRow.title))
    return [Reply(row.id, row.title, row.text_en, row.text_fr, row.updated_at) for row in rows]


def keep(session: Session, seal: Seal, title: str, *, en: str, fr: str, by: Account) -> None:
    """Write a reply, in the place of the one with this title. Raises ``ReplyError``."""
    title = " ".join(title.split())
    if not 0 < len(title) <= 60:
        raise ReplyError("title")
    if not (0 < len(en.strip()) <= LONGEST and 0 < len(fr.strip()) <= LONGEST):
        raise ReplyError("texts")
    faults = list(forbidden([Said(title, "en", en), Said(title, "fr", fr)]))
    if faults:
        raise ReplyError("phrase", "; ".join(fault.what for fault in faults))
    row = session.scalar(select(CannedReplyRow).where(CannedReplyRow.title == title)) or CannedReplyRow(title=title)
    row.text_en, row.text_fr = en.strip(), fr.strip()
    row.updated_by, row.updated_at = by.id, datetime.now(UTC)
    session.add(row)
    session.flush()
    audit.record(session, seal, actor=by.email, action="reply.written", subject=f"reply:{row.id}")


def drop(session: Session, seal: Seal, reply_id: int, *, by: Account) -> None:
    session.execute(delete(CannedReplyRow).where(CannedReplyRow.id == reply_id))
    audit.record(session, seal, actor=by.email, action="reply.dropped", subject=f"reply:{reply_id}")
