"""``assistant staff``: accounts of the console from the command line, and the audit log."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from typing import Annotated, Any, Concatenate, NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from bot.intake import UNREACHABLE, Database, schema
from bot.intake.sealing import Seal, SealError
from bot.intake.staff import accounts, audit
from bot.intake.staff.accounts import AccountError, UnknownAccountError
from bot.intake.staff.roles import roles
from bot.knowledge.catalogue import text
from bot.settings import SettingsError, settings

app = typer.Typer(help="The firm's own people, who work in the console.", no_args_is_help=True)
P = ParamSpec("P")
T = TypeVar("T")
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="With which the person logs in.")]


@app.command()
def invite(
    email: Email,
    role: Annotated[str, typer.Option("--role", help=f"One of {', '.join(roles().roles)}.")] = "intake",
    name: Annotated[str, typer.Option("--name", help="As visitors read it; else the address's first part.")] = "",
    language: Annotated[str, typer.Option("--language", help="en or fr.")] = "en",
    licence: Annotated[str, typer.Option("--licence", help="Licence number of who may advise.")] = "",
    body: Annotated[str, typer.Option("--body", help="Who gave the licence: college or law_society.")] = "college",
) -> None:
    """Invite somebody: prints a link that works once, for seven days. The first administrator is made so."""
    if language not in ("en", "fr") or body not in ("college", "law_society"):
        _fail("--language is en or fr, --body is college or law_society.")
    try:
        _, token = _write(
            accounts.invite,
            email=email,
            name=name or email.partition("@")[0],
            role=role,
            language=language,
            licence_no=licence,
            licence_body=body,
            by=audit.COMMAND_LINE,
        )
    except AccountError as error:
        _fail(text(f"console.account.{error.trouble}", "en"))
    typer.echo(_link(token))


@app.command()
def reset(email: Email) -> None:
    """Take password, second factor and sessions away; prints a link to choose them anew."""
    try:
        found = _write(accounts.by_email, email)
        typer.echo(_link(_write(accounts.reset, found.id, by=audit.COMMAND_LINE)))
    except UnknownAccountError:
        _fail(f"There is no account {email}. `assistant staff list` shows them.")


@app.command()
def disable(email: Email) -> None:
    """End all sessions of an account and let nobody log in with it again."""
    try:
        found = _write(accounts.by_email, email)
        _write(accounts.change, found.id, by=audit.COMMAND_LINE, disabled=True)
    except UnknownAccountError:
        _fail(f"There is no account {email}. `assistant staff list` shows them.")
    except AccountError as error:
        _fail(text(f"console.account.{error.trouble}", "en"))


@app.command("list")
def listing() -> None:
    """Show every account."""
    table = Table("E-mail", "Name", "Role", "Licence", "State", box=None, pad_edge=False)
    for one in _write(accounts.accounts):
        state = "disabled" if one.disabled else "invited" if one.invited else "active"
        table.add_row(one.email, one.name, one.role, one.licence_no, state)
    Console().print(table)


@app.command("audit")
def show_audit(
    verify: Annotated[bool, typer.Option("--verify", help="Compute the chain of hashes anew.")] = False,
    newest: Annotated[str, typer.Option("--newest", help="With --verify: the newest hash that you kept.")] = "",
    lead: Annotated[int | None, typer.Option("--lead", help="Entries about one lead.")] = None,
) -> None:
    """Print the audit log, newest first, as lines of JSON; or verify that nothing was changed or taken out."""
    if verify:
        _verify(newest)
        return
    for entry in _write(audit.entries, subject=f"lead:{lead}" if lead is not None else "", limit=1000):
        shown = {"id": entry.id, "at": entry.at.isoformat(), "actor": entry.actor, "action": entry.action}
        typer.echo(json.dumps(shown | {"subject": entry.subject, "details": dict(entry.details)}, ensure_ascii=False))


def _verify(newest: str) -> None:
    found = _write(audit.verify)
    if found.broken is not None:
        _fail(f"The audit log is broken at entry {found.broken}; the {found.entries} before it hold together.")
    if newest and not _write(audit.holds, newest):
        _fail(f"No entry has the hash {newest}: entries at the end were taken out.")
    typer.echo(f"{found.entries} entries hold together. Newest hash: {found.newest}")


def _link(token: str) -> str:
    return f"{settings().public_url}/staff/invitation/{token}"


def _write(work: Callable[Concatenate[Session, Seal, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    """One transaction; ends the command with one line when the database cannot be used."""
    try:
        with closing(Database.of(settings())) as database:
            schema.upgrade(database)
            with database.session() as session:
                return work(session, database.seal, *args, **kwargs)
    except (SettingsError, schema.SchemaError, SealError) as error:
        _fail(str(error))
    except UNREACHABLE as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        _fail(f"The database cannot be used: {reason}. DATABASE_URL says where it is.")


def _fail(message: Any) -> NoReturn:
    typer.secho(str(message), fg="red", err=True)
    raise typer.Exit(1)
