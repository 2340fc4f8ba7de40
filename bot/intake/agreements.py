"""Records of written consultation agreements (R-16). Each function is one step of a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake.history import log
from bot.intake.leads import lead_row
from bot.intake.sealing import Seal
from bot.intake.work_tables import AgreementRow


@dataclass(frozen=True, slots=True)
class Agreement:
    """A written consultation agreement (R-16). ``kept_at``: where the signed copy is kept."""

    id: int
    lead_id: int
    text_version: str
    signed_at: datetime
    kept_at: str
    recorded_by: int | None
    recorded_at: datetime


def record_agreement(
    session: Session,
    seal: Seal,
    lead_id: int,
    *,
    text_version: str,
    signed_at: datetime,
    kept_at: str,
    staff_id: int | None,
) -> Agreement:
    """Record that the written consultation agreement was made (R-16). Raises ``ValueError`` for an empty part."""
    if not text_version.strip() or not kept_at.strip():
        raise ValueError("an agreement needs the version of its text and the place of its copy")
    lead_row(session, lead_id)
    row = AgreementRow(
        lead_id=lead_id,
        text_version=text_version.strip(),
        signed_at=signed_at,
        kept_at_sealed=seal.close(kept_at.strip()),
        recorded_by=staff_id,
        recorded_at=datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    log(session, seal, lead_id, "agreement", staff_id=staff_id, text_version=row.text_version)
    return _agreement(seal, row)


def agreements(session: Session, seal: Seal, lead_id: int) -> list[Agreement]:
    """The agreements of a lead, oldest first."""
    rows = session.scalars(select(AgreementRow).where(AgreementRow.lead_id == lead_id).order_by(AgreementRow.id))
    return [_agreement(seal, row) for row in rows]


def _agreement(seal: Seal, row: AgreementRow) -> Agreement:
    return Agreement(
        id=row.id,
        lead_id=row.lead_id,
        text_version=row.text_version,
        signed_at=row.signed_at,
        kept_at=seal.open(row.kept_at_sealed),
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
    )
