"""A real SMTP server that keeps what it gets, and the worker that sends to it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from pydantic import SecretStr

from bot.firm import Firm, load_firm
from bot.intake.database import Database
from bot.intake.worker import Worker
from bot.settings import load


class Letterbox:
    """``got``: messages as they came; ``refuses``: the answers to the next messages instead of taking them."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.refuses: list[str] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        if self.refuses:
            return self.refuses.pop(0)
        self.got.append(envelope.content)
        return "250 OK"

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(one, policy=policy.default) for one in self.got]  # type: ignore[misc]


@contextmanager
def serving() -> Iterator[tuple[Letterbox, str]]:
    """The server and its address."""
    box = Letterbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


def firm(**other: Any) -> Firm:
    found = load_firm(Path("firm.yml"))
    return found.model_copy(update={"alerts": found.alerts.model_copy(update={"quiet": None}), **other})


def worker(database: Database, tmp_path: Path, smtp: str = "", **other: Any) -> Worker:
    settings = load(None, var_dir=tmp_path, database_url=str(database.url))
    settings = settings.model_copy(update={"smtp_url": SecretStr(smtp), "public_url": "https://talk.example"})
    return Worker(database, settings, other.pop("firm", firm()), **other)
