"""Sessions of the console, kept by the server: a browser holds a random token and nothing else."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.intake.sealing import Seal
from bot.intake.staff.accounts import Account, account_in, row_of, token_hash
from bot.intake.staff.tables import SessionRow, StaffRow

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
UNFINISHED: Final = timedelta(minutes=10)
"""How long the second factor may take."""
SEEN_EVERY: Final = timedelta(seconds=60)
"""``seen_at`` is written at most this often."""

Stage = Literal["enrol", "code", "full"]


@dataclass(frozen=True, slots=True)
class Visit:
    """A session with the account as it is now. ``stage``: what it may do, see ``SessionRow``."""

    id: int
    account: Account
    stage: Stage
    address: str
    agent: str
    created_at: datetime
    seen_at: datetime


def begin(
    session: Session, _seal: Seal, staff_id: int, stage: Stage, *, address: str, agent: str, now: datetime | None = None
) -> str:
    """A new session; the token that the browser keeps."""
    now = now or datetime.now(UTC)
    token = secrets.token_urlsafe(32)
    session.add(
        SessionRow(
            staff_id=staff_id,
            token_hash=token_hash(token),
            stage=stage,
            address=address[:45],
            agent=agent[:200],
            created_at=now,
            seen_at=now,
        )
    )
    session.flush()
    return token


def find(session: Session, _seal: Seal, token: str, now: datetime | None = None) -> Visit | None:
    """The session of a token; None when there is none, it is over, or the account is disabled."""
    now = now or datetime.now(UTC)
    found = session.execute(
        select(SessionRow, StaffRow)
        .join(StaffRow, StaffRow.id == SessionRow.staff_id)
        .where(SessionRow.token_hash == token_hash(token), StaffRow.disabled_at.is_(None))
    ).one_or_none()
    if found is None or _over(found[0], now):
        return None
    return _visit(found[0], account_in(found[1]))


def seen(session: Session, _seal: Seal, session_id: int, now: datetime | None = None) -> None:
    row = session.get(SessionRow, session_id)
    if row is not None:
        row.seen_at = now or datetime.now(UTC)


def rotate(session: Session, _seal: Seal, session_id: int, stage: Stage, now: datetime | None = None) -> str:
    """Go on under a new token: whoever knew the old one is left behind (OWASP: session fixation)."""
    row = session.get_one(SessionRow, session_id)
    token = secrets.token_urlsafe(32)
    row.token_hash, row.stage = token_hash(token), stage
    row.created_at = row.seen_at = now or datetime.now(UTC)
    session.flush()
    return token


def of(session: Session, seal: Seal, staff_id: int, now: datetime | None = None) -> list[Visit]:
    """The sessions of one account that are still good, newest first."""
    now = now or datetime.now(UTC)
    rows = session.scalars(
        select(SessionRow).where(SessionRow.staff_id == staff_id, SessionRow.stage == "full").order_by(SessionRow.id)
    ).all()
    account = account_in(row_of(session, staff_id))
    return [_visit(row, account) for row in reversed(rows) if not _over(row, now)]


def end(session: Session, _seal: Seal, session_id: int, staff_id: int) -> bool:
    """End a session of this account. False: it has no such session."""
    done = session.execute(
        delete(SessionRow).where(SessionRow.id == session_id, SessionRow.staff_id == staff_id).returning(SessionRow.id)
    )
    return done.scalar_one_or_none() is not None


def end_others(session: Session, _seal: Seal, staff_id: int, kept: int | None = None) -> None:
    query = delete(SessionRow).where(SessionRow.staff_id == staff_id)
    session.execute(query if kept is None else query.where(SessionRow.id != kept))


def sweep(session: Session, _seal: Seal, now: datetime | None = None) -> None:
    """Forget sessions that are over."""
    now = now or datetime.now(UTC)
    session.execute(
        delete(SessionRow).where((SessionRow.seen_at < now - IDLE) | (SessionRow.created_at < now - LONGEST))
    )


def _over(row: SessionRow, now: datetime) -> bool:
    if row.stage != "full":
        return now - row.created_at > UNFINISHED
    return now - row.seen_at > IDLE or now - row.created_at > LONGEST


def _visit(row: SessionRow, account: Account) -> Visit:
    return Visit(row.id, account, cast(Stage, row.stage), row.address, row.agent, row.created_at, row.seen_at)
