"""``assistant rules``: what is in force on a day, what is stale, incomplete or disputed, and where it was read."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from bot.rules import RuleBook, RuleDateError, Rules, RulesError, rulebook
from bot.rules import completion as completions
from bot.rules.checking import check_book
from bot.rules.inventory import Entry, inventory
from bot.rules.loader import load
from bot.rules.references import as_json, rows, short
from bot.rules.taken_up import completions_directory

app = typer.Typer(help="The dated rules.", no_args_is_help=False)
MOST_ROWS = 12
AsOf = Annotated[
    datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Day to look at; today if left out.")
]


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    as_of: AsOf = None,
    as_data: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    references: Annotated[bool, typer.Option("--references", help="List every figure by its id.")] = False,
    only: Annotated[str | None, typer.Option("--only", help="stale, incomplete, disputed, reported or check.")] = None,
) -> None:
    """Show what is in force on a day, what is stale, incomplete or disputed, and when each was last verified."""
    if context.invoked_subcommand is not None:
        return
    day = as_of.date() if as_of else date.today()
    book = open_book()
    try:
        rules = book.at(day)
    except RuleDateError as error:
        raise typer.BadParameter(str(error), param_hint="--as-of") from None
    if references:
        show_references(rules, as_data=as_data)
    else:
        show_inventory(list(inventory(book, day)), day, only, as_data=as_data)


def show_references(rules: Rules, *, as_data: bool) -> None:
    """Every figure of a day by its id."""
    values = list(rows(rules))
    if as_data:
        typer.echo(json.dumps([as_json(value) for value in values], ensure_ascii=False, indent=2))
        return
    table = Table("id", "value", "unit", "since", "verified", title=f"Figures on {rules.as_of}")
    for value in values:
        table.add_row(value.id, short(value.value), value.unit or "", str(value.effective_from), str(value.verified_on))
    wide().print(table)


def show_inventory(entries: list[Entry], day: date, only: str | None, *, as_data: bool) -> None:
    """The rules of a day that belong to a selection; the counts below the table are of all of them."""
    selected = [entry for entry in entries if matches(entry, only)]
    if as_data:
        typer.echo(json.dumps([asdict(entry) for entry in selected], default=str, ensure_ascii=False, indent=2))
        return
    wide().print(as_table(selected, day))
    typer.echo(summary(entries))


def open_book() -> RuleBook:
    """The rules; a fault in the data ends the command with one line."""
    try:
        return rulebook()
    except RulesError as error:
        typer.echo(f"Rules: {error}", err=True)
        raise typer.Exit(1) from None


def matches(entry: Entry, only: str | None) -> bool:
    """Whether an entry belongs to a selection. Raises ``BadParameter`` for a selection that does not exist."""
    match only:
        case None:
            return True
        case "stale":
            return entry.stale
        case "incomplete" | "reported":
            return entry.status == only
        case "disputed":
            return entry.disputed is not None
        case "check":
            return entry.check_reason is not None
    raise typer.BadParameter(f"{only!r} is not stale, incomplete, disputed, reported or check", param_hint="--only")


def as_table(entries: list[Entry], day: date) -> Table:
    """The entries as a table for the terminal."""
    table = Table("rule", "status", "since", "until", "verified", "confidence", "marks", title=f"Rules on {day}")
    for entry in entries:
        marks = [
            name
            for name, set_ in (
                ("stale", entry.stale),
                ("check", entry.check_reason),
                ("disputed", entry.disputed),
                (f"missing: {entry.missing}", entry.missing),
            )
            if set_
        ]
        table.add_row(
            entry.id,
            entry.status or ("ended" if entry.effective_to else "not yet"),
            str(entry.effective_from or ""),
            str(entry.effective_to or ""),
            str(entry.verified_on or ""),
            entry.confidence or "",
            ", ".join(marks),
        )
    return table


def summary(entries: list[Entry]) -> str:
    """One line of counts."""
    counts = {
        "rules": len(entries),
        "incomplete": sum(entry.status == "incomplete" for entry in entries),
        "reported": sum(entry.status == "reported" for entry in entries),
        "stale": sum(entry.stale for entry in entries),
        "to check": sum(entry.check_reason is not None for entry in entries),
        "disputed": sum(entry.disputed is not None for entry in entries),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def wide() -> Console:
    """A console that never breaks an id over two lines when its output is not a terminal."""
    console = Console()
    return console if console.is_terminal else Console(width=200)


@app.command()
def check() -> None:
    """Check every rule file; ends with 1 and the first fault if there is one."""
    book = open_book()
    try:
        check_book(book)
    except RulesError as error:
        typer.echo(f"Rules: {error}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{len(book)} rules, {sum(len(rule.versions) for rule in book.values())} versions: no fault.")


@app.command()
def complete(
    set_id: Annotated[str, typer.Argument(metavar="SET", help="As crs-2026-11-03.")],
    file: Annotated[Path, typer.Argument(help="YAML with set, url, read_on, reader and a value for every cell.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Store without asking.")] = False,
) -> None:
    """Complete a set of points with what was read on the official page; shows what changes before storing it."""
    book = open_book()
    try:
        completion = completions.read(file, load(), date.today())
        if completion.set != set_id:
            raise RulesError(f"{file.name}: set: {completion.set} is not {set_id}")
    except RulesError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    table = Table(
        "rule", "before", "from now on", title=f"{set_id}, read on {completion.read_on} by {completion.reader}"
    )
    for change in completions.changes(completion, book):
        table.add_row(change.rule_id, cell_text(change.before), cell_text(change.after))
    wide().print(table)
    if not yes:
        typer.confirm("Store it? Scores for the days of this set are computed from then on", abort=True)
    typer.echo(f"Stored: {completions.store(file, completion, completions_directory())}")
    typer.echo("`assistant knowledge --due` lists the topics to read again.")


def cell_text(value: Any) -> str:
    """A value in one cell of a table: the whole of it, unless it is a table of many rows itself."""
    whole = isinstance(value, list) or (isinstance(value, dict) and len(value) <= MOST_ROWS)
    return json.dumps(value, ensure_ascii=False) if whole else short(value)


@app.command()
def template(set_id: Annotated[str, typer.Argument(metavar="SET", help="As crs-2026-11-03.")]) -> None:
    """Print a file to fill in for `complete`: every cell that is not established, with its value in the set before."""
    try:
        typer.echo(completions.template(set_id, load()))
    except RulesError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
