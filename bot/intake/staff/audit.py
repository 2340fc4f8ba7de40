"""The audit log: who saw, changed, took away or erased what (R-35). Entries are added, never changed.

Each entry's hash covers the entry and the hash before it, so that an entry that was changed, taken out
or put in is found by ``verify``. Entries name things by number and hold no words of a visitor.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.intake.sealing import Seal
from bot.intake.staff.tables import AuditRow

BEGINNING: Final = "0" * 64
SYSTEM: Final = "system"
"""Actor of what nobody did by hand; ``command line`` is whoever may run commands on the server."""
COMMAND_LINE: Final = "command line"
PAGE: Final = 100
_ONE_AT_A_TIME: Final = 0x65656132


@dataclass(frozen=True, slots=True)
class Entry:
    """``actor``: e-mail of a member of staff, or ``system``; ``subject``: as ``lead:42``."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``entries``: how many hold together; ``newest``: hash of the newest; ``broken``: the first that does not."""

    entries: int
    newest: str
    broken: int | None = None


def record(session: Session, _seal: Seal, *, actor: str, action: str, subject: str = "", **details: Any) -> None:
    """Add an entry. It stands or falls with the transaction of what it tells."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time by itself
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    newest = session.execute(select(AuditRow.id, AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)).one_or_none()
    number, previous = (newest.id + 1, newest.hash) if newest else (1, BEGINNING)
    at = datetime.now(UTC)
    session.add(
        AuditRow(
            id=number,
            at=at,
            actor=actor,
            action=action,
            subject=subject,
            details=details,
            previous=previous,
            hash=_hash(number, at, actor, action, subject, details, previous),
        )
    )
    session.flush()


def entries(
    session: Session,
    _seal: Seal,
    *,
    before: int | None = None,
    actor: str = "",
    action: str = "",
    subject: str = "",
    limit: int = PAGE,
) -> list[Entry]:
    """Newest first; ``before``: entries with a smaller number; ``action``: the beginning of it, as ``lead``."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if before is not None:
        query = query.where(AuditRow.id < before)
    if actor:
        query = query.where(AuditRow.actor == actor)
    if action:
        query = query.where(AuditRow.action.startswith(action, autoescape=True))
    if subject:
        query = query.where(AuditRow.subject == subject)
    return [_entry(row) for row in session.scalars(query)]


def verify(session: Session, _seal: Seal) -> Verdict:
    """Compute every hash anew. What is missing at the end shows only against a hash that was kept elsewhere."""
    previous, count = BEGINNING, 0
    for row in _all(session):
        expected = _hash(row.id, row.at, row.actor, row.action, row.subject, row.details, previous)
        if row.id != count + 1 or row.previous != previous or row.hash != expected:
            return Verdict(count, previous, broken=row.id)
        previous, count = row.hash, count + 1
    return Verdict(count, previous)


def holds(session: Session, _seal: Seal, newest: str) -> bool:
    """Whether an entry with this hash is (still) there."""
    return session.scalar(select(AuditRow.id).where(AuditRow.hash == newest)) is not None


def _all(session: Session) -> Iterator[AuditRow]:
    yield from session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=500))


def _hash(
    number: int, at: datetime, actor: str, action: str, subject: str, details: Mapping[str, Any], previous: str
) -> str:
    content = [number, at.astimezone(UTC).isoformat(timespec="microseconds"), actor, action, subject, details, previous]
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _entry(row: AuditRow) -> Entry:
    return Entry(row.id, row.at, row.actor, row.action, row.subject, row.details)
