"""``assistant staff``: accounts of the console from the command line, and the audit log."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli.run import StartError, prepare
from bot.cli.storage import database, fail, write
from bot.intake.staff import accounts, audit
from bot.intake.staff.accounts import AccountError, UnknownAccountError
from bot.intake.staff.roles import roles
from bot.knowledge.catalogue import text
from bot.settings import settings

app = typer.Typer(help="The firm's own people, who work in the console.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="With which the person logs in.")]


@app.callback()
def tables() -> None:
    """Accounts can be made before the server ran for the first time: its tables are made now."""
    used = database()
    try:
        prepare(used)
    except StartError as error:
        fail(str(error))
    finally:
        used.close()


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
        fail("--language is en or fr, --body is college or law_society.")
    try:
        _, token = write(
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
        fail(text(f"console.account.{error.trouble}", "en"))
    typer.echo(_link(token))


@app.command()
def reset(email: Email) -> None:
    """Take password, second factor and sessions away; prints a link to choose them anew."""
    try:
        found = write(accounts.by_email, email)
        typer.echo(_link(write(accounts.reset, found.id, by=audit.COMMAND_LINE)))
    except UnknownAccountError:
        fail(f"There is no account {email}. `assistant staff list` shows them.")


@app.command()
def disable(email: Email) -> None:
    """End all sessions of an account and let nobody log in with it again."""
    try:
        found = write(accounts.by_email, email)
        write(accounts.change, found.id, by=audit.COMMAND_LINE, disabled=True)
    except UnknownAccountError:
        fail(f"There is no account {email}. `assistant staff list` shows them.")
    except AccountError as error:
        fail(text(f"console.account.{error.trouble}", "en"))


@app.command("list")
def listing() -> None:
    """Show every account."""
    table = Table("E-mail", "Name", "Role", "Licence", "State", box=None, pad_edge=False)
    for one in write(accounts.accounts):
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
    for entry in write(audit.entries, subject=f"lead:{lead}" if lead is not None else "", limit=1000):
        shown = {"id": entry.id, "at": entry.at.isoformat(), "actor": entry.actor, "action": entry.action}
        typer.echo(json.dumps(shown | {"subject": entry.subject, "details": dict(entry.details)}, ensure_ascii=False))


def _verify(newest: str) -> None:
    found = write(audit.verify)
    if found.broken is not None:
        fail(f"The audit log is broken at entry {found.broken}; the {found.entries} before it hold together.")
    if newest and not write(audit.holds, newest):
        fail(f"No entry has the hash {newest}: entries at the end were taken out.")
    typer.echo(f"{found.entries} entries hold together. Newest hash: {found.newest}")


def _link(token: str) -> str:
    return f"{settings().public_url}/staff/invitation/{token}"
