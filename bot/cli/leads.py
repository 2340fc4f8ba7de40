"""``assistant leads``: who asked for a person, and what they told."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cli.storage import fail, print_json, read, when, write
from bot.intake import LeadFile, leads, prescreen
from bot.intake import export as files
from bot.intake.consents import GivenConsent
from bot.intake.filters import Filters
from bot.intake.inbox import page
from bot.intake.lead_values import Lead, UnknownLeadError
from bot.intake.messages import Message
from bot.intake.staff import audit
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import fact_text, label, plain

app = typer.Typer(help="Visitors who asked for a person.", invoke_without_command=True, no_args_is_help=False)
COLUMNS = ("Lead", "Received", "Name", "Contact", "Language", "Channel", "Why now", "Status")
SHOWN = 200
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")]


@app.callback()
def listing(context: typer.Context, as_json: AsJson = False) -> None:
    """List the open leads in the order of work; `assistant leads show 1` tells everything about one."""
    if context.invoked_subcommand:
        return
    found = read(page, Filters(), size=SHOWN).leads
    if as_json:
        print_json([_as_data(lead) for lead in found])
        return
    if not found:
        typer.echo("No leads yet. A visitor who asks for a person and agrees to be contacted becomes one.")
        return
    table = Table(box=None, pad_edge=False)
    for column in COLUMNS:
        table.add_column(column, no_wrap=column in ("Lead", "Received"), overflow="fold")
    for lead in found:
        cells = (
            lead.name,
            lead.contact,
            lead.language,
            lead.channel,
            why_now(lead),
            text(f"status.{lead.status}", "en"),
        )
        table.add_row(lead.reference, when(lead.created_at), *(escape(cell) for cell in cells))
    Console().print(table)


@app.command()
def show(
    lead: Annotated[str, typer.Argument(help="Number of the lead, as 1 or L-0001.")], as_json: AsJson = False
) -> None:
    """Show one lead: contact, facts, result, consents and transcript."""
    digits = lead.upper().removeprefix("L-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        fail(f"{lead} is not the number of a lead. `assistant leads` lists them.")
    try:
        found = read(leads.get_lead, int(digits))
    except UnknownLeadError:
        fail(f"There is no lead {lead}. `assistant leads` lists them.")
    if as_json:
        print_json(_file_as_data(found))
    else:
        _print_file(Console(), found)


@app.command()
def export(
    columns: Annotated[
        list[str] | None, typer.Option("--column", help="A column, or the id of a fact; again for more. Default: all.")
    ] = None,
    closed: Annotated[bool, typer.Option("--closed", help="Closed leads too.")] = False,
    target: Annotated[Path | None, typer.Option("--to", help="File to write; without it it is printed.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write leads as CSV, safe for spreadsheet programs, or as JSON."""
    filters = Filters(open=None if closed else True)
    if as_json:
        written = read(files.as_json, filters) + "\n"
    else:
        try:
            written = read(files.as_csv, filters, columns or tuple(files.COLUMNS))
        except files.UnknownColumnError as error:
            fail(f"There is no column {error}. Columns: {', '.join(files.COLUMNS)}, and the ids of facts.")
    write(audit.record, actor=audit.COMMAND_LINE, action="lead.exported")
    _deliver(written.encode(), target)


@app.command("prescreen")
def prescreen_file(
    source: Annotated[Path, typer.Argument(help="CSV or XLSX file of people; `assistant leads template` makes one.")],
    target: Annotated[Path | None, typer.Option("--to", help="File for the results, .csv or .xlsx.")] = None,
    day: Annotated[str, typer.Option("--as-of", help="Day to assess on, as 2026-11-25. Default: today.")] = "",
) -> None:
    """Assess every person of a spreadsheet. Nothing is stored."""
    try:
        on = date.fromisoformat(day) if day else date.today()
        found = list(prescreen.score(prescreen.read(source.read_bytes()), on, "en"))
    except OSError as error:
        fail(f"{source}: {error.strerror}")
    except prescreen.PrescreenError as error:
        fail(f"{source}: {error.text('en')}")
    except ValueError:
        fail(f"--as-of: {day} is not a day written as year-month-day.")
    _deliver(prescreen.written(found, "xlsx" if target and target.suffix == ".xlsx" else "csv"), target)
    failed = sum(bool(row.get("error")) for row in found)
    typer.echo(f"{len(found)} rows, {failed} not readable", err=True)


@app.command()
def template(
    target: Annotated[Path, typer.Option("--to", help="File to write, .csv or .xlsx.")],
    language: Annotated[Language, typer.Option(help="Language of the explanations.")] = "en",
) -> None:
    """Write an empty spreadsheet to fill in for `assistant leads prescreen`."""
    _deliver(prescreen.template("xlsx" if target.suffix == ".xlsx" else "csv", language), target)


def _deliver(written: bytes, target: Path | None) -> None:
    if target is None:
        typer.echo(written.decode("utf-8-sig"), nl=False)
        return
    try:
        target.write_bytes(written)
    except OSError as error:
        fail(f"{target}: {error.strerror}")


def _print_file(console: Console, found: LeadFile) -> None:
    lead = found.lead
    console.print(f"[bold]{lead.reference}[/]  {escape(lead.name)}  {escape(lead.contact)}")
    console.print(f"{when(lead.created_at)}  {lead.language}  {escape(lead.channel)}  {lead.status}\n")
    console.print(f"{why_now(lead)}\n")
    profile = found.profile
    _section(console, "Facts", [(label(fact, "en"), fact_text(profile, fact, "en")) for fact in profile])
    _section(console, "Result", list(_leaves(found.assessment or {})))
    _section(console, "Consents", [(when(given.given_at), _agreed(given)) for given in found.consents])
    _section(console, "Transcript", [(f"{one.seq} {one.sender}", _said(one)) for one in found.transcript])


def why_now(lead: Lead) -> str:
    """Why the lead stands where it stands in the order of work."""
    return text(f"order.{lead.place.reason}", "en", on=lead.place.due_on)


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
        "facts": dict(found.facts),
        "told": [asdict(told) for told in found.told],
        "assessment": found.assessment,
        "details": found.details,
        "consents": [asdict(given) for given in found.consents],
        "transcript": [
            {"number": one.seq, "from": one.sender, "at": one.created_at, "language": one.language, "text": _said(one)}
            for one in found.transcript
        ],
    }
