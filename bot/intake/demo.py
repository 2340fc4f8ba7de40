"""Leads of people who do not exist, for a first look at the console and for measurements (``demo.yml``)."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
import yaml
from sqlalchemy.orm import Session

from bot.facts import Profile, vocabulary
from bot.facts.encoding import profile_from, profile_to
from bot.intake import leads, notes, tasks, transcript, work
from bot.intake.brief import brief
from bot.intake.consents import Consent
from bot.intake.lead_tables import LeadFactRow, LeadHistoryRow, LeadRow
from bot.intake.lead_values import Lead
from bot.intake.models import ConsentRow, ConversationRow, MessageRow
from bot.intake.sealing import Seal
from bot.intake.told import Told
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import fact_text, question

PATH: Final = Path(__file__).with_name("demo.yml")
CHANNELS: Final = ("web", "web", "web", "telegram", "whatsapp")
CONVERSATION: Final = timedelta(minutes=10)
OLDEST_HOURS: Final = 24 * 45
MOVES: Final[tuple[tuple[str, ...], ...]] = (
    (),
    (),
    (),
    ("in_review",),
    ("in_review", "contacted"),
    ("in_review", "contacted", "booked"),
    ("in_review", "no_answer"),
    ("spam",),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist. ``signs``: what they told in words (``order.Sign``)."""

    name: str
    contact: str
    language: Language
    channel: str
    profile: Profile
    signs: tuple[str, ...]


def people(number: int, today: date, *, seed: int = 1) -> list[Person]:
    """So many people, the same for the same ``seed`` and day."""
    chance, data = random.Random(seed), _data()  # noqa: S311  (nobody's secret)
    kinds = data["people"]
    chosen = chance.choices(kinds, weights=[kind["weight"] for kind in kinds], k=number)
    names = {language: cycle(chance.sample(found, k=len(found))) for language, found in data["names"].items()}
    return [_person(kind, today, chance, names) for kind in chosen]


def fill(
    session: Session, seal: Seal, number: int, today: date, firm: str, *, staff: Sequence[int] = (), seed: int = 1
) -> int:
    """Add the leads of so many people, with conversations, statuses, notes and tasks. Returns how many."""
    chance, data = random.Random(seed + 1), _data()  # noqa: S311
    for person in people(number, today, seed=seed):
        lead = _lead(session, seal, person, today, firm)
        _worked(session, seal, lead, chance, data, staff)
        _aged(session, lead.conversation_id, lead.id, timedelta(hours=chance.randint(0, OLDEST_HOURS)))
    return number


def _person(kind: Mapping[str, Any], today: date, chance: random.Random, names: Mapping[str, Iterator[str]]) -> Person:
    language: Language = "fr" if chance.random() < 0.3 else "en"
    name = next(names[language])
    said = {fact: _day(fact, value, today) for fact, value in kind["said"].items()}
    if "age" in said:
        said["age"] += chance.randint(-3, 3)
    handle = ".".join(name.lower().split()).replace("'", "")
    contact = f"{handle}{chance.randint(1, 99)}@example.org" if chance.random() < 0.7 else _phone(chance)
    return Person(name, contact, language, chance.choice(CHANNELS), profile_from(said), tuple(kind.get("signs", ())))


def _lead(session: Session, seal: Seal, person: Person, today: date, firm: str) -> Lead:
    conversation_id, told = _conversation(session, seal, person)
    consent = text("handoff.consent", person.language, firm=firm)
    return leads.record_lead(
        session,
        seal,
        conversation_id=conversation_id,
        language=person.language,
        channel=person.channel,
        name=person.name,
        contact=person.contact,
        profile=person.profile,
        found=brief(person.profile, today, person.signs),
        consents=[Consent("handoff.consent", consent, person.language)],
        told=told,
    )


