"""A conversation as the firm's people see it: the transcript, live, and their own part in it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from aiohttp import web
from sqlalchemy.orm import Session

from bot.channels.browser import rendered
from bot.channels.hub import MessageEvent, Subscription
from bot.intake import holding, leads, transcript
from bot.intake.holding import HeldError, Signature
from bot.intake.messages import Message, UnknownConversationError
from bot.intake.sealing import Seal
from bot.intake.staff import accounts, audit, replies, sessions
from bot.intake.staff.accounts import Account
from bot.knowledge.catalogue import text
from bot.understanding.masking import mask
from bot.web.requests import query_number
from bot.web.staff import found
from bot.web.staff.access import VISIT, account_of
from bot.web.staff.rendering import back, form_of, page, partial
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()
HEARTBEAT_SECONDS: Final = 15

Work = Callable[[Session, Seal], list[Message]]


@routes.get("/staff/conversations/{conversation}", needs="leads.read")
async def show(request: web.Request) -> web.Response:
    """The transcript; ``#m-12`` jumps to message 12. That it was read stands in the audit log."""
    return await _page(request)


@routes.get("/staff/conversations/{conversation}/find", needs="leads.read")
async def find_words(request: web.Request) -> web.Response:
    """``?words=``: the messages that hold them, as a part of the page, or as the page where there is no script."""
    conversation_id, account = request.match_info["conversation"], account_of(request)
    words = request.query.get("words", "")[: found.LONGEST]
    if "HX-Request" not in request.headers:
        return await _page(request, words=words)
    try:
        read = await request.app[STATE].database.write(_read, conversation_id, account)
    except UnknownConversationError:
        raise web.HTTPNotFound from None
    html = partial(request, "_found.html", words_searched=words, found=found.find(read["messages"], words))
    return web.Response(text=html, content_type="text/html")


@routes.get("/staff/conversations/{conversation}/events", needs="leads.read")
async def live(request: web.Request) -> web.StreamResponse:
    """Server-sent events: ``message`` with each message after ``?after=`` as a part of the page."""
    conversation_id, after = request.match_info["conversation"], query_number(request, "after")
    conversations = request.app[STATE].conversations
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
    with conversations.hub.subscription(conversation_id) as subscription:
        _, missed = await conversations.transcript(conversation_id, after)
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            for message in missed:
                await response.write(_event(request, message))
            last = missed[-1].seq if missed else after
            await _tell(request, response, subscription, last)
    return response


@routes.post("/staff/conversations/{conversation}/take", needs="conversations.hold")
async def take(request: web.Request) -> web.Response:
    """``instead_of``: who holds it as far as the page knows; empty: nobody."""
    given = (await form_of(request)).get("instead_of", "")
    instead_of = int(given) if given.isdigit() else None
    conversation_id, account = request.match_info["conversation"], account_of(request)
    return await _do(request, lambda s, k: holding.take(s, k, conversation_id, account, instead_of=instead_of))


@routes.post("/staff/conversations/{conversation}/say", needs="conversations.hold")
async def say(request: web.Request) -> web.Response:
    """``text``."""
    conversation_id, account = request.match_info["conversation"], account_of(request)
    words = mask((await form_of(request)).get("text", "")).text
    if not words:
        return back(_address(request))
    signature = await _signature(request)
    if signature is None:
        return await _page(request, status=409)
    return await _do(request, lambda s, k: holding.say(s, k, conversation_id, account, words, signature=signature))


@routes.post("/staff/conversations/{conversation}/hand-back", needs="conversations.hold")
async def hand_back(request: web.Request) -> web.Response:
    try:
        await request.app[STATE].conversations.hand_back(request.match_info["conversation"], account_of(request))
    except HeldError as error:
        return await _page(request, status=409, held_error=True, by=error.by)
    except UnknownConversationError:
        raise web.HTTPNotFound from None
    return back(_address(request), "handed_back")


@routes.post("/staff/conversations/{conversation}/ask", needs="conversations.hold")
async def ask(request: web.Request) -> web.Response:
    """``fact``: the visitor is asked for it in the conversation."""
    fact = (await form_of(request)).get("fact", "")
    conversation_id, account = request.match_info["conversation"], account_of(request)
    signature = await _signature(request)
    if signature is None:
        return await _page(request, status=409)
    try:
        work: Work = lambda s, k: holding.ask(s, k, conversation_id, account, fact, signature=signature)  # noqa: E731
        return await _do(request, work, "asked")
    except KeyError:
        raise web.HTTPNotFound from None


