"""``assistant rounds import``: shows the difference, stores it, and changes nothing for a feed with a fault."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.rounds import app
from tests.rules.feed import NEWEST, feed, new

RUN = CliRunner()
CEC = new(NEWEST + 1, "2026-10-14", "Canadian Experience Class", 515, 2500)


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch) -> Path:
    """A directory of rules of its own."""
    monkeypatch.setenv("RULES_DIR", str(tmp_path / "rules"))
    return tmp_path / "rules"


@pytest.fixture
def served():
    """Serve one text at an address of this machine; gives a function that takes status and text."""
    servers = []

    def serve(text: str, status: int = 200) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: object) -> None:
                """Tests print nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/ee_rounds_123_en.json"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def held() -> dict:
    return json.loads(RUN.invoke(app, ["--json"]).stdout)


def a_file(directory: Path, text: str) -> str:
    path = directory / "feed.json"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_what_is_held_says_its_age_and_where_it_was_read():
    found = held()
    assert found["newest"] == NEWEST
    assert found["age_days"] > 0
    assert found["source"].endswith("ee_rounds_123_en.json")


def test_a_file_is_shown_and_stored_only_when_confirmed(tmp_path, store):
    path = a_file(tmp_path, feed(CEC))
    refused = RUN.invoke(app, ["import", path], input="n\n")
    assert "1 new rounds, 0 changed" in refused.stdout
    assert refused.exit_code == 1
    assert not store.exists()
    kept = RUN.invoke(app, ["import", path, "--by", "Ana Tran"], input="y\n")
    assert kept.exit_code == 0
    assert held()["newest"] == NEWEST + 1
    listed = RUN.invoke(app, ["imports"]).stdout
    assert "by Ana Tran" in listed
    assert path in listed


def test_an_address_is_fetched(served):
    done = RUN.invoke(app, ["import", served(feed(CEC)), "--yes"])
    assert done.exit_code == 0, done.output
    assert held()["newest"] == NEWEST + 1


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        ("<html>moved</html>", 200, "not JSON"),
        (feed(CEC), 503, "status 503"),
        (feed(CEC)[: len(feed(CEC)) // 2], 200, "not JSON"),
        (feed({**CEC, "drawCRS": "5l5"}), 200, "drawCRS"),
    ],
    ids=["html", "unavailable", "cut_off", "not_a_number"],
)
def test_a_broken_feed_changes_nothing(served, store, text, status, said):
    done = RUN.invoke(app, ["import", served(text, status), "--yes"])
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Nothing was changed" in done.stderr
    assert not store.exists()
    assert held()["newest"] == NEWEST


def test_a_broken_feed_leaves_an_earlier_import_in_force(tmp_path):
    RUN.invoke(app, ["import", a_file(tmp_path, feed(CEC)), "--yes"])
    broken = RUN.invoke(app, ["import", a_file(tmp_path, feed()), "--yes"])
    assert broken.exit_code == 1
    assert f"lacks round {NEWEST + 1}" in broken.stderr
    assert held()["newest"] == NEWEST + 1


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("http://feed.example.org/rounds.json", "give the https address"),
        ("no-such-file.json", "No such file"),
        ("http://127.0.0.1:9/feed.json", "cannot be reached"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(origin, said):
    done = RUN.invoke(app, ["import", origin, "--yes"])
    assert done.exit_code == 1
    assert said in done.stderr


def test_a_day_of_reading_in_the_future_is_refused(tmp_path):
    done = RUN.invoke(app, ["import", a_file(tmp_path, feed(CEC)), "--yes", "--read-on", "2999-01-01"])
    assert done.exit_code == 1
    assert "lies in the future" in done.stderr


def test_a_feed_without_anything_new_is_stored_only_for_its_day(tmp_path):
    path = a_file(tmp_path, feed())
    again = RUN.invoke(app, ["import", path, "--yes"])
    assert "only the day" in again.stdout
    assert "Nothing new" in RUN.invoke(app, ["import", path, "--yes"]).stdout
