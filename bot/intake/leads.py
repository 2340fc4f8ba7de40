"""Visitors who asked for a person: made into leads, kept up to date, and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, cast

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from bot.facts.encoding import profile_from, profile_to
from bot.facts.profile import Profile
from bot.intake import search
from bot.intake.brief import Brief, brief
from bot.intake.consents import Consent, consents, granted, record_consent
from bot.intake.history import histories, log
from bot.intake.lead_tables import NEVER, LeadFactRow, LeadFileRow, LeadLabelRow, LeadRow
from bot.intake.lead_values import Lead, LeadFile, StaleLeadError, UnknownLeadError, lead_in
from bot.intake.notifications import events
from bot.intake.pipeline import pipeline
from bot.intake.sealing import Seal
from bot.intake.told import FactSource, Told
from bot.intake.transcript import ensure_conversation, history
from bot.knowledge.catalogue import Language

NO_SCORE: Final = -1
"""``score`` of a lead without one: it sorts below every score."""


def record_lead(
    session: Session,
    seal: Seal,
    *,
    conversation_id: str,
    language: Language,
    channel: str,
    name: str,
    contact: str,
    profile: Profile,
    found: Brief | None,
    consents: Iterable[Consent] = (),
    told: Iterable[Told] = (),
    waits: bool = True,
) -> Lead:
    """Keep a request for a person. Asked again in the same conversation, it is brought up to date.

    A turn that is worked on a second time after a crash therefore leaves one lead and one entry for
    each consent. A conversation that came another way than through our channels is kept as well. A lead
    that was closed is opened again. ``waits``: the visitor waits for an answer from now on.
    """
    ensure_conversation(session, conversation_id, language=language, channel=channel)
    for consent in consents:
        record_consent(session, seal, conversation_id=conversation_id, channel=channel, consent=consent)
    now = datetime.now(UTC)
    row = session.scalar(select(LeadRow).where(LeadRow.conversation_id == conversation_id).with_for_update())
    made, was_urgent = row is None, row is not None and row.urgent
    if row is None:
        row = _new(conversation_id, now)
        session.add(row)
    reopened = not row.is_open and row.merged_into_id is None
    if made or reopened:
        row.status, row.is_open = pipeline().first, True
    row.name_sealed, row.contact_sealed = seal.close(name), seal.close(contact)
    row.language, row.channel = language, channel
    row.updated_at = row.last_activity_at = now
    row.version += 1
    asks_now = waits and row.waiting_since is None
    if asks_now:
        row.waiting_since, row.waiting_told_at = now, None
    _assessed(row, found, profile.value("stage"))
    session.flush()
    _keep_file(session, row.id, profile, found)
    search.index(session, seal, row.id)
    _tell(session, row.id, told)
    row.may_write = granted(session, seal, conversation_id)["messages"]
    log(session, seal, row.id, "created" if made else "reopened" if reopened else "updated")
    session.flush()
    lead = lead_in(row, seal, labels=labels_of(session, [row.id]).get(row.id, ()))
    events.emit(session, seal, "lead.created" if made else "lead.updated", lead)
    if asks_now:
        events.emit(session, seal, "handoff.requested", lead)
    if lead.urgent and not was_urgent:
        events.emit(session, seal, "lead.urgent", lead)
    return lead


def get_lead(session: Session, seal: Seal, lead_id: int) -> LeadFile:
    """A lead with all that belongs to it. Raises ``UnknownLeadError``."""
    row = lead_row(session, lead_id)
    file = session.get(LeadFileRow, lead_id)
    return LeadFile(
        lead=lead_in(row, seal, labels=labels_of(session, [lead_id]).get(lead_id, ())),
        facts=file.facts if file else {},
        assessment=file.assessment if file else None,
        details=file.brief if file else None,
        told=tuple(_told(session, lead_id)),
        consents=tuple(consents(session, seal, row.conversation_id)),
        agreed=granted(session, seal, row.conversation_id),
        transcript=tuple(message for message in history(session, seal, row.conversation_id) if message.shown),
        history=tuple(histories(session, seal, lead_id)),
    )


def lead_of(session: Session, seal: Seal, conversation_id: str) -> Lead | None:
    """The lead that a conversation became, where it became one."""
    row = session.scalar(select(LeadRow).where(LeadRow.conversation_id == conversation_id))
    return lead_in(row, seal, labels=labels_of(session, [row.id]).get(row.id, ())) if row else None


def leads_by_id(session: Session, seal: Seal, lead_ids: Iterable[int]) -> dict[int, Lead]:
    """These leads by their number, without labels."""
    rows = session.scalars(select(LeadRow).where(LeadRow.id.in_(list(lead_ids))))
    return {row.id: lead_in(row, seal) for row in rows}


def lead_row(session: Session, lead_id: int, *, expected: int | None = None, change: bool = False) -> LeadRow:
    """The row of a lead; with ``change`` locked to the end of the transaction, its version raised.

    Raises ``UnknownLeadError``; ``StaleLeadError`` when its version is not the ``expected`` one.
    """
    query = select(LeadRow).where(LeadRow.id == lead_id)
    row = session.scalar(query.with_for_update() if change else query)
    if row is None:
        raise UnknownLeadError(lead_id)
    if expected is not None and row.version != expected:
        raise StaleLeadError(lead_id)
    if change:
        row.version += 1
        row.updated_at = datetime.now(UTC)
    return row


def tell_facts(
    session: Session,
    seal: Seal,
    lead_id: int,
    told: Mapping[str, Any],
    *,
    staff_id: int | None,
    source: FactSource = "staff",
    as_of: date | None = None,
    expected: int | None = None,
) -> Lead:
    """Add to a lead what a person learned of the visitor, and assess it again.

    ``told``: JSON values by fact id; None takes a fact away. Raises ``ValueError`` for one that a fact cannot have.
    """
    row = lead_row(session, lead_id, expected=expected, change=True)
    file = session.get_one(LeadFileRow, lead_id)
    profile = profile_from({**file.facts, **told})
    now = datetime.now(UTC)
    _tell(session, lead_id, [Told(fact, value, source, now, staff_id=staff_id) for fact, value in told.items()])
    restock(session, row, profile, brief(profile, as_of or date.today(), signs_of(file)))
    log(session, seal, lead_id, "fact", staff_id=staff_id, facts=sorted(told))
    session.flush()
    return lead_in(row, seal, labels=labels_of(session, [lead_id]).get(lead_id, ()))


def restock(session: Session, row: LeadRow, profile: Profile, found: Brief | None) -> None:
    """Give a lead the facts and the brief of a new assessment."""
    _assessed(row, found, profile.value("stage"))
    _keep_file(session, row.id, profile, found)


def signs_of(file: LeadFileRow) -> list[str]:
    """What the visitor told in words, as it was kept with the lead."""
    return list((file.brief or {}).get("signs", ()))


def labels_of(session: Session, lead_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The labels of these leads."""
    rows = session.execute(
        select(LeadLabelRow.lead_id, LeadLabelRow.label)
        .where(LeadLabelRow.lead_id.in_(list(lead_ids)))
        .order_by(LeadLabelRow.label)
    )
    found: dict[int, tuple[str, ...]] = {}
    for lead_id, label in rows:
        found[lead_id] = (*found.get(lead_id, ()), label)
    return found