async def _signature(request: web.Request) -> Signature | None:
    """What has to stand below a message to this visitor now (R-33); None: they may not be written to."""
    state = request.app[STATE]
    reach = await state.messaging.reach(request.match_info["conversation"], account_of(request).language, state.zone)
    if reach is not None and not reach.possible:
        return None
    firm = state.firm
    if reach is None or not reach.follow_up:
        return holding.unsigned
    given = {"firm": firm.name, "address": firm.address, "contact": firm.contact()}
    return lambda language: (text("held.signature", language, **given),)


async def _do(request: web.Request, work: Work, done: str = "") -> web.Response:
    try:
        await request.app[STATE].conversations.staff(request.match_info["conversation"], work)
    except HeldError as error:
        return await _page(request, status=409, held_error=True, by=error.by)
    except UnknownConversationError:
        raise web.HTTPNotFound from None
    if "HX-Request" in request.headers and not done:
        return web.Response(status=204)
    return back(_address(request), done)


async def _page(request: web.Request, *, status: int = 200, words: str = "", **values: Any) -> web.Response:
    conversation_id, account = request.match_info["conversation"], account_of(request)
    try:
        read = await request.app[STATE].database.write(_read, conversation_id, account)
    except UnknownConversationError:
        raise web.HTTPNotFound from None
    hits = found.find(read["messages"], words)
    state = request.app[STATE]
    reach = await state.messaging.reach(conversation_id, account.language, state.zone)
    values = {"held_error": False, "by": None, "reach": reach, "words_searched": words, "found": hits} | values
    return page(request, "conversation.html", status=status, **read, **values)


def _read(session: Session, seal: Seal, conversation_id: str, account: Account) -> dict[str, Any]:
    conversation = transcript.conversation(session, seal, conversation_id)
    lead = leads.lead_of(session, seal, conversation_id)
    subject = f"lead:{lead.id}" if lead else f"conversation:{conversation_id[:8]}"
    audit.record(session, seal, actor=account.email, action="transcript.viewed", subject=subject)
    people = {one.id: one for one in accounts.accounts(session, seal)}
    messages = [one for one in transcript.history(session, seal, conversation_id) if one.shown]
    return {
        "conversation": conversation,
        "lead": lead,
        "holder": people.get(conversation.held_by) if conversation.held_by else None,
        "messages": [_drawn(one) for one in messages],
        "last": messages[-1].seq if messages else 0,
        "speaker": holding.speaker(account, conversation.language),
        "longest": holding.LONGEST,
        "replies": replies.replies(session, seal),
    }


async def _tell(request: web.Request, response: web.StreamResponse, subscription: Subscription, last: int) -> None:
    """Until the browser goes, the session ends, or something was lost and the browser has to come back."""
    state, visit = request.app[STATE], request[VISIT]
    while not subscription.behind:
        try:
            event = await asyncio.wait_for(subscription.next(), HEARTBEAT_SECONDS)
        except TimeoutError:
            alive = await state.database.read(sessions.of, visit.account.id)
            if not any(one.id == visit.id for one in alive) or not await state.conversations.ready():
                return
            await response.write(b": still here\n\n")
            continue
        if isinstance(event, MessageEvent) and event.message.shown and event.message.seq > last:
            last = event.message.seq
            await response.write(_event(request, event.message))


def _event(request: web.Request, message: Message) -> bytes:
    html = partial(request, "_message.html", message=_drawn(message))
    data = "".join(f"data: {line}\n" for line in html.splitlines())
    return f"id: {message.seq}\nevent: message\n{data}\n".encode()


def _drawn(message: Message) -> dict[str, Any]:
    drawn = rendered(message)
    at: datetime = message.created_at
    return {**drawn, "at": at, "plain": drawn["lines"] or ([message.text] if message.text else [])}


def _address(request: web.Request) -> str:
    return f"/staff/conversations/{request.match_info['conversation']}#reply"
