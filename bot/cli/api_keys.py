"""``assistant api-key``: who may use the REST API, and for what."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.storage import fail, read, when, write
from bot.intake.channels import clients
from bot.intake.channels.clients import SCOPES, Scope

app = typer.Typer(help="Keys of the REST API.", no_args_is_help=True)


@app.command()
def create(
    client: Annotated[str, typer.Argument(help="Whose key it is; keys of one client reach the same conversations.")],
    scope: Annotated[list[str] | None, typer.Option(help=f"{', '.join(SCOPES)}. None: the first two.")] = None,
) -> None:
    """Make a key. It is shown once."""
    wanted: list[Scope] = [known for known in SCOPES if known in (scope or SCOPES[:2])]
    if scope and len(wanted) < len(set(scope)):
        fail(f"Scopes are {', '.join(SCOPES)}.")
    if not 0 < len(client) <= 64:
        fail("A client's name has 1 to 64 characters.")
    typer.echo(write(clients.create, client, wanted))
    typer.echo("Keep it now: only its hash is stored.", err=True)


@app.command("list")
def listing() -> None:
    """Show the keys, without their secrets."""
    table = Table(box=None, pad_edge=False)
    for column in ("Number", "Client", "Begins", "Scopes", "Made", "Revoked"):
        table.add_column(column, overflow="fold")
    for key in read(clients.keys):
        revoked = when(key.revoked_at) if key.revoked_at else ""
        scopes = ", ".join(sorted(key.scopes))
        table.add_row(str(key.id), key.client, f"{key.hint}…", scopes, when(key.created_at), revoked)
    Console().print(table)


@app.command()
def revoke(number: Annotated[int, typer.Argument(help="Number of the key.")]) -> None:
    """Close a key for good."""
    if not write(clients.revoke, number):
        fail(f"There is no open key {number}. `assistant api-key list` shows them.")
    typer.echo("It opens nothing from now on.")
