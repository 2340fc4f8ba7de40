"""Signed conversation ids: nobody can speak in, or read, a conversation whose token we did not give them."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from itsdangerous import BadData, TimestampSigner

CONVERSATION_SECONDS: Final = 30 * 24 * 3600
FORM_SECONDS: Final = 24 * 3600


class Tokens:
    """Tokens hold letters, digits, dot, dash and underscore only: they fit cookies, headers and subprotocols."""

    def __init__(self, secret: str) -> None:
        self._conversations = _signer(secret, "conversation")
        self._forms = _signer(secret, "form")

    def conversation(self, conversation_id: str) -> str:
        return self._conversations.sign(conversation_id).decode()

    def conversation_of(self, token: str) -> str | None:
        """The conversation's id; None when we did not sign the token, or too long ago."""
        return _unsigned(self._conversations, token, CONVERSATION_SECONDS)

    def form(self, conversation_id: str) -> str:
        """A token for one rendering of a form of this conversation."""
        return self._forms.sign(f"{conversation_id}-{secrets.token_hex(8)}").decode()

    def is_form_of(self, conversation_id: str, token: str) -> bool:
        content = _unsigned(self._forms, token, FORM_SECONDS)
        return content is not None and content.rpartition("-")[0] == conversation_id


def _signer(secret: str, purpose: str) -> TimestampSigner:
    return TimestampSigner(secret, salt=f"express-entry-assistant.{purpose}", digest_method=hashlib.sha256)


def _unsigned(signer: TimestampSigner, token: str, seconds: int) -> str | None:
    try:
        return signer.unsign(token, max_age=seconds).decode()
    except (BadData, UnicodeError, ValueError, OverflowError):
        return None
