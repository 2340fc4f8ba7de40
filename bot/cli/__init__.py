"""``assistant``: every command of the project."""

from __future__ import annotations

import typer

from bot.cli import rasa as rasa_command

app = typer.Typer(
    name="assistant",
    help="Express Entry Assistant: the web server, the assessment engine, the knowledge base and the leads.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("rasa", context_settings=rasa_command.CONTEXT)(rasa_command.rasa)
