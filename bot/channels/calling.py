"""One request to a provider's API, and what its failures mean."""

from __future__ import annotations

import json
from typing import Any, Final

import aiohttp
from multidict import CIMultiDictProxy

from bot.channels.channel import TemporaryError, UnsureError

TOO_MANY: Final = 429
NOT_NOW: Final = 503


async def call(
    http: aiohttp.ClientSession, method: str, url: str, **options: Any
) -> tuple[int, dict[str, Any], CIMultiDictProxy[str]]:
    """Status, JSON object and headers of the answer; an answer that is no JSON object is read as empty.

    Raises ``TemporaryError`` (nothing was sent, 429 without body, 503) and ``UnsureError`` (the line broke,
    or the provider failed while it worked on the request).
    """
    try:
        async with http.request(method, url, **options) as response:
            try:
                body = json.loads(await response.read())
            except ValueError:
                body = {}
            status, headers = response.status, response.headers
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise TemporaryError(f"cannot be reached: {error}") from None
    except (aiohttp.ClientError, TimeoutError) as error:
        raise UnsureError(f"the connection broke: {type(error).__name__}") from None
    if status == NOT_NOW:
        raise TemporaryError("not available now", retry_after(headers))
    if status > NOT_NOW or status in (500, 502):
        raise UnsureError(f"the provider failed with {status}")
    return status, body if isinstance(body, dict) else {}, headers


def retry_after(headers: Any) -> float:
    """Seconds of a ``Retry-After`` header; 0: the provider names none."""
    try:
        return max(0.0, float(headers.get("Retry-After", 0.0)))
    except ValueError:
        return 0.0
