"""Everything that is kept about one person, as they may have it (R-24)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.facts.encoding import profile_from
from bot.intake import search
from bot.intake.agreements import agreements
from bot.intake.consents import consents, granted
from bot.intake.erasure import same_person, subject_hash
from bot.intake.history import histories
from bot.intake.lead_tables import LeadRow
from bot.intake.leads import get_lead
from bot.intake.messages import Message, UnknownConversationError
from bot.intake.models import ConversationRow
from bot.intake.notes import notes
from bot.intake.privacy_tables import RatingRow, ResultLinkRow
from bot.intake.sealing import Seal
from bot.intake.tasks import tasks
from bot.intake.transcript import conversation, history
from bot.knowledge.catalogue import Language, catalogue, text
from bot.knowledge.wording import fact_text, label, plain


class UnknownSubjectError(LookupError):
    """Nobody is kept under this id, reference, name or address."""


def find(session: Session, seal: Seal, wanted: str) -> list[str]:
    """Conversations of the person meant by a conversation id, a lead's reference, an e-mail address, phone or name.

    Raises ``UnknownSubjectError``.
    """
    if session.get(ConversationRow, wanted) is not None:
        return same_person(session, wanted)
    queries = search.matching(seal, wanted)
    if not queries:
        raise UnknownSubjectError(wanted)
    found = session.scalars(select(LeadRow.conversation_id).where(*(LeadRow.id.in_(query) for query in queries)))
    conversations = sorted({one for lead in found for one in same_person(session, lead)})
    if not conversations:
        raise UnknownSubjectError(wanted)
    return conversations


def everything(session: Session, seal: Seal, conversation_id: str, *, internal: bool = False) -> dict[str, Any]:
    """All that is kept about the person of a conversation, JSON-ready but for days and moments.

    ``internal``: with what the firm wrote about them (notes, tasks, agreements). Raises ``UnknownConversationError``.
    """
    found = same_person(session, conversation_id)
    told = [_conversation(session, seal, one, internal=internal) for one in found]
    return {"notice": dict(catalogue()["notice.general"]), "conversations": told}


def as_json(data: dict[str, Any]) -> str:
    """A copy for programs."""
    return json.dumps(data, ensure_ascii=False, indent=2, default=_iso) + "\n"


def readable(data: dict[str, Any], language: Language) -> str:
    """The same for people: plain text in their language."""
    return "\n".join(_lines(data, language)) + "\n"


def rate(session: Session, _seal: Seal, conversation_id: str, score: int, at: datetime) -> None:
    """Keep how satisfied a visitor was, from 1 to 5; the newest word counts. Raises ``ValueError``."""
    if not 1 <= score <= 5:
        raise ValueError("a rating goes from 1 to 5")
    if session.get(ConversationRow, conversation_id) is None:
        raise UnknownConversationError(conversation_id)
    session.merge(RatingRow(conversation_id=conversation_id, score=score, given_at=at))


def _iso(value: date) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def _conversation(session: Session, seal: Seal, conversation_id: str, *, internal: bool) -> dict[str, Any]:
    spoken = conversation(session, seal, conversation_id)
    lead_id = session.scalar(select(LeadRow.id).where(LeadRow.conversation_id == conversation_id))
    links = select(func.count()).where(ResultLinkRow.conversation_id == conversation_id)
    rating = session.get(RatingRow, conversation_id)
    return {
        "id": subject_hash(conversation_id),
        "channel": spoken.channel,
        "language": spoken.language,
        "began_at": spoken.created_at,
        "last_message_at": spoken.last_activity_at,
        "consents": [asdict(given) for given in consents(session, seal, conversation_id)],
        "agreed_now": granted(session, seal, conversation_id),
        "messages": [_message(one) for one in history(session, seal, conversation_id) if one.shown],
        "result_links": session.scalar(links) or 0,
        "rating": rating.score if rating else None,
        "lead": _lead(session, seal, lead_id, internal=internal) if lead_id is not None else None,
    }


def _lead(session: Session, seal: Seal, lead_id: int, *, internal: bool) -> dict[str, Any]:
    file = get_lead(session, seal, lead_id)
    lead = file.lead
    told = {
        "reference": lead.reference,
        "name": lead.name,
        "contact": lead.contact,
        "status": lead.status,
        "received_at": lead.created_at,
        "order_of_work": {"priority": lead.place.priority, "reason": lead.place.reason, "day": lead.place.due_on},
        "facts": dict(file.facts),
        "where_from": [asdict(one) for one in file.told],
        "assessment": file.assessment,
        "flags": file.details,
    }
    if internal:
        told |= {
            "history": [asdict(entry) for entry in histories(session, seal, lead_id)],
            "notes": [asdict(note) for note in notes(session, seal, lead_id)],
            "tasks": [asdict(task) for task in tasks(session, seal, lead_id=lead_id)],
            "agreements": [asdict(agreement) for agreement in agreements(session, seal, lead_id)],
        }
    return told


def _message(message: Message) -> dict[str, Any]:
    said = plain(message.answer) if message.answer else message.text or ""
    return {"number": message.seq, "from": message.sender, "at": message.created_at, "text": said}


def _lines(data: dict[str, Any], language: Language) -> Iterator[str]:
    yield text("data.heading", language)
    yield text("notice.general", language)
    for spoken in data["conversations"]:
        yield ""
        yield text("data.conversation", language, began=spoken["began_at"].date(), channel=spoken["channel"])
        if spoken["lead"]:
            lead = spoken["lead"]
            yield text("data.lead", language, reference=lead["reference"], name=lead["name"], contact=lead["contact"])
            profile = profile_from(lead["facts"])
            for fact in profile:
                answer = text(
                    "data.answer", language, name=label(fact, language), value=fact_text(profile, fact, language)
                )
                yield f"- {answer}"
        for given in spoken["consents"]:
            yield text(
                "data.consent_yes" if given["granted"] else "data.consent_no",
                language,
                purpose=text(f"purpose.{given['purpose']}", language),
                on=given["given_at"].date(),
            )
        yield text("data.messages", language)
        for one in spoken["messages"]:
            sender = text(f"data.from.{one['from']}", language)
            yield f"{one['number']}. " + text("data.answer", language, name=sender, value=one["text"])
