"""``assistant``: every command of the project."""

from __future__ import annotations

import os

import typer

from bot.cli import (
    api_keys,
    ask,
    assess,
    channels,
    clb,
    demo,
    keys,
    knowledge,
    leads,
    notify,
    rasa,
    rounds,
    rules,
    run,
    schema,
    staff,
    subject,
    train,
    understand,
)
from bot.rules.taken_up import RULES_DIR
from bot.settings import SettingsError, read

app = typer.Typer(
    name="assistant",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


@app.callback()
def honour_settings() -> None:
    """Express Entry Assistant: the web server, the assessment engine, the knowledge base and the leads."""
    try:
        # The rules read the environment alone; this is where `.env` reaches them, whatever the command.
        os.environ[RULES_DIR] = str(read().rules_dir)
    except SettingsError as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(2) from None


app.command("run")(run.run)
app.command("channels")(channels.channels)
app.add_typer(channels.outbox_app, name="outbox")
app.add_typer(api_keys.app, name="api-key")
app.command("train")(train.train)
app.command("ask")(ask.ask)
app.command("assess")(assess.assess)
app.command("clb")(clb.clb)
app.command("demo")(demo.demo)
app.command("schema")(schema.schema)
app.command("understand")(understand.understand)
app.add_typer(rules.app, name="rules")
app.add_typer(rounds.app, name="rounds")
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(leads.app, name="leads")
app.add_typer(subject.app, name="subject")
app.add_typer(notify.app, name="notify")
app.add_typer(keys.app, name="keys")
app.add_typer(staff.app, name="staff")
app.command("rasa", context_settings=rasa.CONTEXT)(rasa.rasa)
