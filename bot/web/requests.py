"""Reading what a browser sends. Whatever does not have the expected shape ends here."""

from __future__ import annotations

import json
import re
from typing import Any, Final, TypeVar

from aiohttp import web

from bot.channels.incoming import Chosen, Incoming, Said
from bot.web.problems import Problem

BODY_BYTES: Final = 256 * 1024
"""Of one request or frame. Far more than a message may have, so that a long one is answered kindly."""

_GREATEST: Final = 2**31 - 1
_CLIENT_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)

T = TypeVar("T")


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object of a request. Raises ``Problem`` 400 and 415."""
    if request.content_type != "application/json":
        raise Problem(415, "request")
    return parsed(await request.read())


def parsed(data: str | bytes) -> dict[str, Any]:
    """A JSON object. Raises ``Problem`` 400."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise Problem(400, "request") from None
    if not isinstance(value, dict):
        raise Problem(400, "request")
    return value


def incoming(data: dict[str, Any]) -> Incoming:
    """A message: ``client_id`` with ``text``, or with ``message`` and ``button``. Raises ``Problem`` 400."""
    client_id = field(data, "client_id", str)
    if not _CLIENT_ID.fullmatch(client_id):
        raise Problem(400, "request")
    if "button" in data:
        return Chosen(client_id, message=number(data, "message"), button=number(data, "button"))
    return Said(client_id, field(data, "text", str))


def field(data: dict[str, Any], name: str, kind: type[T]) -> T:
    """A field of a JSON object. Raises ``Problem`` 400."""
    value = data.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise Problem(400, "request")
    return value


def number(data: dict[str, Any], name: str) -> int:
    """A whole number from 0. Raises ``Problem`` 400."""
    value = field(data, name, int)
    if not 0 <= value <= _GREATEST:
        raise Problem(400, "request")
    return value


def query_number(request: web.Request, name: str, greatest: int = _GREATEST) -> int:
    """A whole number of the query, 0 when it is not there. Raises ``Problem`` 400."""
    value = request.query.get(name, "0")
    if not (value.isascii() and value.isdigit() and len(value) <= 10 and int(value) <= greatest):
        raise Problem(400, "request")
    return int(value)