def _conversation(session: Session, seal: Seal, person: Person) -> tuple[str, list[Told]]:
    """The conversation that this person would have had: each fact asked and answered."""
    language, told = person.language, []
    opened = transcript.open_conversation(session, seal, language=language, channel=person.channel)
    conversation_id, last = opened.conversation.id, opened.message
    for number, fact in enumerate(person.profile):
        asked = Answer(language, (question(person.profile, fact, language),), kind="question", asks=fact)
        transcript.finish(session, seal, last, [asked], asked=fact)
        said = fact_text(person.profile, fact, language)
        last = transcript.receive_text(session, seal, conversation_id, f"demo-{number}", said).message
        told.append(Told(fact, profile_to(person.profile)[fact], "message", last.created_at, last.seq))
    closing = Answer(language, (text("reply.thanks", language),))
    transcript.finish(session, seal, last, [closing], asked=None)
    return conversation_id, told


def _worked(
    session: Session, seal: Seal, lead: Lead, chance: random.Random, data: Mapping[str, Any], staff: Sequence[int]
) -> None:
    """What people of the firm would have done with it by now."""
    by = chance.choice(staff) if staff else None
    if by is not None and chance.random() < 0.6:
        work.assign(session, seal, lead.id, by, staff_id=by)
    for status in chance.choice(MOVES):
        work.move(session, seal, lead.id, status, staff_id=by)
        if status == "contacted":
            work.replied(session, seal, lead.conversation_id, staff_id=by)
    if chance.random() < 0.4:
        notes.add_note(session, seal, lead.id, chance.choice(data["notes"]), staff_id=by)
    if chance.random() < 0.3:
        due = date.today() + timedelta(days=chance.randint(-2, 9))
        tasks.add_task(session, seal, lead.id, chance.choice(data["tasks"]), staff_id=by, due_on=due, assignee_id=by)
    if chance.random() < 0.5:
        work.set_labels(session, seal, lead.id, chance.sample(data["labels"], k=chance.randint(1, 2)), staff_id=by)


def _aged(session: Session, conversation_id: str, lead_id: int, ago: timedelta) -> None:
    """Let it have happened some time ago: ten minutes of conversation, then the request, then the firm's work."""
    then = datetime.now(UTC) - ago
    began = then - CONVERSATION
    at = {"created_at": then, "last_activity_at": then}
    spoken = sa.update(ConversationRow).where(ConversationRow.id == conversation_id)
    session.execute(spoken.values(created_at=began, last_activity_at=then))
    _spread(session, conversation_id, lead_id, began, then)
    session.execute(sa.update(LeadRow).where(LeadRow.id == lead_id).values(**at))
    waits = sa.update(LeadRow).where(LeadRow.id == lead_id, LeadRow.waiting_since.is_not(None))
    session.execute(waits.values(waiting_since=then))
    replied = sa.update(LeadRow).where(LeadRow.id == lead_id, LeadRow.first_reply_at.is_not(None))
    session.execute(replied.values(first_reply_at=then + timedelta(minutes=35)))
    session.execute(sa.update(LeadHistoryRow).where(LeadHistoryRow.lead_id == lead_id).values(at=then))


def _spread(session: Session, conversation_id: str, lead_id: int, began: datetime, ended: datetime) -> None:
    """Give messages, facts and consents the moments between begin and end of the conversation."""
    messages = session.scalars(
        sa.select(MessageRow).where(MessageRow.conversation_id == conversation_id).order_by(MessageRow.seq)
    ).all()
    for number, message in enumerate(messages, start=1):
        message.created_at = began + (ended - began) * (number / len(messages))
    at = {message.seq: message.created_at for message in messages}
    for fact in session.scalars(sa.select(LeadFactRow).where(LeadFactRow.lead_id == lead_id)):
        fact.said_at = at.get(fact.seq or 0, ended)
    given = sa.update(ConsentRow).where(ConsentRow.conversation_id == conversation_id)
    session.execute(given.values(given_at=ended))
    session.flush()


def _day(fact: str, value: Any, today: date) -> Any:
    if vocabulary()[fact].type == "date":
        return (today + timedelta(days=value)).isoformat()
    return value


def _phone(chance: random.Random) -> str:
    return f"+1 613 555 01{chance.randint(0, 99):02d}"


def _data() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return found
