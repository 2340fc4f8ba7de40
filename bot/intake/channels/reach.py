"""Whether somebody may be written to who did not just write. Each function is one step of a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.intake import consents
from bot.intake.channels import people
from bot.intake.models import ConsentRow, ConversationRow
from bot.intake.sealing import Seal

AGREED = ("contact", "messages")
"""Purposes of which one has to be granted, and not withdrawn since, before a template is sent."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Where a conversation's messages go. ``known``: the channel has an address for the person; ``agreed``: to later
    messages on this channel."""

    channel: str
    known: bool
    stopped: bool
    last_heard_at: datetime | None
    invitable: bool
    agreed: bool = False


def reached(session: Session, seal: Seal, conversation_id: str) -> Reached | None:
    """Where messages of the conversation would go now; None: there is no such conversation."""
    conversation = session.get(ConversationRow, conversation_id)
    if conversation is None:
        return None
    person = people.of_conversation(session, seal, conversation_id, conversation.channel)
    return Reached(
        channel=conversation.channel,
        known=person is not None,
        stopped=person is not None and person.stopped,
        last_heard_at=person.last_heard_at if person else None,
        invitable=may_be_invited(session, seal, conversation_id),
        agreed=agreed_here(session, seal, conversation_id, conversation.channel),
    )


def agreed_here(session: Session, seal: Seal, conversation_id: str, channel: str) -> bool:
    """Whether later messages were agreed to on this channel (R-34). A yes on another one, or by e-mail, does not count
    here; a no counts everywhere."""
    said = [one for one in consents.consents(session, seal, conversation_id) if one.purpose == "messages"]
    here = [one for one in said if one.channel == channel or not one.granted]
    return bool(here) and here[-1].granted


def may_be_invited(session: Session, _seal: Seal, conversation_id: str) -> bool:
    """Whether the person agreed to be written to."""
    newest: dict[str, bool] = {}
    rows = session.execute(
        select(ConsentRow.purpose, ConsentRow.granted)
        .where(ConsentRow.conversation_id == conversation_id, ConsentRow.purpose.in_(AGREED))
        .order_by(ConsentRow.id)
    )
    for purpose, granted in rows:
        newest[purpose] = granted
    return any(newest.values()) and newest.get("messages") is not False
