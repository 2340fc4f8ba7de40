"""The aiohttp application: put together, started and stopped in order."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import WSCloseCode, web

from bot.channels.channel import Channel
from bot.channels.conversation import Conversations, Dialogue
from bot.channels.messaging import Messaging
from bot.channels.outbox import Timing
from bot.channels.trouble import apology
from bot.firm import Firm
from bot.intake.database import Database
from bot.settings import Settings
from bot.web import api, health, metrics, pages, private, socket, v1, webhooks
from bot.web.guard import add_headers, errors, other_origins
from bot.web.limits import Limits
from bot.web.requests import BODY_BYTES
from bot.web.staff import staff_app
from bot.web.state import STATE, State
from bot.web.tokens import Tokens


def create_app(
    settings: Settings,
    firm: Firm,
    dialogue: Dialogue,
    *,
    database: Database | None = None,
    channels: Iterable[Channel] = (),
    timing: Timing | None = None,
) -> web.Application:
    """The server of one firm. Its tables have to be in place (``bot.intake.schema.upgrade``).

    ``database``: one that is shared with others and closed by them; ``channels``: messaging channels,
    and the patience with which they are served.
    """
    own = database is None
    database = database or Database.of(settings)
    conversations = Conversations(database, dialogue, apology(firm), turn_timeout=settings.turn_timeout)
    messaging = Messaging(database, conversations, firm, channels, public_url=settings.public_url, timing=timing)
    app = web.Application(middlewares=[metrics.count, errors, other_origins], client_max_size=BODY_BYTES)
    app[STATE] = State(
        settings=settings,
        firm=firm,
        conversations=conversations,
        tokens=Tokens(settings.secret_key.get_secret_value()),
        limits=Limits(settings),
        database=database,
        messaging=messaging,
    )
    app[pages.ENVIRONMENT] = pages.environment()
    public = (api, v1, socket, webhooks, pages, private)
    for routes in (*(module.routes for module in public), health.routes, metrics.routes):
        app.add_routes(routes)
    app.router.add_static("/static", pages.STATIC)
    app.on_response_prepare.append(add_headers)
    app.add_subapp("/staff", staff_app(app[STATE]))

    async def start(_app: web.Application) -> None:
        await conversations.start()
        await messaging.start()

    async def stop(_app: web.Application) -> None:
        await conversations.stop(settings.stop_grace)
        await messaging.stop(settings.stop_grace)
        for ws in set(app[STATE].sockets):
            await ws.close(code=WSCloseCode.SERVICE_RESTART)

    async def close(_app: web.Application) -> None:
        if own:
            database.close()

    app.on_startup.append(start)
    app.on_shutdown.append(stop)
    app.on_cleanup.append(close)
    return app
