"""Accounts of the firm's own people: invited, accepted, changed, disabled."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, cast

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.intake.sealing import Seal
from bot.intake.staff import audit, passwords
from bot.intake.staff.roles import ADMIN, roles
from bot.intake.staff.tables import InvitationRow, RecoveryCodeRow, SessionRow, StaffRow
from bot.knowledge.catalogue import Language

INVITATION_DAYS: Final = 7
EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s]{2,}")

Trouble = Literal["email", "role", "name", "taken", "last_admin", "used", "licence"]
"""Why an account is not made or changed; ``console.account.<trouble>`` says it."""


class AccountError(ValueError):
    """An account cannot be made or changed so."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class UnknownAccountError(LookupError):
    """There is no account with this number or address."""


@dataclass(frozen=True, slots=True)
class Account:
    """``licence_no``: with it the person may advise (R-15); ``invited``: no password was chosen yet."""

    id: int
    email: str
    name: str
    role: str
    language: Language
    licence_no: str
    licence_body: str
    invited: bool
    second_factor: bool
    disabled: bool
    created_at: datetime

    @property
    def licensed(self) -> bool:
        return bool(self.licence_no)

    @property
    def active(self) -> bool:
        """Whether the person can log in."""
        return not self.invited and not self.disabled

    def may(self, permission: str) -> bool:
        return roles().may(self.role, permission)


def invite(
    session: Session,
    seal: Seal,
    *,
    email: str,
    name: str,
    role: str,
    by: str,
    language: Language = "en",
    licence_no: str = "",
    licence_body: str = "college",
    now: datetime | None = None,
) -> tuple[Account, str]:
    """A new account and the token of its one-time link. Raises ``AccountError``."""
    email, name, licence_no = email.strip().lower(), " ".join(name.split()), licence_no.strip()
    if not EMAIL.fullmatch(email):
        raise AccountError("email")
    if role not in roles().roles:
        raise AccountError("role")
    if not 0 < len(name) <= 120:
        raise AccountError("name")
    if role == "licensee" and not licence_no:
        raise AccountError("licence")
    if session.scalar(select(StaffRow.id).where(StaffRow.email == email)) is not None:
        raise AccountError("taken")
    row = StaffRow(
        email=email,
        name=name,
        role=role,
        language=language,
        licence_no=licence_no,
        licence_body=licence_body,
        totp_step=0,
        created_at=now or datetime.now(UTC),
    )
    session.add(row)
    session.flush()
    audit.record(session, seal, actor=by, action="account.invited", subject=f"staff:{row.id}", role=role)
    return account_in(row), _new_link(session, row.id, now)


def reset(session: Session, seal: Seal, staff_id: int, *, by: str) -> str:
    """Take password, second factor and sessions away; the token of a link to choose them anew."""
    row = row_of(session, staff_id)
    row.password_hash = row.totp_sealed = None
    session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id))
    session.execute(delete(SessionRow).where(SessionRow.staff_id == staff_id))
    audit.record(session, seal, actor=by, action="account.reset", subject=f"staff:{staff_id}")
    return _new_link(session, staff_id, None)


def invited(session: Session, _seal: Seal, token: str, now: datetime | None = None) -> Account | None:
    """Whose link this is; None when it was used, is too old or was never ours."""
    row = _link(session, token, now)
    return account_in(row_of(session, row.staff_id)) if row else None


def accept(session: Session, seal: Seal, token: str, password: str, now: datetime | None = None) -> Account:
    """Use the link and set the password, which has passed ``passwords.fault``. Raises ``AccountError``."""
    link = _link(session, token, now)
    if link is None:
        raise AccountError("used")
    link.used_at = now or datetime.now(UTC)
    row = row_of(session, link.staff_id)
    row.password_hash = passwords.hashed(password)
    session.flush()
    audit.record(session, seal, actor=row.email, action="account.accepted", subject=f"staff:{row.id}")
    return account_in(row)


