"""Answers kept under a code, so that somebody can go on later or on another device without an account.

The code is a secret of 40 random bits and is not stored, only its SHA-256. The answers are sealed. They
outlive an idle conversation, which is what the code is for; they go when the person has the conversation erased, and
at the latest when the code ends.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import String, Text, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.intake.base import Base, Instant
from bot.intake.sealing import Seal
from bot.understanding import mask

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, 1, I and L: a code is read aloud and copied by hand."""
LENGTH: Final = 8
KEPT_FOR: Final = timedelta(days=30)
"""As long as an unfinished anonymous conversation is kept at most (R-25)."""
AGREED: Final = "consent:assessment"
"""Beside the slots in what is sealed; no slot is called so."""
_CODE: Final = re.compile(rf"(?<![\w-])([{ALPHABET}]{{4}})[ -]?([{ALPHABET}]{{4}})(?![\w-])", re.IGNORECASE)


class SavedRow(Base):
    """Answers under a code. ``code_hash``: SHA-256 of it; one for each conversation, the newest."""

    __tablename__ = "saved_answers"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(64), index=True)
    state_sealed: Mapped[str] = mapped_column(Text)
    saved_on: Mapped[date]
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


@dataclass(frozen=True, slots=True)
class Kept:
    """A code as the visitor is told it, and the last day on which it works."""

    code: str
    until: date


@dataclass(frozen=True, slots=True)
class Saved:
    """``state``: JSON values by slot; ``on``: the day they were saved; ``agreed``: the entry of the consent ledger
    under which they were kept (``consents.GivenConsent.to_json``), None where the visitor had not agreed yet."""

    state: Mapping[str, Any]
    on: date
    agreed: Mapping[str, Any] | None = None


def code_in(text: str) -> str | None:
    """The code that a message holds, without its dash; None if it holds none. A word of letters alone is no code."""
    for found in _CODE.finditer(text):
        code = (found[1] + found[2]).upper()
        if any(char.isdigit() for char in code) and any(char.isalpha() for char in code):
            return code
    return None


def without_code(text: str) -> str:
    """A message with spaces where a code stands: "H556-R3S6" tells no reading of 3 and no speaking of 6."""
    return _CODE.sub(lambda found: " " * len(found[0]), text)


def save(
    session: Session,
    seal: Seal,
    *,
    conversation_id: str,
    state: Mapping[str, Any],
    on: date,
    agreed: Mapping[str, Any] | None = None,
) -> Kept:
    """Keep the answers of a conversation under a new code; an earlier code of it ends.

    ``agreed`` goes along, for the ledger of the conversation may be gone before the code ends.
    """
    forget(session, conversation_id)
    expires_at = datetime.now(UTC) + KEPT_FOR
    code = _new_code()
    session.add(
        SavedRow(
            code_hash=_hash(code),
            conversation_id=conversation_id,
            state_sealed=seal.close_json({**state, AGREED: agreed}),
            saved_on=on,
            expires_at=expires_at,
        )
    )
    session.flush()
    return Kept(f"{code[:4]}-{code[4:]}", expires_at.date())


def saved(session: Session, seal: Seal, code: str) -> Saved | None:
    """The answers under a code; None when there are none or the code has ended."""
    row = session.get(SavedRow, _hash(code))
    if row is None or row.expires_at <= datetime.now(UTC):
        return None
    state = seal.open_json(row.state_sealed)
    agreed = state.pop(AGREED, None)
    return Saved(state, row.saved_on, agreed)


def forget(session: Session, conversation_id: str) -> None:
    """Erase what was saved of a conversation."""
    session.execute(delete(SavedRow).where(SavedRow.conversation_id == conversation_id))


def _new_code() -> str:
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if code_in(code) == code and mask(code).text == code:
            return code


def _hash(code: str) -> str:
    return hashlib.sha256(f"saved answers {code}".encode()).hexdigest()
