"""Who is told of leads, by e-mail or webhook: added, changed, paused, tried out. The log keeps each reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.intake.notifications import subscribers
from bot.intake.notifications.events import EVENT_TYPES
from bot.intake.notifications.subscribers import TargetError, UnknownSubscriberError
from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.web.staff.access import account_of
from bot.web.staff.lead import number_of
from bot.web.staff.rendering import back, form_of, page
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()
ADDRESS = "/staff/subscribers"


class RefusedError(ValueError):
    """A form that cannot be done. ``trouble``: id of the text that says why."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


@routes.get(ADDRESS, needs="settings.change")
async def listing(request: web.Request) -> web.Response:
    return await _page(request)


@routes.post(ADDRESS, needs="settings.change")
async def add(request: web.Request) -> web.Response:
    """``target``, ``type`` several times (none: the usual ones), ``contact``, ``comment``."""
    form, types = await form_of(request), await _types(request)
    actor = account_of(request).email

    def step(session: Session, seal: Seal) -> tuple[str, str]:
        why = _why(form)
        target = form.get("target", "")
        try:
            way = subscribers.way_of(target)
        except TargetError:
            raise RefusedError("target") from None
        if any(one.target == target for one in subscribers.subscribers(session, seal)):
            raise RefusedError("taken")
        wanted = types or subscribers.usual_types(way)
        made, secret = subscribers.subscribe(session, seal, way, target, wanted, contact_fields="contact" in form)
        told = {"way": way, "types": list(made.types), "contact_fields": made.contact_fields, "comment": why}
        audit.record(session, seal, actor=actor, action="subscriber.added", subject=f"subscriber:{made.id}", **told)
        return target, secret if way == "webhook" else ""

    try:
        target, secret = await request.app[STATE].database.write(step)
    except RefusedError as error:
        return await _page(request, status=422, trouble=error.trouble, form=form, types=types)
    return await _page(request, secret=secret, secret_of=target) if secret else back(ADDRESS, "subscriber_changed")


@routes.post("/staff/subscribers/{subscriber}", needs="settings.change")
async def change(request: web.Request) -> web.Response:
    """``do``: change, pause, resume, renew or remove; ``type``, ``contact``, ``comment``."""
    number, form, types = number_of(request, "subscriber"), await form_of(request), await _types(request)
    actor, do = account_of(request).email, form.get("do", "change")

    def step(session: Session, seal: Seal) -> str:
        told: dict[str, Any] = {"comment": _why(form)}
        secret = ""
        if do == "change":
            if not types:
                raise RefusedError("types")
            made = subscribers.change(session, seal, number, types, contact_fields="contact" in form)
            told |= {"types": list(made.types), "contact_fields": made.contact_fields}
        elif do in ("pause", "resume"):
            subscribers.pause(session, seal, number, paused=do == "pause")
        elif do == "renew":
            secret = subscribers.renew_secret(session, seal, number)
        elif do == "remove":
            subscribers.unsubscribe(session, seal, number)
        else:
            raise web.HTTPBadRequest
        audit.record(session, seal, actor=actor, action=f"subscriber.{do}", subject=f"subscriber:{number}", **told)
        return secret

    try:
        secret = await request.app[STATE].database.write(step)
    except UnknownSubscriberError:
        raise web.HTTPNotFound from None
    except RefusedError as error:
        return await _page(request, status=422, trouble=error.trouble, tried=number, form=form, types=types)
    if secret:
        return await _page(request, secret=secret, secret_of=f"{number}")
    return back(ADDRESS, "subscriber_removed" if do == "remove" else "subscriber_changed")


@routes.post("/staff/subscribers/{subscriber}/test", needs="settings.change")
async def try_out(request: web.Request) -> web.Response:
    """Send an event that tells of nobody; the page shows whether it arrived."""
    number, actor = number_of(request, "subscriber"), account_of(request).email

    def step(session: Session, seal: Seal) -> None:
        event = subscribers.try_out(session, seal, number)
        subject = f"subscriber:{number}"
        audit.record(session, seal, actor=actor, action="subscriber.tested", subject=subject, event=event)

    try:
        await request.app[STATE].database.write(step)
    except UnknownSubscriberError:
        raise web.HTTPNotFound from None
    return back(ADDRESS, "tested")


def _why(form: Mapping[str, str]) -> str:
    if not form.get("comment"):
        raise RefusedError("comment")
    return form["comment"]


async def _types(request: web.Request) -> list[str]:
    """The events that are ticked."""
    return [str(one) for one in (await request.post()).getall("type", []) if one in EVENT_TYPES]


async def _page(request: web.Request, *, status: int = 200, **values: Any) -> web.Response:
    database = request.app[STATE].database
    values = {"trouble": "", "tried": 0, "form": {}, "types": [], "secret": "", "secret_of": ""} | values
    return page(
        request,
        "subscribers.html",
        status=status,
        subscribers=await database.read(subscribers.subscribers),
        newest=await database.read(subscribers.newest),
        events=EVENT_TYPES,
        **values,
    )
