"""Prometheus metrics at ``/metrics``, where ``METRICS`` says so. No label says anything of a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import REGISTRY, GaugeMetricFamily, Metric
from sqlalchemy.orm import Session

from bot.channels.hub import Hub
from bot.intake import leads
from bot.intake.notifications import outbox
from bot.intake.sealing import Seal
from bot.rules import rulebook
from bot.rules.inventory import inventory
from bot.web.guard import Handler
from bot.web.problems import Problem
from bot.web.state import STATE

REQUESTS: Final = Counter("assistant_requests", "Requests by route, never by address", ["method", "route", "status"])

routes = web.RouteTableDef()


@routes.get("/metrics")
async def metrics(request: web.Request) -> web.Response:
    """What was counted since the start, and how things stand now. 404 unless ``METRICS`` is set."""
    state = request.app[STATE]
    if not state.settings.metrics:
        raise Problem(404, "not_found")
    registry = CollectorRegistry()
    registry.register(_Now(*await state.database.read(_stored), state.conversations.hub))
    body = generate_latest(REGISTRY) + generate_latest(registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


@web.middleware
async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Counts each request under the pattern of its route: no id that stands in an address becomes a label."""
    resource = request.match_info.route.resource
    route = resource.canonical if resource is not None else "none"
    status = 500
    try:
        response = await handler(request)
        status = response.status
    except web.HTTPException as error:
        status = error.status
        raise
    finally:
        REQUESTS.labels(request.method, route, str(status)).inc()
    return response


class _Now:
    """Gauges that are read when somebody asks."""

    def __init__(self, deliveries: dict[str, int], lead_count: int, hub: Hub) -> None:
        self._deliveries = deliveries
        self._leads = lead_count
        self._hub = hub

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("assistant_listeners", "Open tabs and consoles", value=len(self._hub))
        yield GaugeMetricFamily("assistant_leads", "Leads that are kept", value=self._leads)
        queue = GaugeMetricFamily("assistant_deliveries", "Webhooks and e-mails by state", labels=["state"])
        for state, number in self._deliveries.items():
            queue.add_metric([state], number)
        yield queue
        yield from _rules()


def _rules() -> Iterator[Metric]:
    today = date.today()
    entries = [entry for entry in inventory(rulebook(), today) if entry.verified_on is not None]
    age = max((today - entry.verified_on).days for entry in entries if entry.verified_on is not None)
    yield GaugeMetricFamily("assistant_rules_oldest_days", "Days since the rule verified longest ago was", value=age)
    stale = sum(entry.stale for entry in entries)
    yield GaugeMetricFamily("assistant_rules_stale", "Rules that are stale today", value=stale)


def _stored(session: Session, seal: Seal) -> tuple[dict[str, int], int]:
    return outbox.depth(session, seal), leads.count_leads(session, seal)
