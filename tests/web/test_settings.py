"""Settings: all of them written down, read once, a wrong one told in one line."""

from __future__ import annotations

import base64
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pydantic import ValidationError

from bot.channels.providers import known
from bot.settings import Settings, SettingsError, load

EXAMPLE = Path(".env.example")


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def documented() -> dict[str, str]:
    """Variables of the example with the first value each has there."""
    found: dict[str, str] = {}
    for line in EXAMPLE.read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(r"# ([A-Z_]+)=(.*)", line)
        if match:
            found.setdefault(match[1], match[2])
    return found


def test_the_example_names_every_variable_and_no_other() -> None:
    channels = {name.upper() for channel in known() for name in channel.keys.model_fields}
    assert set(documented()) == {name.upper() for name in Settings.model_fields} | channels


def test_the_example_shows_the_defaults(tmp_path: Path) -> None:
    example = documented()
    illustrations = {"ALLOWED_ORIGINS", "TRUSTED_PROXIES", "SMTP_URL", "MAIL_FROM"}
    file = tmp_path / ".env"
    shown = {name: value for name, value in example.items() if name not in illustrations | {"VAR_DIR", "DATABASE_URL"}}
    file.write_text("\n".join(f"{name}={value}" for name, value in shown.items()), encoding="utf-8")
    assert load(file, var_dir=tmp_path) == load(None, var_dir=tmp_path)
    assert (
        example["DATABASE_URL"]
        == load(None, var_dir=Path("var"), secret_key="s" * 32, contact_key="A" * 43).database_url
    )
    file.write_text("\n".join(f"{name}={example[name]}" for name in illustrations), encoding="utf-8")
    assert load(file, var_dir=tmp_path).allowed_origins == ("https://www.example.org", "https://example.org")


def test_settings_do_not_change(tmp_path: Path) -> None:
    settings = load(None, var_dir=tmp_path)
    with pytest.raises(ValidationError):
        settings.port = 1  # type: ignore[misc]


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("PORT=8081\nHOST=0.0.0.0\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "8082")
    settings = load(tmp_path / ".env", var_dir=tmp_path)
    assert (settings.port, settings.host, settings.public_url) == (8082, "0.0.0.0", "http://localhost:8082")


def test_keys_are_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    first, second = load(None, var_dir=tmp_path / "var"), load(None, var_dir=tmp_path / "var")
    assert first.secret_key == second.secret_key
    assert first.contact_keys == second.contact_keys
    assert first.secret_key.get_secret_value() not in first.contact_keys
    assert len({load(None, var_dir=tmp_path / name).secret_key.get_secret_value() for name in "ab"}) == 2
    kept = list((tmp_path / "var").iterdir())
    assert sorted(path.name for path in kept) == ["contact.key", "secret.key"]
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in kept)
    Fernet(first.contact_keys[0])


def test_in_production_keys_are_not_made_up_but_kept_ones_are_read(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"SECRET_KEY is not set"):
        load(None, var_dir=tmp_path / "none", environment="production")
    assert not (tmp_path / "none").exists()
    made = load(None, var_dir=tmp_path)
    assert load(None, var_dir=tmp_path, environment="production").contact_key == made.contact_key


def test_a_damaged_key_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "contact.key").write_text("not a key", encoding="ascii")
    with pytest.raises(SettingsError, match=r"contact\.key holds no key"):
        load(None, var_dir=tmp_path)
    assert (tmp_path / "contact.key").read_text(encoding="ascii") == "not a key"


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    settings = load(None, var_dir=tmp_path, database_url="postgresql://a:secret-password@h/d", secret_key="s" * 40)
    assert "secret-password" not in repr(settings)
    assert "s" * 40 not in repr(settings)


@pytest.mark.parametrize("written", [base64.b64encode, base64.urlsafe_b64encode])
def test_a_key_may_be_written_in_either_base64(tmp_path: Path, written: Any) -> None:
    raw = bytes([0xFB, 0xEF, 0xFF] * 11)[:32]
    for text in (written(raw).decode(), written(raw).decode().rstrip("=")):
        assert load(None, var_dir=tmp_path, contact_key=text).contact_keys == (base64.urlsafe_b64encode(raw).decode(),)


def test_several_keys_for_changing_them(tmp_path: Path) -> None:
    keys = [Fernet.generate_key().decode() for _ in range(2)]
    assert load(None, var_dir=tmp_path, contact_key=", ".join(keys)).contact_keys == tuple(keys)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg2"])
def test_postgresql_may_be_written_short(tmp_path: Path, scheme: str) -> None:
    assert load(None, var_dir=tmp_path, database_url=f"{scheme}://h/d").database_url == "postgresql+psycopg2://h/d"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PORT", "0"),
        ("ENVIRONMENT", "prod"),
        ("DATABASE_URL", "mysql://root@h/d"),
        ("DATABASE_URL", "var/assistant.db"),
        ("CONTACT_KEY", "short"),
        ("CONTACT_KEY", f"{'A' * 43},short"),
        ("SECRET_KEY", "short"),
        ("ALLOWED_ORIGINS", "www.example.org"),
        ("ALLOWED_ORIGINS", "https://www.example.org/page"),
        ("ALLOWED_ORIGINS", "*"),
        ("TRUSTED_PROXIES", "my proxy"),
        ("PUBLIC_URL", "assistant.example.org"),
        ("LOG_LEVEL", "LOUD"),
        ("TURN_TIMEOUT", "0"),
        ("MESSAGES_PER_MINUTE", "-1"),
    ],
)
def test_a_wrong_value_is_told_in_one_line_without_repeating_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as error:
        load(None, var_dir=tmp_path)
    message = str(error.value)
    assert message.startswith(f"{variable}: ")
    assert "\n" not in message
    assert variable != "SECRET_KEY" or "'short'" not in message
