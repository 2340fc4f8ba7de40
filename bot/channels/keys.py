"""The variables that switch a channel on: each channel declares its own, beside its code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings import SettingsError


class Keys(BaseSettings):
    """Variables of one channel; a field's name in capitals is its variable.

    ``switches``: the channel is on as soon as one of these is set; ``needed``: then all of these must be;
    ``forms``: how a value has to look (a regular expression), and what to say when it does not.
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    switches: ClassVar[tuple[str, ...]]
    needed: ClassVar[tuple[str, ...]]
    forms: ClassVar[Mapping[str, tuple[str, str]]] = {}

    @field_validator("*", mode="before")
    @classmethod
    def _well_formed(cls, value: Any, info: ValidationInfo) -> Any:
        name = info.field_name or ""
        if name.endswith("_api"):
            if not str(value).startswith(("https://", "http://")):
                raise ValueError("write the whole address, for example https://api.example.org")
            return str(value).rstrip("/")
        pattern, advice = cls.forms.get(name, ("", ""))
        if pattern and value and isinstance(value, str) and not re.fullmatch(pattern, value):
            raise ValueError(advice)
        return value

    def value(self, name: str) -> str:
        """A variable's text, secret or not; empty when it is not set."""
        found = getattr(self, name)
        return str(found.get_secret_value() if hasattr(found, "get_secret_value") else found)


def load(keys: type[Keys], env_file: str | None, title: str, **given: Any) -> Keys | None:
    """The channel's variables; None: it is off. Raises ``SettingsError`` when some are missing or wrong."""
    try:
        read = keys(_env_file=env_file, **given)
    except ValidationError as error:
        first = error.errors()[0]
        variable = str(first["loc"][0]).upper()
        problem = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"{variable}: {problem}. Set it in .env or in the environment.") from None
    on = [name for name in keys.switches if read.value(name)]
    missing = [name.upper() for name in keys.needed if not read.value(name)]
    if on and missing:
        raise SettingsError(f"{title}: {on[0].upper()} is set and {', '.join(missing)} is not. Set all, or none.")
    return read if on else None
