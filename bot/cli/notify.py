"""``assistant notify``: who is told of leads, by e-mail and by webhook, and what could not be delivered."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.storage import fail, print_json, read, when, write
from bot.intake.notifications import outbox, subscribers
from bot.intake.notifications.events import EVENT_TYPES
from bot.intake.notifications.subscribers import TargetError, UnknownSubscriberError

app = typer.Typer(help="Who is told of leads, and what could not be delivered.", invoke_without_command=True)
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]


@app.callback()
def listing(context: typer.Context, as_json: AsJson = False) -> None:
    """List who is told of what."""
    if context.invoked_subcommand:
        return
    found = read(subscribers.subscribers)
    if as_json:
        print_json([{"id": one.id, "way": one.way, "target": one.target, "types": list(one.types)} for one in found])
        return
    if not found:
        typer.echo("Nobody is told yet. `assistant notify add` adds an e-mail address or the address of a webhook.")
        return
    table = Table(box=None, pad_edge=False)
    for column in ("Number", "Way", "Target", "Events", "Contact details"):
        table.add_column(column, overflow="fold")
    for one in found:
        allowed = "yes" if one.contact_fields else "no"
        table.add_row(str(one.id), one.way, escape(one.target), ", ".join(one.types), allowed)
    Console().print(table)


@app.command()
def add(
    target: Annotated[str, typer.Argument(help="An e-mail address, or the https address of a webhook.")],
    types: Annotated[
        list[str] | None, typer.Option("--event", help=f"An event; again for more. One of: {', '.join(EVENT_TYPES)}.")
    ] = None,
    contact: Annotated[bool, typer.Option("--contact", help="Send name and contact details too.")] = False,
) -> None:
    """Tell somebody of leads from now on. A webhook's secret is shown here once."""
    try:
        way = subscribers.way_of(target)
    except TargetError:
        fail(f"{target} is neither an e-mail address nor one that begins with https://.")
    chosen = types or subscribers.usual_types(way)
    try:
        subscriber, secret = write(subscribers.subscribe, way, target, chosen, contact_fields=contact)
    except ValueError as error:
        fail(str(error))
    typer.echo(f"Number {subscriber.id}: {target} is told of {', '.join(subscriber.types)}.")
    if way == "webhook":
        typer.echo(f"Secret of the signature (HMAC-SHA256 over timestamp and body): {secret}")


@app.command()
def remove(number: Annotated[int, typer.Argument(help="Number of the list.")]) -> None:
    """Tell somebody nothing any more."""
    try:
        write(subscribers.unsubscribe, number)
    except UnknownSubscriberError:
        fail(f"There is no number {number}. `assistant notify` lists them.")
    typer.echo("Removed.")


@app.command()
def failed(as_json: AsJson = False) -> None:
    """List what was given up after the last try."""
    found = read(outbox.dead)
    if as_json:
        print_json([{"id": one.id, "event": one.event_id, "type": one.type, "target": one.target} for one in found])
        return
    for one in found:
        typer.echo(f"{one.id}  {when(one.created_at)}  {one.type}  {one.target}  {one.attempts} tries: {one.problem}")
    if not found:
        typer.echo("Everything was delivered or is still being tried.")


@app.command()
def replay(number: Annotated[int | None, typer.Argument(help="Number of the list; without it all.")] = None) -> None:
    """Try again what was given up. A receiver knows a repetition by the event's id."""
    typer.echo(f"Tried again: {write(outbox.replay, number)}")
