"""Errors of the API as ``application/problem+json`` with a text for the person in front of the page."""

from __future__ import annotations

import json
import logging
import math
import secrets
from http import HTTPStatus

from aiohttp import web

from bot.channels.incoming import RefusedError
from bot.channels.trouble import trouble
from bot.intake.messages import UnknownConversationError
from bot.knowledge.catalogue import Language

log = logging.getLogger(__name__)

REFUSALS = {"too_long": 422, "empty": 422, "unknown_button": 422, "busy": 503, "restarting": 503, "storage": 503}
HTTP_CODES = {404: "not_found", 405: "method", 413: "too_large"}


class Problem(Exception):  # noqa: N818  (the word of RFC 9457)
    """A request is not answered.

    ``code``: ``trouble.<code>`` is the text; ``wait``: seconds after which to try again; ``error``: the
    id under which it was logged.
    """

    def __init__(self, status: int, code: str, *, wait: float = 0, error: str = "") -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.wait = wait
        self.error = error


def response_to(problem: Problem, language: Language) -> web.Response:
    """The answer that tells machine and person what is wrong."""
    said = trouble(problem.code, language, error=problem.error)
    body = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": said,
        "code": problem.code,
        "text": said,
    }
    return web.Response(
        text=json.dumps(body, ensure_ascii=False),
        status=problem.status,
        headers={"Retry-After": str(math.ceil(problem.wait))} if problem.wait else {},
        content_type="application/problem+json",
    )


def as_problem(error: Exception, path: str) -> Problem:
    """What an exception means for the one who asked; the unforeseen is logged under an id."""
    match error:
        case Problem():
            return error
        case RefusedError(refusal=refusal):
            status = REFUSALS[refusal]
            return Problem(status, refusal, wait=2 if status == HTTPStatus.SERVICE_UNAVAILABLE else 0)
        case UnknownConversationError():
            return Problem(404, "gone")
        case web.HTTPException():
            return Problem(error.status, HTTP_CODES.get(error.status, "request"))
    error_id = secrets.token_hex(4)
    log.error("%s failed, error %s", path, error_id, exc_info=error)
    return Problem(500, "server", error=error_id)
