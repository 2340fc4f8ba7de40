"""Asking a visitor for a fact that is missing, from the console in one click."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.facts import vocabulary
from bot.intake.history import log
from bot.intake.leads import get_lead
from bot.intake.sealing import Seal
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import text
from bot.knowledge.wording import choices, question


def ask_for(session: Session, seal: Seal, lead_id: int, fact_id: str, *, staff_id: int | None) -> Answer:
    """The question for a fact in the visitor's language, as it is to be said in their conversation.

    It is logged; saying it is the caller's. Raises ``UnknownLeadError``; KeyError for a fact that is none.
    """
    vocabulary()[fact_id]
    file = get_lead(session, seal, lead_id)
    log(session, seal, lead_id, "asked_fact", staff_id=staff_id, fact=fact_id)
    language = file.lead.language
    lines = (text("asking.intro", language), question(file.profile, fact_id, language))
    return Answer(language, lines, kind="question", buttons=choices(fact_id, language), asks=fact_id)
