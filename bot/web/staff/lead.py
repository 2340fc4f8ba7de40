"""The lead page: a brief that a licensed person reads in one minute."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.assessment import assess
from bot.facts import vocabulary
from bot.facts.encoding import profile_from
from bot.intake import agreements, leads, notes, tasks, together, work
from bot.intake.lead_values import LeadFile, UnknownLeadError
from bot.intake.pipeline import pipeline
from bot.intake.sealing import Seal
from bot.intake.staff import accounts, audit
from bot.intake.staff.accounts import Account
from bot.knowledge.brief import brief_words
from bot.knowledge.catalogue import Language, text
from bot.knowledge.notices import SCORE_RULE
from bot.knowledge.results import result_card
from bot.knowledge.wording import fact_text, label
from bot.rules import RuleDateError, rulebook
from bot.web.staff import pictures
from bot.web.staff.access import account_of
from bot.web.staff.fact_words import fact_lines
from bot.web.staff.rendering import Words, page, spoken, words_of
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()


@routes.get("/staff/leads/{lead}", needs="leads.read")
async def brief(request: web.Request) -> web.Response:
    """``?as_of=``: the result under the rules of another day, beside what the visitor was shown."""
    return await show(request)


@routes.get("/staff/leads/{lead}/print", needs="leads.read")
async def printed(request: web.Request) -> web.Response:
    """The same on paper: nothing to press."""
    return await show(request, template="lead_print.html")


async def show(
    request: web.Request, *, template: str = "lead.html", status: int = 200, trouble: str = ""
) -> web.Response:
    """The page of a lead; that it was seen stands in the audit log."""
    lead_id, account = number_of(request), account_of(request)
    try:
        found = await request.app[STATE].database.write(_read, lead_id, account)
    except UnknownLeadError:
        raise web.HTTPNotFound from None
    file, today = found["file"], date.today()
    try:
        told = _told(file, spoken(request), words_of(request), _day(request))
    except RuleDateError:
        told, status, trouble = _told(file, spoken(request), words_of(request)), 422, "day"
    values = {"today": today, "sets": rule_sets(today), "trouble": trouble, **found, **told}
    values["notice"] = text("notice.general", spoken(request))
    return page(request, template, status=status, **values)


def rule_sets(today: date) -> list[tuple[date, date, date | None]]:
    """The sets of score rules that there are, newest first: a day on which each holds, its first and its last."""
    found = [version for version in rulebook()[SCORE_RULE].versions if version.effective_from <= today]
    return [(one.effective_to or today, one.effective_from, one.effective_to) for one in reversed(found)]


def _day(request: web.Request) -> date | None:
    """The day that is asked for, where it is one."""
    try:
        return date.fromisoformat(request.query.get("as_of", ""))
    except ValueError:
        return None


def number_of(request: web.Request, name: str = "lead") -> int:
    """The number in the address. Raises 404."""
    digits = request.match_info[name]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise web.HTTPNotFound
    return int(digits)


def _read(session: Session, seal: Seal, lead_id: int, account: Account) -> dict[str, Any]:
    file = leads.get_lead(session, seal, lead_id)
    audit.record(session, seal, actor=account.email, action="lead.viewed", subject=f"lead:{lead_id}")
    notes.see_mentions(session, seal, lead_id, staff_id=account.id)
    status = pipeline()[file.lead.status]
    return {
        "file": file,
        "lead": file.lead,
        "moves": [pipeline()[target] for target in status.to],
        "notes": notes.notes(session, seal, lead_id),
        "tasks": tasks.tasks(session, seal, lead_id=lead_id),
        "agreements": agreements.agreements(session, seal, lead_id),
        "duplicates": together.possible_duplicates(session, seal, lead_id),
        "merged": together.merged(session, seal, lead_id),
        "family": together.family(session, seal, lead_id),
        "copies": together.copies(session, seal, lead_id),
        "people": {one.id: one for one in accounts.accounts(session, seal)},
        "known_labels": [name for name, _ in work.known_labels(session, seal)],
    }


def _told(file: LeadFile, language: Language, words: Words, asked: date | None = None) -> dict[str, Any]:
    """What the page says of facts and assessment, in the reader's language. Raises ``RuleDateError``."""
    profile = profile_from(file.facts)
    shown_on = file.lead.assessed_on if file.assessment else None
    other = asked if shown_on and asked != shown_on else None
    day = other or shown_on
    card = result_card(assess(profile, day), language) if day else None
    changed = bool(card) and (card["total"]["low"], card["total"]["high"]) != (
        file.lead.score_low,
        file.lead.score_high,
    )
    answers = file.lead.programs
    differs = [one for one in card["programs"] if one["answer"] != answers.get(one["id"])] if card and other else []
    sources = file.sources
    return {
        "brief": brief_words(file.details, language),
        "card": card,
        "changed": changed and not other,
        "other_day": other,
        "differs": differs,
        "picture": pictures.score(card, words) if card else "",
        "facts": [
            {
                "id": fact,
                "topic": vocabulary()[fact].topic,
                "label": label(fact, language),
                "lines": fact_lines(profile, fact, language),
                "source": sources.get(fact),
            }
            for fact in profile
        ],
        "corrections": [
            {
                "label": label(later.fact, language),
                "before": fact_text(profile_from({later.fact: earlier.value}), later.fact, language),
                "after": fact_text(profile_from({later.fact: later.value}), later.fact, language) or "–",
                "at": later.at,
                "seq": later.seq,
            }
            for earlier, later in file.corrections
        ],
        "fact_label": lambda fact: label(fact, language),
        "value_of": lambda fact, value: fact_text(profile_from({fact: value}), fact, language),
    }
