"""The assistant as its users meet it: the real server in its own process, and a visitor who talks to it over HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import sqlalchemy as sa

from bot.facts import Profile, vocabulary
from bot.facts.encoding import profile_from
from bot.intake.sealing import Seal

START_SECONDS = 240
TURN_SECONDS = 30


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class RunningAssistant:
    """``assistant run`` in a process of its own, with its own database and folder."""

    directory: Path
    database_url: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    def __post_init__(self) -> None:
        self.database_url = self.database_url or f"sqlite:///{self.directory / 'assistant.db'}"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> RunningAssistant:
        environment = {
            **os.environ,
            "PORT": str(self.port),
            "VAR_DIR": str(self.directory),
            "DATABASE_URL": self.database_url,
            "MESSAGES_PER_MINUTE": "0",
            "MESSAGES_PER_MINUTE_PER_ADDRESS": "0",
            "CONVERSATIONS_PER_HOUR_PER_ADDRESS": "0",
            **self.environment,
        }
        log = (self.directory / "server.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "run"], env=environment, stdout=log, stderr=subprocess.STDOUT, text=True
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"the assistant ended: {(self.directory / 'server.log').read_text()[-2000:]}")
            try:
                if requests.get(f"{self.url}/readyz", timeout=2).ok:
                    return self
            except requests.ConnectionError:
                time.sleep(0.1)
        self.process.kill()
        raise TimeoutError(f"the assistant was not ready within {START_SECONDS} s")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the process; returns its exit code."""
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(timeout=30)

    @property
    def seal(self) -> Seal:
        """Opens what this assistant sealed."""
        return Seal([self.environment.get("CONTACT_KEY") or (self.directory / "contact.key").read_text().strip()])

    def slots(self, conversation_id: str) -> dict[str, Any]:
        """The slots of a conversation, from the stored events."""
        engine = sa.create_engine(self.database_url.replace("postgresql://", "postgresql+psycopg2://"))
        query = sa.text("SELECT data FROM events WHERE sender_id = :id AND type_name = 'slot' ORDER BY id")
        with engine.connect() as connection:
            events = [self.seal.open_json(data) for (data,) in connection.execute(query, {"id": conversation_id})]
        engine.dispose()
        return {event["name"]: event["value"] for event in events}


class Visitor:
    """One visitor in one conversation, over the API that browsers use when WebSockets do not work."""

    def __init__(self, assistant: RunningAssistant, language: str = "en") -> None:
        self.assistant = assistant
        self.http = requests.Session()
        opened = self.http.post(f"{assistant.url}/api/conversations", json={"language": language}, timeout=TURN_SECONDS)
        opened.raise_for_status()
        content = opened.json()
        self.id: str = content["conversation"]
        self.messages: list[dict[str, Any]] = content["messages"]
        self.reply = [m for m in self.messages if m["from"] == "assistant"]

    def say(self, text: str) -> list[dict[str, Any]]:
        """Write a message; returns the assistant's answers to it."""
        return self._send({"text": text})

    def press(self, title: str) -> list[dict[str, Any]]:
        """Press the newest button with this title (or one that begins with it)."""
        for message in reversed(self.messages):
            for button in message.get("buttons") or ():
                if as_typed(button["title"]).startswith(as_typed(title)):
                    return self._send({"message": message["id"], "button": button["id"]})
        raise AssertionError(f"there is no button {title!r}; there are {self.buttons()}")

    def buttons(self) -> list[str]:
        """Titles of the buttons in the last reply."""
        return [b["title"] for m in self.reply for b in m.get("buttons") or ()]

    def text(self) -> str:
        """Everything a person reads of the last reply."""
        return "\n".join(readable(message) for message in self.reply)

    @property
    def facts(self) -> Profile:
        """What the assistant has learned in this conversation."""
        slots = self.assistant.slots(self.id)
        return profile_from({name: value for name, value in slots.items() if name in vocabulary()})

    @property
    def asked(self) -> str | None:
        """The slot the assistant is waiting for."""
        return self.assistant.slots(self.id).get("requested_slot")

    def _send(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        body["client_id"] = str(uuid.uuid4())
        sent = self.http.post(f"{self.assistant.url}/api/messages", json=body, timeout=TURN_SECONDS)
        sent.raise_for_status()
        own = sent.json()["message"]
        self.messages.append(own)
        self.reply = []
        deadline = time.monotonic() + TURN_SECONDS
        while time.monotonic() < deadline:
            after = self.messages[-1]["id"]
            got = self.http.get(
                f"{self.assistant.url}/api/messages", params={"after": after, "wait": 10}, timeout=TURN_SECONDS
            ).json()
            self.messages.extend(got["messages"])
            self.reply.extend(m for m in got["messages"] if m["from"] != "visitor")
            if self.reply and not got["typing"]:
                return self.reply
        raise TimeoutError(f"no answer to {body}")


def as_typed(words: str) -> str:
    """The words with the apostrophes and spaces of a keyboard, as scripts have them."""
    return words.replace("’", "'").replace("\u00a0", " ")


def readable(message: dict[str, Any]) -> str:
    """The words of a message: lines, table, sources, notices."""
    table = message.get("table") or {"caption": "", "rows": []}
    parts = [*message.get("lines", []), table["caption"], *(" ".join(row) for row in table["rows"])]
    parts += [f"{s['title']} {s['url']} {s.get('dated') or ''}" for s in message.get("sources") or ()]
    return "\n".join(part for part in [*parts, *(message.get("notices") or ())] if part)
