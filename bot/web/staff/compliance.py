"""The compliance page (R-36): who answers for the assistant, what it says, what it knows, lacks and keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from bot.firm import Firm
from bot.intake.consents import PURPOSES
from bot.intake.staff import accounts
from bot.knowledge.catalogue import LANGUAGES, Language, text
from bot.knowledge.freshness import due
from bot.knowledge.notices import reform_notice, result_notices
from bot.knowledge.topics import topics
from bot.retention import Retention
from bot.rules import rulebook
from bot.rules.inventory import Entry, inventory
from bot.web.staff.content import marks
from bot.web.staff.rendering import page, spoken
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()


@dataclass(frozen=True, slots=True)
class Subject:
    """The rules of one subject on a day. ``oldest`` and ``newest``: when they were verified; ``marks``: in doubt."""

    id: str
    count: int
    since: date | None
    oldest: date | None
    newest: date | None
    marks: dict[str, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """What is known to be missing or in doubt, and for which rules."""

    reason: str
    rules: tuple[str, ...]


@routes.get("/staff/compliance", needs="content.read")
async def compliance(request: web.Request) -> web.Response:
    """Made of the configuration and the rules as they are now, ready to print."""
    state, today, language = request.app[STATE], date.today(), spoken(request)
    entries = [entry for entry in inventory(rulebook(), today) if entry.effective_from]
    people = await state.database.read(accounts.accounts)
    return page(
        request,
        "compliance.html",
        today=today,
        missing=state.firm.missing(),
        subjects=subjects(entries),
        gaps=gaps(entries),
        due=sum(bool(due(topic, today)) for topic in topics().values()),
        answers=len(topics()),
        notices={one: notices(state.firm, today, one) for one in LANGUAGES},
        retention=retention(state.firm.retention, language),
        purposes=PURPOSES,
        people=[one for one in people if one.licensed and not one.disabled],
        unlicensed=sum(not (one.licensed or one.disabled) for one in people),
    )


def subjects(entries: Iterable[Entry]) -> list[Subject]:
    """The rules in force, by subject."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.subject, []).append(entry)
    return [_subject(name, rules) for name, rules in found.items()]


def gaps(entries: Iterable[Entry]) -> list[Gap]:
    """Every reason for doubt once, with the rules that it holds for."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        for reason in filter(None, (entry.missing, entry.disputed, entry.check_reason)):
            found.setdefault(reason, []).append(entry.id)
        if entry.stale and not entry.check_reason:
            found.setdefault("", []).append(entry.id)
    return [Gap(reason, tuple(rules)) for reason, rules in found.items()]


def notices(firm: Firm, today: date, language: Language) -> list[str]:
    """What visitors are told before the first question and with each result."""
    words = firm.words(language)
    start = "notice.start" if words.licensee else "notice.start_information_only"
    given = {"firm": words.name, "licensee": words.licensee, "licence_no": words.licence_no}
    said = [text(start, language, **given), *result_notices(today, language), *reform_notice(today, language)]
    return list(dict.fromkeys(said))


def retention(kept: Retention, language: Language) -> list[str]:
    """How long things are kept, one line each."""
    values: dict[str, Any] = kept.model_dump()
    return [text(f"retention.{key}", language, value=value) for key, value in values.items()]


def _subject(name: str, rules: list[Entry]) -> Subject:
    verified = [entry.verified_on for entry in rules if entry.verified_on]
    counted = Counter(mark for entry in rules for mark in marks(entry))
    return Subject(
        id=name,
        count=len(rules),
        since=max((entry.effective_from for entry in rules if entry.effective_from), default=None),
        oldest=min(verified, default=None),
        newest=max(verified, default=None),
        marks=dict(counted),
    )