def _new(conversation_id: str, now: datetime) -> LeadRow:
    return LeadRow(
        conversation_id=conversation_id,
        status=pipeline().first,
        is_open=True,
        version=0,
        created_at=now,
        may_write=False,
    )


def _assessed(row: LeadRow, found: Brief | None, stage: str | None) -> None:
    row.stage = stage
    if found is None:
        row.priority, row.priority_reason, row.due_on, row.due_event = 5, "rest", NEVER, None
        row.score, row.urgent, row.contradictions, row.high_risks = NO_SCORE, False, 0, 0
        return
    row.priority, row.priority_reason = found.place.priority, found.place.reason
    row.due_on, row.due_event = found.place.due_on or NEVER, found.place.due_event
    row.score = NO_SCORE if found.score_low is None else found.score_low
    row.score_low, row.score_high = found.score_low, found.score_high
    row.rule_set, row.assessed_on = found.rule_set, found.as_of
    row.cec, row.fsw, row.fst = (found.programs[program] for program in ("cec", "fsw", "fst"))
    row.urgent, row.contradictions, row.high_risks = found.urgent, found.contradictions, found.high_risks


def _keep_file(session: Session, lead_id: int, profile: Profile, found: Brief | None) -> None:
    file = session.get(LeadFileRow, lead_id)
    if file is None:
        file = LeadFileRow(lead_id=lead_id)
        session.add(file)
    file.facts = profile_to(profile)
    file.assessment = dict(found.assessment) if found else None
    file.brief = dict(found.details) if found else None


def _tell(session: Session, lead_id: int, told: Iterable[Told]) -> None:
    """Keep what was told. What a conversation told is written anew, for its events are told as a whole."""
    rows = [
        {
            "lead_id": lead_id,
            "fact": one.fact,
            "value": one.value,
            "source": one.source,
            "seq": one.seq,
            "staff_id": one.staff_id,
            "said_at": one.at,
        }
        for one in told
    ]
    if not rows:
        return
    if any(row["source"] in ("message", "derived") for row in rows):
        session.execute(
            delete(LeadFactRow).where(LeadFactRow.lead_id == lead_id, LeadFactRow.source.in_(("message", "derived")))
        )
    session.execute(insert(LeadFactRow), rows)


def _told(session: Session, lead_id: int) -> Iterable[Told]:
    rows = session.scalars(
        select(LeadFactRow).where(LeadFactRow.lead_id == lead_id).order_by(LeadFactRow.said_at, LeadFactRow.id)
    )
    for row in rows:
        yield Told(row.fact, row.value, cast(FactSource, row.source), row.said_at, row.seq, row.staff_id)


def count_leads(session: Session, _seal: Seal) -> int:
    """How many leads there are."""
    return session.scalar(select(func.count()).select_from(LeadRow)) or 0
