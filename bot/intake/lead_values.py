"""A lead as a value: the line of the inbox, and the whole file. What is done with leads: ``leads``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from bot.facts.encoding import profile_from
from bot.facts.profile import Profile
from bot.intake.consents import GivenConsent, Purpose
from bot.intake.history import HistoryEntry
from bot.intake.lead_tables import NEVER, LeadRow
from bot.intake.messages import Message
from bot.intake.order import Place
from bot.intake.sealing import Seal
from bot.intake.told import Told
from bot.knowledge.catalogue import Language


class UnknownLeadError(LookupError):
    """There is no lead with this number."""


class StaleLeadError(Exception):
    """Somebody else changed the lead since it was read; read it again."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead as a line of the inbox. ``place``: where it stands in the order of work, and why.

    ``version``: hand it back with a change (``expected``), and a change made by somebody else in between
    is noticed. ``waiting_since``: the visitor waits for a person since then.
    """

    id: int
    conversation_id: str
    name: str
    contact: str
    language: Language
    channel: str
    status: str
    is_open: bool
    version: int
    assignee_id: int | None
    place: Place
    stage: str | None
    score_low: int | None
    score_high: int | None
    rule_set: str | None
    assessed_on: date | None
    programs: Mapping[str, str]
    urgent: bool
    contradictions: int
    high_risks: int
    may_write: bool
    waiting_since: datetime | None
    first_reply_at: datetime | None
    merged_into_id: int | None
    family_id: int | None
    created_at: datetime
    updated_at: datetime
    last_activity_at: datetime
    labels: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """The number as a visitor and the firm say it: L-0042."""
        return f"L-{self.id:04d}"


@dataclass(frozen=True, slots=True)
class LeadFile:
    """A lead with all that belongs to it.

    ``facts``: JSON values by fact id; ``assessment``: the result as it was shown, with its rule set;
    ``details``: flags, timeline and gaps (``brief.Brief``); ``told``: where each fact came from, oldest
    first, so that what was corrected and when can be read.
    """

    lead: Lead
    facts: Mapping[str, Any]
    assessment: Mapping[str, Any] | None
    details: Mapping[str, Any] | None
    told: tuple[Told, ...]
    consents: tuple[GivenConsent, ...]
    agreed: Mapping[Purpose, bool]
    transcript: tuple[Message, ...]
    history: tuple[HistoryEntry, ...]

    @property
    def profile(self) -> Profile:
        return profile_from(self.facts)

    @property
    def sources(self) -> Mapping[str, Told]:
        """The telling of each fact that holds now."""
        return {told.fact: told for told in self.told if told.value is not None}

    @property
    def corrections(self) -> tuple[tuple[Told, Told], ...]:
        """Facts that were told again with another value: the earlier and the later telling."""
        newest: dict[str, Told] = {}
        found = []
        for told in self.told:
            earlier = newest.get(told.fact)
            if earlier is not None and earlier.value is not None and earlier.value != told.value:
                found.append((earlier, told))
            newest[told.fact] = told
        return tuple(found)


def lead_in(row: LeadRow, seal: Seal, *, labels: tuple[str, ...] = ()) -> Lead:
    """A row as a value. Raises ``SealError`` when it was sealed with another key."""
    answers = {"cec": row.cec, "fsw": row.fsw, "fst": row.fst}
    return Lead(
        id=row.id,
        conversation_id=row.conversation_id,
        name=seal.open(row.name_sealed),
        contact=seal.open(row.contact_sealed),
        language=cast(Language, row.language),
        channel=row.channel,
        status=row.status,
        is_open=row.is_open,
        version=row.version,
        assignee_id=row.assignee_id,
        place=Place(row.priority, row.priority_reason, None if row.due_on == NEVER else row.due_on, row.due_event),
        stage=row.stage,
        score_low=row.score_low,
        score_high=row.score_high,
        rule_set=row.rule_set,
        assessed_on=row.assessed_on,
        programs={program: answer for program, answer in answers.items() if answer is not None},
        urgent=row.urgent,
        contradictions=row.contradictions,
        high_risks=row.high_risks,
        may_write=row.may_write,
        waiting_since=row.waiting_since,
        first_reply_at=row.first_reply_at,
        merged_into_id=row.merged_into_id,
        family_id=row.family_id,
        created_at=row.created_at,
        updated_at=row.updated_at,
        last_activity_at=row.last_activity_at,
        labels=labels,
    )
