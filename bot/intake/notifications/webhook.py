"""A webhook: JSON by POST, signed, so that the receiver can tell who sent it and when."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import aiohttp

TIMESTAMP_HEADER: Final = "X-Assistant-Timestamp"
SIGNATURE_HEADER: Final = "X-Assistant-Signature"
EVENT_HEADER: Final = "X-Assistant-Event"
SECONDS: Final = 10
GONE: Final = 410
"""The receiver says that it wants no more of these: not tried again."""


class DeliveryError(Exception):
    """It has not arrived. ``final``: another try would not help."""

    def __init__(self, problem: str, *, final: bool = False) -> None:
        super().__init__(problem)
        self.final = final


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over ``<timestamp>.<body>``, as ``sha256=<hexadecimal>``."""
    signed = timestamp.encode() + b"." + body
    return f"sha256={hmac.digest(secret.encode(), signed, hashlib.sha256).hex()}"


async def post(session: aiohttp.ClientSession, url: str, secret: str, event: Mapping[str, Any]) -> None:
    """Send one event; any answer from 200 to 299 means that it has arrived. Raises ``DeliveryError``."""
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    timestamp = str(int(datetime.now(UTC).timestamp()))
    headers = {
        "Content-Type": "application/json",
        TIMESTAMP_HEADER: timestamp,
        SIGNATURE_HEADER: signature(secret, timestamp, body),
        EVENT_HEADER: str(event["id"]),
    }
    limit = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with session.post(url, data=body, headers=headers, timeout=limit, allow_redirects=False) as response:
            if not 200 <= response.status < 300:
                raise DeliveryError(f"answered {response.status}", final=response.status == GONE)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise DeliveryError(type(error).__name__) from None
