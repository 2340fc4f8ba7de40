"""Private links of a visitor: to a result they want to keep, and to a copy of their data.

Whoever has a link can read what it leads to; that is how a visitor shares it. A link cannot be
guessed, ends by itself, and goes with everything else when the visitor is erased.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal, cast

from sqlalchemy import delete
from sqlalchemy.orm import Session

from bot.facts.encoding import profile_from, profile_to
from bot.facts.profile import Profile
from bot.intake.privacy_tables import ResultLinkRow
from bot.intake.sealing import Seal
from bot.intake.transcript import ensure_conversation
from bot.knowledge.catalogue import Language

Kind = Literal["result", "data"]
LIVES: Final[Mapping[Kind, timedelta]] = {"result": timedelta(days=30), "data": timedelta(hours=24)}
TOKEN_BYTES: Final = 24


class UnknownLinkError(LookupError):
    """The link leads nowhere: it never existed, has ended, or was erased."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link leads to. ``facts``: JSON values by fact id, of a result."""

    kind: Kind
    conversation_id: str
    language: Language
    as_of: date
    facts: Mapping[str, Any]
    expires_at: datetime

    @property
    def profile(self) -> Profile:
        return profile_from(self.facts)


def make(
    session: Session,
    seal: Seal,
    conversation_id: str,
    kind: Kind,
    *,
    language: Language,
    channel: str,
    as_of: date,
    profile: Profile,
    days: int | None = None,
) -> str:
    """A new link; returns its token, which is told once and not stored. ``days``: how long it lives, if shorter."""
    ensure_conversation(session, conversation_id, language=language, channel=channel)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = datetime.now(UTC)
    lives = min(LIVES[kind], timedelta(days=days)) if days is not None else LIVES[kind]
    session.add(
        ResultLinkRow(
            token_hash=_hash(token),
            conversation_id=conversation_id,
            kind=kind,
            language=language,
            as_of=as_of,
            result_sealed=seal.close_json(profile_to(profile)),
            created_at=now,
            expires_at=now + lives,
        )
    )
    session.flush()
    return token


def follow(session: Session, seal: Seal, token: str, kind: Kind) -> Link:
    """What a link of this kind leads to. Raises ``UnknownLinkError``."""
    row = session.get(ResultLinkRow, _hash(token))
    if row is None or row.kind != kind or row.expires_at <= datetime.now(UTC):
        raise UnknownLinkError
    return Link(
        kind=kind,
        conversation_id=row.conversation_id,
        language=cast(Language, row.language),
        as_of=row.as_of,
        facts=seal.open_json(row.result_sealed),
        expires_at=row.expires_at,
    )


def forget(session: Session, _seal: Seal, token: str) -> None:
    """The link leads nowhere from now on."""
    session.execute(delete(ResultLinkRow).where(ResultLinkRow.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
