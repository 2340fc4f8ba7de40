"""Reading a provider's payload. Whatever does not have the expected shape ends as ``UnreadableError``."""

from __future__ import annotations

import json
import math
import time
from typing import Any, Final, TypeVar

from bot.channels.channel import UnreadableError

T = TypeVar("T")

LONGEST_ID: Final = 512


def json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise UnreadableError("no JSON") from None
    if not isinstance(value, dict):
        raise UnreadableError("no JSON object")
    return value


def part(data: dict[str, Any], name: str, kind: type[T]) -> T:
    """A field that has to be there."""
    value = data.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise UnreadableError(name)
    return value


def objects(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects; none when the field is not there."""
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UnreadableError(name)
    return value


def identifier(data: dict[str, Any], name: str) -> str:
    """An id, given as text or as a whole number."""
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, str | int) or not 0 < len(str(value)) <= LONGEST_ID:
        raise UnreadableError(name)
    return str(value)


def seconds(value: Any, per_second: float = 1.0) -> float:
    """A moment in seconds since 1970, given as a number or as text."""
    try:
        found = float(value) / per_second
    except (TypeError, ValueError, OverflowError):
        raise UnreadableError("time") from None
    if not math.isfinite(found):
        raise UnreadableError("time")
    return found


def now() -> float:
    """Seconds since 1970: the order of messages whose provider gives no time."""
    return time.time()


def writable(text: str) -> str:
    """The text with what cannot be written as UTF-8 replaced."""
    return text.encode("utf-8", "replace").decode()
