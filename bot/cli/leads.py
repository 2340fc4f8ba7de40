"""``assistant leads``: who asked for a person, and what they told."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Concatenate, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy.orm import Session

from bot.facts.encoding import profile_from
from bot.intake import UNREACHABLE, Database, LeadFile, leads
from bot.intake.leads import GivenConsent, Lead, UnknownLeadError
from bot.intake.messages import Message
from bot.intake.sealing import Seal, SealError
from bot.knowledge.wording import fact_text, label, plain
from bot.settings import SettingsError, settings

app = typer.Typer(help="Visitors who asked for a person.", invoke_without_command=True, no_args_is_help=False)
P = ParamSpec("P")
T = TypeVar("T")
COLUMNS = ("Lead", "Received", "Name", "Contact", "Language", "Channel", "Facts", "Status")
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]


@app.callback()
def listing(context: typer.Context, as_json: AsJson = False) -> None:
    """List the leads, newest first; `assistant leads show 1` tells everything about one."""
    if context.invoked_subcommand:
        return
    found = _read(leads.list_leads)
    if as_json:
        _print_json([_as_data(lead) for lead in found])
        return
    if not found:
        typer.echo("No leads yet. A visitor who asks for a person and agrees to be contacted becomes one.")
        return
    table = Table(box=None, pad_edge=False)
    for column in COLUMNS:
        table.add_column(column, no_wrap=column in ("Lead", "Received"), overflow="fold")
    for lead in found:
        cells = (lead.name, lead.contact, lead.language, lead.channel, str(len(lead.facts)), lead.status)
        table.add_row(lead.reference, _when(lead.created_at), *(escape(cell) for cell in cells))
    Console().print(table)


@app.command()
def show(
    lead: Annotated[str, typer.Argument(help="Number of the lead, as 1 or L-0001.")], as_json: AsJson = False
) -> None:
    """Show one lead: contact, facts, result, consents and transcript."""
    digits = lead.upper().removeprefix("L-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        _fail(f"{lead} is not the number of a lead. `assistant leads` lists them.")
    try:
        found = _read(leads.get_lead, int(digits))
    except UnknownLeadError:
        _fail(f"There is no lead {lead}. `assistant leads` lists them.")
    if as_json:
        _print_json(_file_as_data(found))
    else:
        _print_file(Console(), found)


def _print_file(console: Console, found: LeadFile) -> None:
    lead = found.lead
    console.print(f"[bold]{lead.reference}[/]  {escape(lead.name)}  {escape(lead.contact)}")
    console.print(f"{_when(lead.created_at)}  {lead.language}  {escape(lead.channel)}  {lead.status}\n")
    profile = profile_from(lead.facts)
    _section(console, "Facts", [(label(fact, "en"), fact_text(profile, fact, "en")) for fact in profile])
    _section(console, "Result", list(_leaves(lead.assessment or {})))
    _section(console, "Consents", [(_when(given.given_at), _agreed(given)) for given in found.consents])
    _section(console, "Transcript", [(f"{one.seq} {one.sender}", _said(one)) for one in found.transcript])


def _section(console: Console, title: str, rows: list[tuple[str, str]]) -> None:
    console.print(f"[bold]{title}[/]")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in rows or [("none", "")]:
        table.add_row(escape(name), escape(value))
    console.print(table)
    console.print()


def _leaves(node: Any, path: str = "") -> list[tuple[str, str]]:
    """Every single value of the result as it was stored, by its path."""
    if isinstance(node, dict):
        return [leaf for key, child in node.items() for leaf in _leaves(child, f"{path}.{key}" if path else str(key))]
    if isinstance(node, list):
        return [leaf for place, child in enumerate(node, 1) for leaf in _leaves(child, f"{path}.{place}")]
    return [(path, "" if node is None else str(node))]


def _agreed(given: GivenConsent) -> str:
    return f"{given.purpose}: {'yes' if given.granted else 'no'}, by {given.way}, text {given.text_id}"


def _said(message: Message) -> str:
    return plain(message.answer) if message.answer else message.text or ""


def _as_data(lead: Lead) -> dict[str, Any]:
    return {"reference": lead.reference, **asdict(lead)}


def _file_as_data(found: LeadFile) -> dict[str, Any]:
    return {
        **_as_data(found.lead),
        "consents": [asdict(given) for given in found.consents],
        "transcript": [
            {"number": one.seq, "from": one.sender, "at": one.created_at, "language": one.language, "text": _said(one)}
            for one in found.transcript
        ],
    }


def _print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_moment))


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    raise TypeError(f"{value!r} is no JSON")


def _when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _read(work: Callable[Concatenate[Session, Seal, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """One reading transaction; ends the command with one line when the database cannot be read."""
    try:
        database = Database.of(settings())
        with database.session(reading=True) as session:
            return work(session, database.seal, *args, **kwargs)
    except SettingsError as error:
        _fail(str(error))
    except UNREACHABLE as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        _fail(f"The database cannot be read: {reason}. `assistant run` makes it; DATABASE_URL says where it is.")
    except SealError as error:
        _fail(f"{error}. Set the key that this database was written with.")


def _fail(message: str) -> NoReturn:
    typer.secho(message, fg="red", err=True)
    raise typer.Exit(1)
