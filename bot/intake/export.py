"""Leads as a file for other programs: chosen columns as CSV, or JSON. Who was erased is not in it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.facts import vocabulary
from bot.intake.cells import safe
from bot.intake.filters import Filters, filtered
from bot.intake.lead_tables import LeadFileRow, LeadRow
from bot.intake.lead_values import Lead, lead_in
from bot.intake.leads import labels_of
from bot.intake.sealing import Seal
from bot.knowledge.catalogue import text

STEP: Final = 500
COLUMNS: Final[Mapping[str, Callable[[Lead], Any]]] = {
    "reference": lambda lead: lead.reference,
    "received_at": lambda lead: lead.created_at,
    "last_activity_at": lambda lead: lead.last_activity_at,
    "name": lambda lead: lead.name,
    "contact": lambda lead: lead.contact,
    "language": lambda lead: lead.language,
    "channel": lambda lead: lead.channel,
    "status": lambda lead: lead.status,
    "assignee": lambda lead: lead.assignee_id,
    "priority": lambda lead: lead.place.priority,
    "reason": lambda lead: lead.place.reason,
    "due_on": lambda lead: lead.place.due_on,
    "due_event": lambda lead: lead.place.due_event,
    "stage": lambda lead: lead.stage,
    "score_low": lambda lead: lead.score_low,
    "score_high": lambda lead: lead.score_high,
    "rule_set": lambda lead: lead.rule_set,
    "assessed_on": lambda lead: lead.assessed_on,
    "cec": lambda lead: lead.programs.get("cec"),
    "fsw": lambda lead: lead.programs.get("fsw"),
    "fst": lambda lead: lead.programs.get("fst"),
    "urgent": lambda lead: lead.urgent,
    "contradictions": lambda lead: lead.contradictions,
    "high_risks": lambda lead: lead.high_risks,
    "may_write": lambda lead: lead.may_write,
    "waiting_since": lambda lead: lead.waiting_since,
    "first_reply_at": lambda lead: lead.first_reply_at,
    "labels": lambda lead: "; ".join(lead.labels),
    "notice": lambda lead: text("notice.general", lead.language),
}
"""Every column of a lead; a fact's id is a column too."""


class UnknownColumnError(ValueError):
    """There is no such column."""


def as_csv(session: Session, seal: Seal, filters: Filters, columns: Sequence[str] = tuple(COLUMNS)) -> str:
    """The leads that fit as CSV; no cell is taken for a formula. Raises ``UnknownColumnError``."""
    unknown = [column for column in columns if column not in COLUMNS and column not in vocabulary()]
    if unknown:
        raise UnknownColumnError(", ".join(unknown))
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    for lead, facts in _leads(session, seal, filters):
        values = (COLUMNS[column](lead) if column in COLUMNS else facts.get(column) for column in columns)
        writer.writerow([safe(value) for value in values])
    return written.getvalue()


def as_json(session: Session, seal: Seal, filters: Filters) -> str:
    """The same as JSON, with all columns and facts."""
    leads = [
        {**{name: value(lead) for name, value in COLUMNS.items()}, "labels": list(lead.labels), "facts": facts}
        for lead, facts in _leads(session, seal, filters)
    ]
    return json.dumps({"leads": leads}, ensure_ascii=False, indent=2, default=_iso)


def _leads(session: Session, seal: Seal, filters: Filters) -> Iterator[tuple[Lead, Mapping[str, Any]]]:
    """Leads with their facts, oldest first, a few at a time."""
    after = 0
    while True:
        query = select(LeadRow, LeadFileRow.facts).join(LeadFileRow).where(LeadRow.id > after)
        parts = filtered(session, seal, filters, query.order_by(LeadRow.id).limit(STEP))
        rows = sorted((one for part in parts for one in session.execute(part)), key=lambda one: one[0].id)[:STEP]
        labels = labels_of(session, [row.id for row, _ in rows])
        yield from ((lead_in(row, seal, labels=labels.get(row.id, ())), facts) for row, facts in rows)
        if len(rows) < STEP:
            return
        after = rows[-1][0].id


def _iso(value: date) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
