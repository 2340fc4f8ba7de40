"""The page, the page without JavaScript, and an example of a page that embeds the widget."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from datetime import date
from pathlib import Path
from typing import Any, Final

import jinja2
from aiohttp import web

from bot.channels.browser import rendered
from bot.channels.incoming import Chosen, Incoming, RefusedError, Said
from bot.channels.trouble import trouble
from bot.intake.messages import UnknownConversationError
from bot.knowledge.catalogue import Language, day, number
from bot.web.api import check_rate
from bot.web.problems import Problem, as_problem
from bot.web.state import STATE, strings
from bot.web.visitors import address_of, conversation_of, foreign_origin, language_of, remember, spoken_language

TEMPLATES: Final = Path(__file__).with_name("templates")
STATIC: Final = Path(__file__).with_name("static")
ANSWER_SECONDS: Final = 20
"""How long the page without JavaScript waits for an answer before it shows what there is."""

ENVIRONMENT: web.AppKey[jinja2.Environment] = web.AppKey("environment", jinja2.Environment)

routes = web.RouteTableDef()


def environment() -> jinja2.Environment:
    """Templates in which every value is escaped."""
    made = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True)
    made.globals["version"] = static_version()
    made.globals["number"] = number
    made.globals["day"] = _day
    return made


def _day(value: str, language: Language) -> str:
    """A day of the calendar as a card holds it (ISO text), in words."""
    return day(date.fromisoformat(value), language)


def static_version() -> str:
    """Changes when any static file changes."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@routes.get("/")
async def page(request: web.Request) -> web.Response:
    return page_of(request, "index.html", await _language(request))


@routes.get("/embed")
async def example(request: web.Request) -> web.Response:
    """How a page of another site looks with the widget on it."""
    return page_of(request, "embed.html", await _language(request), origin=request.app[STATE].settings.public_url)


@routes.get("/robots.txt")
async def robots(_request: web.Request) -> web.Response:
    """Each visit to the plain page begins a conversation: that is nothing for a search engine."""
    return web.Response(text="User-agent: *\nDisallow: /plain\nDisallow: /api/\nDisallow: /result/\nDisallow: /data/\n")


@routes.get("/firm/logo")
async def logo(request: web.Request) -> web.FileResponse:
    path = request.app[STATE].firm.logo
    if path is None:
        raise web.HTTPNotFound
    return web.FileResponse(path)


@routes.get("/plain")
async def plain(request: web.Request) -> web.Response:
    """The conversation as a form; a visitor without one gets one."""
    state = request.app[STATE]
    try:
        conversation_id = conversation_of(request)
        conversation, _ = await state.conversations.transcript(conversation_id)
        asked = request.query.get("language")
        if asked in state.firm.languages and asked != conversation.language:
            check_rate(request, conversation_id)
            await state.conversations.switch_language(conversation_id, state.firm.language(asked))
            await _answered(request, conversation_id)
    except (Problem, UnknownConversationError, RefusedError) as error:
        found = as_problem(error, request.path)
        if found.code != "gone":
            return _excuse(request, found)
        return await _begin(request)
    return await _plain(request, conversation_id)


@routes.post("/plain")
async def plain_send(request: web.Request) -> web.StreamResponse:
    """``csrf`` with ``text``, or with ``message`` and ``button``; then the page again."""
    foreign_origin(request)
    form = {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    state = request.app[STATE]
    try:
        conversation_id = conversation_of(request)
        token = form.get("csrf", "")
        if not state.tokens.is_form_of(conversation_id, token):
            raise Problem(403, "form_expired")
        check_rate(request, conversation_id)
        await state.conversations.receive(conversation_id, _sent(form, token))
    except (Problem, UnknownConversationError, RefusedError) as error:
        found = as_problem(error, request.path)
        if found.code == "gone":
            return await _begin(request, found, draft=form.get("text", ""))
        return await _plain(request, conversation_id, found, draft=form.get("text", ""))
    await _answered(request, conversation_id)
    raise web.HTTPSeeOther("/plain#say")


def _sent(form: dict[str, str], token: str) -> Incoming:
    """The message of a form. The same form sent twice is one message; another text in it is another one."""
    content = "\n".join((token, *(f"{name}={form.get(name, '')}" for name in ("text", "message", "button"))))
    client_id = hashlib.sha256(content.encode(errors="replace")).hexdigest()[:32]
    if "button" not in form:
        return Said(client_id, form.get("text", ""))
    message, button = form.get("message", ""), form["button"]
    if not all(value.isascii() and value.isdigit() and len(value) < 10 for value in (message, button)):
        raise Problem(400, "request")
    return Chosen(client_id, int(message), int(button))


async def _begin(request: web.Request, found: Problem | None = None, *, draft: str = "") -> web.Response:
    state = request.app[STATE]
    wait = state.limits.opening(address_of(request))
    if wait:
        return _excuse(request, Problem(429, "rate_new", wait=wait))
    try:
        conversation = await state.conversations.open(language_of(request), "web")
    except RefusedError as error:
        return _excuse(request, as_problem(error, request.path))
    response = await _plain(request, conversation.id, found, draft=draft)
    remember(request, response, conversation.id)
    return response


async def _answered(request: web.Request, conversation_id: str) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ANSWER_SECONDS):
            await request.app[STATE].conversations.quiet(conversation_id)


async def _plain(
    request: web.Request, conversation_id: str, found: Problem | None = None, *, draft: str = ""
) -> web.Response:
    state = request.app[STATE]
    try:
        conversation, messages = await state.conversations.transcript(conversation_id)
    except RefusedError as error:
        return _excuse(request, found or as_problem(error, request.path), draft=draft)
    language = conversation.language
    code = found.code if found else "slow" if state.conversations.is_typing(conversation_id) else ""
    return page_of(
        request,
        "plain.html",
        language,
        status=found.status if found else 200,
        messages=[rendered(message) for message in messages],
        csrf=state.tokens.form(conversation_id),
        error=trouble(code, language) if code else "",
        draft=draft,
    )


def _excuse(request: web.Request, found: Problem, *, draft: str = "") -> web.Response:
    """The page when not even the conversation can be read; what was typed stays in it."""
    language = spoken_language(request)
    error = trouble(found.code, language)
    response = page_of(
        request, "plain.html", language, status=found.status, messages=[], csrf="", error=error, draft=draft
    )
    if found.wait:
        response.headers["Retry-After"] = str(int(found.wait) + 1)
    return response


async def _language(request: web.Request) -> Language:
    """The language of the visitor's conversation, unless the address asks for another one."""
    state = request.app[STATE]
    if request.query.get("language") not in state.firm.languages:
        with contextlib.suppress(Problem, RefusedError, UnknownConversationError):
            conversation, _ = await state.conversations.transcript(conversation_of(request), after=2**31 - 1)
            return conversation.language
    return language_of(request)


def page_of(
    request: web.Request, template: str, language: Language, *, status: int = 200, **values: Any
) -> web.Response:
    state = request.app[STATE]
    html = (
        request.app[ENVIRONMENT]
        .get_template(template)
        .render(
            language=language,
            firm=state.firm.public(language),
            strings=strings(language),
            limits=state.setting(language)["limits"],
            **values,
        )
    )
    return web.Response(text=html, status=status, content_type="text/html", headers={"Cache-Control": "no-store"})
