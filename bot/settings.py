"""How this installation runs: environment variables and ``.env``, read once and never changed after.

Every variable stands in ``.env.example`` with what it does; a test holds the two equal.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

KEY_BYTES = 32
NEW_KEY = "`openssl rand -base64 32` writes one"


class SettingsError(ValueError):
    """A variable has a value that cannot work. The message is one line: the variable and the mend."""


class Settings(BaseSettings):
    """Settings of one process. A field's name in capitals is its variable. Made by ``load``."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    environment: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    public_url: str = ""
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()

    var_dir: Path = Path("var")
    database_url: str = Field(default="", repr=False)
    secret_key: SecretStr = SecretStr("")
    contact_key: SecretStr = SecretStr("")

    firm_config: Path = Path("firm.yml")
    rules_dir: Path = Path("var/rules")
    model_dir: Path = Path("models")
    endpoints: Path = Path("endpoints.yml")

    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""

    metrics: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    turn_timeout: float = Field(default=30.0, gt=0, le=600)
    stop_grace: float = Field(default=10.0, ge=0, le=600)
    messages_per_minute: int = Field(default=60, ge=0)
    messages_per_minute_per_address: int = Field(default=600, ge=0)
    conversations_per_hour_per_address: int = Field(default=120, ge=0)

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def contact_keys(self) -> tuple[str, ...]:
        """Fernet keys; the first one writes, all of them read."""
        return tuple(self.contact_key.get_secret_value().split(","))

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.netloc):
            raise ValueError("write the whole address, for example https://assistant.example.org")
        return value.rstrip("/")

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _origins(cls, value: Any) -> Any:
        origins = value.replace(",", " ").lower().split() if isinstance(value, str) else value
        for origin in origins:
            parts = urlsplit(origin)
            if (
                parts.scheme not in ("http", "https")
                or origin != f"{parts.scheme}://{parts.netloc}"
                or not parts.netloc
            ):
                raise ValueError("write each as scheme and host alone, for example https://www.example.org")
        return tuple(origins)

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _networks(cls, value: Any) -> Any:
        try:
            return tuple(map(ip_network, value.replace(",", " ").split())) if isinstance(value, str) else value
        except ValueError:
            raise ValueError("write addresses or networks, for example 10.0.0.0/8") from None

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg2://")):
            raise ValueError("write sqlite:///var/assistant.db or postgresql://user:password@host/name")
        return value.replace("postgresql://", "postgresql+psycopg2://", 1)

    @field_validator("smtp_url")
    @classmethod
    def _mail_server(cls, value: SecretStr) -> SecretStr:
        parts = urlsplit(value.get_secret_value())
        if value.get_secret_value() and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
            raise ValueError("write smtp://user:password@host:587, or smtps:// for TLS from the first byte")
        return value

    @field_validator("mail_from")
    @classmethod
    def _sender(cls, value: str) -> str:
        if value and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value):
            raise ValueError("write the address that notices are sent from")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_secret(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < KEY_BYTES:
            raise ValueError(f"it needs 32 characters or more; {NEW_KEY}")
        return value

    @field_validator("contact_key")
    @classmethod
    def _fernet_keys(cls, value: SecretStr) -> SecretStr:
        return SecretStr(",".join(_fernet_key(key) for key in value.get_secret_value().replace(",", " ").split()))


def _fernet_key(key: str) -> str:
    """The key in the one alphabet that Fernet reads, whichever base64 it was written in."""
    try:
        raw = base64.b64decode(key.replace("-", "+").replace("_", "/").rstrip("=") + "=" * (-len(key.rstrip("=")) % 4))
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ValueError(f"each key is 32 bytes in base64; {NEW_KEY}")
    return base64.urlsafe_b64encode(raw).decode()


def read(env_file: Path | str | None = ".env", **given: Any) -> Settings:
    """The variables as they are written, nothing derived and no key made. Raises ``SettingsError``."""
    try:
        return Settings(_env_file=env_file, **given)
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from None


def load(env_file: Path | str | None = ".env", **given: Any) -> Settings:
    """Read the variables; ``given`` go before them. Raises ``SettingsError``.

    Outside production a missing key is made once and kept in ``VAR_DIR``, readable by the owner alone.
    """
    settings = read(env_file, **given)
    derived: dict[str, Any] = {}
    if not settings.database_url:
        derived["database_url"] = f"sqlite:///{settings.var_dir / 'assistant.db'}"
    if not settings.public_url:
        derived["public_url"] = f"http://localhost:{settings.port}"
    for name in ("secret_key", "contact_key"):
        if not getattr(settings, name).get_secret_value():
            derived[name] = SecretStr(_kept_key(name, settings))
    return settings.model_copy(update=derived)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return load()


def _kept_key(name: str, read: Settings) -> str:
    path = read.var_dir / f"{name.removesuffix('_key')}.key"
    try:
        if not path.exists():
            if read.production:
                raise SettingsError(f"{name.upper()} is not set. In production it has to be; {NEW_KEY}.")
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_once(path, base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode())
        return _fernet_key(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}. Make it readable, or set {name.upper()}.") from None
    except ValueError as error:
        if isinstance(error, SettingsError):
            raise
        raise SettingsError(f"{path} holds no key: put it back from a backup, or set {name.upper()}.") from None


def _write_once(path: Path, key: str) -> None:
    """Two processes that start together end up with the same key: the first one's."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(key + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()


def _one_line(error: ValidationError) -> str:
    first = error.errors()[0]
    variable = str(first["loc"][0]).upper() if first["loc"] else "settings"
    problem = first["msg"].removeprefix("Value error, ")
    return f"{variable}: {problem}. Set it in .env or in the environment."
