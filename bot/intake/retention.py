"""The job that erases what is kept no longer (R-25)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.orm import Session

from bot.intake.lead_tables import LeadRow
from bot.intake.models import ConversationRow, MessageRow
from bot.intake.notifications.tables import NotificationRow
from bot.intake.privacy_tables import ResultLinkRow
from bot.intake.saved import SavedRow
from bot.intake.sealing import Seal
from bot.intake.tallies import RESULT
from bot.intake.work_tables import PrescreenRow
from bot.retention import Retention


def due(session: Session, _seal: Seal, retention: Retention, now: datetime | None = None) -> list[str]:
    """Conversations whose time is over."""
    now = now or datetime.now(UTC)
    lead = select(LeadRow.id).where(LeadRow.conversation_id == ConversationRow.id).exists()
    query = select(ConversationRow.id).where(or_(and_(~lead, _over(retention, now)), _lead_over(retention, now)))
    return list(session.scalars(query.order_by(ConversationRow.last_activity_at)))


def _over(retention: Retention, now: datetime) -> ColumnElement[bool]:
    """A conversation that nobody is to be contacted about; longer where the visitor got or saved something."""
    result = select(MessageRow.id).where(MessageRow.conversation_id == ConversationRow.id, MessageRow.kind == RESULT)
    saved = select(SavedRow.code_hash).where(SavedRow.conversation_id == ConversationRow.id)
    linked = select(ResultLinkRow.token_hash).where(ResultLinkRow.conversation_id == ConversationRow.id)
    kept = or_(result.exists(), saved.exists(), linked.exists())
    return or_(
        and_(
            ~kept,
            or_(
                ConversationRow.last_activity_at < now - timedelta(hours=retention.idle_hours),
                ConversationRow.created_at < now - timedelta(days=retention.unfinished_days),
            ),
        ),
        and_(kept, ConversationRow.last_activity_at < now - timedelta(days=retention.result_days)),
    )


def _lead_over(retention: Retention, now: datetime) -> ColumnElement[bool]:
    over = now - timedelta(days=retention.lead_days)
    stale = select(LeadRow.conversation_id).where(LeadRow.last_activity_at < over, LeadRow.merged_into_id.is_(None))
    return ConversationRow.id.in_(stale)


def sweep_others(session: Session, _seal: Seal, retention: Retention, now: datetime | None = None) -> int:
    """Erase what belongs to no conversation and whose time is over; returns how many rows."""
    now = now or datetime.now(UTC)
    before = now - timedelta(days=retention.outbox_days)
    statements = (
        delete(NotificationRow).where(NotificationRow.state != "waiting", NotificationRow.created_at < before),
        delete(PrescreenRow).where(PrescreenRow.created_at < before),
        delete(ResultLinkRow).where(ResultLinkRow.expires_at < now),
        delete(SavedRow).where(SavedRow.expires_at < now),
    )
    return sum(_rows(session.execute(statement)) for statement in statements)


def _rows(result: object) -> int:
    return int(getattr(result, "rowcount", 0))
