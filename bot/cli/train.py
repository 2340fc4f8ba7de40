"""``assistant train``: Rasa's model, trained when its sources have changed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import settings


def train(
    into: Annotated[Path | None, typer.Option(help="The folder of the models, if not MODEL_DIR.")] = None,
) -> None:
    """Train Rasa's model if its sources have changed."""
    from bot.dialogue.training import TrainingError, ensure

    begin = time.monotonic()
    try:
        path, trained = ensure(into or settings().model_dir)
    except TrainingError as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"Trained {path} in {time.monotonic() - begin:.0f} s." if trained else f"{path} is up to date.")
