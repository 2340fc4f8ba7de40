"""What is done with a lead from its page: move, assign, label, note, plan, merge, link, erase."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.intake import agreements, erasure, leads, notes, tasks, together, work
from bot.intake.lead_values import StaleLeadError, UnknownLeadError
from bot.intake.pipeline import MoveError
from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.intake.tasks import UnknownTaskError
from bot.intake.together import MergeError
from bot.rules import RuleDateError
from bot.web.staff.access import account_of
from bot.web.staff.lead import number_of, show
from bot.web.staff.rendering import back, form_of
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()

Step = Callable[[web.Request], Awaitable[web.Response]]
LONGEST_NOTE = 4000


def changing(step: Step) -> Step:
    """A step whose failures are said on the lead's own page."""

    async def careful(request: web.Request) -> web.Response:
        try:
            return await step(request)
        except StaleLeadError:
            return await show(request, status=409, trouble="stale")
        except MoveError as error:
            return await show(request, status=422, trouble=error.reason)
        except MergeError:
            return await show(request, status=422, trouble="merge")
        except RuleDateError:
            return await show(request, status=422, trouble="day")
        except (UnknownLeadError, UnknownTaskError):
            raise web.HTTPNotFound from None
        except ValueError:
            return await show(request, status=422, trouble="value")

    return careful


@routes.post("/staff/leads/{lead}/status", needs="leads.work")
@changing
async def move(request: web.Request) -> web.Response:
    """``status``, ``why``, ``version``."""
    form, lead = await form_of(request), number_of(request)
    status = form.get("status", "")
    told = {"status": status}
    return await do(request, "moved", told, work.move, lead, status, why=form.get("why", ""), expected=version_in(form))


@routes.post("/staff/leads/{lead}/assign", needs="leads.work")
@changing
async def assign(request: web.Request) -> web.Response:
    """``assignee`` (empty: nobody), ``version``."""
    form, lead = await form_of(request), number_of(request)
    assignee = int(form["assignee"]) if form.get("assignee") else None
    told = {"assignee": assignee}
    return await do(request, "assigned", told, work.assign, lead, assignee, expected=version_in(form))


@routes.post("/staff/leads/{lead}/labels", needs="leads.work")
@changing
async def label(request: web.Request) -> web.Response:
    """``labels``: separated by commas."""
    form = await form_of(request)
    wanted = [one.strip() for one in form.get("labels", "").split(",") if one.strip()]
    return await do(request, "labelled", {}, work.set_labels, number_of(request), wanted)


@routes.post("/staff/leads/{lead}/notes", needs="leads.work")
@changing
async def note(request: web.Request) -> web.Response:
    """``text``, ``mention``: accounts."""
    form = await request.post()
    text = str(form.get("text", "")).strip()[:LONGEST_NOTE]
    if not text:
        raise ValueError("empty")
    mentions = [int(str(one)) for one in form.getall("mention", [])]
    return await do(request, "noted", {}, notes.add_note, number_of(request), text, mentions=mentions)


@routes.post("/staff/leads/{lead}/tasks", needs="leads.work")
@changing
async def task(request: web.Request) -> web.Response:
    """``title``, ``due``, ``assignee``."""
    form = await form_of(request)
    if not form.get("title"):
        raise ValueError("empty")
    return await do(
        request,
        "planned",
        {},
        tasks.add_task,
        number_of(request),
        form["title"][:200],
        due_on=date.fromisoformat(form["due"]) if form.get("due") else None,
        assignee_id=int(form["assignee"]) if form.get("assignee") else None,
    )


@routes.post("/staff/leads/{lead}/tasks/{task}", needs="leads.work")
@changing
async def finish(request: web.Request) -> web.Response:
    """``done``: yes or no; ``from``: today, to go back to that page."""
    form, task_id = await form_of(request), number_of(request, "task")
    changed = await do(request, "task_changed", {}, tasks.finish_task, task_id, done=form.get("done") == "yes")
    return back("/staff/today", "task_changed") if form.get("from") == "today" else changed


@routes.post("/staff/leads/{lead}/agreement", needs="leads.work")
@changing
async def agreement(request: web.Request) -> web.Response:
    """``text_version``, ``signed`` (day), ``kept_at``: before "consulted" can be set (R-16)."""
    form = await form_of(request)
    signed = datetime.combine(date.fromisoformat(form.get("signed", "")), datetime.min.time(), UTC)
    return await do(
        request,
        "agreement",
        {},
        agreements.record_agreement,
        number_of(request),
        text_version=form.get("text_version", ""),
        signed_at=signed,
        kept_at=form.get("kept_at", ""),
    )


@routes.post("/staff/leads/{lead}/merge", needs="leads.merge")
@changing
async def merge(request: web.Request) -> web.Response:
    """``other``: the duplicate, which is merged into this lead."""
    form = await form_of(request)
    other = int(form.get("other", "").removeprefix("L-"))
    return await do(request, "merged", {"other": other}, together.merge, other, number_of(request))


@routes.post("/staff/leads/{lead}/family", needs="leads.merge")
@changing
async def family(request: web.Request) -> web.Response:
    """``other``: a lead of the same family; empty: of none."""
    form, lead = await form_of(request), number_of(request)
    if not form.get("other"):
        return await do(request, "family", {}, together.unlink_family, lead)
    other = int(form["other"].removeprefix("L-"))
    return await do(request, "family", {"other": other}, together.link_family, lead, other)


@routes.post("/staff/leads/{lead}/erase", needs="leads.erase")
@changing
async def erase(request: web.Request) -> web.Response:
    """``reference``: the lead's own, typed by hand. The person is gone at once, and for good (R-26)."""
    lead, account = number_of(request), account_of(request)
    if (await form_of(request)).get("reference", "").upper() != f"L-{lead:04d}":
        raise ValueError("reference")

    def both(session: Session, seal: Seal) -> None:
        conversation = leads.lead_row(session, lead).conversation_id
        erased = len(erasure.erase(session, seal, conversation, "staff"))
        subject = f"lead:{lead}"
        audit.record(session, seal, actor=account.email, action="lead.erased", subject=subject, conversations=erased)

    await request.app[STATE].database.write(both)
    return back("/staff/leads", "erased")


async def do(
    request: web.Request, what: str, told: Mapping[str, Any], step: Callable[..., Any], *args: Any, **kwargs: Any
) -> web.Response:
    """A step and its entry in the audit log, both or neither; then the lead again."""
    lead, account = number_of(request), account_of(request)

    def both(session: Session, seal: Seal) -> None:
        step(session, seal, *args, staff_id=account.id, **kwargs)
        subject = f"lead:{lead}"
        audit.record(session, seal, actor=account.email, action=f"lead.{what}", subject=subject, **told)

    await request.app[STATE].database.write(both)
    return back(f"/staff/leads/{lead}", what)


def version_in(form: Any) -> int | None:
    return int(form["version"]) if form.get("version") else None
