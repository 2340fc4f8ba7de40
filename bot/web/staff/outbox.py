"""Deliveries: what webhooks and e-mail could not take, and sending it again."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.orm import Session

from bot.intake.notifications import outbox, subscribers
from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.web.staff.access import account_of
from bot.web.staff.rendering import back, form_of, page
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()


@routes.get("/staff/outbox", needs="outbox.read")
async def listing(request: web.Request) -> web.Response:
    database = request.app[STATE].database
    return page(
        request,
        "outbox.html",
        dead=await database.read(outbox.dead),
        depth=await database.read(outbox.depth),
        subscribers=await database.read(subscribers.subscribers),
    )


@routes.post("/staff/outbox/replay", needs="outbox.replay")
async def replay(request: web.Request) -> web.Response:
    """``id``: one delivery; empty: all that were given up."""
    given = (await form_of(request)).get("id", "")
    one, actor = int(given) if given.isdigit() else None, account_of(request).email

    def again(session: Session, seal: Seal) -> None:
        count = outbox.replay(session, seal, one)
        subject = f"delivery:{one}" if one is not None else ""
        audit.record(session, seal, actor=actor, action="outbox.replayed", subject=subject, count=count)

    await request.app[STATE].database.write(again)
    return back("/staff/outbox", "replayed")
