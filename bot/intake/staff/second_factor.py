"""The second factor: codes of an authenticator application (RFC 6238), and recovery codes for its loss."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Final

import pyotp
import segno

STEP_SECONDS: Final = 30
RECOVERY_CODES: Final = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    return pyotp.random_base32()


def address(secret: str, email: str, issuer: str) -> str:
    """The ``otpauth:`` address that an authenticator application reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def picture(otpauth: str) -> str:
    """The address as an SVG picture of a QR code; black on white in dark surroundings too."""
    return segno.make(otpauth, error="m").svg_inline(scale=4, border=4, dark="#000", light="#fff")


def step_of(secret: str, code: str, newest: int, now: datetime) -> int | None:
    """The time step whose code this is; None for a wrong code and for one at or before step ``newest``.

    One step before and after is taken as well, for clocks that are a little off.
    """
    digits = "".join(code.split())
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    current = int(now.timestamp()) // STEP_SECONDS
    for step in (current, current - 1, current + 1):
        if step > newest and secrets.compare_digest(totp.at(step * STEP_SECONDS).encode(), digits.encode()):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes of sixteen characters, about 79 bits each."""
    return ["-".join(_group() for _ in range(4)) for _ in range(RECOVERY_CODES)]


def _group() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(4))


def recovery_hash(code: str) -> str:
    """SHA-256 of the code however it was typed; the codes are too long to be guessed from it."""
    plain = "".join(character for character in code.lower() if character in _LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()
