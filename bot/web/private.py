"""A visitor's private pages: a result to keep, print and share, and a copy of their data."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any, Final

from aiohttp import web

from bot.assessment import Assessment, assess
from bot.channels.trouble import trouble
from bot.intake import links, subject
from bot.intake.database import UNREACHABLE
from bot.intake.links import Kind, Link, UnknownLinkError
from bot.intake.messages import UnknownConversationError
from bot.knowledge.catalogue import Language, catalogue, day, text
from bot.knowledge.notices import result_notices
from bot.knowledge.results import result_card
from bot.knowledge.typography import printed
from bot.knowledge.wording import fact_text, label
from bot.web.pages import page_of
from bot.web.result_pdf import result_pdf
from bot.web.state import STATE
from bot.web.visitors import foreign_origin, language_of

PRIVATE: Final = {"X-Robots-Tag": "noindex", "Cache-Control": "no-store"}

routes = web.RouteTableDef()


@routes.get("/result/{token}")
async def result(request: web.Request) -> web.Response:
    """The result as it was on its day; a line says when the rules have changed since."""
    link = await _link(request, "result")
    language = _language(request, link)
    values = await asyncio.to_thread(_result, link, language)
    return _private(page_of(request, "result.html", language, token=request.match_info["token"], **values))


@routes.get("/result/{token}/result.pdf")
async def pdf(request: web.Request) -> web.Response:
    """The same as a document to print and keep."""
    link = await _link(request, "result")
    language = _language(request, link)
    values = await asyncio.to_thread(_result, link, language)
    firm = request.app[STATE].firm
    body = await asyncio.to_thread(result_pdf, firm, language, **values)
    return _file(body, "application/pdf", f"result-{link.as_of.isoformat()}.pdf")


@routes.post("/result/{token}/erase")
async def erase(request: web.Request) -> web.Response:
    """The visitor takes the page away; whoever has the link finds nothing from now on."""
    foreign_origin(request)
    link = await _link(request, "result")
    language = _language(request, link)
    await request.app[STATE].database.write(links.forget, request.match_info["token"])
    return _private(page_of(request, "result_gone.html", language, gone=text("result_page.erased", language)))


@routes.get("/data/{token}")
async def data(request: web.Request) -> web.Response:
    """What is kept about a visitor, with the same as files."""
    link, found = await _data(request)
    language = _language(request, link)
    values = {
        "told": subject.readable(found, language),
        "storage": storage[language] if (storage := request.app[STATE].firm.storage) else "",
        "until": day(link.expires_at.date(), language),
        "token": request.match_info["token"],
        "t": _texts(language),
    }
    return _private(page_of(request, "data.html", language, **values))


@routes.get("/data/{token}/data.json")
async def data_json(request: web.Request) -> web.Response:
    _, found = await _data(request)
    return _file(subject.as_json(found).encode(), "application/json", "my-data.json")


@routes.get("/data/{token}/data.txt")
async def data_text(request: web.Request) -> web.Response:
    link, found = await _data(request)
    written = subject.readable(found, _language(request, link))
    return _file(written.encode(), "text/plain", "my-data.txt")


def _result(link: Link, language: Language) -> dict[str, Any]:
    """What page and document show of a result."""
    found = assess(link.profile, link.as_of)
    content = {
        "card": result_card(found, language),
        "notices": result_notices(link.as_of, language),
        "facts": [(label(fact, language), fact_text(link.profile, fact, language)) for fact in link.profile],
        "changed": _changed(found, language),
        "until": day(link.expires_at.date(), language),
        "t": _texts(language),
    }
    return printed(content, language)


def _changed(found: Assessment, language: Language) -> str | None:
    """Said when today's rules are others than those of the result."""
    now = assess(found.subject.profile, date.today())
    if now.rule_set == found.rule_set:
        return None
    return text("result_page.changed", language, on=found.as_of)


def _texts(language: Language) -> dict[str, str]:
    """The words of these pages by the rest of their id."""
    words = {**catalogue().under("result_page"), **{f"data.{k}": v for k, v in catalogue().under("data").items()}}
    return {key: said[language] for key, said in words.items()}


async def _link(request: web.Request, kind: Kind) -> Link:
    """Where the link leads. Ends the request with a page that says so when it leads nowhere."""
    try:
        return await request.app[STATE].database.read(links.follow, request.match_info["token"], kind)
    except UnknownLinkError:
        raise _gone(request, 404, "result_page.gone") from None
    except UNREACHABLE:
        raise _gone(request, 503, "") from None


async def _data(request: web.Request) -> tuple[Link, dict[str, Any]]:
    link = await _link(request, "data")
    try:
        return link, await request.app[STATE].database.read(subject.everything, link.conversation_id)
    except UnknownConversationError:
        raise _gone(request, 404, "result_page.gone") from None


def _gone(request: web.Request, status: int, key: str) -> web.HTTPException:
    language = language_of(request)
    said = text(key, language) if key else trouble("storage", language)
    found = _private(page_of(request, "result_gone.html", language, gone=said))
    kind = web.HTTPNotFound if status == web.HTTPNotFound.status_code else web.HTTPServiceUnavailable
    return kind(text=found.text, content_type="text/html", headers=PRIVATE)


def _language(request: web.Request, link: Link) -> Language:
    asked = request.query.get("language")
    return asked if asked in request.app[STATE].firm.languages else link.language  # type: ignore[return-value]


def _private(response: web.Response) -> web.Response:
    response.headers.update(PRIVATE)
    return response


def _file(body: bytes, kind: str, name: str) -> web.Response:
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=body, content_type=kind, charset=charset, headers=headers)
