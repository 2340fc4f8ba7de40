"""Encryption at rest of what visitors write and how they can be reached."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class SealError(Exception):
    """Something was sealed with a key that this process does not have."""


class Seal:
    """Seals with the first key and opens with any of them, so that keys can be changed.

    Keys are Fernet keys (32 bytes in URL-safe base64). Sealed values are text, safe for any column.
    """

    def __init__(self, keys: Sequence[str]) -> None:
        fernets = [Fernet(key) for key in keys]
        self._first, self._fernet = fernets[0], MultiFernet(fernets)
        self._index_keys = tuple(
            hmac.digest(base64.urlsafe_b64decode(key), b"search index", hashlib.sha256) for key in keys
        )

    def close(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The text again. Raises ``SealError``."""
        try:
            return self._fernet.decrypt(sealed.encode("ascii")).decode()
        except (InvalidToken, UnicodeEncodeError):
            raise SealError("CONTACT_KEY is not the key that this database was written with") from None

    def close_json(self, value: Any) -> str:
        return self.close(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def open_json(self, sealed: str) -> Any:
        return json.loads(self.open(sealed))

    def is_fresh(self, sealed: str) -> bool:
        """Whether it was sealed with the first key."""
        try:
            self._first.decrypt(sealed.encode("ascii"))
        except (InvalidToken, UnicodeEncodeError):
            return False
        return True

    def renew(self, sealed: str) -> str:
        """The same text sealed with the first key. Raises ``SealError``."""
        return self.close(self.open(sealed))

    def index(self, word: str) -> str:
        """A keyed hash by which a word can be found without being readable: 32 hexadecimal digits."""
        return _hash(self._index_keys[0], word)

    def indexes(self, word: str) -> list[str]:
        """The hashes of a word under every key, the first key's first."""
        return [_hash(key, word) for key in self._index_keys]


def _hash(key: bytes, word: str) -> str:
    return hmac.digest(key, word.encode(), hashlib.sha256)[:16].hex()
