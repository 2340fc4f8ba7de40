"""``assistant channels`` and ``assistant outbox``: what is on, whether it works, what did not get through."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import aiohttp
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.channels.channel import Channel, PermanentError, TemporaryError, UnsureError
from bot.channels.messaging import webhook
from bot.channels.providers import configured, known
from bot.cli.storage import fail, print_json, read, when, write
from bot.intake.channels import outbox
from bot.knowledge.catalogue import text
from bot.settings import SettingsError, settings

outbox_app = typer.Typer(help="Messages to people on messaging channels.", no_args_is_help=True)
CHECK_SECONDS = 15
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]


def channels(
    check: Annotated[bool, typer.Option(help="Ask each provider whether it knows us.")] = True, as_json: AsJson = False
) -> None:
    """List the messaging channels, ask their providers, and print the addresses to register there."""
    try:
        on = configured()
        public_url = settings().public_url
    except SettingsError as error:
        fail(str(error))
    answers = asyncio.run(_checked(on)) if check else {}
    rows = [
        {
            "channel": channel.name,
            "title": channel.title,
            "on": channel.name in {one.name for one in on},
            "works": answers[channel.name][0] if channel.name in answers else None,
            "says": answers[channel.name][1] if channel.name in answers else "",
            "webhook": webhook(public_url, channel.name),
            "needs": [name.upper() for name in channel.keys.needed],
        }
        for channel in known()
    ]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            _print(row)
    if any(works is False for works, _ in answers.values()):
        raise typer.Exit(1)


def _print(row: dict[str, Any]) -> None:
    """One channel in two or three lines."""
    colours = {True: "green", False: "red", None: None}
    if not row["on"]:
        typer.secho(f"{row['title']}: off", fg="bright_black", bold=True)
        typer.echo(f"  set {', '.join(row['needs'])} (docs/channels)")
        return
    typer.secho(f"{row['title']}: on", fg=colours[row["works"]], bold=True)
    typer.echo(f"  register {row['webhook']}")
    if row["says"]:
        typer.echo(f"  {row['says']}")


@outbox_app.command("list")
def listing(as_json: AsJson = False) -> None:
    """Show what was given up, and how much waits."""
    dead, counted = read(outbox.listed), read(outbox.counts)
    if as_json:
        waiting = sum(count for (_, state), count in counted.items() if state in ("waiting", "sending", "unsure"))
        print_json({"waiting": waiting, "dead": [asdict(one) for one in dead]})
        return
    for (channel, state), count in sorted(counted.items()):
        typer.echo(f"{channel}: {count} {state}")
    table = Table(box=None, pad_edge=False)
    for column in ("Number", "Since", "Channel", "Conversation", "Attempts", "Why"):
        table.add_column(column, overflow="fold")
    for one in dead:
        why = text(f"channel.failed.{one.reason or 'refused'}", "en")
        cells = (str(one.id), when(one.created_at), one.channel, one.conversation_id, str(one.attempts), escape(why))
        table.add_row(*cells)
    if dead:
        Console().print(table)
    elif not counted:
        typer.echo("Nothing was sent over a messaging channel yet.")


@outbox_app.command()
def replay(numbers: Annotated[list[int] | None, typer.Argument(help="Numbers; none: all of them.")] = None) -> None:
    """Send again what was given up; a server that is running does it within seconds."""
    count = write(outbox.replay, numbers or ())
    typer.echo(f"{count} will be sent again.")


async def _checked(on: Sequence[Channel]) -> dict[str, tuple[bool, str]]:
    """For each channel whether its provider knows us, and who we are or what to mend."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CHECK_SECONDS)) as http:

        async def ask(channel: Channel) -> tuple[bool, str]:
            try:
                return True, f"known as {await channel.check(http)}"
            except (PermanentError, TemporaryError, UnsureError, TimeoutError) as error:
                return False, str(error) or type(error).__name__

        found = await asyncio.gather(*(ask(channel) for channel in on))
    return {channel.name: answer for channel, answer in zip(on, found, strict=True)}
