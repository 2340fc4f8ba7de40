"""Tables of the firm's own people. Secrets are hashed where they are only compared, sealed where they are used."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.intake.base import Base, Instant


class StaffRow(Base):
    """One account. ``email``: lower case; ``totp_step``: the newest time step whose code was used."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(2))
    licence_no: Mapped[str] = mapped_column(String(32))
    licence_body: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str | None] = mapped_column(Text)
    totp_sealed: Mapped[str | None] = mapped_column(Text)
    totp_step: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Instant)
    disabled_at: Mapped[datetime | None] = mapped_column(Instant)


class InvitationRow(Base):
    """A one-time link. ``token_hash``: SHA-256 of what stands in the link."""

    __tablename__ = "staff_invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class RecoveryCodeRow(Base):
    """A code that stands in once for the second factor."""

    __tablename__ = "staff_recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class SessionRow(Base):
    """A browser that is logged in. ``stage``: ``enrol``, ``code`` (the second factor is awaited) or ``full``."""

    __tablename__ = "staff_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    stage: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(45))
    agent: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)


class LoginDelayRow(Base):
    """Failed log-ins by what was tried, whether or not such an account exists. ``key``: SHA-256."""

    __tablename__ = "staff_login_delays"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    until: Mapped[datetime] = mapped_column(Instant)


class AuditRow(Base):
    """One entry of the audit log (R-35). Triggers refuse every change; ``hash`` covers the entry and all before it."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    actor: Mapped[str] = mapped_column(String(254))
    action: Mapped[str] = mapped_column(String(48), index=True)
    subject: Mapped[str] = mapped_column(String(64), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class SwitchRow(Base):
    """Something that was switched off, or on again. ``en`` and ``fr``: what visitors are told meanwhile."""

    __tablename__ = "switches"

    name: Mapped[str] = mapped_column(String(24), primary_key=True)
    off: Mapped[bool]
    en: Mapped[str] = mapped_column(Text)
    fr: Mapped[str] = mapped_column(Text)
    comment: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[str] = mapped_column(String(254))
    changed_at: Mapped[datetime] = mapped_column(Instant)
