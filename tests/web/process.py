"""The server in a process of its own, which a test may kill."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import requests

from tests.running import free_port

PATIENCE = 60


class Process:
    """One folder, one port, one database; the server may be started in it several times."""

    def __init__(self, folder: Path, database_url: str, **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.http = requests.Session()
        self._folder = folder
        self._environment = {
            **{name: value for name, value in os.environ.items() if name not in ("ENVIRONMENT", "PUBLIC_URL")},
            "PORT": str(self.port),
            "VAR_DIR": str(folder),
            "DATABASE_URL": database_url,
            "PYTHONUNBUFFERED": "1",
            **environment,
        }
        self.running: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()

    def launch(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.web.parrot_server", str(self._folder)]
        self.running = subprocess.Popen(
            command, env=self._environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines = queue.Queue()
        threading.Thread(target=self._read, args=(self.running, self._lines), daemon=True).start()
        return self.running

    @staticmethod
    def _read(process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
        assert process.stdout
        for line in process.stdout:
            lines.put(line.strip())
        lines.put(None)

    def line(self) -> str | None:
        """The next line that it printed; None at its end."""
        return self._lines.get(timeout=PATIENCE)

    def start(self) -> list[str]:
        """Start, and wait until it says that it is ready; what it said until then."""
        self.launch()
        said: list[str] = []
        while not said or "is ready" not in said[-1]:
            line = self.line()
            assert line is not None, "\n".join(said[-5:])
            said.append(line)
        return said

    def wait(self) -> int:
        assert self.running
        return self.running.wait(PATIENCE)

    def end(self) -> None:
        if self.running and self.running.poll() is None:
            self.running.kill()
            self.running.wait(PATIENCE)

    def open(self) -> None:
        self.http.post(f"{self.url}/api/conversations", json={"language": "en"}, timeout=30).raise_for_status()

    def say(self, text: str, client_id: str | None = None) -> int:
        """Send a message; the status, or 0 when the server was not there to answer."""
        body = {"client_id": client_id or uuid.uuid4().hex, "text": text}
        try:
            return self.http.post(f"{self.url}/api/messages", json=body, timeout=30).status_code
        except requests.ConnectionError:
            return 0

    def transcript(self) -> list[str]:
        content: dict[str, Any] = self.http.get(f"{self.url}/api/conversations/current", timeout=30).json()
        return [
            f"> {one['text']}" if one["from"] == "visitor" else " ".join(one["lines"]) for one in content["messages"]
        ]

    def until(self, count: int) -> list[str]:
        """The transcript once it has ``count`` messages, and a moment later, should there be more."""
        deadline = time.monotonic() + PATIENCE
        while len(self.transcript()) < count:
            assert time.monotonic() < deadline, self.transcript()
            time.sleep(0.05)
        time.sleep(0.3)
        return self.transcript()
