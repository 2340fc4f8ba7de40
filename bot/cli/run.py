"""``assistant run``: the one process that serves visitors."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Awaitable, Callable
from datetime import date

import typer
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.conversation import Dialogue
from bot.channels.providers import configured as channels
from bot.firm import Firm, FirmError, load_firm
from bot.intake import Database, intake, schema
from bot.intake.sealing import SealError
from bot.intake.transcript import newest_sealed
from bot.intake.worker import Worker
from bot.knowledge.catalogue import CatalogueError, catalogue
from bot.rules import RuleDateError, RulesError, rulebook
from bot.settings import Settings, SettingsError, settings
from bot.web import create_app
from bot.web.logs import configure

CLOSE_SECONDS = 2.0
"""For connections that are still open after everything was said."""


class StartError(Exception):
    """The server cannot start. One line that says what to do."""


def run() -> None:
    """Serve the assistant on HOST and PORT until Ctrl-C."""
    try:
        configured = settings()
        configure(configured.log_level, production=configured.production)
        asyncio.run(serve(configured, _rasa, intake().database))
    except (SettingsError, FirmError, StartError) as error:
        typer.secho(str(error), fg="red", err=True)
        raise typer.Exit(2) from None
    except KeyboardInterrupt:
        raise typer.Exit(130) from None


async def serve(
    configured: Settings,
    dialogue: Callable[[Settings], Awaitable[Dialogue]],
    database: Database,
) -> None:
    """Start in order, say that it is ready, and stop in order on SIGINT or SIGTERM.

    ``database`` is closed at the end. Raises ``StartError``, ``FirmError`` and ``SettingsError`` for what can
    be mended.
    """
    firm = load_firm(configured.firm_config, production=configured.production)
    sockets = bind(configured.host, configured.port)
    prepare(database)
    check_content()
    speaking = await dialogue(configured)
    app = create_app(configured, firm, speaking, database=database, channels=channels())
    worker = Worker(database, configured, firm, forget=getattr(speaking, "erase", None))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=CLOSE_SECONDS)
    await runner.setup()
    try:
        stopped = _signals()
        try:
            for bound in sockets:
                await web.SockSite(runner, bound).start()
        except OSError as error:  # another process took it in the meantime
            raise StartError(_unbound(error, configured.host, configured.port)) from None
        await worker.start()
        _announce(configured, firm)
        await stopped.wait()
        typer.echo("Stopping: what is being answered is finished first.")
    finally:
        await worker.stop()
        await runner.cleanup()
        database.close()


def bind(host: str, port: int) -> list[socket.socket]:
    """Sockets for the address, taken before anything slow begins. Raises ``StartError``."""
    bound = []
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in dict.fromkeys(found):
            one = socket.socket(family, kind, protocol)
            bound.append(one)
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            one.bind(address)
    except OSError as error:
        for one in bound:
            one.close()
        raise StartError(_unbound(error, host, port)) from None
    return bound


def _unbound(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken. Set PORT to a free one, for example: PORT={min(port + 1, 65535)} make run"
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the administrator. Set PORT to one above 1023, for example 8080."
    return f"HOST: {host} is not an address of this machine ({error.strerror or error}). Set HOST=127.0.0.1 or 0.0.0.0."


def prepare(database: Database) -> None:
    """Bring the tables up to date and see that the key fits. Raises ``StartError``."""
    where = database.url.render_as_string(hide_password=True)
    try:
        schema.upgrade(database)
        with database.session(reading=True) as session:
            newest_sealed(session, database.seal)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise StartError(f"DATABASE_URL: {where} cannot be used: {reason}. Start it, or set another.") from None
    except OSError as error:
        raise StartError(f"DATABASE_URL: {where} cannot be used: {error.strerror}.") from None
    except (schema.SchemaError, SealError) as error:
        raise StartError(f"{where}: {error}") from None


def check_content() -> None:
    """See that rules and texts can be read. Raises ``StartError`` naming file and key."""
    try:
        rulebook().at(date.today()).last_complete_score()
        catalogue()
    except (RulesError, RuleDateError, CatalogueError) as error:
        raise StartError(str(error)) from None


def _announce(configured: Settings, firm: Firm) -> None:
    if firm.information_only:
        typer.echo(f"{configured.firm_config} names no licensee: for information only, no person is offered.")
    typer.secho(f"Express Entry Assistant is ready: {configured.public_url}", fg="green")


def _signals() -> asyncio.Event:
    """An event for the first SIGINT or SIGTERM; a second one ends the process as ever."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stop() -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    return stopped


async def _rasa(configured: Settings) -> Dialogue:
    """Rasa is imported when it is needed: no other command has to wait for it."""
    from bot.dialogue import DialogueError, load
    from bot.dialogue.thread import DialogueThread
    from bot.dialogue.training import TrainingError

    try:
        return await DialogueThread.start(lambda: load(configured, intake().database))
    except (DialogueError, TrainingError) as error:
        raise StartError(str(error)) from error