def change(
    session: Session,
    seal: Seal,
    staff_id: int,
    *,
    by: str,
    role: str | None = None,
    disabled: bool | None = None,
    licence_no: str | None = None,
    licence_body: str | None = None,
) -> Account:
    """Change what an administrator decides. Raises ``AccountError``; there is always one administrator left."""
    row = row_of(session, staff_id)
    if role is not None and role not in roles().roles:
        raise AccountError("role")
    loses = (role not in (None, ADMIN)) or disabled
    if row.role == ADMIN and loses and not _other_admins(session, staff_id):
        raise AccountError("last_admin")
    if role is not None:
        row.role = role
    if licence_no is not None:
        row.licence_no, row.licence_body = licence_no.strip(), licence_body or row.licence_body
    if row.role == "licensee" and not row.licence_no:
        raise AccountError("licence")
    if disabled is not None:
        row.disabled_at = datetime.now(UTC) if disabled else None
        if disabled:
            session.execute(delete(SessionRow).where(SessionRow.staff_id == staff_id))
    session.flush()
    audit.record(
        session,
        seal,
        actor=by,
        action="account.changed",
        subject=f"staff:{staff_id}",
        role=row.role,
        disabled=row.disabled_at is not None,
        licence=row.licence_no,
    )
    return account_in(row)


def set_language(session: Session, _seal: Seal, staff_id: int, language: Language) -> None:
    session.execute(update(StaffRow).where(StaffRow.id == staff_id).values(language=language))


def accounts(session: Session, _seal: Seal) -> list[Account]:
    """All of them by name, those that are disabled last."""
    rows = session.scalars(select(StaffRow).order_by(StaffRow.disabled_at.is_not(None), StaffRow.name))
    return [account_in(row) for row in rows]


def account(session: Session, _seal: Seal, staff_id: int) -> Account:
    """Raises ``UnknownAccountError``."""
    return account_in(row_of(session, staff_id))


def by_email(session: Session, _seal: Seal, email: str) -> Account:
    """Raises ``UnknownAccountError``."""
    row = session.scalar(select(StaffRow).where(StaffRow.email == email.strip().lower()))
    if row is None:
        raise UnknownAccountError(email)
    return account_in(row)


def row_of(session: Session, staff_id: int) -> StaffRow:
    row = session.get(StaffRow, staff_id)
    if row is None:
        raise UnknownAccountError(staff_id)
    return row


def account_in(row: StaffRow) -> Account:
    return Account(
        id=row.id,
        email=row.email,
        name=row.name,
        role=row.role,
        language=cast(Language, row.language),
        licence_no=row.licence_no,
        licence_body=row.licence_body,
        invited=row.password_hash is None,
        second_factor=row.totp_sealed is not None,
        disabled=row.disabled_at is not None,
        created_at=row.created_at,
    )


def token_hash(token: str) -> str:
    """What is kept of a secret that only has to be recognised."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_link(session: Session, staff_id: int, now: datetime | None) -> str:
    """Older links of the account end with it."""
    session.execute(delete(InvitationRow).where(InvitationRow.staff_id == staff_id))
    token = secrets.token_urlsafe(32)
    expires = (now or datetime.now(UTC)) + timedelta(days=INVITATION_DAYS)
    session.add(InvitationRow(staff_id=staff_id, token_hash=token_hash(token), expires_at=expires))
    session.flush()
    return token


def _link(session: Session, token: str, now: datetime | None) -> InvitationRow | None:
    return session.scalar(
        select(InvitationRow)
        .join(StaffRow, StaffRow.id == InvitationRow.staff_id)
        .where(
            InvitationRow.token_hash == token_hash(token),
            InvitationRow.used_at.is_(None),
            InvitationRow.expires_at > (now or datetime.now(UTC)),
            StaffRow.disabled_at.is_(None),
        )
        .with_for_update()
    )


def _other_admins(session: Session, staff_id: int) -> int:
    """Administrators beside this one who can log in; the rows stay locked, so that two cannot leave at once."""
    rows = session.scalars(
        select(StaffRow)
        .where(StaffRow.role == ADMIN, StaffRow.disabled_at.is_(None), StaffRow.password_hash.is_not(None))
        .with_for_update()
    )
    return sum(row.id != staff_id for row in rows)
