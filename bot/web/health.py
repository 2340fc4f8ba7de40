"""For those who run the server: whether it lives, whether it can answer, what it is."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import Any

from aiohttp import web

from bot.rules import RuleDateError, Rules, RulesError, UnknownRuleError, rulebook
from bot.web.state import STATE

routes = web.RouteTableDef()


@routes.get("/healthz")
async def alive(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


@routes.get("/readyz")
async def ready(request: web.Request) -> web.Response:
    """200 when a message could be kept and answered now, under rules that can be read; else 503."""
    checks = {"database": await request.app[STATE].conversations.ready(), "rules": _rules_stand()}
    works = all(checks.values())
    return web.json_response({"status": "ok" if works else "unavailable", **checks}, status=200 if works else 503)


@routes.get("/version")
async def about(_request: web.Request) -> web.Response:
    """The product's version, and the sets of points of today and of the score that is shown."""
    today = rulebook().at(date.today())
    rules = {"today": _score_set(today), "shown": _score_set(today.last_complete_score())}
    return web.json_response({"version": version("express-entry-assistant"), "rules": rules})


def _rules_stand() -> bool:
    try:
        rulebook().at(date.today()).last_complete_score()
    except (RulesError, RuleDateError, UnknownRuleError):
        return False
    return True


def _score_set(rules: Rules) -> dict[str, Any]:
    found = rules.version("crs.set")
    return {"set": found.value, "since": found.effective_from.isoformat(), "status": found.status}
