"""One module for each provider. Every ``Channel`` that stands in one is found; there is no list to keep."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from inspect import getmembers, isabstract, isclass
from pkgutil import iter_modules

from bot.channels.channel import Channel
from bot.channels.keys import load


@cache
def known() -> tuple[type[Channel], ...]:
    """Every channel there is, by name."""
    found = {
        member
        for module in iter_modules(__path__)
        for _, member in getmembers(import_module(f"{__name__}.{module.name}"), isclass)
        if issubclass(member, Channel) and not isabstract(member)
    }
    return tuple(sorted(found, key=lambda channel: channel.name))


def configured(env_file: str | None = ".env", **given: str) -> tuple[Channel, ...]:
    """The channels whose keys are set. Raises ``SettingsError`` with one line for one that is half set."""
    made = []
    for channel in known():
        keys = load(channel.keys, env_file, channel.title, **given)
        if keys is not None:
            made.append(channel(keys))
    return tuple(made)
