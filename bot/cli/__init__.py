"""``assistant``: every command of the project."""

from __future__ import annotations

import typer

from bot.cli import (
    ask,
    assess,
    clb,
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

app = typer.Typer(
    name="assistant",
    help="Express Entry Assistant: the web server, the assessment engine, the knowledge base and the leads.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("run")(run.run)
app.command("train")(train.train)
app.command("ask")(ask.ask)
app.command("assess")(assess.assess)
app.command("clb")(clb.clb)
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
