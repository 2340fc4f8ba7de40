"""``assistant rounds``: the rounds of invitations that answers rest on, and importing IRCC's feed."""

from __future__ import annotations

import asyncio
import getpass
import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import aiohttp
import typer
from rich.table import Table

from bot.assessment.rounds import HISTORY, Round, history
from bot.cli.rules import open_book, wide
from bot.rules import RulesError
from bot.rules.rounds_feed import Row
from bot.rules.rounds_import import COMPARED, Difference, Record, check, records, store
from bot.rules.taken_up import completions_directory

app = typer.Typer(help="Rounds of invitations: what is held, and importing IRCC's feed.", no_args_is_help=False)
TIMEOUT = aiohttp.ClientTimeout(total=60)
LARGEST = 20_000_000
"""Bytes of a feed; IRCC's own holds ten years in well under one million."""
ON_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Every round, not the newest of each kind.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """Show the newest round of each kind, how old the data is and where it comes from."""
    if context.invoked_subcommand is not None:
        return
    rules = open_book().at(date.today())
    held = history(rules)
    shown = held if every else _newest_of_each(held)
    source = rules.reference(HISTORY).sources[0]
    age = (date.today() - held[0].on).days
    if as_json:
        typer.echo(
            json.dumps(
                {
                    "newest": held[0].number,
                    "newest_on": held[0].on.isoformat(),
                    "age_days": age,
                    "read_on": rules.reference(HISTORY).verified_on.isoformat(),
                    "source": source.url,
                    "rounds": [
                        {
                            "number": found.number,
                            "on": found.on.isoformat(),
                            "type": found.type,
                            "name": found.name,
                            "cut_off": found.cut_off,
                            "invitations": found.invitations,
                        }
                        for found in shown
                    ],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    table = Table("round", "date", "kind", "cut-off", "invitations", box=None, pad_edge=False)
    for found in shown:
        table.add_row(str(found.number), str(found.on), found.name, str(found.cut_off), f"{found.invitations:,}")
    wide().print(table)
    read_on = rules.reference(HISTORY).verified_on
    typer.echo(f"{len(held)} rounds; the newest is {age} days old. Read on {read_on}: {source.about}, {source.url}")


@app.command("import")
def import_feed(
    origin: Annotated[str, typer.Argument(metavar="FILE|URL", help="IRCC's feed, ee_rounds_123_en.json.")],
    read_on: Annotated[
        datetime | None,
        typer.Option("--read-on", formats=["%Y-%m-%d"], help="The day a FILE was fetched from IRCC, if not today."),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who imports it; the name of the account if left out.")] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Store without asking.")] = False,
) -> None:
    """Read IRCC's feed, check it, show what changes, and use it from then on. A feed with a fault changes nothing."""
    book = open_book()
    day = read_on.date() if read_on else date.today()
    try:
        if day > date.today():
            raise RulesError(f"--read-on: {day} lies in the future")
        text = _text(origin)
        rows, difference = check(text, book, day)
    except RulesError as error:
        typer.echo(f"{origin}: {error}. Nothing was changed.", err=True)
        raise typer.Exit(1) from None
    _show(difference)
    before = book.at(date.today()).reference(HISTORY).verified_on
    if not difference and day <= before:
        typer.echo(f"Nothing new: the rounds held were read on {before}.")
        return
    if not difference:
        typer.echo("No round is new or different; only the day on which the feed was read.")
    if not yes:
        typer.confirm("Store it? Answers about rounds use it from then on", abort=True)
    record = store(
        text,
        rows,
        difference,
        completions_directory(),
        origin=origin,
        read_on=day,
        by=by.strip() or getpass.getuser(),
    )
    typer.echo(f"Stored: {_line(record)}\nA running assistant uses it from its next answer on.")


@app.command("imports")
def imports() -> None:
    """List every import, newest last; the last one is in force."""
    made = records(completions_directory())
    if not made:
        typer.echo("Nothing was imported; the rounds shipped with this version are in force.")
    for record in made:
        typer.echo(_line(record))


def _line(record: Record) -> str:
    return (
        f"{record.imported_at:%Y-%m-%d %H:%M} UTC by {record.imported_by}: {record.rounds} rounds up to "
        f"{record.newest} of {record.newest_on}, {len(record.added)} new, {len(record.changed)} changed; "
        f"read on {record.read_on} from {record.origin}; {record.file}"
    )


def _show(difference: Difference) -> None:
    table = Table("round", "date", "name", "cut-off", "invitations", "", box=None, pad_edge=False)
    for row in difference.added:
        table.add_row(*_cells(row), "new")
    for before, after in difference.changed:
        table.add_row(*_cells(after), "; ".join(_changes(before, after)))
    if difference:
        wide().print(table)
    typer.echo(f"{len(difference.added)} new rounds, {len(difference.changed)} changed.")
    for name in difference.unknown:
        typer.echo(f"“{name}” is a kind of round without words here; it is shown under its own name.")


def _cells(row: Row) -> tuple[str, ...]:
    return row["round"], row["date"], row["name"], row["crs_cutoff"], row["itas"]


def _changes(before: Row, after: Row) -> list[str]:
    return [f"{key} was {before[key]}" for key in COMPARED if before[key] != after[key]]


def _newest_of_each(held: tuple[Round, ...]) -> tuple[Round, ...]:
    newest: dict[str, Round] = {}
    for found in held:
        newest.setdefault(found.type, found)
    return tuple(newest.values())


def _text(origin: str) -> str:
    """The feed as text. Raises ``RulesError`` where it cannot be had."""
    parts = urlsplit(origin)
    if parts.scheme in ("http", "https"):
        if parts.scheme == "http" and parts.hostname not in ON_THIS_MACHINE:
            raise RulesError("give the https address")
        return asyncio.run(_fetched(origin))
    try:
        return Path(origin).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RulesError("is not text in UTF-8") from None
    except OSError as error:
        raise RulesError(f"{error.strerror}") from None


async def _fetched(url: str) -> str:
    try:
        async with aiohttp.ClientSession(timeout=TIMEOUT) as session, session.get(url) as response:
            if response.status != 200:
                raise RulesError(f"answered with status {response.status}")
            content = bytearray()
            async for part in response.content.iter_chunked(65_536):
                content += part
                if len(content) > LARGEST:
                    raise RulesError(f"is larger than {LARGEST} bytes")
            return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RulesError("is not text in UTF-8") from None
    except (aiohttp.ClientError, TimeoutError) as error:
        raise RulesError(f"cannot be reached ({type(error).__name__})") from None
