"""The lead page: a brief that a licensed person reads in one minute."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.assessment import assess
from bot.facts import vocabulary
from bot.facts.encoding import profile_from
from bot.intake import leads, together, work
from bot.intake.leads import LeadFile, UnknownLeadError
from bot.intake.pipeline import pipeline
from bot.intake.sealing import Seal
from bot.intake.staff import accounts, audit
from bot.intake.staff.accounts import Account
from bot.knowledge.brief import brief_words
from bot.knowledge.catalogue import Language
from bot.knowledge.results import result_card
from bot.knowledge.wording import fact_text, label
from bot.web.staff import pictures
from bot.web.staff.access import account_of
from bot.web.staff.rendering import Words, page, spoken, words_of
from bot.web.staff.routing import Routes
from bot.web.state import STATE

routes = Routes()


@routes.get("/staff/leads/{lead}", needs="leads.read")
async def brief(request: web.Request) -> web.Response:
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
    told = _told(found["file"], spoken(request), words_of(request))
    return page(request, template, status=status, trouble=trouble, today=date.today(), **found, **told)


def number_of(request: web.Request, name: str = "lead") -> int:
    """The number in the address. Raises 404."""
    digits = request.match_info[name]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise web.HTTPNotFound
    return int(digits)


def _read(session: Session, seal: Seal, lead_id: int, account: Account) -> dict[str, Any]:
    file = leads.get_lead(session, seal, lead_id)
    audit.record(session, seal, actor=account.email, action="lead.viewed", subject=f"lead:{lead_id}")
    work.see_mentions(session, seal, lead_id, staff_id=account.id)
    status = pipeline()[file.lead.status]
    return {
        "file": file,
        "lead": file.lead,
        "moves": [pipeline()[target] for target in status.to],
        "notes": work.notes(session, seal, lead_id),
        "tasks": work.tasks(session, seal, lead_id=lead_id),
        "agreements": work.agreements(session, seal, lead_id),
        "duplicates": together.possible_duplicates(session, seal, lead_id),
        "merged": together.merged(session, seal, lead_id),
        "family": together.family(session, seal, lead_id),
        "copies": together.copies(session, seal, lead_id),
        "people": {one.id: one for one in accounts.accounts(session, seal)},
        "known_labels": [name for name, _ in work.known_labels(session, seal)],
    }


def _told(file: LeadFile, language: Language, words: Words) -> dict[str, Any]:
    """What the page says of facts and assessment, in the reader's language."""
    profile = profile_from(file.facts)
    day = file.lead.assessed_on
    card = result_card(assess(profile, day), language) if day and file.assessment else None
    changed = bool(card) and (card["total"]["low"], card["total"]["high"]) != (
        file.lead.score_low,
        file.lead.score_high,
    )
    sources = file.sources
    return {
        "brief": brief_words(file.details, language),
        "card": card,
        "changed": changed,
        "picture": pictures.score(card, words) if card else "",
        "facts": [
            {
                "id": fact,
                "topic": vocabulary()[fact].topic,
                "label": label(fact, language),
                "value": fact_text(profile, fact, language),
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
