"""Clients of the REST API: keys, and whose a conversation is. Each function is one step of a transaction."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.intake.channels.tables import ApiConversationRow, ApiKeyRow
from bot.intake.sealing import Seal

Scope = Literal["conversations:write", "conversations:read", "conversations:erase"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
MARK: Final = "eea_"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret. ``hint``: its first characters, to tell keys apart."""

    id: int
    client: str
    hint: str
    scopes: frozenset[str]
    created_at: datetime
    revoked_at: datetime | None


def create(session: Session, _seal: Seal, client: str, scopes: Collection[Scope]) -> str:
    """A new key for a client. It is told once; what is kept cannot be turned back into it."""
    key = MARK + secrets.token_urlsafe(32)
    session.add(
        ApiKeyRow(
            client=client,
            key=_hashed(key),
            hint=key[:10],
            scopes=" ".join(sorted(scopes)),
            created_at=datetime.now(UTC),
        )
    )
    session.flush()
    return key


def known(session: Session, _seal: Seal, key: str) -> ApiKey | None:
    """The key, unless it was never made or is revoked."""
    row = session.scalar(select(ApiKeyRow).where(ApiKeyRow.key == _hashed(key), ApiKeyRow.revoked_at.is_(None)))
    return _key(row) if row else None


def keys(session: Session, _seal: Seal) -> list[ApiKey]:
    """All keys, newest first."""
    return [_key(row) for row in session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.id.desc()))]


def revoke(session: Session, _seal: Seal, key_id: int) -> bool:
    """The key opens nothing from now on; False: there is no such key that did."""
    done = session.execute(
        update(ApiKeyRow)
        .where(ApiKeyRow.id == key_id, ApiKeyRow.revoked_at.is_(None))
        .values(revoked_at=datetime.now(UTC))
        .returning(ApiKeyRow.id)
    )
    return done.first() is not None


def begun(session: Session, _seal: Seal, client: str, request: str) -> str | None:
    """The conversation that a client began with this idempotency key."""
    return session.scalar(
        select(ApiConversationRow.conversation_id).where(
            ApiConversationRow.client == client, ApiConversationRow.request == _hashed(request)
        )
    )


def begin(session: Session, _seal: Seal, conversation_id: str, client: str, request: str) -> None:
    """The conversation is the client's. Raises ``IntegrityError`` when the idempotency key was used meanwhile."""
    session.add(ApiConversationRow(conversation_id=conversation_id, client=client, request=_hashed(request)))
    session.flush()


def owns(session: Session, _seal: Seal, client: str, conversation_id: str) -> bool:
    """Whether the conversation is one of the client's."""
    row = session.get(ApiConversationRow, conversation_id)
    return row is not None and row.client == client


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(row.id, row.client, row.hint, frozenset(row.scopes.split()), row.created_at, row.revoked_at)
