"""Passwords: long enough, not everybody's, kept as argon2id hashes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 12
LONGEST: Final = 200
COMMON: Final = Path(__file__).with_name("common_passwords.txt")

Fault = Literal["short", "long", "common", "own"]
"""Why a password is not taken; ``console.password.<fault>`` says it."""

_HASHER: Final = PasswordHasher()
_TRIMMINGS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_REPEATED = re.compile(r"^(.{1,4}?)\1+.{0,3}$", re.DOTALL)
_SEQUENCES: Final = "0123456789" * 4 + " abcdefghijklmnopqrstuvwxyz qwertyuiopasdfghjklzxcvbnm"


def fault(password: str, own: Iterable[str] = ()) -> Fault | None:
    """What is wrong with a new password: its length, a place on the list of common ones, or ``own`` words in it."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    folded = password.casefold()
    if folded in _common() or _TRIMMINGS.sub("", folded) in _common() or _REPEATED.match(folded):
        return "common"
    if folded in _SEQUENCES or folded[::-1] in _SEQUENCES:
        return "common"
    if any(len(word) >= 4 and word.casefold() in folded for word in own):
        return "own"
    return None


def hashed(password: str) -> str:
    return _HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether this is the password. Without one to compare with it takes as long and is false."""
    try:
        return _HASHER.verify(kept or _nobody(), password[:LONGEST]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether the hash was made with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(kept)


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _HASHER.hash("nobody has this password")


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(COMMON.read_text(encoding="utf-8").split())
