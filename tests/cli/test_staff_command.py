"""``assistant staff`` as whoever runs the server uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import staff, storage
from bot.settings import load


@pytest.fixture(autouse=True)
def _configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(None, var_dir=tmp_path, public_url="https://assistant.firm.example")
    for module in (storage, staff):
        monkeypatch.setattr(module, "settings", lambda: settings)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(staff.app, list(arguments))


def test_the_first_administrator_is_invited_before_the_server_ever_ran() -> None:
    made = run("invite", "ann@firm.example", "--role", "admin", "--name", "Ann Roy")
    assert made.output.startswith("https://assistant.firm.example/staff/invitation/")
    assert "ann@firm.example" in run("list").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ann",), "e-mail address"),
        (("ann@firm.example", "--role", "owner"), "no such role"),
        (("ann@firm.example", "--role", "licensee"), "licence number"),
        (("ann@firm.example", "--language", "de"), "en or fr"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(arguments: tuple[str, ...], said: str) -> None:
    refused = run("invite", *arguments)
    assert refused.exit_code == 1
    assert said in refused.output
    assert len(refused.output.strip().splitlines()) == 1


def test_reset_gives_a_new_link_and_unknown_people_are_named() -> None:
    first = run("invite", "ann@firm.example").output
    assert run("reset", "ann@firm.example").output not in ("", first)
    assert "no account bea@firm.example" in run("reset", "bea@firm.example").output


def test_the_audit_log_is_verified_against_a_hash_that_was_kept() -> None:
    run("invite", "ann@firm.example")
    verified = run("audit", "--verify")
    newest = verified.output.split()[-1]
    assert "1 entries hold together" in verified.output
    assert run("audit", "--verify", "--newest", newest).exit_code == 0
    assert run("audit", "--verify", "--newest", "0" * 64).exit_code == 1
    assert "account.invited" in run("audit").output
