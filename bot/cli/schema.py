"""``assistant schema``: the JSON Schema of the interchange profile."""

from __future__ import annotations

import json

import typer

from bot.facts import interchange


def schema() -> None:
    """Print the JSON Schema of the profile that `assistant assess` reads."""
    typer.echo(json.dumps(interchange.schema(), ensure_ascii=False, indent=2))
