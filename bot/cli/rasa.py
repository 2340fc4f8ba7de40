"""``assistant rasa …``: Rasa's own commands with everything in place for this project."""

from __future__ import annotations

from pathlib import Path

import typer

CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def rasa(context: typer.Context) -> None:
    """Run a Rasa command: train, shell, test, data validate, run, run actions; `domain` rewrites domain.yml."""
    if context.args == ["domain"]:
        from bot.dialogue.domain import rewrite

        changed = rewrite(Path("domain.yml"))
        typer.echo("domain.yml is up to date." if not changed else "domain.yml was brought up to date.")
        return
    from bot.dialogue.rasa_cli import main

    main(context.args)
