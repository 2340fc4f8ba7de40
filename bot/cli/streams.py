"""Lines of JSON from standard input to standard output: one in, one out, in the same order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, BinaryIO, TextIO

from bot.facts.faults import shown


class LineError(ValueError):
    """What is wrong with one line; the message names the key."""


def each_line(work: Callable[[dict[str, Any]], dict[str, Any]], source: BinaryIO, target: TextIO) -> None:
    """Give every line of ``source`` to ``work`` and write its answer with the ``id`` of the line.

    A line that ``work`` refuses with ``LineError``, or that is not a JSON object, becomes ``{"id", "error"}``. Blank
    lines are passed over.
    """
    for line in source:
        if line.strip():
            target.write(json.dumps(_answer(work, line)) + "\n")
            target.flush()


def standard(work: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """The same, from standard input to standard output. Stops quietly when nobody reads on."""
    try:
        each_line(work, sys.stdin.buffer, sys.stdout)
    except BrokenPipeError:
        sys.stderr.close()


def day_of(data: dict[str, Any], otherwise: date) -> date:
    """The day that a line asks for. Raises ``LineError`` where it is not one."""
    value = data.get("as_of")
    if value is None:
        return otherwise
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise LineError(f"as_of: {shown(value)} is not a day like 2026-11-02") from None


def only(data: dict[str, Any], keys: Iterable[str]) -> None:
    """Raise ``LineError`` for a key that is not one of these."""
    for key in data:
        if key not in keys:
            raise LineError(f"{key}: no such key; a line has {', '.join(keys)}")


def _answer(work: Callable[[dict[str, Any]], dict[str, Any]], line: bytes) -> dict[str, Any]:
    try:
        data = _object(line)
    except LineError as error:
        return {"id": None, "error": str(error)}
    try:
        return {"id": data.get("id"), **work(data)}
    except LineError as error:
        return {"id": data.get("id"), "error": str(error)}


def _object(line: bytes) -> dict[str, Any]:
    """The JSON object of a line. Raises ``LineError`` where it holds none."""
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise LineError(f"not a line of JSON: {error.msg} at character {error.pos + 1}") from None
    except UnicodeDecodeError:
        raise LineError("not a line of JSON: not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise LineError("not a line of JSON: a number is too long, or braces lie too deep in each other") from None
    if not isinstance(data, dict):
        raise LineError("a line is a JSON object in braces")
    return data
