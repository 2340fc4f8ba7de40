"""``assistant keys``: changing the key that seals what visitors write and how they can be reached."""

from __future__ import annotations

import typer

from bot.cli.storage import database, fail
from bot.intake import UNREACHABLE
from bot.intake.rotation import rotate
from bot.intake.sealing import SealError

app = typer.Typer(help="The key that seals what visitors write.", no_args_is_help=True)


@app.callback()
def keys() -> None:
    """The key that seals what visitors write."""


@app.command("rotate")
def rotate_keys() -> None:
    """Seal everything again with the first key of CONTACT_KEY.

    Put the new key before the old one, start the assistant again, run this, and take the old key away.
    """
    used = database()
    try:
        stops = rotate(used, lambda table, rows: typer.echo(f"{table}: {rows}") if rows else None)
    except SealError as error:
        fail(f"{error}. Put every key that was ever used behind the new one in CONTACT_KEY.")
    except UNREACHABLE as error:
        fail(f"The database cannot be used: {str(getattr(error, 'orig', None) or error).splitlines()[0]}")
    finally:
        used.close()
    if stops:
        typer.echo(f"Keep the old key: {stops} people who wrote STOP and whose address is gone are known by it alone.")
    else:
        typer.echo("Done. The old key can be taken out of CONTACT_KEY.")
