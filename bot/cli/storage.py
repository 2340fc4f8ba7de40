"""The database as commands use it: one transaction, and one line when it cannot be used."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Concatenate, NoReturn, ParamSpec, TypeVar

import typer
from sqlalchemy.orm import Session

from bot.intake import UNREACHABLE, Database
from bot.intake.sealing import Seal, SealError
from bot.settings import SettingsError, settings

P = ParamSpec("P")
T = TypeVar("T")


def read(work: Callable[Concatenate[Session, Seal, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """One reading transaction; ends the command with one line when the database cannot be read."""
    return _transaction(work, True, *args, **kwargs)


def write(work: Callable[Concatenate[Session, Seal, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Like ``read`` for work that changes something."""
    return _transaction(work, False, *args, **kwargs)


def database() -> Database:
    """The database of the settings. Ends the command when they are wrong."""
    try:
        return Database.of(settings())
    except SettingsError as error:
        fail(str(error))


def print_json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=_moment))


def fail(message: str) -> NoReturn:
    typer.secho(message, fg="red", err=True)
    raise typer.Exit(1)


def when(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _transaction(work: Callable[..., T], reading: bool, *args: Any, **kwargs: Any) -> T:
    used = database()
    try:
        with used.session(reading=reading) as session:
            return work(session, used.seal, *args, **kwargs)
    except UNREACHABLE as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        fail(f"The database cannot be read: {reason}. `assistant run` makes it; DATABASE_URL says where it is.")
    except SealError as error:
        fail(f"{error}. Set the key that this database was written with.")
    finally:
        used.close()


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is no JSON")
