"""The real server process with a parrot for a dialogue: python -m tests.web.parrot_server FOLDER."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import typer

from bot.cli.run import StartError, serve
from bot.firm import FirmError
from bot.intake.database import Database
from bot.settings import Settings, SettingsError, settings
from tests.parrot import Parrot


async def parrot(_settings: Settings) -> Parrot:
    return Parrot(Path(sys.argv[1]) / "parrot.json", pause=1.5)


def main() -> None:
    try:
        asyncio.run(serve(settings(), parrot, Database.of(settings())))
    except (SettingsError, FirmError, StartError) as error:
        typer.echo(str(error), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
