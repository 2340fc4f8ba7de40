"""What the server writes about itself: one line an event, JSON in production, identifiers masked."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Final

from bot.understanding.masking import mask

QUIET: Final = ("aiohttp.access", "apscheduler", "alembic", "matplotlib", "rasa", "rasa_sdk", "asyncio")
"""Loggers whose everyday news nobody needs; their warnings stay."""


class Line(logging.Formatter):
    """For a person at a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        return mask(super().format(record)).text


class JsonLine(logging.Formatter):
    """For a machine that collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        content = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": mask(record.getMessage()).text,
        }
        if record.exc_info:
            content["error"] = mask(self.formatException(record.exc_info)).text
        return json.dumps(content, ensure_ascii=False)


def configure(level: str, *, production: bool) -> None:
    """Send everything of ``level`` and above to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLine() if production else Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Its warning quotes the protocols that a client offers, and one of them is the conversation's token.
    logging.getLogger("aiohttp.websocket").setLevel(logging.ERROR)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
