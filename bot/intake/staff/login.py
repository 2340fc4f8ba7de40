"""Logging in: a password, then a second factor; slower after each failure; the same for accounts that do not exist."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.intake.sealing import Seal
from bot.intake.staff import audit, passwords, second_factor, sessions
from bot.intake.staff.accounts import row_of
from bot.intake.staff.tables import LoginDelayRow, RecoveryCodeRow, StaffRow

FREE: Final = 3
"""Failures before each further one doubles the wait."""
LONGEST_DELAY: Final = timedelta(minutes=15)
FORGOTTEN: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Outcome:
    """``token``: of the session that goes on; None: refused, and ``wait`` seconds until another try is looked at."""

    token: str | None = None
    wait: int = 0


def password(
    session: Session,
    seal: Seal,
    *,
    email: str,
    given: str,
    address: str,
    agent: str,
    now: datetime | None = None,
) -> Outcome:
    """The first step. Its answer and its time say nothing about whether there is such an account."""
    now = now or datetime.now(UTC)
    email = email.strip().lower()
    key = _key("password", email)
    if wait := _wait(session, key, now):
        return Outcome(wait=wait)
    row = session.scalar(select(StaffRow).where(StaffRow.email == email))
    kept = row.password_hash if row and row.disabled_at is None else None
    if not passwords.fits(kept, given) or row is None:
        audit.record(session, seal, actor=email[:254] if row else "unknown", action="login.refused", step="password")
        return Outcome(wait=_failed(session, key, now))
    if kept and passwords.outdated(kept):
        row.password_hash = passwords.hashed(given)
    session.execute(delete(LoginDelayRow).where(LoginDelayRow.key == key))
    sessions.sweep(session, seal, now)
    stage: sessions.Stage = "code" if row.totp_sealed else "enrol"
    return Outcome(sessions.begin(session, seal, row.id, stage, address=address, agent=agent, now=now))


def code(session: Session, seal: Seal, visit: sessions.Visit, given: str, now: datetime | None = None) -> Outcome:
    """The second step: a code of the application, or a recovery code; each is taken once."""
    now = now or datetime.now(UTC)
    row = row_of(session, visit.account.id)
    key = _key("code", row.email)
    if wait := _wait(session, key, now):
        return Outcome(wait=wait)
    way = _way(session, seal, row, given, now)
    if way is None:
        audit.record(session, seal, actor=row.email, action="login.refused", step="code")
        return Outcome(wait=_failed(session, key, now))
    session.execute(delete(LoginDelayRow).where(LoginDelayRow.key == key))
    audit.record(session, seal, actor=row.email, action="login", subject=f"staff:{row.id}", by=way)
    return Outcome(sessions.rotate(session, seal, visit.id, "full", now))


def enrol(
    session: Session, seal: Seal, visit: sessions.Visit, secret: str, given: str, now: datetime | None = None
) -> tuple[str, list[str]] | None:
    """Begin to use an authenticator application whose first code is ``given``.

    The token of the session that goes on, and the recovery codes, which are never shown again. None: a
    wrong code, or an application is used already.
    """
    now = now or datetime.now(UTC)
    row = row_of(session, visit.account.id)
    step = second_factor.step_of(secret, given, 0, now)
    if step is None or row.totp_sealed is not None:
        return None
    row.totp_sealed, row.totp_step = seal.close(secret), step
    codes = new_recovery_codes(session, seal, row.id)
    audit.record(session, seal, actor=row.email, action="login", subject=f"staff:{row.id}", by="enrolment")
    return sessions.rotate(session, seal, visit.id, "full", now), codes


def new_recovery_codes(session: Session, _seal: Seal, staff_id: int) -> list[str]:
    """Fresh recovery codes; those of before are void."""
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id))
    codes = second_factor.new_recovery_codes()
    session.add_all(RecoveryCodeRow(staff_id=staff_id, code_hash=second_factor.recovery_hash(one)) for one in codes)
    session.flush()
    return codes


def change_password(
    session: Session, seal: Seal, visit: sessions.Visit, given: str, new: str, now: datetime | None = None
) -> Outcome:
    """A new password for who knows the old one; every other session of the account ends."""
    now = now or datetime.now(UTC)
    row = row_of(session, visit.account.id)
    key = _key("password", row.email)
    if wait := _wait(session, key, now):
        return Outcome(wait=wait)
    if not passwords.fits(row.password_hash, given):
        return Outcome(wait=_failed(session, key, now))
    row.password_hash = passwords.hashed(new)
    sessions.end_others(session, seal, row.id, visit.id)
    audit.record(session, seal, actor=row.email, action="account.password", subject=f"staff:{row.id}")
    return Outcome(sessions.rotate(session, seal, visit.id, "full", now))


def _way(session: Session, seal: Seal, row: StaffRow, given: str, now: datetime) -> str | None:
    if row.totp_sealed is None:
        return None
    step = second_factor.step_of(seal.open(row.totp_sealed), given, row.totp_step, now)
    if step is not None:
        taken = session.execute(
            update(StaffRow)
            .where(StaffRow.id == row.id, StaffRow.totp_step < step)
            .values(totp_step=step)
            .returning(StaffRow.id)
        ).scalar_one_or_none()
        return "code" if taken is not None else None
    used = session.execute(
        update(RecoveryCodeRow)
        .where(
            RecoveryCodeRow.staff_id == row.id,
            RecoveryCodeRow.code_hash == second_factor.recovery_hash(given),
            RecoveryCodeRow.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCodeRow.id)
    ).scalar_one_or_none()
    return "recovery code" if used is not None else None


def _key(step: str, email: str) -> str:
    return hashlib.sha256(f"{step}:{email}".encode()).hexdigest()


def _wait(session: Session, key: str, now: datetime) -> int:
    row = session.get(LoginDelayRow, key)
    return max(0, round((row.until - now).total_seconds())) if row and row.until > now else 0


def _failed(session: Session, key: str, now: datetime) -> int:
    """Count a failure; the seconds that the next try has to wait."""
    row = session.get(LoginDelayRow, key, with_for_update=True)
    if row is None:
        row = LoginDelayRow(key=key, failures=0, until=now)
        session.add(row)
    if now - row.until > FORGOTTEN:
        row.failures = 0
    row.failures += 1
    over = row.failures - FREE
    delay = min(timedelta(seconds=2 ** min(over, 12)), LONGEST_DELAY) if over > 0 else timedelta()
    row.until = now + delay
    session.flush()
    return round(delay.total_seconds())
