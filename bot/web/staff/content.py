"""What the assistant knows and says: rules and answers, with what is stale, incomplete or due to be read again."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from bot.facts import Profile
from bot.intake.staff import audit
from bot.knowledge.catalogue import LANGUAGES
from bot.knowledge.freshness import due
from bot.knowledge.topics import answer, topics
from bot.rules import RulesError, rulebook
from bot.rules import completion as completions
from bot.rules.inventory import Entry, inventory
from bot.rules.loader import load
from bot.rules.taken_up import completions_directory
from bot.web.staff.access import account_of
from bot.web.staff.rendering import back, form_of, page, spoken
from bot.web.staff.routing import Routes
from bot.web.staff.rule_changes import MOST, changes
from bot.web.state import STATE

routes = Routes()
MARKS: Final = ("stale", "incomplete", "reported", "disputed", "check")
MOST_SHOWN: Final = 400
"""Characters of a value that the page shows; the command ``assistant rules`` prints all of it."""


@routes.get("/staff/rules", needs="content.read")
async def rules(request: web.Request) -> web.Response:
    """``?only=`` one of the marks; ``?day=``."""
    day = _day(request)
    entries = [(entry, marks(entry)) for entry in inventory(rulebook(), day)]
    only = request.query.get("only", "attention")
    listed = [(entry, found) for entry, found in entries if only in ("all", *found, *("attention",) * bool(found))]
    counts = {mark: sum(mark in found for _, found in entries) for mark in MARKS}
    sets = [str(version.value) for version in load()[completions.SET_RULE].versions if version.status == "incomplete"]
    open_sets = [one for one in sets if not (completions_directory() / f"{one}.yml").exists()]
    values = {"counts": counts, "only": only, "day": day, "all": len(entries), "sets": open_sets}
    return page(request, "rules.html", entries=listed, **values)


@routes.get("/staff/rules/complete/{set}", needs="rules.complete")
async def complete_page(request: web.Request) -> web.Response:
    """The cells to fill in, each beside its value in the set before."""
    try:
        template = completions.template(request.match_info["set"], load())
    except RulesError:
        raise web.HTTPNotFound from None
    return _completion(request, text=template)


@routes.post("/staff/rules/complete/{set}", needs="rules.complete")
async def complete(request: web.Request) -> web.Response:
    """``text``: the file, checked as ``assistant rules complete`` does; with ``confirmed`` it is stored."""
    form, set_id = await form_of(request), request.match_info["set"]
    text = form.get("text", "")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{_name(set_id)}.yml"
        file.write_text(text, encoding="utf-8")
        try:
            completion = completions.read(file, load(), date.today())
            if completion.set != set_id:
                raise RulesError(f"set: {completion.set} is not {set_id}")
        except RulesError as error:
            return _completion(request, status=422, text=text, trouble=str(error))
        if form.get("confirmed") != "yes":
            changes = [
                (change.rule_id, shown(change.before), shown(change.after))
                for change in completions.changes(completion, rulebook())
            ]
            return _completion(request, text=text, changes=changes, read=completion)
        await request.app[STATE].database.write(
            audit.record,
            actor=account_of(request).email,
            action="rules.completed",
            subject=f"rules:{set_id}",
            url=completion.url,
            reader=completion.reader,
            read_on=completion.read_on.isoformat(),
        )
        completions.store(file, completion, completions_directory())
    return back("/staff/rules", "rules_completed")


@routes.get("/staff/rules/{rule}", needs="content.read")
async def rule(request: web.Request) -> web.Response:
    """Every version of a rule, newest first, so that one sees what changed."""
    found = rulebook().get(request.match_info["rule"])
    if found is None:
        raise web.HTTPNotFound
    hanging = [topic for topic in topics().values() if found.id in topic.depends_on]
    pairs = zip(found.versions, (None, *found.versions), strict=False)
    versions = [
        (one, changes(before.value, one.value) if before and one.value is not None else []) for one, before in pairs
    ]
    values = {"versions": versions[::-1], "today": date.today(), "shown": shown, "most": MOST, "topics": hanging}
    return page(request, "rule.html", rule=found, **values)


@routes.get("/staff/knowledge", needs="content.read")
async def knowledge(request: web.Request) -> web.Response:
    """``?only=due``."""
    day, only = _day(request), request.query.get("only", "due")
    found = [(topic, due(topic, day, spoken(request))) for topic in topics().values()]
    listed = [(topic, reasons) for topic, reasons in found if reasons or only == "all"]
    counts = {"due": sum(bool(reasons) for _, reasons in found), "all": len(found)}
    return page(request, "knowledge.html", topics=listed, counts=counts, only=only, day=day)


@routes.get("/staff/knowledge/{topic}", needs="content.read")
async def topic(request: web.Request) -> web.Response:
    """The answer as a visitor of whom nothing is known reads it, in both languages."""
    found, day = topics().get(request.match_info["topic"]), _day(request)
    if found is None:
        raise web.HTTPNotFound
    firm = request.app[STATE].firm
    previews = {
        language: [
            answer(found.id, language=language, as_of=day, profile=Profile(), firm=firm.words(language), more=more)
            for more in ((False, True) if found.more else (False,))
        ]
        for language in LANGUAGES
    }
    reasons = due(found, day, spoken(request))
    return page(request, "topic.html", topic=found, reasons=reasons, previews=previews, day=day)


def marks(entry: Entry) -> list[str]:
    """What an operator has to look at in a rule."""
    found = {
        "stale": entry.stale,
        "incomplete": entry.status == "incomplete",
        "reported": entry.status == "reported",
        "disputed": entry.disputed is not None,
        "check": entry.check_reason is not None,
    }
    return [mark for mark in MARKS if found[mark]]


def shown(value: Any) -> str:
    """A value in one cell."""
    text = "–" if value is None else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"


def _completion(request: web.Request, *, status: int = 200, **values: Any) -> web.Response:
    values = {"changes": None, "read": None, "trouble": "", "set_id": request.match_info["set"]} | values
    return page(request, "rules_complete.html", status=status, **values)


def _name(set_id: str) -> str:
    """The set's id as a file's name. Raises 404."""
    if not set_id.replace("-", "").isalnum():
        raise web.HTTPNotFound
    return set_id


def _day(request: web.Request) -> date:
    try:
        return date.fromisoformat(request.query.get("day", ""))
    except ValueError:
        return date.today()
