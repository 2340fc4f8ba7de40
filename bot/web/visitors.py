"""Who is asking: the signed conversation, the origin, the network address, the language."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.knowledge.catalogue import Language
from bot.web.problems import Problem
from bot.web.state import STATE
from bot.web.tokens import CONVERSATION_SECONDS

COOKIE: Final = "eea"
SUBPROTOCOL: Final = "eea"
"""The widget on another site offers ``eea`` and ``eea.<token>``; the server takes ``eea``."""


def foreign_origin(request: web.Request) -> str | None:
    """The origin of a page that is not ours; None for our own pages and for programs.

    Raises ``Problem`` 403 when a page that is neither ours nor allowed to embed tries to change or read
    a conversation.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return None
    state = request.app[STATE]
    own = {urlsplit(state.settings.public_url).netloc.lower(), request.host.lower()}
    if urlsplit(origin).netloc.lower() in own:
        return None
    if origin.lower() in state.settings.allowed_origins:
        return origin
    raise Problem(403, "origin")


def conversation_of(request: web.Request) -> str:
    """The signed conversation of the request. Raises ``Problem`` 401.

    Our own pages send the cookie. A page of another site sends a token, and a cookie that its browser
    may add by itself counts for nothing.
    """
    token = _token(request)
    if token is None and foreign_origin(request) is None:
        token = request.cookies.get(COOKIE)
    conversation_id = request.app[STATE].tokens.conversation_of(token) if token else None
    if conversation_id is None:
        raise Problem(401, "gone")
    return conversation_id


def _token(request: web.Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    for offered in request.headers.get("Sec-WebSocket-Protocol", "").split(","):
        name, _, rest = offered.strip().partition(".")
        if name == SUBPROTOCOL and rest:
            return rest
    return None


def remember(request: web.Request, response: web.StreamResponse, conversation_id: str) -> None:
    """Set the cookie of the conversation."""
    state = request.app[STATE]
    response.set_cookie(
        COOKIE,
        state.tokens.conversation(conversation_id),
        max_age=CONVERSATION_SECONDS,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=state.settings.production,
    )


def address_of(request: web.Request) -> str:
    """The visitor's network address: behind proxies we trust, the one that the outermost of them saw."""
    trusted = request.app[STATE].settings.trusted_proxies
    address = request.remote or ""
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if not hop.strip() or not _within(address, trusted):
            break
        address = hop.strip()
    return address


def _within(address: str, networks: tuple[IPv4Network | IPv6Network, ...]) -> bool:
    try:
        return any(ip_address(address) in network for network in networks)
    except ValueError:
        return False


def spoken_language(request: web.Request) -> Language:
    """The language of the request's conversation, as far as it is known, else the one it asks for."""
    state = request.app[STATE]
    token = _token(request) or request.cookies.get(COOKIE)
    conversation_id = state.tokens.conversation_of(token) if token else None
    return (conversation_id and state.conversations.language(conversation_id)) or language_of(request)


def language_of(request: web.Request) -> Language:
    """The language that a visitor of whom nothing else is known wants: asked for, or the browser's."""
    firm = request.app[STATE].firm
    asked = request.query.get("language")
    if asked in firm.languages:
        return firm.language(asked)
    for part in request.headers.get("Accept-Language", "").split(","):
        tag = part.split(";")[0].strip().lower()[:2]
        if tag in firm.languages:
            return firm.language(tag)
    return firm.default_language
